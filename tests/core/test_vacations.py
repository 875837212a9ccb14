"""Vacations: what is typed, what they do to a streak, and how what piled up is spread."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.streaks import Streak, streak
from bot.core.vacations import Back, NoVacation, Vacation, catching_up, portion, spread, wish_of

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("7", TODAY, date(2026, 12, 2)),
        ("1 天", TODAY, TODAY),
        ("３天", TODAY, date(2026, 11, 28)),
        ("14 days", TODAY, date(2026, 12, 9)),
        ("12-01", TODAY, date(2026, 12, 1)),
        ("2026-12-01 2026-12-14", date(2026, 12, 1), date(2026, 12, 14)),
        ("12-01 12-14", date(2026, 12, 1), date(2026, 12, 14)),
        ("12/1 to 12/14", date(2026, 12, 1), date(2026, 12, 14)),
        ("12月1日到12月14日", date(2026, 12, 1), date(2026, 12, 14)),
        ("12.20～1.5", date(2026, 12, 20), date(2027, 1, 5)),
        ("1-5", TODAY, date(2027, 1, 5)),
        ("on", TODAY, None),
        ("三天", TODAY, date(2026, 11, 28)),
        ("两周", TODAY, date(2026, 12, 9)),
        ("a week", TODAY, date(2026, 12, 2)),
        ("2 weeks", TODAY, date(2026, 12, 9)),
        ("下周五", TODAY, date(2026, 12, 4)),
        ("到月底", TODAY, date(2026, 11, 30)),
        ("until Friday", TODAY, date(2026, 11, 27)),
        ("从明天到下周五", date(2026, 11, 27), date(2026, 12, 4)),
        ("明天 下周五", date(2026, 11, 27), date(2026, 12, 4)),
        ("from tomorrow until 20.12.", date(2026, 11, 27), date(2026, 12, 20)),
        ("next Friday", TODAY, date(2026, 12, 4)),
    ],
)
def test_a_vacation_is_written_in_many_ways(typed: str, first: date, last: date | None) -> None:
    """Days from today on, until a date, from one to another; a date without its year is the next one."""
    assert wish_of(typed, TODAY) == Vacation(first, last)


@pytest.mark.parametrize("typed", ["off", "结束", "Back", "回来了"])
def test_coming_back(typed: str) -> None:
    """In both languages."""
    assert wish_of(typed, TODAY) == Back()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("soon", "unknown"),
        ("注意力", "unknown"),
        ("from soon to Friday", "unknown"),
        ("昨天到下周五", "past"),
        ("下周五到明天", "reversed"),
        ("3年后", "far"),
        ("60 weeks", "length"),
        ("0", "length"),
        ("0 天", "length"),
        ("367", "length"),
        ("400", "length"),
        ("2026", "length"),
        ("-3", "length"),
        ("2026-11-01 2026-11-05", "past"),
        ("2026-11-20 2026-12-05", "past"),
        ("2026-11-01", "past"),
        ("2026-12-14 2026-12-01", "reversed"),
        ("12-14 12-01", "reversed"),
        ("2027-11-27", "far"),
        ("2027-12-01 2027-12-14", "far"),
        ("2028-01-05 12-01", "reversed"),
        ("12-14 12-01-2026", "reversed"),
        ("02-30", "unknown"),
        ("13-32", "unknown"),
        ("12-01 12-05 12-09", "unknown"),
    ],
)
def test_what_is_no_vacation(typed: str, why: str) -> None:
    """Nothing, too long, past, the end first, too far, no date."""
    assert wish_of(typed, TODAY) == NoVacation(why)  # type: ignore[arg-type]


def test_the_furthest_day() -> None:
    """By days or by date it is the same one."""
    furthest = Vacation(TODAY, TODAY + 365 * DAY)
    assert wish_of("366", TODAY) == wish_of("2027-11-26", TODAY) == furthest


@given(text=st.text(max_size=60))
def test_nothing_that_is_typed_fails(text: str) -> None:
    """Whatever it is; what is understood begins today or later."""
    wish = wish_of(text, TODAY)
    assert not isinstance(wish, Vacation) or wish.first >= TODAY


def test_a_streak_neither_grows_nor_breaks() -> None:
    """Away for a month after five days: five they stay, also with answers on the beach, and go on after it."""
    before = [TODAY - days * DAY for days in range(31, 36)]
    away = [Vacation(TODAY - 30 * DAY, TODAY - DAY).run]
    assert streak(before, TODAY, away) == Streak(5, 0)
    assert streak([*before, TODAY - 9 * DAY], TODAY, away) == Streak(5, 0)
    assert streak([*before, TODAY], TODAY, away) == Streak(6, 0)
    assert streak(before, TODAY + DAY, away) == Streak(0, 0)
    assert streak(before, TODAY, [Vacation(TODAY - 30 * DAY).run]) == Streak(5, 0)
    assert streak(before, TODAY) == Streak(0, 0)


def test_who_leaves_after_studying_keeps_that_day() -> None:
    """The first day away counts where it was studied; a single day away is none then."""
    studied = [TODAY - days * DAY for days in range(3)]
    assert streak(studied, TODAY, [Vacation(TODAY).run]) == Streak(3, 0)
    assert streak(studied, TODAY, [Vacation(TODAY, TODAY).run]) == Streak(3, 0)
    assert streak(studied, TODAY + 9 * DAY, [Vacation(TODAY, TODAY + 8 * DAY).run]) == Streak(3, 0)
    assert streak(studied, TODAY + 10 * DAY, [Vacation(TODAY, TODAY + 8 * DAY).run]) == Streak(0, 0)


@given(
    studied=st.sets(st.integers(0, 80), max_size=80),
    breaks=st.lists(st.tuples(st.integers(0, 80), st.integers(0, 12)), max_size=4),
    today=st.integers(60, 90),
)
def test_days_away_are_as_if_they_had_never_been(studied: set[int], breaks: list[tuple[int, int]], today: int) -> None:
    """The same as the streak of a calendar from which those days were torn out, a first one that was studied aside."""
    away, cut = _apart(breaks)
    cut -= {first for first, _last in away} & studied
    rest = [day for day in range(200) if day not in cut]
    now = next(day for day in range(today, 200) if day not in cut)
    torn = [_day(rest.index(day)) for day in studied if day not in cut]
    runs = [(_day(first).toordinal(), _day(last).toordinal()) for first, last in away]
    assert streak(map(_day, studied), _day(now), runs) == streak(torn, _day(rest.index(now)))


def _day(number: int) -> date:
    return TODAY + number * DAY


def _apart(breaks: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], set[int]]:
    """Those that do not overlap with one before, from the first to the last day; and all their days."""
    away: list[tuple[int, int]] = []
    cut: set[int] = set()
    for first, more in sorted(breaks):
        days = set(range(first, first + more + 1))
        if not days & cut:
            away.append((first, first + more))
            cut |= days
    return away, cut


@pytest.mark.parametrize(
    ("length", "days"), [(1, [1, 0, 0]), (2, [2, 1, 0]), (7, [7, 6, 5, 4, 3, 2, 1, 0]), (90, [7, 6, 5, 4, 3, 2, 1, 0])]
)
def test_catching_up_takes_as_long_as_the_vacation_and_a_week_at_the_most(length: int, days: list[int]) -> None:
    """Counted from the first day back."""
    vacation = Vacation(TODAY - length * DAY, TODAY - DAY)
    assert [catching_up(vacation, TODAY + back * DAY) for back in range(len(days))] == days
    assert catching_up(vacation, TODAY - DAY) == 0
    assert catching_up(Vacation(TODAY), TODAY) == catching_up(None, TODAY) == 0


def test_what_piled_up_is_spread_evenly() -> None:
    """A day's portion does not shrink while it is worked off; nothing is lost on the way."""
    assert [portion(140 - done, done, 7) for done in (0, 5, 20, 30)] == [20, 15, 0, 0]
    assert spread((140, *(0,) * 13), 7) == (*(20,) * 7, *(0,) * 7)
    assert spread((9, 4, 2), 0) == spread((9, 4, 2), 0, 5) == (9, 4, 2)
    assert spread((135, *(0,) * 6), 7, 5) == (15, *(20,) * 6)


@given(ahead=st.lists(st.integers(0, 50), min_size=1, max_size=14), days=st.integers(0, 7))
def test_spreading_loses_nothing_and_brings_nothing_early(ahead: list[int], days: int) -> None:
    """Up to each day no more has come than was due; all that was due comes within those days."""
    shares = spread(ahead, days)
    for at in range(len(ahead)):
        assert sum(shares[: at + 1]) <= sum(ahead[: at + 1])
        if at >= days - 1:
            assert sum(shares[: at + 1]) == sum(ahead[: at + 1])
