"""The plan for an exam: its sums are right, no day has more than it may, and more room is never worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.bank import Ref
from bot.core.learners import Learner, Ration
from bot.core.planning import Day, Situation, enough, first_answers, later, plan, share
from bot.core.review import Rating, Review, recall_chance, replay
from bot.core.vacations import CATCH_UP, Absence, Vacation

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
TODAY, DAY = NOON.date(), timedelta(days=1)
limits = st.one_of(st.none(), st.integers(0, 12))
away = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 14)), max_size=3)  # days at home, then days away
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


def absence(*runs: tuple[int, int]) -> Absence:
    """Away from and to the days of those numbers."""
    return Absence(tuple(Vacation(TODAY + first * DAY, TODAY + last * DAY) for first, last in runs), TODAY)


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


@st.composite
def leaving(draw: st.DrawFn) -> Situation:
    """The same with vacations, and some that is buried."""
    of, day, runs = draw(situations()), draw(st.integers(-20, 3)), []
    for home, days in draw(away):
        runs.append((day + home, day + home + days - 1))
        day += home + days
    buried = frozenset(ref for ref in (*of.logs, *of.fresh) if draw(st.booleans()))
    return replace(of, absence=absence(*runs), buried=buried)


@settings(deadline=None, max_examples=60)
@given(leaving())
def test_nothing_is_planned_for_days_away(of: Situation) -> None:
    """Those are empty; every new question has its day, or the reason why not; what is buried is not asked today; and
    what is said to be enough is."""
    found, studied = plan(of), set(of.studied)
    assert [day for number, day in enumerate(found.days) if number not in studied] == [Day(0, 0)] * (
        of.days - len(studied)
    )
    there = sum(ref not in of.buried for ref in of.fresh)
    assert found.days[0].new <= there
    assert sum(day.new for day in found.days) + found.unasked <= len(of.fresh)
    assert sum(day.new for day in found.days) + found.unasked + found.missed >= len(of.fresh)
    if not studied:
        assert (found.unasked, found.undone) == (0, 0)
    wanted = enough(of)
    assert plan(replace(of, learner=wanted, today=Ration(wanted.new_a_day, wanted.reviews_a_day))).fits
    days = later(of)
    if days is not None:
        assert plan(replace(of, days=days, at=NOON + days * DAY)).unasked == 0


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


def test_days_away_are_left_out() -> None:
    """Six in ten days of which four are away: one a day on the six others; while away things fall due and wait."""
    found = plan(situation(fresh=fresh(6), absence=absence((2, 5))))
    assert [day.new for day in found.days] == [1, 1, 0, 0, 0, 0, 1, 1, 1, 1]
    assert all(found.days[number] == Day(0, 0) for number in range(2, 6))
    assert found.fits
    at_home = plan(situation(fresh=fresh(6)))
    assert sum(day.reviews for day in at_home.days[2:6]) > 0


def test_days_away_make_it_tight() -> None:
    """Twenty at two a day fit in ten days, but not with five of them away: four a day would do, or fifteen days."""
    tight = situation(fresh=fresh(20), learner=Learner(90, 2, 60), today=Ration(2, 60))
    assert plan(tight).fits
    away_for_five = replace(tight, absence=absence((3, 7)))
    assert (plan(away_for_five).unasked, plan(away_for_five).missed) == (10, 0)
    assert enough(away_for_five).new_a_day == 4
    assert later(away_for_five) == 15
    for_good = Absence((Vacation(TODAY + 3 * DAY),), TODAY)
    assert later(replace(tight, absence=for_good)) is None


def test_away_until_the_day() -> None:
    """No limit is to blame: all is missed, and what is remembered is told as it stands."""
    known = {Ref("b", "due"): (Review(Rating.GOOD, NOON - 30 * DAY),)}
    found = plan(situation(logs=known, fresh=fresh(3), absence=absence((0, 12))))
    assert (found.unasked, found.undone, found.missed) == (0, 0, 4)
    assert [ref for ref, _chance in found.chances] == [Ref("b", "due")]


def test_what_falls_due_while_away_is_missed() -> None:
    """Asked today and away from tomorrow: it is due again before the exam, and there is no day for it."""
    known = {Ref("b", "due"): (Review(Rating.AGAIN, NOON - 2 * DAY),)}
    found = plan(situation(logs=known, absence=absence((1, 9))))
    assert (found.days[0], found.undone, found.missed) == (Day(0, 1), 0, 1)


def test_what_piled_up_comes_in_portions() -> None:
    """After a week away seven are due: one a day, as it will be; or all of it where the exam is the day after."""
    known = {Ref("b", str(number)): (Review(Rating.GOOD, NOON - DAY),) for number in range(14)}
    found = plan(situation(logs=known, days=30, at=NOON + 30 * DAY, absence=absence((0, 6))))
    assert [day.reviews for day in found.days[7:9]] == [2, 2]
    soon = plan(situation(logs=known, days=8, at=NOON + 8 * DAY, absence=absence((0, 6))))
    assert (soon.days[7].reviews, soon.undone) == (14, 0)
    assert CATCH_UP == 7


def test_what_is_buried_comes_tomorrow() -> None:
    """Neither new nor due today; where the exam is tomorrow it is missed, which no limit would help."""
    known = {Ref("b", "due"): (Review(Rating.GOOD, NOON - 9 * DAY),)}
    buried = frozenset({Ref("b", "due"), Ref("new", "0"), Ref("new", "1")})
    found = plan(situation(logs=known, fresh=fresh(2), days=2, buried=buried))
    assert found.days == (Day(0, 0), Day(2, 1))
    assert enough(situation(logs=known, fresh=fresh(2), days=2, buried=buried)).new_a_day == 2
    tomorrow = plan(situation(logs=known, fresh=fresh(3), days=1, buried=buried))
    assert (tomorrow.days, tomorrow.unasked, tomorrow.undone, tomorrow.missed) == ((Day(1, 0),), 0, 0, 3)
