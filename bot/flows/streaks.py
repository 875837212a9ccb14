"""How many study days in a row: a person's, and a group's."""

from __future__ import annotations

from datetime import date, timedelta

from bot.core.calendar import Period
from bot.core.streaks import Streak, lively, streak
from bot.store import scores
from bot.store.database import Tx

_FROM = date(2000, 1, 1)  # before the first answer of anybody
_WEEK = timedelta(days=7)


def of_person(tx: Tx, person_id: int, today: date) -> Streak:
    """The person's streak of study days with at least one answer, anywhere."""
    return streak(scores.study_days_of(tx, person_id), today)


def of_group(tx: Tx, chat_id: int, today: date) -> Streak:
    """The group's streak of study days on which at least half of last week's active members answered."""
    daily = scores.people_on(tx, chat_id, Period.day(_FROM), Period.day(today))
    weekly = scores.people_on(tx, chat_id, Period.week(_FROM), Period.week(today))
    people_on = {days[0]: people for key, people in daily.items() if (days := Period(key).days)}
    week_before = {days[0]: people for key, people in weekly.items() if (days := Period(key).days)}
    return streak(lively(people_on, week_before), today)
