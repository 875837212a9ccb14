"""A broadcast to 100,000 chats beside people who ask, past a Telegram that counts; in simulated time.

The limiter under test is the bot's own (or PTB's AIORateLimiter), its clock and sleeps those of an event loop that
jumps from one event to the next: an hour passes in seconds, and nothing depends on how busy the machine is.
"""

from __future__ import annotations

import asyncio
import heapq
import random
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, BaseRateLimiter

from bench.report import Figure, Goal
from bot.tg.limiter import Limiter

_ONE_WAY_S = (0.02, 0.03)  # seconds from us to Telegram, and the same back
_ASKED_EVERY_S = 0.5  # somebody asks the bot something, on average
_AT_ONCE = 64


class JumpingLoop(asyncio.SelectorEventLoop):
    """Its clock jumps to the next timer whenever nothing is left to do."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 1000.0

    def time(self) -> float:
        """Simulated seconds."""
        return self._now

    def _run_once(self) -> None:
        ready, scheduled = self._ready, self._scheduled  # type: ignore[attr-defined]
        while scheduled and scheduled[0]._cancelled:
            heapq.heappop(scheduled)._scheduled = False
        self._now += 1e-7  # a step takes its time, or rounding could make a sleep last for ever
        if not ready and scheduled:
            self._now = max(self._now, scheduled[0]._when)
        super()._run_once()  # type: ignore[misc]


@dataclass
class Telegram:
    """Counts what arrives: 30 in any second (or a bucket of 30 refilled so), 1 a second in a chat with a burst of five,
    20 a minute in a group. `taken` are the times of what it took."""

    bucket: bool
    clock: Callable[[], float]
    taken: list[float] = field(default_factory=list)
    refused: int = 0
    _window: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)
    _level: float = 30.0
    _filled_at: float = 0.0

    def arrives(self, chat_id: int) -> None:
        """Raises RetryAfter for what is too much."""
        now = self.clock()
        calls, seconds = (5, 5.0) if chat_id > 0 else (20, 60.0)
        there = self._chats.setdefault(chat_id, deque(maxlen=calls))
        if (len(there) == calls and now - there[0] < seconds) or not self._room(now):
            self.refused += 1
            raise RetryAfter(timedelta(seconds=1))
        there.append(now)
        self.taken.append(now)

    def _room(self, now: float) -> bool:
        if self.bucket:
            level = min(30.0, self._level + 30 * (now - self._filled_at))
            self._level, self._filled_at = level - (level >= 1), now
            return level >= 1
        while self._window and self._window[0] <= now - 1.0:
            self._window.popleft()
        if len(self._window) >= 30:
            return False
        self._window.append(now)
        return True


def broadcast(_rounds: int, small: bool) -> Iterable[Figure]:
    """Ours past both ways of counting, and PTB's past the window. Simulated, so each is the same every time."""
    chats = 2_000 if small else 100_000
    figures: list[Figure] = []
    for name, goal, bucket in (("sliding window", 0.93, False), ("token bucket", 0.98, True)):
        rate, refused = _simulated(_ours, chats, bucket=bucket)
        figures += [
            Figure("broadcast", f"{name}: share of 30/s", (rate / 30,), "", Goal(">=", goal)),
            Figure("broadcast", f"{name}: answers of 429", (float(refused),), "", Goal("<=", 0)),
        ]
    rate, refused = _simulated(_theirs, chats // 10, bucket=False)
    note = f"{100 * refused / (chats // 10):.0f} % refused"
    return [*figures, Figure("broadcast", "PTB's AIORateLimiter, window: share of 30/s", (rate / 30,), "", note=note)]


def _ours(loop: JumpingLoop) -> BaseRateLimiter[Any]:
    return Limiter(clock=loop.time, sleep=asyncio.sleep)


def _theirs(_loop: JumpingLoop) -> BaseRateLimiter[Any]:
    return AIORateLimiter(max_retries=5)


def _simulated(make: Callable[[JumpingLoop], BaseRateLimiter[Any]], chats: int, *, bucket: bool) -> tuple[float, int]:
    """Messages a second that arrived, and how many were refused."""
    loop = JumpingLoop()
    telegram = Telegram(bucket, loop.time)
    try:
        loop.run_until_complete(_broadcast(make(loop), telegram, chats))
    finally:
        loop.close()
    return (len(telegram.taken) - 1) / (telegram.taken[-1] - telegram.taken[0]), telegram.refused


async def _broadcast(limiter: BaseRateLimiter[Any], telegram: Telegram, chats: int) -> None:
    draw = random.Random(4)
    await limiter.initialize()
    waiting = iter(range(1, chats + 1))

    async def send(chat_id: int, lane: str | None) -> bool:
        async def call() -> bool:
            await asyncio.sleep(draw.uniform(*_ONE_WAY_S))
            try:
                telegram.arrives(chat_id)
            finally:
                await asyncio.sleep(draw.uniform(*_ONE_WAY_S))
            return True

        data = {"chat_id": chat_id}
        return await _patiently(lambda: limiter.process_request(call, (), {}, "sendMessage", data, lane))

    async def worker() -> None:
        for number in waiting:
            await send(number if number % 10 else -number, "bulk" if isinstance(limiter, Limiter) else None)

    async def people() -> None:
        while True:
            await asyncio.sleep(draw.expovariate(1 / _ASKED_EVERY_S))
            asked.add(asyncio.ensure_future(send(10_000_000 + draw.randrange(100_000), None)))

    asked: set[asyncio.Future[bool]] = set()
    asking = asyncio.ensure_future(people())
    await asyncio.gather(*(worker() for _ in range(_AT_ONCE)))
    asking.cancel()
    await asyncio.gather(*asked)


async def _patiently(call: Callable[[], Awaitable[Any]]) -> bool:
    """As whoever planned it would: again after what Telegram said."""
    while True:
        try:
            return bool(await call())
        except RetryAfter:
            await asyncio.sleep(1.0)
