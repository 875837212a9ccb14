"""One update, tried until nothing more is to be done about it.

What passes by itself (the database is away, the network is down) is tried again for as long as it takes. What does
not is tried three times, then kept in a table, and the person is told. Only then does the caller confirm. What sends
messages that get no answer is tried four times, then kept, and nobody is told: the messages may all be there.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from telegram import Update
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter
from telegram.ext import Application, CallbackContext

from bot.core.errors import KaoguanError
from bot.logs import mask
from bot.metrics import UPDATES
from bot.tg.pauses import UnheardError, back_off
from bot.tg.routes import Routed

TRIES = 3
SENDS = 4  # without an answer; a round is given up, with a word to the person, after three
_SHORT_S = (0.2, 1.0)  # between the tries of what will hardly pass
_log = structlog.get_logger(__name__)

# process_update swallows what a handler raises; the error handler leaves it here, in the context of that very task.
_raised: ContextVar[list[BaseException]] = ContextVar("raised")


class StuckError(KaoguanError):
    """A handler did not come back in time."""


class Keep(Protocol):
    """Writes down an update that could not be handled: its id, its JSON (ASCII), the error in words, the tries."""

    def __call__(self, update_id: int, payload: str, error: str, tries: int, /) -> Awaitable[None]: ...


@dataclass(frozen=True, slots=True)
class Care:
    """What the bot does about failures.

    `is_transient` tells what may pass by itself; see `may_pass` for Telegram's part of it. `keep` may raise what is
    transient itself, and is then called again. `apologise` tells the person, `slow_down` that they are too fast and
    that what they send is not handled; what either raises is logged, no more.
    """

    is_transient: Callable[[BaseException], bool]
    keep: Keep
    apologise: Callable[[Update], Awaitable[None]]
    slow_down: Callable[[Update], Awaitable[None]] | None = None


def may_pass(error: BaseException) -> bool:
    """Whether Telegram may take the same call later: network trouble or a 429, not a refusal (a BadRequest).

    A token that is revoked is no failure of the update: polling ends with it, and the update comes again.
    """
    return isinstance(error, NetworkError | RetryAfter | InvalidToken) and not isinstance(error, BadRequest)


class Attempts:
    """Hands updates to the application and takes back what its handlers raise."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        care: Care,
        *,
        stuck_s: float = 120.0,
        give_up_s: float = 900.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """One try may take `stuck_s` seconds. What stays transient for `give_up_s` is kept as well, once that works:
        then the database is there, and it is Telegram that refuses this one update."""
        self._application = application
        self._care = care
        self._stuck_s = stuck_s
        self._give_up_s = give_up_s
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        application.add_error_handler(_remember)

    async def settle(self, update: Update | Routed, payload: dict[str, Any]) -> None:
        """Return when the update is handled or kept."""
        began, tries, failures, unheard = self._clock(), 0, 0, 0
        while error := await self._error(update):
            if not self._care.is_transient(error):
                tries += 1
                if tries == TRIES:
                    return await self._give_up(update, payload, error)
                await self._sleep(_SHORT_S[tries - 1])
                continue
            failures += 1
            unheard += isinstance(error, UnheardError)
            if unheard == SENDS:
                _log.error("update.kept", update=update.update_id, error=_words(error))
                return await self.keep(update.update_id, payload, error, tries + failures)
            late = self._clock() - began >= self._give_up_s
            if late and await self.kept(update.update_id, payload, error, tries + failures):
                return await self._last_try(update, payload)
            if failures == 1:
                _log.warning("update.waits", update=update.update_id, error=_words(error))
            longer = 2 * max(0, unheard - 1)  # the few sends there are should outlast a short trouble of the line
            await self._sleep(back_off(failures + longer, self._jitter))
        UPDATES.labels("handled").inc()
        return None

    async def slow_down(self, update: Update | Routed, payload: dict[str, Any]) -> None:
        """Tell who sends faster than can be answered."""
        if self._care.slow_down is not None:
            await self._tell(self._care.slow_down, update, payload)

    async def keep(self, update_id: int, payload: object, error: BaseException, tries: int) -> None:
        """Return when the update is written down: what is not must not be confirmed. After three refusals of another
        kind than transient its content is left out, in case that is what the table refuses."""
        failures = refusals = 0
        while trouble := await self._keep_once(update_id, payload if refusals < TRIES else None, error, tries):
            failures += 1
            if not self._care.is_transient(trouble):
                refusals += 1
                _log.critical("update.unwritten", update=update_id, exc_info=trouble)
            await self._sleep(back_off(failures, self._jitter))

    async def kept(self, update_id: int, payload: object, error: BaseException, tries: int) -> bool:
        """Try once to write the update down; whether that worked."""
        return await self._keep_once(update_id, payload, error, tries) is None

    async def _error(self, update: Update | Routed) -> BaseException | None:
        """What handling it once raised."""
        raised: list[BaseException] = []
        _raised.set(raised)
        try:
            async with asyncio.timeout(self._stuck_s):
                await (update.handle() if isinstance(update, Routed) else self._application.process_update(update))
        except TimeoutError:
            return StuckError(f"Handling took longer than {self._stuck_s:g} s.")
        except Exception as error:  # noqa: BLE001 - whatever it is, one update must not stop the bot
            return error
        return raised[0] if raised else None

    async def _last_try(self, update: Update | Routed, payload: dict[str, Any]) -> None:
        """It is safe in the table; if what was away has come back just now, it is handled after all."""
        if error := await self._error(update):
            _log.error("update.kept", update=update.update_id, exc_info=error)
            await self._apologise(update, payload)

    async def _give_up(self, update: Update | Routed, payload: dict[str, Any], error: BaseException) -> None:
        _log.error("update.kept", update=update.update_id, exc_info=error)
        await self.keep(update.update_id, payload, error, TRIES)
        await self._apologise(update, payload)

    async def _apologise(self, update: Update | Routed, payload: dict[str, Any]) -> None:
        await self._tell(self._care.apologise, update, payload)

    async def _tell(
        self, say: Callable[[Update], Awaitable[None]], update: Update | Routed, payload: dict[str, Any]
    ) -> None:
        try:
            whole = Update.de_json(payload, self._application.bot) if isinstance(update, Routed) else update
            async with asyncio.timeout(self._stuck_s):
                await say(whole)
        except Exception as trouble:  # noqa: BLE001 - an apology that fails is no reason for another
            _log.warning("apology.failed", update=update.update_id, error=type(trouble).__name__)

    async def _keep_once(
        self, update_id: int, payload: object, error: BaseException, tries: int
    ) -> BaseException | None:
        try:
            await self._care.keep(update_id, json.dumps(payload), _words(error), tries)
            UPDATES.labels("kept").inc()
        except Exception as trouble:  # noqa: BLE001 - the caller decides what it means
            return trouble
        return None


async def _remember(_update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """The application's error handler. Errors raised outside our tries (jobs) are logged."""
    if context.error is None:
        return
    raised = _raised.get(None)
    if raised is None:
        _log.error("error", exc_info=context.error)
    else:
        raised.append(context.error)


def _words(error: BaseException) -> str:
    """The error in one line fit for any table: no token, no half characters, not too long."""
    line = mask(f"{type(error).__name__}: {error}").replace("\n", " ")
    return line.encode("utf-8", "replace").decode()[:500]
