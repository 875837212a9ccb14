"""Whoever wants a second reading of their answers gets it from the operator's endpoint; whatever fails is silence."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import structlog

from bot.core.doubts import nothing_said
from bot.core.opinions import Heard, OpinionError, Paper, brief, opinion
from bot.core.people import Defaults
from bot.core.slips import spelt
from bot.flows import opinions
from bot.flows.opinions import Terms
from bot.llm.client import Client, UnansweredError
from bot.llm.pause import Pause
from bot.metrics import OPINIONS
from bot.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")
_log = structlog.get_logger(__name__)


class Write(Protocol):
    """`Database.write`."""

    def __call__(
        self, use_case: Callable[Concatenate[Any, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Awaitable[T]: ...


class Adviser:
    """Asks for opinions: within the day's limit of each person, and not at all while the endpoint is paused."""

    def __init__(
        self, client: Client, write: Write, clock: Callable[[], datetime], defaults: Defaults, limit: int
    ) -> None:
        """`limit` is of calls a person and study day."""
        self._client = client
        self._write = write
        self._clock = clock
        self._defaults = defaults
        self._limit = limit
        self._pause = Pause()

    async def opinion(self, person_id: int, paper: Paper, *, ask: bool = True) -> Heard:
        """What is held of the person's answer. Without `ask` only what is known already. Never raises."""
        try:
            return await self._heard(person_id, paper, ask=ask)
        except Exception as error:  # noqa: BLE001 - graded offline, an answer is graded all the same
            # By its kind alone: what a database says repeats the row, and with it the person's words.
            return _silence("broken", error=type(error).__name__)

    async def _heard(self, person_id: int, paper: Paper, *, ask: bool) -> Heard:
        if await asyncio.to_thread(_says_nothing, paper):
            return Heard()
        key = digest(self._client.model, paper)
        known = await self._claim(person_id, key, ask=ask)
        if known is not None:
            return known
        try:
            reply = await self._client.ask(brief(paper, secrets.token_hex(8)))
            self._pause.worked()
            quotes = opinion(reply, paper.rubric)
        except UnansweredError as error:
            self._pause.failed(error)
            return _silence(error.why, status=error.status)
        except OpinionError:  # of the model's doing, or of the answer's: no reason to leave others without
            return _silence("unreadable")
        await self._write(opinions.keep, person_id, key, quotes)
        OPINIONS.labels("given").inc()
        return Heard(quotes)

    async def _claim(self, person_id: int, key: str, *, ask: bool) -> Heard | None:
        """What is known, or why nothing is; None: to be asked for now."""
        terms = Terms(self._clock(), self._defaults, self._limit, paused=self._pause.on())
        known = await self._write(opinions.claim, person_id, key, terms if ask else None)
        if known is not None and known.silence in {"spent", "paused"}:
            OPINIONS.labels(known.silence).inc()
        return known


@asynccontextmanager
async def advising(settings: Settings, write: Write, clock: Callable[[], datetime]) -> AsyncIterator[Adviser]:
    """The adviser of the endpoint that is set, until the block ends."""
    defaults = Defaults(settings.default_language, settings.default_timezone)
    url, model = settings.llm_api_url or "", settings.llm_model or ""
    async with Client(url, settings.llm_key, model, settings.llm_timeout) as client:
        yield Adviser(client, write, clock, defaults, settings.llm_daily_limit)


def digest(model: str, paper: Paper) -> str:
    """One name for all that is sent, so that the same is sent once."""
    sent = brief(paper, "mark")
    return hashlib.sha256("\0".join((model, *sent)).encode("utf-8", "replace")).hexdigest()[:32]


def _says_nothing(paper: Paper) -> bool:
    """Whether there is nothing to have an opinion about."""
    return nothing_said(spelt(paper.answer, paper.rubric.lexicon), paper.prompt, paper.rubric) is not None


def _silence(why: str, **more: object) -> Heard:
    """One line for the operator, without a word of the answer or of the reply."""
    OPINIONS.labels(why).inc()
    _log.warning("opinion_missing", why=why, **more)
    return Heard(silence="failed")
