"""A broadcast to 100,000 chats beside people who ask, past a Telegram that counts; in simulated time.

The limiter under test is the bot's own (or PTB's AIORateLimiter), its clock and sleeps those of an event loop that
jumps from one event to the next: an hour passes in seconds, and nothing depends on how busy the machine is.

One chat in ten is a group. Of the groups a fifth get 2 to 25 messages within a minute (a push, its poll, results, a
digest), of the private chats a tenth 2 or 3 in a row and one in a hundred 6 to 8 (a long answer in parts): so each of
Telegram's limits binds, the one in total and both of single chats.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, BaseRateLimiter

from bench.far_end import JumpingLoop, Telegram
from bench.report import Figure, Goal
from bot.tg.limiter import BULK, Limiter
from bot.tg.pauses import seconds_of

_ONE_WAY_S = (0.02, 0.03)  # seconds from us to Telegram, and the same back
_ASKED_EVERY_S = 0.5  # somebody asks the bot something, on average
_AT_ONCE = 64
_WITHIN = 30 * 50  # messages among which those of one group are: fifty seconds of a broadcast
Make = Callable[[JumpingLoop], BaseRateLimiter[Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one broadcast. `steady` is messages a second as long as there was something to hand to the limiter, `seconds`
    how long it took to the last message, `longest` how long one waited at the most."""

    telegram: Telegram
    steady: float
    seconds: float
    longest: float

    @property
    def refused(self) -> int:
        """Answers of 429."""
        return self.telegram.refused.total()


def broadcast(_rounds: int, small: bool) -> Iterable[Figure]:
    """Ours past both ways of counting, and PTB's past the window. Simulated, so each is the same every time."""
    load = messages(2_000 if small else 100_000)
    for name, goal, bucket in (("sliding window", 0.93, False), ("token bucket", 0.98, True)):
        outcome = simulated(_ours, load, bucket=bucket)
        yield from _figures(name, outcome, load, Goal(">=", goal), Goal("<=", 0))
        yield Figure("broadcast", f"{name}: longest wait of a message", (outcome.longest,), "s")
    yield from _figures("PTB's AIORateLimiter, window", simulated(_theirs, load, bucket=False), load)


def _figures(
    name: str, outcome: Outcome, load: Sequence[int], share: Goal | None = None, none: Goal | None = None
) -> Iterable[Figure]:
    """The tail of a broadcast is bound by single chats: a group's 21st message waits a minute, whoever sends it."""
    why = ", ".join(f"{count} {kind}" for kind, count in outcome.telegram.refused.items())
    least = at_least(load, 30 * len(load) / len(outcome.telegram.taken))
    over = f"{outcome.seconds:.0f} s; no limiter needs less than {least:.0f}"
    yield Figure("broadcast", f"{name}: share of 30/s", (outcome.steady / 30,), "", share)
    yield Figure("broadcast", f"{name}: answers of 429", (float(outcome.refused),), "", none, why)
    yield Figure("broadcast", f"{name}: least time : its time", (least / outcome.seconds,), "", note=over)


def messages(chats: int) -> list[int]:
    """Whom each message goes to, in the order they are planned."""
    draw = random.Random(11)
    planned: list[tuple[int, int]] = []
    for number in range(1, chats + 1):
        group = number % 10 == 0
        within = min(_WITHIN, chats // 10) if group else 1
        places = range(_count(number // 10 if group else number, draw, group=group))
        planned += [(number + draw.randrange(within), -number if group else number) for _ in places]
    return [chat_id for _at, chat_id in sorted(planned, key=lambda one: one[0])]


def _count(number: int, draw: random.Random, *, group: bool) -> int:
    if group:
        return draw.randint(2, 25) if number % 5 == 0 else 1
    if number % 100 == 1:
        return draw.randint(6, 8)
    return draw.randint(2, 3) if number % 10 == 1 else 1


def at_least(load: Sequence[int], rate: float) -> float:
    """Seconds that no limiter can do without: `rate` messages a second in total (what people's own messages leave of
    30), 20 a minute in a group, five in five seconds in private, and none before its turn."""
    ends = [len(load) / rate]
    before: Counter[int] = Counter()
    first: dict[int, float] = {}
    for at, chat_id in enumerate(load):
        calls, seconds = (5, 5.0) if chat_id > 0 else (20, 60.0)
        ends.append(first.setdefault(chat_id, at / rate) + before[chat_id] // calls * seconds)
        before[chat_id] += 1
    return max(ends)


def _ours(loop: JumpingLoop) -> BaseRateLimiter[Any]:
    return Limiter(clock=loop.time, sleep=asyncio.sleep)


def _theirs(_loop: JumpingLoop) -> BaseRateLimiter[Any]:
    logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)  # it logs each time that it gives up
    return AIORateLimiter(max_retries=5)


def simulated(make: Make, load: Sequence[int], *, bucket: bool) -> Outcome:
    """The whole broadcast past one limiter."""
    loop = JumpingLoop()
    telegram = Telegram(bucket, loop.time)
    try:
        return loop.run_until_complete(_Broadcast(make(loop), telegram).run(load))
    finally:
        loop.close()


class _Broadcast:
    """Scheduled sends by as many workers as the bot has, and people who ask meanwhile."""

    def __init__(self, limiter: BaseRateLimiter[Any], telegram: Telegram) -> None:
        self._limiter = limiter
        self._telegram = telegram
        self._draw = random.Random(4)
        self._lane = BULK if isinstance(limiter, Limiter) else None
        self._longest = 0.0

    async def run(self, load: Sequence[int]) -> Outcome:
        await self._limiter.initialize()
        taken, waiting, asked = self._telegram.taken, iter(load), asyncio.ensure_future(self._people())
        handed: list[int] = []
        await asyncio.gather(*(self._worker(waiting, handed) for _ in range(_AT_ONCE)))
        seconds = taken[-1] - taken[0]
        asked.cancel()
        at = handed[0] - 1  # the last message that had arrived when the first worker found nothing more to do
        return Outcome(self._telegram, at / (taken[at] - taken[0]), seconds, self._longest)

    async def _worker(self, waiting: Iterable[int], handed: list[int]) -> None:
        for chat_id in waiting:
            began = self._telegram.clock()
            await self._send(chat_id, self._lane)
            self._longest = max(self._longest, self._telegram.clock() - began)
        handed.append(len(self._telegram.taken))

    async def _people(self) -> None:
        async with asyncio.TaskGroup() as asking:
            while True:
                await asyncio.sleep(self._draw.expovariate(1 / _ASKED_EVERY_S))
                asking.create_task(self._send(10_000_000 + self._draw.randrange(100_000), None))

    async def _send(self, chat_id: int, lane: str | None) -> bool:
        async def call() -> bool:
            await asyncio.sleep(self._draw.uniform(*_ONE_WAY_S))
            try:
                self._telegram.arrives(chat_id)
            finally:
                await asyncio.sleep(self._draw.uniform(*_ONE_WAY_S))
            return True

        data = {"chat_id": chat_id}
        return await _patiently(lambda: self._limiter.process_request(call, (), {}, "sendMessage", data, lane))


async def _patiently(call: Callable[[], Awaitable[Any]]) -> bool:
    """As whoever planned it would: again after what Telegram said."""
    while True:
        try:
            return bool(await call())
        except RetryAfter as error:
            await asyncio.sleep(seconds_of(error))
