"""What studying costs: answers in words graded, pictures drawn, and how long others wait meanwhile."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from functools import partial
from itertools import count, cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import updates
from bench.fake import Fake
from bench.large import migrated
from bench.load import Run, closed, open_loop
from bench.report import Figure, Goal
from bench.stack import Sample, Target, crowd, kaoguan, presses, quizzes, run

_WRITERS = 70_000_000  # the first id of those who answer in words
_TYPED = 2  # as the table of learners codes it
_HONEST = Path(__file__).parent / "grading" / "honest.jsonl"
_ASKED, _WRITTEN, _DRAWN = 100.0, 20.0, 2.0  # a second: questions of others, answers in words, pictures
_numbers = count(1)
Work = Sequence[tuple[int, bytes]]


@dataclass(slots=True)
class _Beside:
    """What goes on beside: so many updates a second, each of which ends with a call of that method."""

    work: Work
    a_second: float
    told: str


def learning(rounds: int, small: bool) -> Iterable[Figure]:
    """Against a Telegram that answers at once."""
    return run(_measured(rounds, 60, 0.5) if small else _measured(rounds, 600, 5.0))


async def _measured(rounds: int, people: int, rest_s: float) -> list[Figure]:
    """After `rest_s` a private chat may be written to as if nothing had been."""
    graded, chosen, alone, writing, drawing = list[Sample](), list[Sample](), list[Run](), list[Run](), list[Run]()
    async with _studied(4 * people) as bot:
        for number in range(rounds + 1):  # the first warms up
            writers, others, kept = _writers(people, number), crowd(people, number), number > 0
            graded += [await _graded(bot, writers)] * kept
            chosen += [await _chosen(bot, others)] * kept
            waited = partial(_waited, bot, others, rest_s)
            alone += [await waited(_Beside((), 1.0, ""))] * kept
            words = await _written(bot, _writers(people, number + 2))
            writing += [await waited(_Beside(words, _WRITTEN, "answerCallbackQuery"))] * kept
            drawing += [await waited(_Beside(_stats(writers), _DRAWN, "sendPhoto"))] * kept
        figures = [*_costs(graded, chosen), *_waits(alone, writing, drawing)]
        return [*figures, Figure("learning", "memory in the end", (bot.process.rss_mb,), "MB", Goal("<=", 150))]


@asynccontextmanager
async def _studied(people: int) -> AsyncIterator[Target]:
    """A bot, so many of whose people answer every question in words."""
    with TemporaryDirectory(prefix="bench", dir="/var/tmp") as home:
        path = await asyncio.to_thread(migrated, Path(home) / "bot.db")
        with closing(sqlite3.connect(path)) as raw, raw:
            rows = ((_WRITERS + number, _TYPED) for number in range(people))
            raw.executemany("INSERT INTO learners (person_id, mode) VALUES (?, ?)", rows)
        async with kaoguan(DATABASE_URL=f"sqlite:///{path}") as bot:
            yield bot


def _writers(people: int, turn: int) -> range:
    """Who writes in a round, others than in the three before it."""
    first = _WRITERS + turn % 4 * people
    return range(first, first + people)


async def _graded(bot: Target, who: range) -> Sample:
    """From "that was all" to the grade, for everybody; then each takes Good."""
    done = await _written(bot, who)
    sample = await bot.timed(closed(bot.fake, bot.seen, done, finish="answerCallbackQuery", in_flight=64))
    await closed(bot.fake, bot.seen, _rated(bot, who), finish="answerCallbackQuery", in_flight=64)
    return sample


def _rated(bot: Target, who: range) -> Work:
    """Everybody takes Good, under the grade that stands where they were asked whether there is more."""
    stands = ((one, *bot.seen.buttons[one]) for one in who)
    return [(one, updates.press(one, note, f"1tr:{data.split(':')[1]}:3", f"q{one}")) for one, note, data in stands]


async def _written(bot: Target, who: range) -> Work:
    """Everybody is asked and writes an answer; their presses that say it was all."""
    await closed(bot.fake, bot.seen, quizzes(who), finish="sendMessage", in_flight=64)
    await closed(bot.fake, bot.seen, _answers(who), finish="sendMessage", in_flight=64)
    return presses(bot.seen, who)


def _answers(who: range) -> Work:
    """An honest answer each, to some question of the bank: what is graded is as long as people write."""
    lines = _HONEST.read_text(encoding="utf-8").splitlines()
    said = cycle(json.loads(line)["answer"] for line in lines)
    return [(one, updates.message(one, next(_numbers), words)) for one, words in zip(who, said, strict=False)]


async def _chosen(bot: Target, who: range) -> Sample:
    """Everybody is asked and chooses; what counts is from the choice to the answer."""
    await closed(bot.fake, bot.seen, quizzes(who), finish="sendMessage", in_flight=64)
    work = presses(bot.seen, who)
    return await bot.timed(closed(bot.fake, bot.seen, work, finish="answerCallbackQuery", in_flight=64))


async def _waited(bot: Target, who: range, rest_s: float, beside: _Beside) -> Run:
    """How long the others wait for a question, while something else comes at its own pace, all of which is told."""
    await asyncio.sleep(rest_s)
    work = list(islice(beside.work, int(len(who) / _ASKED * beside.a_second)))
    before = bot.fake.counts[beside.told]
    other = asyncio.ensure_future(_pushed(bot.fake, work, beside.a_second))
    asked = await open_loop(bot.fake, bot.seen, quizzes(who), finish="sendMessage", a_second=_ASKED)
    await other
    async with asyncio.timeout(60):
        while bot.fake.counts[beside.told] < before + len(work):
            await asyncio.sleep(0.01)
    return asked


async def _pushed(fake: Fake, work: Work, a_second: float) -> None:
    for _person, update in work:
        fake.push(update)
        await asyncio.sleep(1 / a_second)


def _stats(who: range) -> Work:
    """Everybody asks for the picture of their progress: none has been drawn yet."""
    return [(one, updates.message(one, next(_numbers), "/stats")) for one in who]


def _costs(graded: list[Sample], chosen: list[Sample]) -> list[Figure]:
    ratios = tuple(choice.run.rate / words.run.rate for words, choice in zip(graded, chosen, strict=True))
    return [
        _plain("an answer in words, graded", graded),
        _plain("a choice, answered", chosen),
        Figure("learning", "choices : answers in words, both a second", ratios, "x"),
    ]


def _plain(what: str, taken: list[Sample]) -> Figure:
    cpu = sorted(one.cpu for one in taken)[len(taken) // 2]
    return Figure("learning", what, tuple(one.run.rate for one in taken), "updates/s", note=f"{1e6 * cpu:.0f} us each")


def _waits(alone: list[Run], writing: list[Run], drawing: list[Run]) -> list[Figure]:
    figures = [_p99("others' p99, nothing beside", alone)]
    for what, runs in (
        (f"{_WRITTEN:g} answers in words a second", writing),
        (f"{_DRAWN:g} pictures a second", drawing),
    ):
        pairs = zip(runs, alone, strict=True)
        ratios = tuple(one.percentile(0.99) / calm.percentile(0.99) for one, calm in pairs)
        figures += [
            _p99(f"others' p99 beside {what}", runs),
            Figure("learning", f"that : nothing beside ({what})", ratios, "x"),
        ]
    return figures


def _p99(what: str, runs: list[Run]) -> Figure:
    return Figure("learning", what, tuple(1000 * one.percentile(0.99) for one in runs), "ms")
