"""A chat's gate: whoever wants to pass waits until the pace lets them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil

from telegram.error import RetryAfter

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `calls` in any `seconds`."""

    calls: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Lane:
    """How a kind of call behaves after a 429: tries beyond the first, and the longest pause it waits out (seconds)."""

    retries: int
    patience: float


@dataclass(slots=True, eq=False)
class _Ticket:
    """A place in a queue; `first` is set while nobody stands before it. `key` names the message that is edited."""

    scheduled: bool
    key: Key | None = None
    overtaken: bool = False
    first: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True, eq=False)
class Passage:
    """A call that was let through. It reaches Telegram at some time before its answer comes, so that counts."""

    at: float


class ClosedError(RetryAfter):
    """A call that we turn away, as an earlier 429 still holds. Telegram has not seen it, nor said anything new."""


def closed_for(left: float, lane: Lane) -> None:
    """Raise ClosedError if `left` seconds are more than the lane is patient for."""
    if left > lane.patience:
        raise ClosedError(timedelta(seconds=ceil(left)))


class OvertakenError(Exception):
    """A newer edit of the same message stands in the queue: this one is not worth sending any more."""


class Gate:
    """Lets calls through at a pace: interactive ones first, then in the order they came."""

    def __init__(self, pace: Pace, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._pace = pace
        self._clock = clock
        self._sleep = sleep
        self._closed_until = 0.0
        # Lists: an empty deque takes ten times as much, thousands of chats have a gate, and few ever wait at one.
        self._passed: list[Passage] = []
        self._queues: tuple[list[_Ticket], list[_Ticket]] = ([], [])

    async def enter(
        self, lane: Lane, *, scheduled: bool = False, again: bool = False, key: Key | None = None
    ) -> Passage:
        """Wait for a place and take it; `again` takes the front of the queue, for a call that was sent back.

        Whoever calls sets the passage's time anew when the answer has come. Raises ClosedError when the gate is closed
        for longer than the lane's patience, OvertakenError when a later call has the same `key`.
        """
        if self.free():
            return self.take()
        async with self.turn(lane, scheduled=scheduled, again=again, key=key):
            return self.take()

    def free(self) -> bool:
        """Whether one may pass at once."""
        return not any(self._queues) and self.delay() <= 0

    def take(self) -> Passage:
        """Pass."""
        passage = Passage(self._clock())
        self._passed = [*self._passed, passage][-self._pace.calls :]
        return passage

    @asynccontextmanager
    async def turn(
        self, lane: Lane, *, scheduled: bool = False, again: bool = False, key: Key | None = None
    ) -> AsyncIterator[Callable[[], Awaitable[None]]]:
        """Within, it is one's turn, and nobody of the same kind comes before; awaiting what is given waits for the next
        turn, where something else was in the way. Raises as `enter` does."""
        ticket = _Ticket(scheduled, key)
        queue = self._queues[scheduled]
        if key is not None:
            self._overtake(key)
        if again:
            queue.insert(0, ticket)
        else:
            queue.append(ticket)
        try:
            await self._turn(ticket, lane)
            yield lambda: self._turn(ticket, lane)
        finally:
            queue.remove(ticket)
            self._wake_first()

    async def _turn(self, ticket: _Ticket, lane: Lane) -> None:
        while True:
            closed_for(self._closed_until - self._clock(), lane)
            self._wake_first()
            if ticket.overtaken:
                raise OvertakenError
            if self._first() is not ticket:
                ticket.first.clear()
                await ticket.first.wait()
            elif (delay := self.delay()) > 0:
                await self._sleep(delay)
            else:
                return

    def _overtake(self, key: Key) -> None:
        for queue in self._queues:
            for ticket in queue:
                if ticket.key == key:
                    ticket.overtaken = True
                    ticket.first.set()

    def close(self, seconds: float) -> None:
        """Let nobody through for so long."""
        self._closed_until = max(self._closed_until, self._clock() + seconds)

    def delay(self) -> float:
        """Seconds until the next call may pass, if nobody waits."""
        now = self._clock()
        full = len(self._passed) == self._pace.calls
        return max(self._closed_until - now, self._passed[0].at + self._pace.seconds - now if full else 0.0)

    def idle(self) -> bool:
        """Whether forgetting this gate changes nothing."""
        spent = not self._passed or self._passed[-1].at + self._pace.seconds <= self._clock()
        return spent and self._closed_until <= self._clock() and not any(self._queues)

    def _first(self) -> _Ticket | None:
        return next((queue[0] for queue in self._queues if queue), None)

    def _wake_first(self) -> None:
        if first := self._first():
            first.first.set()
