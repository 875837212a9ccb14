"""The whole bot beside bare echo bots: updates a second, processor time, latency."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from bench import updates
from bench.fake import TOKEN, Fake
from bench.load import Run, Seen, closed, polled, watch
from bench.process import OUR_CORE, Process, pin
from bench.report import Figure, Goal

T = TypeVar("T")
_CONTENT = Path(__file__).parent.parent / "content"
_PEOPLE = 10_000_000  # the first person's id
_numbers = count(1)


@dataclass(slots=True)
class Target:
    """A bot at a fake of its own."""

    fake: Fake
    seen: Seen
    process: Process

    async def timed(self, run: Coroutine[Any, Any, Run]) -> Sample:
        """A run with the processor time it took."""
        before = self.process.cpu
        done = await run
        return Sample(done, (self.process.cpu - before) / len(done.latencies))


@dataclass(slots=True)
class Sample:
    """A run, and the processor time of each update (seconds)."""

    run: Run
    cpu: float


@asynccontextmanager
async def target(module: str, *arguments: str, delay_s: float = 0.0, **env: str) -> AsyncIterator[Target]:
    """A bot that polls; `{url}` in its arguments or environment is the fake's address."""
    fake = Fake(delay_s=delay_s)
    url = await fake.start()
    seen = watch(fake)
    given = {name: value.replace("{url}", url) for name, value in env.items()}
    with Process(module, *(one.replace("{url}", url) for one in arguments), env=given) as process:
        await polled(fake)
        await asyncio.sleep(0.5)
        yield Target(fake, seen, process)
    await fake.stop()


@asynccontextmanager
async def kaoguan(delay_s: float = 0.0, *, by: tuple[str, ...] = ("bot",), **more: str) -> AsyncIterator[Target]:
    """Ours, as operators run it, with the shipped bank and a new database on disk; `by` is what launches it."""
    with tempfile.TemporaryDirectory(prefix="bench", dir="/var/tmp") as home:
        env = {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": "{url}",
            "DATABASE_URL": f"sqlite:///{home}/bot.db",
            "CONTENT_DIR": str(_CONTENT),
            "HTTP_PORT": "0",
        }
        async with target(*by, "run", delay_s=delay_s, **(env | more)) as here:
            yield here


def crowd(people: int, turn: int) -> range:
    """Who is at work in a round, others than in the three before it: nobody is written to more than once a second."""
    first = _PEOPLE + turn % 4 * people
    return range(first, first + people)


def quizzes(who: Iterable[int]) -> list[tuple[int, bytes]]:
    """Everybody asks for a question."""
    return [(one, updates.message(one, next(_numbers), "/quiz")) for one in who]


def echoes(who: Iterable[int]) -> list[tuple[int, bytes]]:
    """Everybody says something."""
    return [(one, updates.message(one, next(_numbers), "你好，考官")) for one in who]


def presses(seen: Seen, who: Iterable[int]) -> list[tuple[int, bytes]]:
    """Everybody presses the first button of the newest message."""
    return [(one, updates.press(one, *seen.buttons[one], f"q{one}")) for one in who]


async def _side_by_side(rounds: int, people: int, delay_s: float, in_flight: int) -> list[Figure]:
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(kaoguan(delay_s))
        ptb = await stack.enter_async_context(target("bench.bots.ptb_echo", "{url}", delay_s=delay_s))
        aiogram = await stack.enter_async_context(target("bench.bots.aiogram_echo", "{url}", delay_s=delay_s))
        taken: dict[str, list[Sample]] = {name: [] for name in ("ptb", "aiogram", "quiz", "press")}
        for number in range(rounds + 1):  # the first warms up
            for name, sample in (await _round(ours, ptb, aiogram, crowd(people, number), in_flight)).items():
                taken[name] += [sample] if number else []
    return _figures(taken, delay_s)


async def _round(ours: Target, ptb: Target, aiogram: Target, who: range, in_flight: int) -> dict[str, Sample]:
    slow = bool(ptb.fake.delay_s)
    few = echoes(who[: max(40, len(who) // 20)] if slow else who)
    return {
        "ptb": await ptb.timed(closed(ptb.fake, ptb.seen, few, finish="sendMessage", in_flight=in_flight)),
        "aiogram": await aiogram.timed(
            closed(aiogram.fake, aiogram.seen, echoes(who), finish="sendMessage", in_flight=in_flight)
        ),
        "quiz": await ours.timed(closed(ours.fake, ours.seen, quizzes(who), finish="sendMessage", in_flight=in_flight)),
        "press": await ours.timed(
            closed(ours.fake, ours.seen, presses(ours.seen, who), finish="answerCallbackQuery", in_flight=in_flight)
        ),
    }


def _figures(taken: dict[str, list[Sample]], delay_s: float) -> list[Figure]:
    name = f"answers take {1000 * delay_s:g} ms" if delay_s else "stack"

    def ratio(of: str, to: str) -> tuple[float, ...]:
        return tuple(a.run.rate / b.run.rate for a, b in zip(taken[of], taken[to], strict=True))

    def plain(of: str) -> Figure:
        cpu = sorted(one.cpu for one in taken[of])[len(taken[of]) // 2]
        rates = tuple(one.run.rate for one in taken[of])
        return Figure(name, of, rates, "updates/s", note=f"{1e6 * cpu:.0f} us of processor each")

    both = tuple(
        (quiz.cpu + press.cpu) / ptb.cpu
        for quiz, press, ptb in zip(taken["quiz"], taken["press"], taken["ptb"], strict=True)
    )
    figures = [
        *(plain(of) for of in taken),
        Figure(name, "/quiz : aiogram echo", ratio("quiz", "aiogram"), "x", Goal(">=", 1.0)),
    ]
    if not delay_s:
        figures += [
            Figure(name, "press : aiogram echo", ratio("press", "aiogram"), "x", Goal(">=", 0.7)),
            Figure(name, "processor of /quiz and press : PTB echo", both, "x", Goal("<=", 2.0)),
        ]
    return figures


def side_by_side(rounds: int, small: bool) -> Iterable[Figure]:
    """Against a Telegram that answers at once."""
    return run(_side_by_side(rounds, 100 if small else 1500, 0.0, 64))


def slow_telegram(rounds: int, small: bool) -> Iterable[Figure]:
    """Against one that takes 50 ms, as the real one does."""
    return run(_side_by_side(rounds, 100 if small else 1500, 0.05, 256))


def headroom(rounds: int, small: bool) -> Iterable[Figure]:
    """What the fake itself can serve: it must not be what is measured."""
    return run(_headroom(rounds, 0.2 if small else 2.0, 60 if small else 1500))


async def _headroom(rounds: int, seconds: float, people: int) -> list[Figure]:
    served, asked = list[float](), list[float]()
    async with kaoguan() as bot:
        for number in range(rounds + 1):  # the first warms up
            work = quizzes(crowd(people, number))
            quiz = await closed(bot.fake, bot.seen, work, finish="sendMessage", in_flight=64)
            with bot.process.paused():
                most = await _served(seconds)
            served += [most] if number else []
            asked += [quiz.rate] if number else []
    ratios = tuple(most / rate for most, rate in zip(served, asked, strict=True))
    return [
        Figure("headroom", "calls that the fake answers", tuple(served), "calls/s"),
        Figure("headroom", "that : /quiz, who asks most", ratios, "x", Goal(">=", 5.0)),
    ]


async def _served(seconds: float) -> float:
    fake = Fake()
    url = await fake.start()
    with Process("bench.bots.hammer", url):
        async with asyncio.timeout(60):
            while not fake.counts["sendMessage"]:
                await asyncio.sleep(0.01)
        before = fake.counts["sendMessage"]
        await asyncio.sleep(seconds)
        served = fake.counts["sendMessage"] - before
    await fake.stop()
    return served / seconds


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a scenario on a core of its own."""
    pin(0, OUR_CORE)
    return uvloop.run(work)
