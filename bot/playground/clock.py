"""The one clock that the playground, its page, the tests and the bot share."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

Listener = Callable[[datetime], Awaitable[object]]
Ring = Callable[[], Awaitable[object]]
_STEP = timedelta(hours=1)  # a longer one would pass over what a bot does only while it is not too late
_WALK = timedelta(days=3)  # of a longer way only the end is walked, so that a month takes seconds, not minutes


class PlaygroundClock:
    """Runs with real time from `start` (aware; now when left out) and can be put forward.

    An alarm rings at its moment, whether time comes there by itself (while `run` runs) or by a jump, which stops there.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._ahead = timedelta(0) if start is None else start - datetime.now(UTC)
        self._listeners: list[Listener] = []
        self._alarms: list[tuple[datetime, int, Ring]] = []
        self._numbers = itertools.count()
        self._changed = asyncio.Event()
        self._jumps = 0

    @property
    def jumping(self) -> bool:
        """Whether it is being put forward just now."""
        return self._jumps > 0

    def now(self) -> datetime:
        """The playground's present, in UTC."""
        return datetime.now(UTC) + self._ahead

    def seconds(self) -> int:
        """The present in Unix seconds, as Telegram dates things."""
        return int(self.now().timestamp())

    def listen(self, listener: Listener) -> None:
        """Have `listener(now)` awaited after every step of a jump, in the order of listening."""
        self._listeners.append(listener)

    def forget(self, listener: Listener) -> None:
        """Have it awaited no more."""
        self._listeners.remove(listener)

    def at(self, moment: datetime, ring: Ring) -> None:
        """Have `ring()` awaited once at that moment (aware); of one moment, in the order of asking."""
        heapq.heappush(self._alarms, (moment, next(self._numbers), ring))
        self._changed.set()

    async def advance(self, by: timedelta | float) -> datetime:
        """Put the clock forward (seconds or timedelta); return the time there, once every alarm and listener has run.

        It walks hour by hour, so that what falls due on the way happens in its time; of more than three days it walks
        the last three and leaps over the rest. Raises ValueError for a step back.
        """
        way = by if isinstance(by, timedelta) else timedelta(seconds=by)
        if way < timedelta(0):
            raise ValueError("the clock only goes forward")
        target = self.now() + way
        self._jumps += 1
        try:
            await self._reach(target - _WALK)
            while await self._step(target):
                pass
        finally:
            self._jumps -= 1
        return self.now()

    async def _step(self, target: datetime) -> bool:
        """An hour towards `target`, or what is left, and every listener; whether there is still a way to go."""
        goal = min(self.now() + _STEP, target)
        await self._reach(goal)
        for listener in list(self._listeners):
            await listener(self.now())
        return goal < target

    async def _reach(self, goal: datetime) -> None:
        """Go there, by way of every alarm."""
        while self._alarms and self._alarms[0][0] <= goal:
            await self._ring()
        self._go_to(goal)

    async def jump_to(self, moment: datetime) -> datetime:
        """Put the clock forward to an aware moment; like `advance`."""
        return await self.advance(moment - self.now())

    async def run(self) -> None:
        """Ring what is due as real time passes, until cancelled."""
        while True:
            self._changed.clear()
            wait = (self._alarms[0][0] - self.now()).total_seconds() if self._alarms else None
            if wait is not None and wait <= 0:
                await self._ring()
                continue
            try:
                async with asyncio.timeout(wait):
                    await self._changed.wait()
            except TimeoutError:
                continue

    async def _ring(self) -> None:
        moment, _, ring = heapq.heappop(self._alarms)
        self._go_to(moment)
        await ring()

    def _go_to(self, moment: datetime) -> None:
        """Be there, unless it is past already."""
        self._ahead += max(moment - self.now(), timedelta(0))
        self._changed.set()
