"""How many study days in a row: a person's, and a group's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from bot.core.calendar import Period
from bot.core.streaks import Streak, broken, lively, streak, streak_of_runs
from bot.store import scores, studies, vacations
from bot.store.database import Tx

_FROM = date(2000, 1, 1)  # before the first answer of anybody
_WEEK = timedelta(days=7)
_WINDOW = timedelta(days=42)
_SLICE = 500  # people whose days are read at a time, which takes some milliseconds


class Student(NamedTuple):
    """Somebody on a board, and the length of their streak."""

    length: int
    points: int
    name: str
    person_id: int


def of_person(tx: Tx, person_id: int, today: date) -> Streak:
    """The person's streak of study days with at least one answer, anywhere; vacations left out."""
    away = (vacation.run for vacation in vacations.of(tx, person_id))
    return streak(studies.days_of(tx, person_id), today, away)


def on_board(tx: Tx, chat_id: int, period: Period, after: Student | None = None) -> tuple[Student, ...]:
    """How long those on a board had studied in a row on its last day: some at once, `after` being the last one seen. A
    board may have 200,000 people, whose days are not read in one go. Raises ValueError for all time."""
    if period.days is None:
        raise ValueError("all time has no last day")
    today = period.days[1]
    place = (after.points, after.person_id) if after else None
    found = studies.runs_on(tx, chat_id, period, _SLICE, place)
    away = vacations.of_people(tx, [one.person_id for one in found])
    lengths = (streak_of_runs(one.runs, today, away.get(one.person_id, ())).length for one in found)
    return tuple(
        Student(length, one.points, one.name, one.person_id) for length, one in zip(lengths, found, strict=True)
    )


def longest_of(students: Iterable[Student]) -> Student | None:
    """Whose streak is the longest; the first of equals as the board has them."""
    return min(students, key=lambda one: (-one.length, -one.points, one.name, one.person_id), default=None)


def of_group(tx: Tx, chat_id: int, today: date) -> Streak:
    """The group's streak of study days on which at least half of last week's active members answered.

    What lies before a gap that no freezes can bridge does not count, so the last weeks are mostly enough.
    """
    lately = _lively(tx, chat_id, today - _WINDOW, today)
    whole = broken(lately, today - _WINDOW, today)
    return streak(lately if whole else _lively(tx, chat_id, _FROM, today), today)


def _lively(tx: Tx, chat_id: int, first: date, last: date) -> tuple[date, ...]:
    daily = scores.people_on(tx, chat_id, Period.day(first), Period.day(last))
    weekly = scores.people_on(tx, chat_id, Period.week(first - _WEEK), Period.week(last))
    people_on = {date.fromordinal(key - Period.DAYS[0]): people for key, people in daily.items()}
    week_before = {days[0]: people for key, people in weekly.items() if (days := Period(key).days)}
    return lively(people_on, week_before)
