"""How fast we speak: Telegram's limits per chat, and a lane of its own for what is sent to many.

A private chat takes 4 messages in any 4 seconds, a group 20 in any 60, all scheduled sends together 30 in any second.
In a chat interactive calls go before scheduled ones, each kind in the order it came. A 429 pauses the chat that got
it, for as long as Telegram said, and no other. Only when scheduled sends to three chats are refused within seconds it
is the bot that is too fast: then the scheduled lane takes a short breath. Calls that name no chat, read only, or answer
a press are not limited.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil
from typing import Any

from telegram._utils.types import JSONDict
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.tg.pauses import seconds_of

BULK = "bulk"
_Result = bool | JSONDict | list[JSONDict]
_FREE = ("get", "answer")  # methods that begin so
_SWEEP = 1024  # chats remembered before the idle ones are forgotten


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


PRIVATE = Pace(4, 4.0)
GROUP = Pace(20, 60.0)
EVERYBODY = Pace(30, 1.0)
_INTERACTIVE = Lane(retries=2, patience=60.0)
_SCHEDULED = Lane(retries=2, patience=30.0)  # what is longer goes back to whoever has planned it
_FLOOD_CHATS, _FLOOD_S, _LONGEST_CLOSED_S = 3, 5.0, 30.0


@dataclass(slots=True, eq=False)
class _Ticket:
    """A place in a queue; `first` is set while nobody stands before it."""

    scheduled: bool
    first: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True, eq=False)
class Passage:
    """A call that was let through. It reaches Telegram at some time before its answer comes, so that counts."""

    at: float


class Gate:
    """Lets calls through at a pace: interactive ones first, then in the order they came."""

    def __init__(self, pace: Pace, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._pace = pace
        self._clock = clock
        self._sleep = sleep
        self._passed: deque[Passage] = deque(maxlen=pace.calls)
        self._closed_until = 0.0
        self._queues: tuple[deque[_Ticket], deque[_Ticket]] = (deque(), deque())

    async def enter(self, lane: Lane, *, scheduled: bool = False, again: bool = False) -> Passage:
        """Wait for a place; `again` takes the front of the queue, for a call that was sent back.

        Whoever calls sets the passage's time anew when the answer has come. Raises RetryAfter when the gate is closed
        for longer than the lane's patience.
        """
        ticket = _Ticket(scheduled)
        queue = self._queues[scheduled]
        if again:
            queue.appendleft(ticket)
        else:
            queue.append(ticket)
        try:
            await self._turn(ticket, lane)
            self._passed.append(Passage(self._clock()))
            return self._passed[-1]
        finally:
            queue.remove(ticket)
            self._wake_first()

    async def _turn(self, ticket: _Ticket, lane: Lane) -> None:
        while True:
            self._refuse_if_closed(lane)
            self._wake_first()
            if self._first() is not ticket:
                ticket.first.clear()
                await ticket.first.wait()
            elif (delay := self.delay()) > 0:
                await self._sleep(delay)
            else:
                return

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

    def _refuse_if_closed(self, lane: Lane) -> None:
        left = self._closed_until - self._clock()
        if left > lane.patience:
            raise RetryAfter(timedelta(seconds=ceil(left)))

    def _first(self) -> _Ticket | None:
        return next((queue[0] for queue in self._queues if queue), None)

    def _wake_first(self) -> None:
        if first := self._first():
            first.first.set()


class Limiter(BaseRateLimiter[str]):
    """The library's hook for all of this; `rate_limit_args="bulk"` marks a scheduled send."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`clock` gives monotonic seconds; `sleep` waits for so many."""
        self._clock = clock
        self._sleep = sleep
        self._bulk = Gate(EVERYBODY, clock, sleep)
        self._chats: dict[int | str, Gate] = {}
        self._refused: dict[object, float] = {}  # chats whose scheduled sends got a 429 just now, and when
        self._sweep_at = _SWEEP

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, _Result]],
        args: Any,  # noqa: ANN401 - the library's signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> _Result:
        """Make the call in its turn. Raises RetryAfter when its retries are used up or the pause is too long."""
        lane = _SCHEDULED if rate_limit_args == BULK else _INTERACTIVE
        chat_id = None if endpoint.startswith(_FREE) else data.get("chat_id")
        for tries in range(lane.retries + 1):
            passages = await self._enter(self._gate(chat_id), lane, again=tries > 0)
            try:
                return await self._timed(callback(*args, **kwargs), passages)
            except RetryAfter as error:
                if lane is _SCHEDULED and self._floods(chat_id):
                    self._bulk.close(min(seconds_of(error), _LONGEST_CLOSED_S))
                await self._back_off(self._gate(chat_id), lane, error, last=tries == lane.retries)
        raise AssertionError("the last try returns or raises")

    async def _enter(self, gate: Gate | None, lane: Lane, *, again: bool) -> list[Passage]:
        """The common lane first: whoever waits there holds no place in the chat."""
        scheduled = lane is _SCHEDULED
        passages = [await self._bulk.enter(lane, again=again)] if scheduled else []
        if gate:
            passages.append(await gate.enter(lane, scheduled=scheduled, again=again))
        return passages

    async def _timed(self, call: Coroutine[Any, Any, _Result], passages: list[Passage]) -> _Result:
        """Make the call; it counts from its answer on, as nobody knows when between the two Telegram counted it."""
        try:
            return await call
        finally:
            for passage in passages:
                passage.at = self._clock()

    async def _back_off(self, gate: Gate | None, lane: Lane, error: RetryAfter, *, last: bool) -> None:
        seconds = seconds_of(error)
        if gate:
            gate.close(seconds)
        if last or seconds > lane.patience:
            raise error
        if not gate:
            await self._sleep(seconds)

    def _floods(self, chat_id: object) -> bool:
        """Note that a chat was refused; whether that makes too many chats for it to be their own doing."""
        now = self._clock()
        self._refused = {chat: at for chat, at in self._refused.items() if now - at < _FLOOD_S} | {chat_id: now}
        return len(self._refused) >= _FLOOD_CHATS

    def _gate(self, chat_id: object) -> Gate | None:
        if not isinstance(chat_id, int | str):
            return None
        if len(self._chats) >= self._sweep_at:
            self._forget_idle()
        if chat_id not in self._chats:
            self._chats[chat_id] = Gate(_pace(chat_id), self._clock, self._sleep)
        return self._chats[chat_id]

    def _forget_idle(self) -> None:
        self._chats = {chat_id: gate for chat_id, gate in self._chats.items() if not gate.idle()}
        self._sweep_at = max(_SWEEP, 2 * len(self._chats))


def _pace(chat_id: int | str) -> Pace:
    """Groups and channels have negative ids or @names."""
    return PRIVATE if isinstance(chat_id, int) and chat_id > 0 else GROUP
