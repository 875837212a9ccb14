"""The tick that has FSRS fitted to people: once a day, one after the other, whatever becomes of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.learners import Parameters
from bot.core.optimizing import ENOUGH, Log, OptimizerError
from bot.core.review import Rating
from bot.flows import rebuilding
from bot.store import cards, learners, people, tables_own
from bot.store.database import Database, Tx
from bot.tg.desk import Desk
from bot.tg.optimizing import Optimizing
from tests.group_bench import ADA, BOB, Clock, desk_for
from tests.practice_bench import OWN, QUESTIONS
from tests.tg.fake_api import FakeApi

DAY = timedelta(days=1)
PEOPLE = (ADA.id, BOB.id)


class Fitter:
    """Gives what it is told to, and keeps what it was given."""

    def __init__(self, *found: Parameters | Exception | None) -> None:
        self.found = list(found)
        self.logs: list[Sequence[Log]] = []

    async def __call__(self, logs: Sequence[Log]) -> Parameters | None:
        """What is next."""
        self.logs.append(logs)
        found = self.found.pop(0)
        if isinstance(found, Exception):
            raise found
        return found


def studied(tx: Tx, clock: Clock, people: Sequence[int] = PEOPLE) -> None:
    """Both have answered enough, and their cards are planned."""
    for person_id in people:
        for number in range(ENOUGH):
            at = clock() - (ENOUGH - number) * DAY
            cards.log_review(tx, person_id, QUESTIONS[number % 2].ref, number + 1, Rating.GOOD, at)
        rebuilding.replan(tx, person_id)


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    """A desk without an optimizer."""
    return desk_for(database, FakeApi(), clock)


async def differing(desk: Desk) -> int:
    """Cards that are not what their log says."""
    return (await desk.write(rebuilding.rebuild, rebuilding.FIRST)).differed


async def test_everybody_with_a_long_log_is_fitted_once(desk: Desk, clock: Clock) -> None:
    """What tells better is adopted, and all is planned by it; on the next day nobody is due again."""
    await desk.write(studied, clock)
    fitter = Fitter(OWN, None)
    round_of_all = Optimizing(replace(desk, optimize=fitter))
    await round_of_all.tick()
    assert [sum(map(len, logs)) for logs in fitter.logs] == [ENOUGH, ENOUGH]
    presets = [(await desk.read(learners.of, person_id)).parameters for person_id in PEOPLE]
    assert presets == [OWN, None]
    assert await differing(desk) == 0
    clock.now += DAY
    await round_of_all.tick()
    assert len(fitter.logs) == 2


async def test_a_log_that_cannot_be_fitted_is_tried_on_the_next_day(desk: Desk, clock: Clock) -> None:
    """The others have their turn meanwhile, and within the day nobody is looked at again."""
    await desk.write(studied, clock)
    fitter = Fitter(OSError("no process"), OWN, OWN)
    round_of_all = Optimizing(replace(desk, optimize=fitter))
    await round_of_all.tick()
    await round_of_all.tick()
    assert len(fitter.logs) == 2
    assert (await desk.read(learners.of, ADA.id)).parameters is None
    assert (await desk.read(learners.of, BOB.id)).parameters == OWN
    clock.now += DAY
    await round_of_all.tick()
    assert (await desk.read(learners.of, ADA.id)).parameters == OWN


async def test_a_log_that_nothing_can_be_learnt_from_is_left_until_it_has_grown(desk: Desk, clock: Clock) -> None:
    """It would take its two minutes every day."""
    await desk.write(studied, clock)
    fitter = Fitter(OptimizerError("It took longer than 120 s."), OWN, OWN)
    round_of_all = Optimizing(replace(desk, optimize=fitter))
    for _day in range(2):
        await round_of_all.tick()
        clock.now += DAY
    assert [(await desk.read(learners.count, person_id)).optimized for person_id in PEOPLE] == [ENOUGH, ENOUGH]
    assert [(await desk.read(learners.of, person_id)).parameters for person_id in PEOPLE] == [None, OWN]
    assert len(fitter.found) == 1


async def test_a_database_that_is_away_just_then_keeps_nobody_from_their_turn(desk: Desk, clock: Clock) -> None:
    """That the first log cannot be fitted is not written down; the second is fitted all the same."""
    await desk.write(studied, clock)
    away = [OSError("the disk is full")]

    async def write(use_case: object, *args: object) -> object:
        if away:
            raise away.pop()
        return await desk.write(use_case, *args)  # type: ignore[arg-type]

    fitter = Fitter(OptimizerError("broken"), OWN)
    await Optimizing(replace(desk, write=write, optimize=fitter)).tick()  # type: ignore[arg-type]
    assert (await desk.read(learners.count, ADA.id)).optimized is None
    assert (await desk.read(learners.of, BOB.id)).parameters == OWN


@pytest.mark.parametrize("written", [1, 2])
async def test_what_a_kill_cuts_short_is_done_anew(desk: Desk, clock: Clock, written: int) -> None:
    """Right after the parameters are written, or their cards are planned anew."""
    await desk.write(studied, clock, (ADA.id,))
    done = 0

    async def mortal(use_case: object, *args: object) -> object:
        nonlocal done
        done += 1
        if done > written:
            raise KeyboardInterrupt
        return await desk.write(use_case, *args)  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):
        await Optimizing(replace(desk, write=mortal, optimize=Fitter(OWN))).tick()  # type: ignore[arg-type]
    assert (await desk.read(learners.of, ADA.id)).parameters == OWN
    again = Fitter(OWN)
    await Optimizing(replace(desk, optimize=again)).tick()
    assert len(again.logs) == 1
    assert await differing(desk) == 0
    await Optimizing(replace(desk, optimize=Fitter())).tick()


async def test_without_the_library_nobody_is_looked_at(desk: Desk, clock: Clock) -> None:
    """It is an extra."""
    await desk.write(studied, clock)
    await Optimizing(desk).tick()
    assert (await desk.read(learners.count, ADA.id)).optimized is None


@pytest.mark.parametrize("found", [OWN, None])
async def test_who_is_erased_meanwhile_stays_so(desk: Desk, clock: Clock, found: Parameters | None) -> None:
    """Nothing is written of them, also if they have begun anew by then."""
    await desk.write(studied, clock, PEOPLE)

    async def slow(_logs: Sequence[Log]) -> Parameters | None:
        for person_id in PEOPLE:
            await desk.write(people.erase_person, person_id)
        await desk.write(cards.log_review, BOB.id, QUESTIONS[0].ref, 999, Rating.GOOD, clock())
        return found

    await Optimizing(replace(desk, optimize=slow)).tick()
    rows = await desk.read(lambda tx: tx.execute(select(tables_own.learners)).all())
    assert not rows


async def test_a_clock_set_back_stops_nothing(desk: Desk, clock: Clock) -> None:
    """It was a year ahead when the last round ended."""
    fitter, today = Fitter(None, None), clock.now
    round_of_all = Optimizing(replace(desk, optimize=fitter))
    clock.now += 365 * DAY
    await round_of_all.tick()
    clock.now = today
    await desk.write(studied, clock)
    await round_of_all.tick()
    assert len(fitter.logs) == 2
