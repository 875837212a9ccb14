"""One person writes a hundred messages a second: how long do the others wait?

Two bots, as operators run them, take turns, the one that rests is stopped: in one the others are alone, in the other
somebody floods. The flood goes on at its pace whatever the bot does with it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from itertools import count

from bench import updates
from bench.load import Run, open_loop
from bench.report import Figure, Goal
from bench.stack import Target, crowd, kaoguan, quizzes, run

RATE, OTHERS = 100, 20  # updates a second: of the one, and of all others together
_FLOODER = 9_000_000
_numbers = count(1)


def flood(rounds: int, small: bool) -> Iterable[Figure]:
    """Against a Telegram that answers at once, and one that takes 50 ms."""
    for delay_s in (0.0, 0.05):
        yield from run(_measured(rounds, 2.0 if small else 20.0, delay_s))


async def _measured(rounds: int, seconds: float, delay_s: float) -> list[Figure]:
    calm, flooded, rates = list[Run](), list[Run](), list[float]()
    async with AsyncExitStack() as stack:
        alone, beside = [await stack.enter_async_context(kaoguan(delay_s)) for _ in range(2)]
        for number in range(rounds + 1):  # the first warms up
            with beside.process.paused():
                calm.append(await _others(alone, number, seconds))
            with alone.process.paused():
                async with _flooding(beside, rates):
                    flooded.append(await _others(beside, number, seconds))
    return _figures(calm[1:], flooded[1:], rates[1:], delay_s)


async def _others(bot: Target, number: int, seconds: float) -> Run:
    """So many people ask for a question, each once, one after the other; the first second, in which a bot that was
    stopped finds its feet, does not count."""
    work = quizzes(crowd(int((seconds + 1) * OTHERS), number))
    await open_loop(bot.fake, bot.seen, work[:OTHERS], finish="sendMessage", a_second=OTHERS)
    return await open_loop(bot.fake, bot.seen, work[OTHERS:], finish="sendMessage", a_second=OTHERS)


@asynccontextmanager
async def _flooding(bot: Target, rates: list[float]) -> AsyncIterator[None]:
    """Meanwhile one person asks and asks; `rates` is told how often a second."""
    began, asked = time.perf_counter(), 0

    async def pour() -> None:
        nonlocal asked
        while True:
            for _ in range(int((time.perf_counter() - began) * RATE) - asked):
                bot.fake.push(updates.message(_FLOODER, next(_numbers), "/quiz"))
                asked += 1
            await asyncio.sleep(0.5 / RATE)

    pouring = asyncio.create_task(pour())
    try:
        yield
    finally:
        rates.append(asked / (time.perf_counter() - began))
        pouring.cancel()
        with suppress(asyncio.CancelledError):
            await pouring


def _figures(calm: list[Run], flooded: list[Run], rates: list[float], delay_s: float) -> list[Figure]:
    name = f"flood, answers take {1000 * delay_s:g} ms"
    p99s = [tuple(1000 * one.percentile(0.99) for one in runs) for runs in (calm, flooded)]
    ratios = tuple(beside / alone for alone, beside in zip(*p99s, strict=True))
    medians = tuple(1000 * one.percentile(0.5) for one in flooded)
    note = f"{len(calm[0].latencies)} people, {OTHERS} a second"
    return [
        Figure(name, "p99 of the others, calm", p99s[0], "ms", note=note),
        Figure(name, "p99 of the others, flooded", p99s[1], "ms", note=note),
        Figure(name, "median of the others, flooded", medians, "ms", note=note),
        Figure(name, "flooded : calm", ratios, "x", Goal("<=", 2.0)),
        Figure(name, "messages of the flood", tuple(rates), "1/s", Goal(">=", 0.99 * RATE)),
    ]
