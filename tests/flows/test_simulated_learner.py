"""Half a year of somebody who forgets as FSRS says people do, through the real flows on a real database."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import fsrs
import pytest

from bench.optimizing import forgetting
from bot.core.bank import Library, Ref
from bot.core.calendar import study_day
from bot.core.learners import USUAL, Learner, Preset
from bot.core.optimizing import fitted
from bot.core.people import Chat, Defaults, Person
from bot.core.review import replay
from bot.core.slots import Hour
from bot.flows import answers, asking, chats, daily, learners, optimizing, practice, pushing, rebuilding, settling
from bot.flows.answers import Result
from bot.flows.asking import Asked
from bot.flows.callers import Caller
from bot.flows.pushing import Due
from bot.store import cards
from bot.store import learners as stored
from bot.store.cards import Key
from bot.store.database import Tx, open_database
from tests.practice_bench import choice_question, library

ADA, HOME = Person(7, "Ada", None, "en"), Chat(7, "private", "Ada")
BERLIN = "Europe/Berlin"  # whose clocks jump on 29 March and 25 October 2026
DEFAULTS = Defaults(timezone=BERLIN)
HERE = ZoneInfo(BERLIN)
FIRST = date(2026, 1, 15)
DAYS = 180
NINE = 9 * 60


def bank_of(count: int) -> Library:
    """So many questions."""
    return library(*(choice_question(f"q{number:03}", "attention", 1) for number in range(count)))


@dataclass(frozen=True)
class Life:
    """So many questions, the days of a `pause`, how Ada forgets, and whether FSRS is fitted to her."""

    count: int
    pause: range = range(0)
    memory: Preset = USUAL
    fits: bool = False

    @property
    def curve(self) -> fsrs.Scheduler:
        """py-fsrs' own."""
        parameters = self.memory.parameters or fsrs.scheduler.DEFAULT_PARAMETERS
        return fsrs.Scheduler(parameters, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


@dataclass
class Simulated:
    """Ada, who answers what the day brings and then what is due. What she knows is drawn from py-fsrs' own `curve`."""

    tx: Tx
    bank: Library
    chance: random.Random
    curve: fsrs.Scheduler
    now: datetime = datetime(2026, 1, 14, 12, tzinfo=HERE)
    message: int = 0
    kept: list[bool] = field(default_factory=list)
    reviewed: Counter[date] = field(default_factory=Counter)
    begun: Counter[date] = field(default_factory=Counter)
    pushed: Counter[date] = field(default_factory=Counter)
    seen: dict[Ref, fsrs.Card] = field(default_factory=dict)

    def caller(self) -> Caller:
        """Ada, now."""
        return Caller(self.bank, ADA, HOME, self.now.astimezone(UTC), DEFAULTS)

    def day(self, on: date, zone: ZoneInfo, *, studies: bool = True) -> None:
        """The push at nine, and all that is due and new as far as the limits let it come."""
        self.now = datetime.combine(on, time(9), tzinfo=zone)
        at = self.caller().now
        for hour in pushing.ready(self.tx, at, 99):
            due = pushing.claim(self.tx, self.bank, hour, at, DEFAULTS)
            if isinstance(due, Due):
                assert isinstance(due.ask, Asked)
                settling.sent(self.tx, due.push, due.ask.round.id, self._message(), "", at, DEFAULTS)
                self.pushed[due.push.study_day] += 1
                if studies:
                    self.go_on(due.ask)
        if studies:
            self._review()

    def go_on(self, asked: Asked) -> None:
        """Answer, and press Next until there is nothing more."""
        following: object = asked
        while isinstance(following, Asked):
            self.now += timedelta(seconds=30)
            self._answer(following)
            following = practice.next_question(self.tx, self.caller(), following.round.id, None)
            if isinstance(following, Asked):
                asking.posted(self.tx, following.round.id, self._message())

    def _review(self) -> None:
        asked = practice.review(self.tx, self.caller(), self._message(), None)
        if isinstance(asked, Asked):
            asking.posted(self.tx, asked.round.id, self._message())
            self.go_on(asked)

    def _answer(self, asked: Asked) -> None:
        ref, now = asked.round.ref, self.caller().now
        known = self.seen.get(ref)
        chance = 0.6 if known is None else self.curve.get_card_retrievability(known, now)
        right = self.chance.random() < chance
        order = asked.round.choices
        result = answers.answer(self.tx, self.caller(), asked.round.id, order.index("2" if right else "0"), 1)
        assert isinstance(result, Result)
        on = study_day(now, self.caller().zone, 4)
        (self.begun if known is None else self.reviewed)[on] += 1
        if known is not None:
            self.kept.append(right)
        rating = fsrs.Rating.Good if right else fsrs.Rating.Again
        card = known or fsrs.Card(card_id=1, due=now)
        self.seen[ref], _log = self.curve.review_card(card, rating, review_datetime=now)

    def _message(self) -> int:
        self.message += 1
        return self.message


def half_a_year(tx: Tx, life: Life, learner: Learner) -> Simulated:
    """Days in Berlin over both changes of the clock, but for a month in Los Angeles, and the days of a pause."""
    ada = Simulated(tx, bank_of(life.count), random.Random(2026), life.curve)
    now = ada.caller().now
    daily.change(tx, ADA, HOME, Hour(NINE), None, now, DEFAULTS)
    for name in ("retention", "new_a_day", "reviews_a_day", "portion"):
        learners.change(tx, ada.caller(), name, getattr(learner, name))
    for number in range(DAYS):
        on, away = FIRST + timedelta(days=number), 100 <= number < 130
        zone = ZoneInfo("America/Los_Angeles") if away else HERE
        if number in {100, 130}:
            chats.set_zone(tx, ADA, HOME, zone.key, ada.caller().now, DEFAULTS)
        ada.day(on, zone, studies=number not in life.pause)
        if life.fits:
            _fit(tx)
    return ada


def _fit(tx: Tx) -> None:
    """What the tick does each day."""
    for person_id, reviews in optimizing.candidates(tx, 0).people:
        if optimizing.adopt(tx, person_id, fitted(optimizing.logs(tx, person_id)), reviews):
            _replan(tx, person_id)
        optimizing.done(tx, person_id, reviews)


def _replan(tx: Tx, person_id: int) -> None:
    last: Key | None = Key(person_id, 0)
    while last is not None:
        last = rebuilding.replan(tx, person_id, last).last


def run(life: Life, learner: Learner) -> tuple[Simulated, int]:
    """The half year on a database of its own, and how many cards a rebuild finds otherwise."""

    def live(tx: Tx) -> tuple[Simulated, int]:
        ada = half_a_year(tx, life, learner)
        differed = 0
        last: Key | None = rebuilding.FIRST
        while last is not None:
            done = rebuilding.rebuild(tx, last)
            differed, last = differed + done.differed, done.last
        _nothing_lost(tx, ada, replace(learner, parameters=stored.of(tx, ADA.id).parameters))
        return ada, differed

    async def within(folder: str) -> tuple[Simulated, int]:
        async with open_database(f"sqlite:///{Path(folder) / 'ada.db'}") as database:
            return await database.write(live)

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(within(folder))


def _nothing_lost(tx: Tx, ada: Simulated, learner: Learner) -> None:
    """Every answer is in the log, and each card is what its log says."""
    logged = {ref: cards.reviews_of(tx, ADA.id, ref) for ref in ada.bank.refs}
    assert sum(map(len, logged.values())) == ada.begun.total() + ada.reviewed.total()
    for ref, log in logged.items():
        card = replay(log, learner.preset)
        assert cards.due_of(tx, ADA.id, ref) == (card.due.replace(microsecond=0) if card else None)


@pytest.mark.parametrize(("count", "retention"), [(19, 80), (19, 90), (150, 90)])
def test_what_is_remembered_is_what_was_aimed_at(count: int, retention: int) -> None:
    """Within three points, over both changes of the clock and two of the zone; no day has more than its limits."""
    learner = Learner(retention, new_a_day=5, reviews_a_day=60, portion=20)
    ada, differed = run(Life(count), learner)
    assert differed == 0
    assert abs(100 * sum(ada.kept) / len(ada.kept) - retention) <= 3, (sum(ada.kept), len(ada.kept))
    assert len(ada.seen) == count
    assert max(ada.begun.values()) <= 5
    assert max(ada.reviewed.values()) <= 60
    assert max(ada.pushed.values()) == 1


def test_a_months_pause_loses_nothing() -> None:
    """What has piled up is worked off within the limit of each day, and each day had its push."""
    learner = Learner(new_a_day=10, reviews_a_day=20, portion=20)
    ada, differed = run(Life(150, range(60, 90)), learner)
    assert differed == 0
    assert len(ada.seen) == 150
    assert max(ada.reviewed.values()) == 20
    after = [ada.reviewed[FIRST + timedelta(days=number)] for number in range(90, 96)]
    assert after[:3] == [20, 20, 20]
    assert max(ada.begun.values()) <= 10


def test_who_forgets_faster_is_asked_sooner_once_fsrs_is_fitted_to_them() -> None:
    """It is nearer to what they aimed at, in half a year by a point; every card is what its log says all the while."""
    learner, life = Learner(new_a_day=5, reviews_a_day=60, portion=20), Life(150, memory=forgetting(0.4, 0.5))
    usual, _same = run(life, learner)
    fitted_to, differed = run(replace(life, fits=True), learner)
    assert differed == 0
    assert len(fitted_to.seen) == 150
    assert _retention(usual) + 0.005 < _retention(fitted_to) < 0.9


def _retention(ada: Simulated) -> float:
    return sum(ada.kept) / len(ada.kept)
