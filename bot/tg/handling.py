"""Updates at work: in order within their lanes, a bounded number side by side.

What holds up the others at Telegram is set aside: written down, so that it may be confirmed before it is handled. Its
note is torn up when it is settled. A note that a crash left behind is taken up again at the next start, so that at
any moment an update is with Telegram or in the table, or in both.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, Protocol

import structlog
from telegram import Update
from telegram.ext import Application

from bot.metrics import UPDATES
from bot.tg.attempts import Attempts
from bot.tg.lanes import Key, Lanes, keys_of
from bot.tg.presses import Presses
from bot.tg.routes import Routed, Routes
from bot.tg.unconfirmed import Unconfirmed

Payload = dict[str, Any]
_LANE = 10  # of one person that may wait without being set aside
_TORN = 100  # notes torn up at a time in a rush
_FLOOD = 30  # of one person that may wait at all: at Telegram's pace the last is answered half a minute later
_SAID = frozenset({"message", "edited_message"})
_log = structlog.get_logger(__name__)


class Notes(Protocol):
    """Where updates are written down that are confirmed before they are handled: by id, as JSON (ASCII)."""

    async def put(self, updates: list[tuple[int, str]], /) -> None:
        """Write them down, all or none; one that is there already is as good."""

    async def left(self) -> list[str]:
        """Those that are there, by id: that is the order in which they came."""
        ...

    async def drop(self, update_ids: list[int], /) -> None:
        """Tear up these notes; an update that was kept because it failed stays kept."""


class Handling:
    """Takes raw updates and settles each. At most `side_by_side` at once, and `most` in memory, waiting included."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        attempts: Attempts,
        notes: Notes,
        *,
        side_by_side: int,
        most: int,
    ) -> None:
        self._application = application
        self._attempts = attempts
        self._notes = notes
        self._most = most
        self._places = asyncio.Semaphore(side_by_side)
        self._lanes = Lanes()
        self.presses = Presses()
        self._left = 0  # to be settled until it is worth asking for more
        self._far_behind: set[int] = set()  # at work, not settled
        self._dropped = 0
        self._crowding: set[Key] = set()  # people who have been told that they are too fast
        self._aside: set[int] = set()  # written down, not settled
        self._torn: set[int] = set()  # settled, and their notes still there
        self.routes = Routes()
        self.unconfirmed = Unconfirmed()
        self.tasks: set[asyncio.Task[None]] = set()
        self.idle = asyncio.Event()
        self.idle.set()
        self.half = asyncio.Event()  # half of what was at work when we last took updates is settled

    def take(self, batch: Iterable[Payload]) -> bool:
        """Start handling what is new, as far as there is room; whether anything was."""
        fresh = False
        for payload in batch:
            if len(self.tasks) >= self._most:
                break  # it stays unconfirmed and comes again
            if self.unconfirmed.add(payload["update_id"]):
                self._take_one(payload)
                fresh = True
        self._look_at_half()
        return fresh

    def _look_at_half(self) -> None:
        """What is set aside is waited for by nobody."""
        self._left = (len(self.tasks) - len(self._aside) + 1) // 2
        self.half.clear()

    def _take_one(self, payload: Payload) -> None:
        """One that was set aside before a crash, and is being handled, is not handled twice."""
        if payload["update_id"] in self._aside:
            self.unconfirmed.settle(payload["update_id"])
        else:
            self._start(payload)

    @property
    def behind(self) -> bool:
        """Whether something that was set aside is still at work, or its note still there."""
        return bool(self._aside or self._torn)

    @property
    def all_settled(self) -> bool:
        """Whether Telegram has nothing to hand out again."""
        self.unconfirmed.offset()
        return not len(self.unconfirmed)

    def far_behind(self, batch: list[Payload]) -> bool:
        """Whether something in it has long to wait in its lane: unconfirmed, it would come again with every fetch."""
        return any(payload["update_id"] in self._far_behind for payload in batch)

    async def set_aside(self, window: list[Payload]) -> bool:
        """Write down and confirm what of a full window is not settled; whether there was any, and that worked.

        All of it, so that what is with Telegram is always newer than what is in the table: lanes keep their order.
        """
        waiting = [payload for payload in window if self.unconfirmed.waits(payload["update_id"])]
        if not waiting:
            return False
        try:
            await self._notes.put([(payload["update_id"], json.dumps(payload)) for payload in waiting])
        except Exception as error:  # noqa: BLE001 - then they stay with Telegram
            _log.warning("updates.not_set_aside", count=len(waiting), error=type(error).__name__)
            return False
        _log.info("updates.set_aside", count=len(waiting))
        UPDATES.labels("aside").inc(len(waiting))
        for payload in waiting:
            self._note(payload["update_id"])
        self._look_at_half()
        return True

    def _note(self, update_id: int) -> None:
        """It is written down; it may have been settled while that took its time."""
        self._far_behind.discard(update_id)
        (self._aside if self.unconfirmed.waits(update_id) else self._torn).add(update_id)
        self.unconfirmed.settle(update_id)

    async def take_up(self) -> None:
        """Handle what a crash left set aside, before anything newer in its lanes."""
        try:
            left = [json.loads(payload) for payload in await self._notes.left()]
        except Exception as error:  # noqa: BLE001 - the notes stay where they are
            _log.error("updates.not_taken_up", exc_info=error)
            return
        if left:
            _log.warning("updates.taken_up", count=len(left))
        for payload in left:
            self._aside.add(payload["update_id"])
            self._start(payload)

    async def tidy(self) -> None:
        """Tear up the notes of what is settled; that may as well happen later: handlers are idempotent."""
        if not self._torn or (self._aside and len(self._torn) < _TORN):
            return  # in a rush many at a time
        torn = sorted(self._torn)
        try:
            await self._notes.drop(torn)
        except Exception as error:  # noqa: BLE001 - next time
            _log.warning("notes.stay", count=len(torn), error=type(error).__name__)
        else:
            self._torn.difference_update(torn)

    def _start(self, payload: Payload) -> None:
        """Find its route, or else parse it, each alone; enter the lanes now (that is the order), handle in a task."""
        try:
            update = self.routes.find(payload) or Update.de_json(payload, self._application.bot)
            keys = update.keys if isinstance(update, Routed) else keys_of(update)
        except Exception as error:  # noqa: BLE001 - the library raises anything on what it does not know
            self._spawn(self._keep(payload, error), payload)
            return
        if not self._lanes.behind("person", keys):
            self._crowding -= keys
        if not _SAID.isdisjoint(payload) and self._crowded(keys):
            self._drop(update, keys, payload)
            return
        if self._lanes.behind("person", keys) >= _LANE:
            self._far_behind.add(payload["update_id"])
        turn = self._lanes.enter(keys)
        self.presses.note(payload)
        task = self._spawn(self._handle(update, payload, turn.comes), payload)
        task.add_done_callback(lambda _task: self._lanes.leave(keys, turn))

    def _crowded(self, keys: frozenset[Key]) -> bool:
        """Whether one person has so much waiting that no more messages are taken, until all of it is handled. Presses
        and votes are answers, and always are: no app sends them in floods."""
        return not keys.isdisjoint(self._crowding) or self._lanes.behind("person", keys) >= _FLOOD

    def _spawn(self, work: Coroutine[Any, Any, None], payload: Payload) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        self.idle.clear()
        task.add_done_callback(lambda done: self._done(done, payload["update_id"]))
        return task

    def _done(self, task: asyncio.Task[None], update_id: int) -> None:
        """Settled unless it was cancelled; even an error of our own must not hold up the others for ever."""
        self.tasks.discard(task)
        self.presses.done(update_id)
        self._far_behind.discard(update_id)
        self._left -= update_id not in self._aside
        if self._left <= 0:
            self.half.set()
        if not self.tasks:
            self.idle.set()
        if task.cancelled():
            return
        if error := task.exception():
            _log.critical("update.lost", update=update_id, exc_info=error)
        self._settled(update_id)

    def _settled(self, update_id: int) -> None:
        self.unconfirmed.settle(update_id)
        if update_id in self._aside:
            self._aside.discard(update_id)
            self._torn.add(update_id)

    async def _handle(self, update: Update | Routed, payload: Payload, turn: Callable[[], Awaitable[None]]) -> None:
        """A place is taken only when the turn has come, so that one lane never takes more than one."""
        await turn()
        async with self._places:
            await self._attempts.settle(update, payload)

    def _drop(self, update: Update | Routed, keys: frozenset[Key], payload: Payload) -> None:
        """One person's flood would fill the memory, and everybody else wait. They are told once, until all that waits
        is handled; the log grows with the digits of what was dropped alone."""
        if keys.isdisjoint(self._crowding):
            self._crowding |= {key for key in keys if self._lanes.behind("person", (key,))}
            self._far_behind.add(payload["update_id"])  # the word to them waits behind all those answers
            self._spawn(self._attempts.slow_down(update, payload), payload)
        else:
            self._settled(payload["update_id"])
        self._dropped += 1
        if str(self._dropped).strip("0") == "1":  # 1, 10, 100 …
            _log.warning("updates.dropped", count=self._dropped, why="one person sends faster than can be answered")

    async def _keep(self, payload: Payload, error: Exception) -> None:
        UPDATES.labels("unparsable").inc()
        _log.error("update.unparsable", update=payload["update_id"], exc_info=error)
        await self._attempts.keep(payload["update_id"], payload, error, 1)
