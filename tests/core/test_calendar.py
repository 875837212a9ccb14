"""Local days, periods and pushes, in zones whose clocks jump."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.calendar import Period, day_end, local_minute, moment, next_push, push_day, study_day, week_of

SHANGHAI, BERLIN, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
ODD_ZONES = ["Antarctica/Troll", "Australia/Lord_Howe", "Pacific/Apia", "America/Havana", "Asia/Kathmandu", "UTC"]
ZONES = [SHANGHAI, BERLIN, NEW_YORK, *map(ZoneInfo, ODD_ZONES)]
zones = st.sampled_from(ZONES)
instants = st.integers(1_262_304_000, 1_893_456_000).map(lambda at: datetime.fromtimestamp(at, UTC))  # 2010 to 2030
minutes = st.integers(0, 1439)
hours = st.integers(0, 23)


def utc(*parts: int) -> datetime:
    """An instant from its UTC parts."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_small_hours_belong_to_the_day_before() -> None:
    """03:59 is still yesterday's study day, 04:00 is today's."""
    assert study_day(utc(2026, 11, 23, 19, 59), SHANGHAI, 4) == date(2026, 11, 23)
    assert study_day(utc(2026, 11, 23, 20, 0), SHANGHAI, 4) == date(2026, 11, 24)


def test_day_end_is_the_next_start_in_utc() -> None:
    """A study day ends when the local clock shows the day's starting hour."""
    assert day_end(utc(2026, 11, 23, 12), SHANGHAI, 4) == utc(2026, 11, 23, 20)
    assert day_end(utc(2026, 11, 23, 12), SHANGHAI, 4).tzinfo is UTC


def test_days_of_a_clock_change_are_shorter_and_longer() -> None:
    """In Berlin the study day before the spring change has 23 hours, before the autumn change 25."""
    spring, autumn = utc(2026, 3, 28, 12), utc(2026, 10, 24, 12)
    for noon, length in ((spring, 23), (autumn, 25)):
        start = day_end(noon - timedelta(days=1), BERLIN, 4)
        assert day_end(noon, BERLIN, 4) - start == timedelta(hours=length)


@settings(deadline=None)
@given(instants, zones, hours)
def test_an_instant_lies_within_its_study_day(at: datetime, zone: ZoneInfo, start: int) -> None:
    """Days follow each other without a hole: the end of one is the first instant of the next."""
    end, day = day_end(at, zone, start), study_day(at, zone, start)
    assert at < end
    assert study_day(end - timedelta(seconds=1), zone, start) <= day < study_day(end, zone, start)


@pytest.mark.parametrize(
    ("after", "minute", "expected"),
    [
        (utc(2026, 3, 28, 12), 2 * 60 + 30, utc(2026, 3, 29, 1)),  # 02:30 is skipped: 03:00 summer time
        (utc(2026, 3, 29, 1), 2 * 60 + 30, utc(2026, 3, 30, 0, 30)),
        (utc(2026, 10, 24, 12), 2 * 60 + 30, utc(2026, 10, 25, 0, 30)),  # 02:30 happens twice: the first
        (utc(2026, 10, 25, 0, 30), 2 * 60 + 30, utc(2026, 10, 26, 1, 30)),
        (utc(2026, 10, 25, 1, 0), 2 * 60 + 30, utc(2026, 10, 26, 1, 30)),  # between the two: the first has passed
    ],
)
def test_the_next_push_where_the_clock_jumps(after: datetime, minute: int, expected: datetime) -> None:
    """A skipped hour comes right after the gap, a repeated one comes once."""
    assert next_push(after, minute, BERLIN) == expected


def test_a_push_at_this_very_minute_is_tomorrow() -> None:
    """The next push lies strictly after the instant it is asked for."""
    at = utc(2026, 11, 23, 1)
    assert next_push(at - timedelta(seconds=1), 9 * 60, SHANGHAI) == at
    assert next_push(at, 9 * 60, SHANGHAI) == at + timedelta(days=1)


@settings(deadline=None)
@given(instants, minutes, zones)
def test_the_next_push_shows_its_minute_and_is_near(after: datetime, minute: int, zone: ZoneInfo) -> None:
    """It comes within two days and a jump, and the local clock shows its minute unless that minute is skipped."""
    due = next_push(after, minute, zone)
    assert after < due <= after + timedelta(hours=50)
    local = due.astimezone(zone)
    jumped = local.utcoffset() != (due - timedelta(seconds=1)).astimezone(zone).utcoffset()
    assert local_minute(due, zone) == minute or jumped


@settings(deadline=None)
@given(instants.filter(lambda at: at.year > 2011), minutes, zones)  # before, Samoa left out a day
def test_pushes_in_a_row_belong_to_days_in_a_row(after: datetime, minute: int, zone: ZoneInfo) -> None:
    """Whatever the clock does meanwhile."""
    dues = [next_push(after, minute, zone)]
    for _ in range(3):
        dues.append(next_push(dues[-1], minute, zone))
    days = [push_day(due, minute, zone, 4) for due in dues]
    assert [(later - earlier).days for earlier, later in pairwise(days)] == [1, 1, 1]


def test_a_date_that_a_zone_skipped_begins_after_the_gap() -> None:
    """Samoa had no 30 December 2011: its nine o'clock is the first instant of the 31st."""
    apia = ZoneInfo("Pacific/Apia")
    assert moment(date(2011, 12, 30), 540, apia) == utc(2011, 12, 30, 10)


def test_weeks_are_iso_weeks() -> None:
    """New Year's Day may belong to the last week of the old year; the week runs Monday to Sunday."""
    assert Period.week(date(2027, 1, 1)) == Period.week(date(2026, 12, 28))
    assert Period.week(date(2027, 1, 1)).key == 20_202_653
    assert week_of(date(2027, 1, 1)) == (date(2026, 12, 28), date(2027, 1, 3))


@settings(deadline=None)
@given(st.dates(date(1, 1, 1), date(2999, 12, 31)))
def test_periods_never_collide(on: date) -> None:
    """All, day, week and month of any date are four different keys that fit a 32-bit column."""
    keys = {Period.ALL.key, Period.day(on).key, Period.week(on).key, Period.month(on).key}
    assert len(keys) == 4
    assert max(keys) < 2**31


@settings(deadline=None)
@given(instants, minutes, zones)
def test_on_weekdays_the_next_push_is_the_first_one_outside_a_weekend(
    after: datetime, minute: int, zone: ZoneInfo
) -> None:
    """It is the first of every day's pushes whose study day is no Saturday or Sunday, whatever the clock does."""
    due = next_push(after, minute, zone)
    while study_day(due, zone, 4).isoweekday() > 5:
        due = next_push(due, minute, zone)
    assert next_push(after, minute, zone, weekdays=True) == due


def test_the_small_hours_of_saturday_are_friday_s_evening() -> None:
    """One o'clock on weekdays comes five times: the last one in the night to Saturday, the first in that to Tuesday."""
    saturday = next_push(utc(2026, 11, 27, 12), 60, SHANGHAI, weekdays=True)
    assert saturday == utc(2026, 11, 27, 17)
    assert next_push(saturday, 60, SHANGHAI, weekdays=True) == utc(2026, 11, 30, 17)


@given(st.dates(date(1999, 1, 1), date(2040, 12, 31)))
def test_a_period_knows_its_days_and_the_one_before(on: date) -> None:
    """The day lies in them, the next day after them does not, and the period before ends the day before they begin."""
    for kind in (Period.day, Period.week, Period.month):
        period = kind(on)
        assert period.days is not None
        first, last = period.days
        assert first <= on <= last
        assert kind(first) == kind(last) == period
        assert kind(last + timedelta(days=1)) != period
        assert period.before == kind(first - timedelta(days=1))
        assert Period.of(period.key) == period
    assert Period.ALL.days is None
    assert Period.ALL.before == Period.ALL


@pytest.mark.parametrize("key", [0, -1, 99, 10_000_000, 20_202_699, 30_202_613, 40_000_001, 10**18])
def test_a_key_that_nobody_made_is_no_period(key: int) -> None:
    """Buttons may carry anything."""
    assert Period.of(key) is None
