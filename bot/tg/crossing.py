"""What all scheduled sends have in common: so many in any second, counted where they arrive.

A call holds a slot from the moment it goes until a second after it must have arrived. It arrived before its answer
came, by what the way back takes at the least: nine tenths of the fastest round trip lately seen, the way there being as
short for whoever comes next. So no second ever sees more where Telegram counts, however unevenly calls travel, and
hardly anything is given away: of 30 a second 29.5 where answers take 40 to 60 ms.

Scheduled sends leave evenly, so that a slot falls free every thirtieth of a second. Interactive calls are counted too,
to half of the slots at the most (or nobody would be pushed while everybody plays). They go at once where a slot is
free, else before every scheduled send when one falls free, and after a tenth of a second in any case; more than half of
the slots' number of them at once go at once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram.error import NetworkError

from bot.tg.gates import Lane, Pace, closed_for

_LONGEST_S = 0.1  # that an interactive call waits
_BEHIND_S = 0.05  # how much of a delay of our own is made up for
_SAMPLES, _SURE = 100, 0.9


@dataclass(slots=True, eq=False)
class Slot:
    """Held by a call that left at `at`."""

    at: float
    scheduled: bool


class Crossing:
    """Slots for `pace.calls` calls in any `pace.seconds`."""

    def __init__(self, pace: Pace, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._pace = pace
        self._apart = pace.seconds / pace.calls
        self._clock = clock
        self._sleep = sleep
        self._held = [0, 0]  # interactive, scheduled: on their way, or not a second ago
        self._ends: deque[tuple[float, bool]] = deque()  # when slots of answered calls fall free
        self._queue: deque[asyncio.Event] = deque()
        self._hurried = 0  # interactive calls that wait
        self._next_at = self._closed_until = 0.0
        self._freed = asyncio.Event()
        self._ended = False
        self._fastest, self._fastest_now, self._seen = 0.0, float("inf"), 0

    async def enter(self, lane: Lane, *, again: bool = False) -> Slot:
        """Wait for a slot for a scheduled send; `again` takes the front of the queue. Raises ClosedError when closed
        for longer than the lane's patience, NetworkError after the end."""
        place = asyncio.Event()
        if again:
            self._queue.appendleft(place)
        else:
            self._queue.append(place)
        try:
            due = max(await self._turn(place, lane), self._clock() - _BEHIND_S)
            self._next_at = due + self._apart
            return self._take(scheduled=True)
        finally:
            self._queue.remove(place)
            if self._queue:
                self._queue[0].set()

    async def pass_by(self) -> Slot:
        """A slot for an interactive call, which hardly waits."""
        until = self._clock() + _LONGEST_S
        self._hurried += 1
        try:
            while self._full() and self._few() and self._clock() < until:
                await self._sleep(max(0.001, min(self._next_end(), until) - self._clock()))
        finally:
            self._hurried -= 1
            self._wake()
        return self._take(scheduled=False)

    def answered(self, slot: Slot) -> None:
        """The slot's call is over: it is free a second after the call must have arrived."""
        now = self._clock()
        arrived = max(slot.at, now - self._floor(now - slot.at))
        last = self._ends[-1][0] if self._ends else 0.0
        self._ends.append((max(last, arrived + self._pace.seconds), slot.scheduled))
        self._wake()

    def give_back(self, slot: Slot) -> None:
        """The scheduled send that has just been given the slot does not go: the next one goes in its place."""
        self._held[slot.scheduled] -= 1
        self._next_at -= self._apart
        self._wake()

    def close(self, seconds: float) -> None:
        """No scheduled send for so long."""
        self._closed_until = max(self._closed_until, self._clock() + seconds)

    def end(self) -> None:
        """No scheduled send any more: those that wait, and whatever comes, get NetworkError."""
        self._ended = True
        self._wake()
        for place in self._queue:
            place.set()

    async def _turn(self, place: asyncio.Event, lane: Lane) -> float:
        """Wait for the turn; gives when it came, which may be a little while ago: a sleep never ends in time."""
        due = self._clock()
        while True:
            if self._ended:
                raise NetworkError("Not sent: the bot is ending.")
            closed_for(self._closed_until - self._clock(), lane)
            if self._queue[0] is not place:
                place.clear()
                await place.wait()
                continue
            due = max(due, self._closed_until, self._next_at)
            wait = due - self._clock()
            if wait > 0:
                await self._sleep(wait)
            elif self._hurried or self._full():
                await self._some_end()
                due = self._clock()
            else:
                return due

    async def _some_end(self) -> None:
        """Until a slot may have fallen free."""
        if self._ends and not self._hurried:
            await self._sleep(max(0.0, self._ends[0][0] - self._clock()))
        else:
            self._freed.clear()
            await self._freed.wait()

    def _full(self) -> bool:
        now = self._clock()
        while self._ends and self._ends[0][0] <= now:
            self._held[self._ends.popleft()[1]] -= 1
        return min(self._held[0], self._pace.calls // 2) + self._held[1] >= self._pace.calls

    def _few(self) -> bool:
        """Whether interactive calls, those that wait too, have no more than their half: if so many come at once, they
        will have it in any case, and waiting would win nothing."""
        return self._held[0] + self._hurried <= self._pace.calls // 2

    def _next_end(self) -> float:
        return self._ends[0][0] if self._ends else float("inf")

    def _take(self, *, scheduled: bool) -> Slot:
        self._held[scheduled] += 1
        return Slot(self._clock(), scheduled)

    def _wake(self) -> None:
        self._freed.set()

    def _floor(self, trip: float) -> float:
        """Seconds that an answer takes back and the next call there, at the least; `trip` is the newest round trip."""
        self._fastest_now = min(self._fastest_now, trip)
        self._seen += 1
        floor = _SURE * min(self._fastest, self._fastest_now)
        if self._seen >= _SAMPLES:
            self._fastest, self._fastest_now, self._seen = self._fastest_now, float("inf"), 0
        return floor
