"""The queue of updates as getUpdates serves it: kept until confirmed, one reader, each kind with its life."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.playground.clock import PlaygroundClock
from bot.playground.errors import RefusedError

ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
CALLBACK_LIFE = 150  # seconds
_LIFE = 24 * 3600
_LONGEST_POLL = 50.0
OTHER_READER = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True, slots=True)
class _Update:
    id: int
    kind: str
    payload: dict[str, Any]
    dies: int


class Updates:
    """One bot's updates. Telegram numbers them, keeps them a day (presses 150 s) and gives them to one reader."""

    def __init__(self, clock: PlaygroundClock, first: int = 700_000_001) -> None:
        self._clock = clock
        self._next = first
        self._queue: list[_Update] = []
        self._allowed: frozenset[str] | None = None
        self._reader: asyncio.Future[None] | None = None
        self._read = False
        self._empty = asyncio.Event()

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for this kind (by default all but ON_REQUEST)."""
        return kind in self._allowed if self._allowed else kind not in ON_REQUEST

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remember allowed_updates; None leaves what was said before, an empty list means the default."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    @property
    def allowed(self) -> list[str]:
        """What allowed_updates was last set to; empty for the default."""
        return sorted(self._allowed or ())

    @property
    def pending(self) -> list[dict[str, Any]]:
        """Every update that is not confirmed and not dead, as the bot will read it."""
        self._bury()
        return [{"update_id": update.id, update.kind: update.payload} for update in self._queue]

    def put(self, kind: str, payload: dict[str, Any]) -> int | None:
        """Queue an update and return its id; None when the bot does not want the kind."""
        if not self.wants(kind):
            return None
        life = CALLBACK_LIFE if kind == "callback_query" else _LIFE
        update = _Update(self._next, kind, payload, self._clock.seconds() + life)
        self._next += 1
        self._queue.append(update)
        self._release()
        return update.id

    def repeat(self, payload: dict[str, Any]) -> None:
        """Queue an update verbatim once more, id and all: tests redeliver and poison with it."""
        body = dict(payload)
        number = int(body.pop("update_id"))
        kind, content = next(iter(body.items()))
        self._queue.append(_Update(number, kind, content, self._clock.seconds() + _LIFE))
        self._queue.sort(key=lambda update: update.id)
        self._release()

    async def get(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:  # noqa: ASYNC109 - Telegram's
        """Confirm everything below `offset`, then return up to `limit` updates, waiting up to `timeout` seconds.

        Raises RefusedError 409 in this reader when another one takes over.
        """
        self._read = True
        self._interrupt()
        self._confirm(offset)
        if not self._queue and timeout > 0:
            await self._wait(min(timeout, _LONGEST_POLL))
        return self.pending[:limit]

    async def confirmed(self, within: float) -> None:
        """Return once the bot has confirmed everything, or after real seconds `within`; at once where none reads."""
        if not self._read or not self._queue:
            return
        self._empty.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._empty.wait(), within)

    def drop(self) -> None:
        """Forget every pending update."""
        self._queue.clear()

    def close(self) -> None:
        """Let a waiting reader go home with nothing."""
        self._release()

    async def _wait(self, seconds: float) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reader = turn
        try:
            await asyncio.wait_for(turn, seconds)
        except TimeoutError:
            return
        finally:
            if self._reader is turn:
                self._reader = None

    def _release(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    def _interrupt(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_exception(RefusedError(409, f"Conflict: {OTHER_READER}"))

    def _confirm(self, offset: int) -> None:
        self._bury()
        if offset < 0:
            self._queue = self._queue[offset:]
        elif offset > 0:
            self._queue = [update for update in self._queue if update.id >= offset]
        if not self._queue:
            self._empty.set()

    def _bury(self) -> None:
        now = self._clock.seconds()
        self._queue = [update for update in self._queue if update.dies > now]
