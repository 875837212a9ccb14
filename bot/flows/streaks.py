"""How many study days in a row: a person's, and a group's."""

from __future__ import annotations

from datetime import date, timedelta

from bot.core.calendar import Period
from bot.core.streaks import Streak, broken, lively, streak
from bot.store import scores, studies
from bot.store.database import Tx

_FROM = date(2000, 1, 1)  # before the first answer of anybody
_WEEK = timedelta(days=7)
_WINDOW = timedelta(days=42)


def of_person(tx: Tx, person_id: int, today: date) -> Streak:
    """The person's streak of study days with at least one answer, anywhere."""
    return streak(studies.days_of(tx, person_id), today)


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
