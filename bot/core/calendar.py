"""Study days, periods and the next push: what the local clock of a chat makes of an instant.

Every instant in and out is an aware UTC datetime; a zone is where the chat lives. Clocks jump: a wall time that a
jump forward skips happens at the first instant after the gap, one that a jump back repeats happens the first time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 24 * 60
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_KIND_STEP = 10_000_000  # room for a day's ordinal below the kind


@dataclass(frozen=True, slots=True)
class Period:
    """What a board counts: everything, or one local day, ISO week or month. `key` is what tables store."""

    key: int

    ALL: ClassVar[Period]
    DAYS: ClassVar[tuple[int, int]] = (_KIND_STEP, 2 * _KIND_STEP - 1)  # the first and last key that a day may have

    @classmethod
    def day(cls, on: date) -> Period:
        """The day itself."""
        return cls(_KIND_STEP + on.toordinal())

    @classmethod
    def week(cls, on: date) -> Period:
        """The ISO week, Monday to Sunday, that `on` lies in."""
        iso = on.isocalendar()
        return cls(2 * _KIND_STEP + iso.year * 100 + iso.week)

    @classmethod
    def month(cls, on: date) -> Period:
        """The calendar month that `on` lies in."""
        return cls(3 * _KIND_STEP + on.year * 100 + on.month)

    @classmethod
    def of(cls, key: int) -> Period | None:
        """The day, week or month of a key that comes from outside; None if there is none such."""
        try:
            return cls(key) if cls(key).days else None
        except (ValueError, OverflowError):
            return None

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and last day; None for all time."""
        kind, number = divmod(self.key, _KIND_STEP)
        if kind == 1:
            return date.fromordinal(number), date.fromordinal(number)
        if kind == 2:
            return week_of(date.fromisocalendar(number // 100, number % 100, 1))
        return month_of(date(number // 100, number % 100, 1)) if kind == 3 else None

    @property
    def before(self) -> Period:
        """The week before a week, the month before a month, the day before a day; all time has none but itself."""
        if self.days is None:
            return self
        kind = (Period.day, Period.week, Period.month)[self.key // _KIND_STEP - 1]
        return kind(self.days[0] - _DAY)


Period.ALL = Period(0)


def week_of(on: date) -> tuple[date, date]:
    """Monday and Sunday of the ISO week that `on` lies in."""
    monday = on - timedelta(days=on.weekday())
    return monday, monday + timedelta(days=6)


def month_of(on: date) -> tuple[date, date]:
    """The first and last day of the calendar month that `on` lies in."""
    first = on.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - _DAY


def local_minute(at: datetime, zone: ZoneInfo) -> int:
    """The minute of the local day, 0..1439."""
    local = at.astimezone(zone)
    return local.hour * 60 + local.minute


def study_day(at: datetime, zone: ZoneInfo, day_start: int) -> date:
    """The study day of an instant: it starts at `day_start` o'clock, so the small hours belong to the day before."""
    day = (at.astimezone(zone).replace(tzinfo=None) - timedelta(hours=day_start)).date()
    if at < moment(day, day_start * 60, zone):  # the clock has jumped back over the start of the day
        return day - _DAY
    return day + _DAY if at >= moment(day + _DAY, day_start * 60, zone) else day


def day_start(at: datetime, zone: ZoneInfo, start: int) -> datetime:
    """The instant at which the study day of `at` began, at `start` o'clock."""
    return moment(study_day(at, zone, start), start * 60, zone)


def day_end(at: datetime, zone: ZoneInfo, day_start: int) -> datetime:
    """The instant at which the study day of `at` is over and the next begins."""
    return moment(study_day(at, zone, day_start) + _DAY, day_start * 60, zone)


def next_push(after: datetime, minute: int, zone: ZoneInfo, *, weekdays: bool = False, day_start: int = 4) -> datetime:
    """The first instant strictly after `after` at which the local clock shows `minute` (0..1439); with `weekdays`, on
    a study day from Monday to Friday."""
    day = after.astimezone(zone).date() - _DAY
    while (due := moment(day, minute, zone)) <= after or (weekdays and _weekend(study_day(due, zone, day_start))):
        day += _DAY
    return due


def push_day(due: datetime, minute: int, zone: ZoneInfo, day_start: int) -> date:
    """The study day of a push that is due then, by the minute it was meant for: the clock may skip that very minute,
    and the first instant after the gap be another study day. Each day has its own push, whatever the clock does."""
    local = due.astimezone(zone).date()
    for day in (local, local - _DAY):
        if moment(day, minute, zone) == due:
            return day - _DAY if minute < day_start * 60 else day
    return study_day(due, zone, day_start)  # planned in another zone


def moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant of a wall time: after the gap if the clock skips it, the first of two if the clock repeats it."""
    wall = datetime.combine(day, time(minute // 60, minute % 60))
    at = wall.replace(tzinfo=zone).astimezone(UTC)
    return at if at.astimezone(zone).replace(tzinfo=None) == wall else _gap_end(wall, zone)


def _weekend(day: date) -> bool:
    return day.isoweekday() > 5


def _gap_end(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant of the jump over `wall`, which lies between its two readings: found by halving."""
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=zone).astimezone(UTC)
    jumped = after.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == jumped:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)
