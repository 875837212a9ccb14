"""The queue of updates as getUpdates serves it: kept until confirmed, one reader, each kind with its life."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from bot.playground.clock import PlaygroundClock
from bot.playground.errors import RefusedError
from bot.playground.faults import Faults

ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
CALLBACK_LIFE = 150  # seconds
LIFE = 24 * 3600  # of every other update
_LONGEST_POLL = 50.0
OTHER_READER = "terminated by other getUpdates request; make sure that only one bot instance is running"


REMEMBERED = 1000  # updates that can be delivered again


@dataclass(slots=True)
class _Update:
    id: int
    kind: str
    payload: dict[str, Any]
    dies: int
    kept: bool = False  # no offset confirms it before it has been handed out: it comes out of turn
    twice: bool = False  # it comes again once it is confirmed
    given: float = 0.0  # when it was last handed out, by the playground's clock

    @property
    def shown(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.payload}


class Updates:
    """One bot's updates. Telegram numbers them, keeps them a day (presses 150 s) and gives them to one reader."""

    def __init__(
        self,
        clock: PlaygroundClock,
        faults: Faults | None = None,
        confirmed: Callable[[list[int]], None] = lambda _ids: None,
        *,
        first: int = 700_000_001,
    ) -> None:
        """`confirmed` hears of the ids that the bot is done with."""
        self._clock = clock
        self._faults = faults or Faults()
        self._next = first
        self._queue: list[_Update] = []
        self._held: list[_Update] = []  # until there are enough of them to be shuffled
        self._given: dict[int, _Update] = {}  # what was handed out, by id, the newest last
        self._allowed: frozenset[str] | None = None
        self._reader: asyncio.Future[None] | None = None
        self.read = asyncio.Event()  # set once a bot has asked
        self._moved = asyncio.Event()  # set when some are confirmed, and then another
        self._confirmed = confirmed

    def __len__(self) -> int:
        """How many wait for the bot."""
        return len(self._queue) + len(self._held)

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
        return [update.shown for update in (*self._queue, *self._held)]

    def put(self, kind: str, payload: dict[str, Any]) -> int | None:
        """Queue an update and return its id; None when the bot does not want the kind."""
        if not self.wants(kind):
            return None
        life = CALLBACK_LIFE if kind == "callback_query" else LIFE
        update = _Update(self._next, kind, payload, self._clock.seconds() + life)
        self._next += 1
        self._line_up(update)
        return update.id

    def _line_up(self, update: _Update) -> None:
        """Put it at the end of the queue, or wherever a fault puts it."""
        fault = self._faults.take_update(update.kind, update.payload)
        if fault is None or fault.kind == "twice":
            update.twice = fault is not None
            self._queue.append(update)
            self._release()
            return
        update.kept = True
        self._held.append(update)
        if not fault.left:
            self._let_go()
        elif len(self._held) == 1:
            asyncio.get_running_loop().call_later(fault.seconds, self._let_go)

    def _let_go(self) -> None:
        """Queue what was held, the last first."""
        self._queue += reversed(self._held)
        self._held.clear()
        self._release()

    def repeat(self, payload: dict[str, Any]) -> None:
        """Queue an update verbatim once more, id and all: tests redeliver and poison with it."""
        body = dict(payload)
        number = int(body.pop("update_id"))
        kind, content = next(iter(body.items()))
        self._again(_Update(number, kind, content, self._clock.seconds() + LIFE))
        self._release()

    def redeliver(self, count: int = REMEMBERED, seconds: float = LIFE) -> int:
        """Deliver again, though confirmed, the newest `count` updates of what was handed out in the last `seconds`.

        So it is when Telegram's server, or the bot's own memory of what it has confirmed, is set back by a crash. At
        most 1000 are remembered. Returns how many come again.
        """
        since = self._clock.now().timestamp() - seconds
        waiting = {update.id for update in (*self._queue, *self._held)}
        lost = [update for update in self._given.values() if update.given >= since and update.id not in waiting][
            -count:
        ]
        for update in lost:
            self._again(replace(update, dies=self._clock.seconds() + LIFE))
        if lost:
            self._faults.note("getUpdates", "redelivered", len(lost))
        self._release()
        return len(lost)

    def _again(self, update: _Update) -> None:
        """Queue an update in its place, whatever was confirmed."""
        update.kept = True
        at = next((at for at, other in enumerate(self._queue) if other.id > update.id), len(self._queue))
        self._queue.insert(at, update)

    async def get(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:  # noqa: ASYNC109 - Telegram's
        """Confirm everything below `offset`, then return up to `limit` updates, waiting up to `timeout` seconds.

        Raises RefusedError 409 in this reader when another one takes over.
        """
        self.read.set()
        self._interrupt()
        self._confirm(offset)
        if not self._queue and timeout > 0:
            await self._wait(min(timeout, _LONGEST_POLL))
        return self._hand_out(limit)

    def _hand_out(self, limit: int) -> list[dict[str, Any]]:
        self._bury()
        batch = self._queue[:limit]
        for update in batch:
            update.kept, update.given = False, self._clock.now().timestamp()
            self._given.pop(update.id, None)
            self._given[update.id] = update
        while len(self._given) > REMEMBERED:
            del self._given[next(iter(self._given))]
        return [update.shown for update in batch]

    async def confirmed(self, within: float) -> None:
        """Return once the bot has confirmed what waits now, or after real seconds `within`; at once if none reads."""
        newest = self._next - 1
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self.read.is_set() and any(update.id <= newest for update in (*self._queue, *self._held)):
                    await self._moved.wait()

    def drop(self) -> None:
        """Forget every pending update, and what could come again."""
        self._queue.clear()
        self._held.clear()
        self._given.clear()

    def close(self) -> None:
        """Let a waiting reader go home with nothing."""
        self._release()

    async def _wait(self, seconds: float) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reader = turn
        try:
            async with asyncio.timeout(seconds):
                await turn
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
            self._confirmed([update.id for update in self._queue if update.id < offset])
            self._queue = [update for update in self._queue if update.id >= offset or self._stays(update)]
        self._moved.set()
        self._moved = asyncio.Event()

    def _stays(self, update: _Update) -> bool:
        """Whether an update stays although an offset confirms it."""
        if update.twice and not update.kept:
            update.twice, update.kept = False, True
        return update.kept

    def _bury(self) -> None:
        now = self._clock.seconds()
        self._queue = [update for update in self._queue if update.dies > now]
