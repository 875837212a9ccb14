"""How long people wait at half of the most that can be done, alone and beside a broadcast to 100,000 chats."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.crowded import fill
from bench.load import Run, closed, open_loop
from bench.report import Figure, Goal
from bench.stack import Target, crowd, kaoguan, presses, quizzes, run

_SETTLES_S = 2.0
_FIRST = 0.2  # of the updates of a round, which are not counted: a load is steady after half a second
_FEW = 20.0  # updates a second
_QUIZ, _PRESS = "sendMessage", "answerCallbackQuery"


@dataclass(slots=True)
class Half:
    """Half of the most updates a second that a closed loop got through."""

    quiz: float
    press: float


def latency(rounds: int, small: bool) -> Iterable[Figure]:
    """Against a Telegram that answers at once, and one that takes 50 ms."""
    people, chats = (60, 500) if small else (2_000, 100_000)
    for delay_s in (0.0, 0.05):
        yield from run(_measured(rounds, people, chats, delay_s))


async def _measured(rounds: int, people: int, chats: int, delay_s: float) -> list[Figure]:
    alone, beside, few_alone, few_beside = list[Run](), list[Run](), list[Run](), list[Run]()
    async with AsyncExitStack() as stack:
        idle = await stack.enter_async_context(kaoguan(delay_s))
        busy = await stack.enter_async_context(_broadcasting(chats, delay_s))
        with busy.process.paused():
            half = await _half(idle, people)
        for number in range(1, rounds + 1):
            with busy.process.paused():
                alone.append(await _at(half, idle, people, number))
                few_alone.append(await _few(idle, people, number))
            with idle.process.paused():
                beside.append(await _at(half, busy, people, number))
                few_beside.append(await _few(busy, people, number))
    return [*_figures(alone, beside, delay_s), *_of_few(few_alone, few_beside, delay_s)]


@asynccontextmanager
async def _broadcasting(chats: int, delay_s: float) -> AsyncIterator[Target]:
    """A bot in the midst of a broadcast."""
    with TemporaryDirectory(prefix="bench", dir="/var/tmp") as home:
        await asyncio.to_thread(fill, Path(home) / "bot.db", chats, -1.0)
        async with kaoguan(delay_s, DATABASE_URL=f"sqlite:///{home}/bot.db") as bot:
            yield bot


async def _half(bot: Target, people: int) -> Half:
    """By a closed loop with as much in flight as people have patience for; the first time warms up."""
    half = Half(0.0, 0.0)
    for _ in range(2):
        who = crowd(people, 0)
        quiz = await closed(bot.fake, bot.seen, quizzes(who), finish=_QUIZ, in_flight=64)
        press = await closed(bot.fake, bot.seen, presses(bot.seen, who), finish=_PRESS, in_flight=64)
        half = Half(quiz.rate / 2, press.rate / 2)
    return half


async def _at(half: Half, bot: Target, people: int, number: int) -> Run:
    """A question and an answer for everybody, at that rate; both kinds of waits together.

    Whoever was stopped meanwhile first makes up for the time: a tick, a poll that is over, slots that fell free.
    """
    await asyncio.sleep(_SETTLES_S)
    who = crowd(people, number)
    asked = await open_loop(bot.fake, bot.seen, quizzes(who), finish=_QUIZ, a_second=half.quiz)
    pressed = await open_loop(bot.fake, bot.seen, presses(bot.seen, who), finish=_PRESS, a_second=half.press)
    first = int(_FIRST * people)
    return Run(asked.seconds + pressed.seconds, asked.latencies[first:] + pressed.latencies[first:])


async def _few(bot: Target, people: int, number: int) -> Run:
    """A question for some, at a rate where each may have to wait for a slot that a push has left."""
    work = quizzes(crowd(people, number + 2)[: min(people, 100)])
    return await open_loop(bot.fake, bot.seen, work, finish=_QUIZ, a_second=_FEW)


def _of_few(alone: list[Run], beside: list[Run], delay_s: float) -> list[Figure]:
    name, what = f"latency, answers take {1000 * delay_s:g} ms", f"p99 of {_FEW:g} a second"
    return [
        Figure(name, f"{what}, {where}", tuple(1000 * one.percentile(0.99) for one in runs), "ms")
        for where, runs in (("alone", alone), ("beside a broadcast", beside))
    ]


def _figures(alone: list[Run], beside: list[Run], delay_s: float) -> list[Figure]:
    name = f"latency, answers take {1000 * delay_s:g} ms"
    p99s = tuple(1000 * one.percentile(0.99) for one in alone)
    medians = tuple(1000 * one.percentile(0.5) for one in alone)
    spread = tuple(p99 / median for p99, median in zip(p99s, medians, strict=True))
    ratios = tuple(1000 * one.percentile(0.99) / p99 for one, p99 in zip(beside, p99s, strict=True))
    return [
        Figure(name, "median", medians, "ms"),
        Figure(name, "p99", p99s, "ms"),
        Figure(name, "p99 : median", spread, "x", Goal("<=", 10)),
        Figure(name, "p99 beside a broadcast : p99 alone", ratios, "x", Goal("<=", 1.5)),
    ]
