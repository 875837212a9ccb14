"""FSRS fitted to somebody who has studied for months: by the running bot, in a process beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bench.optimizing import forgetting, studied
from bot import app
from bot.app import Running
from bot.core.bank import Ref
from bot.core.learners import Parameters
from bot.core.optimizing import Log, fitted
from bot.flows import rebuilding
from bot.playground.handles import Person
from bot.playground.server import Playground
from bot.store import cards, learners
from bot.store.database import Tx
from tests.e2e.acting import say, tap
from tests.e2e.conftest import Start
from tests.referee import judge

FAST = studied(forgetting(0.3, 0.9), 150, 1)


def remember(tx: Tx, person_id: int, logs: list[Log]) -> int:
    """Months of reviews, of questions that have left the bank since; how many."""
    for number, log in enumerate(logs):
        for at, done in enumerate(log):
            cards.log_review(tx, person_id, Ref("old", f"q{number}"), 10_000 + 100 * number + at, done.rating, done.at)
    rebuilding.replan(tx, person_id)
    return sum(map(len, logs))


async def looked_at(bot: Running, person: Person) -> None:
    """Wait until the person's log has been: no tick waits for that."""
    for _look in range(1200):
        if (await bot.desk.read(learners.count, person.id)).optimized is not None:
            return
        await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("name", "early", "own", "study"),
    [
        ("小周", "遗忘曲线：通用的（答满 150 次后照你的来拟合，现在 0 次）", "遗忘曲线：照你的 {} 次作答拟合", "学习"),
        (
            "Ada",
            "Forgetting curve: the usual one (fitted to you after 150 answers, so far 0)",
            "Forgetting curve: fitted to {} answers of yours",
            "Study",
        ),
    ],
)
async def test_who_has_studied_for_months_is_planned_by_their_own_memory(
    playground: Playground, bot: Running, name: str, early: str, own: str, study: str
) -> None:
    """The settings say so from the next day on; nothing was asked of anybody, and every card is what its log says."""
    person = playground.person(name)
    settings = await say(playground, person, "/settings")
    assert early in (await tap(playground, person, settings, study))["text"]
    reviews = await bot.desk.write(remember, person.id, FAST)
    await playground.clock.advance(24 * 3600)
    await looked_at(bot, person)
    settings = await say(playground, person, "/settings")
    assert own.format(reviews) in (await tap(playground, person, settings, study))["text"]
    assert (await bot.desk.read(learners.of, person.id)).parameters == fitted(FAST)
    assert (await bot.desk.write(rebuilding.rebuild, rebuilding.FIRST)).differed == 0
    judge(playground.record)


async def test_nobody_waits_for_a_fit(playground: Playground, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the start of the bot nor its end nor an answer, however long it takes."""
    zhou = playground.person("小周")
    async with start() as bot:
        await bot.desk.write(remember, zhou.id, FAST)
    begun: list[Sequence[Log]] = []

    async def takes_for_ever(logs: Sequence[Log]) -> Parameters | None:
        begun.append(logs)
        await asyncio.Event().wait()
        return None

    monkeypatch.setattr(app, "optimize", takes_for_ever)
    async with asyncio.timeout(20):  # a tick may take thirty
        async with start() as bot:
            await playground.clock.advance(60)
            assert (await say(playground, zhou, "/quiz"))["text"]
    assert len(begun) == 1
