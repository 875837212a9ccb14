"""The plan for an exam: its sums are right, no day has more than it may, and more room is never worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.bank import Ref
from bot.core.exams import (
    Exam,
    NoDay,
    Off,
    Situation,
    enough,
    exam_meant,
    first_answers,
    later,
    plan,
    share,
)
from bot.core.learners import Learner, Ration
from bot.core.review import Rating, Review, recall_chance, replay
from bot.core.topics import Unknown
from tests.practice_bench import LIBRARY

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
TODAY, DAY = NOON.date(), timedelta(days=1)
limits = st.one_of(st.none(), st.integers(0, 12))
logs = st.dictionaries(
    st.integers(0, 30).map(lambda number: Ref("old", str(number))),
    st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 60)), min_size=1, max_size=4).map(
        lambda history: tuple(
            Review(rating, NOON - timedelta(days=ago)) for rating, ago in sorted(history, key=lambda one: -one[1])
        )
    ),
    max_size=12,
)


def situation(**more: object) -> Situation:
    """Nothing asked so far, ten days, no limits."""
    free = Learner(90, None, None)
    plain = Situation({}, (), free, Ration(None, None), 10, NOON, NOON + DAY / 2, NOON + 10 * DAY)
    return replace(plain, **more)  # type: ignore[arg-type]


def fresh(count: int) -> tuple[Ref, ...]:
    """So many questions never asked."""
    return tuple(Ref("new", str(number)) for number in range(count))


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Any person before any exam."""
    new, reviews, days = draw(limits), draw(limits), draw(st.integers(1, 40))
    return situation(
        logs=draw(logs),
        fresh=fresh(draw(st.integers(0, 40))),
        learner=Learner(draw(st.sampled_from((80, 90, 95))), new, reviews),
        today=Ration(new, reviews),
        days=days,
        at=NOON + days * DAY,
        first=draw(st.sampled_from((Rating.AGAIN, Rating.GOOD))),
    )


@settings(deadline=None, max_examples=60)
@given(situations())
def test_the_sums_are_right_and_no_day_has_more_than_it_may(of: Situation) -> None:
    """Every new question has its day or is told of; every question that is asked by the day has its chance."""
    found = plan(of)
    assert len(found.days) == of.days
    assert sum(day.new for day in found.days) + found.unasked == len(of.fresh)
    assert len(found.chances) == len(of.logs) + len(of.fresh) - found.unasked
    for day in found.days:
        assert of.learner.new_a_day is None or day.new <= of.learner.new_a_day
        assert of.learner.reviews_a_day is None or day.reviews <= of.learner.reviews_a_day
    news = [day.new for day in found.days]
    assert news == sorted(news, reverse=True)
    assert max(news) - min(news) <= 1 or found.unasked == 0 == of.learner.new_a_day
    odds = [chance for _ref, chance in found.chances]
    assert odds == sorted(odds)
    assert all(0 < chance <= 1 for chance in odds)
    assert 0 <= found.forgotten <= len(odds)
    assert found.fits == (found.unasked == 0 and found.undone == 0)


@settings(deadline=None, max_examples=40)
@given(situations(), st.integers(1, 20))
def test_more_room_is_never_worse(of: Situation, more: int) -> None:
    """With a higher limit, or more days, fewer new questions find no day; with more days no day has more of them."""
    found = plan(of)
    days = of.days + more
    longer = plan(replace(of, days=days, at=NOON + days * DAY))
    assert longer.unasked <= found.unasked
    assert longer.days[0].new <= found.days[0].new
    if of.learner.new_a_day is not None:
        room = of.learner.new_a_day + more
        wider = replace(of, learner=replace(of.learner, new_a_day=room), today=Ration(room, of.today.reviews))
        assert plan(wider).unasked <= found.unasked


@settings(deadline=None, max_examples=40)
@given(situations())
def test_what_would_be_enough_is(of: Situation) -> None:
    """With that many a day everything fits; with as many days as it says nothing new is left over."""
    wanted = enough(of)
    assert plan(replace(of, learner=wanted, today=Ration(wanted.new_a_day, wanted.reviews_a_day))).fits
    days = later(of)
    if days is not None:
        assert plan(replace(of, days=max(days, 1))).unasked == 0
    else:
        assert of.learner.new_a_day == 0


def test_new_questions_are_spread_evenly() -> None:
    """The first days have one more where it does not come out even."""
    found = plan(situation(fresh=fresh(23)))
    assert [day.new for day in found.days] == [3, 3, 3, 2, 2, 2, 2, 2, 2, 2]
    assert found.fits
    assert found.days[0].reviews == 0
    assert sum(day.reviews for day in found.days) > 0


def test_what_was_begun_today_counts() -> None:
    """Two were asked today of the three that are today's: one is left, and it stays the same number when it is done."""
    assert [share(21, 10, 2), share(20, 10, 3), share(19, 10, 4), share(0, 10), share(5, 0)] == [1, 0, 0, 0, 5]


def test_what_is_remembered_on_the_day_is_the_scheduler_s_word() -> None:
    """A card that is not due before the day keeps its own forgetting curve; one that is due is reviewed first."""
    steady = (Review(Rating.EASY, NOON - 9 * DAY), Review(Rating.EASY, NOON - DAY))
    due = (Review(Rating.GOOD, NOON - 3 * DAY),)
    found = plan(situation(logs={Ref("b", "steady"): steady, Ref("b", "due"): due}))
    card, before = replay(steady), replay(due)
    assert card is not None
    assert before is not None
    chances = dict(found.chances)
    assert chances[Ref("b", "steady")] == recall_chance(card, NOON + 10 * DAY)
    assert chances[Ref("b", "due")] > recall_chance(before, NOON + 10 * DAY)
    assert found.days[0].reviews == 1
    assert found.chances[0][1] <= found.chances[1][1]


def test_it_says_when_it_cannot_fit() -> None:
    """Two new questions a day for thirty in ten days: ten are left over; three a day would do, or fifteen days."""
    tight = situation(fresh=fresh(30), learner=Learner(90, 2, 60), today=Ration(2, 60))
    found = plan(tight)
    assert (found.fits, found.unasked) == (False, 10)
    assert enough(tight).new_a_day == 3
    assert later(tight) == 15
    few = situation(
        logs={Ref("b", str(number)): (Review(Rating.AGAIN, NOON - 3 * DAY),) for number in range(30)},
        learner=Learner(90, 10, 1),
        today=Ration(10, 1),
    )
    assert plan(few).undone > 0


def test_first_answers() -> None:
    """As most of them came out; who has given none is taken to know."""
    right, wrong = (Review(Rating.GOOD, NOON),), (Review(Rating.AGAIN, NOON), Review(Rating.GOOD, NOON))
    assert first_answers({}) is Rating.GOOD
    assert first_answers({Ref("b", "1"): right, Ref("b", "2"): wrong}) is Rating.GOOD
    assert first_answers({Ref("b", "1"): wrong}) is Rating.AGAIN


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-20", Exam(date(2026, 12, 20))),
        ("20 Dec 2026 attention", Exam(date(2026, 12, 20), "attention")),
        ("注意力 12月20日", Exam(date(2026, 12, 20), "attention")),
        ("12/20 maths", Exam(date(2026, 12, 20), "#maths")),
        ("off", Off()),
        ("取消", Off()),
        ("soon", NoDay("soon", "none")),
        ("2026-11-26", NoDay("2026-11-26", "past")),
        ("2025-12-20", NoDay("2025-12-20", "past")),
        ("2030-12-20", NoDay("2030-12-20", "far")),
        ("9" * 300, NoDay("9" * 300, "none")),
    ],
)
def test_what_is_typed(typed: str, meant: object) -> None:
    """A day and perhaps what it is about, in any order; or why it is none."""
    assert exam_meant(LIBRARY, typed, TODAY) == meant


def test_an_unknown_topic() -> None:
    """The day is understood, the rest is no topic."""
    assert isinstance(exam_meant(LIBRARY, "2026-12-20 xyzzy", TODAY), Unknown)
