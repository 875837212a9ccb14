"""Streaks of people and groups."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.streaks import NO_STREAK, Streak, lively, streak, streak_of_runs

TODAY = date(2026, 3, 2)  # a Monday
DAY = timedelta(days=1)


def ago(*back: int) -> list[date]:
    """The days so many days before today."""
    return [TODAY - days * DAY for days in back]


@pytest.mark.parametrize(
    ("back", "length"),
    [
        ([], 0),
        ([0], 1),
        ([1], 1),
        ([2], 0),
        ([0, 1, 2], 3),
        ([1, 2, 3], 3),
        ([0, 2, 3], 1),
        ([1, 3], 1),
        ([-1, 0, 1], 2),
        ([-1], 0),
    ],
)
def test_a_short_streak_has_no_gap(back: list[int], length: int) -> None:
    """Study days in a row up to today, or to yesterday while today has none; days to come do not count."""
    assert streak(ago(*back), TODAY) == Streak(length, 0)


@given(days=st.sets(st.integers(-3, 60), max_size=50))
def test_days_in_a_row_say_the_same_as_single_ones(days: set[int]) -> None:
    """However they are cut into runs, freezes included."""
    numbers = sorted(TODAY.toordinal() - back for back in days)
    runs = [(day, day) for day in numbers if day - 1 not in numbers]
    whole = [(first, next(day for day in numbers if day >= first and day + 1 not in numbers)) for first, _ in runs]
    assert streak_of_runs(whole, TODAY) == streak(ago(*days), TODAY)


def test_every_seventh_day_earns_a_freeze_and_two_are_kept() -> None:
    """Six days none, seven one, fourteen two, twenty-one still two."""
    assert [streak(ago(*range(days)), TODAY).freezes for days in (6, 7, 14, 21)] == [0, 1, 2, 2]


def test_a_freeze_bridges_a_missed_day() -> None:
    """The streak goes on, the missed day does not count, and the freeze is gone."""
    week = range(2, 9)
    assert streak(ago(*week), TODAY) == Streak(7, 0)
    assert streak(ago(0, *week), TODAY) == Streak(8, 0)
    assert streak(ago(*range(3, 10)), TODAY) == NO_STREAK


def test_two_freezes_bridge_two_days_in_a_row_or_apart() -> None:
    """Whichever way they are used."""
    assert streak(ago(0, *range(3, 17)), TODAY) == Streak(15, 0)
    assert streak(ago(0, 2, *range(4, 18)), TODAY) == Streak(16, 0)
    assert streak(ago(0, *range(4, 18)), TODAY) == Streak(1, 0)


@settings(deadline=None)
@given(st.sets(st.integers(0, 40)))
def test_a_streak_by_walking_the_calendar(back: set[int]) -> None:
    """Day by day from the first: study adds one, a miss takes a freeze or ends it; today is not missed yet."""
    length = freezes = 0
    for days in range(max(back, default=0), -1, -1):
        if days in back:
            length += 1
            freezes = min(2, freezes + (length % 7 == 0))
        elif days and freezes:
            freezes -= 1
        elif days:
            length = freezes = 0
    expected = Streak(length, freezes) if length else NO_STREAK
    assert streak(ago(*back), TODAY) == expected


def test_a_group_studies_when_half_of_last_week_s_people_do() -> None:
    """Of five people three; of four two; in a first week anybody."""
    monday = TODAY - 7 * DAY
    people_on = {TODAY: 2, TODAY + DAY: 3, monday: 1}
    assert lively(people_on, {monday: 5}) == (TODAY + DAY, monday)
    assert lively(people_on, {monday: 4}) == (TODAY, TODAY + DAY, monday)
