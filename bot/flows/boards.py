"""Who leads: a chat's boards, and in private one's own totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from bot.core.bank import Language
from bot.core.calendar import Period, study_day, week_of
from bot.core.people import Chat, Defaults, Person, language_for, zone_for
from bot.flows import schedule
from bot.store import scores
from bot.store.database import Tx
from bot.store.scores import Score

TOP = 10


class Span(IntEnum):
    """What a board covers; the numbers stand in buttons."""

    ALL = 0
    WEEK = 2


@dataclass(frozen=True, slots=True)
class Board:
    """A group's ranking. `days` are Monday and Sunday of the week (None: all time); `own` is the caller's rank
    where it is not among the rows."""

    span: Span
    title: str
    days: tuple[date, date] | None
    rows: tuple[Score, ...]
    own: Score | None
    language: Language


@dataclass(frozen=True, slots=True)
class Totals:
    """A person's own points: this week and all time, in their private chat and the groups where they scored."""

    week: int
    all_time: int
    language: Language


def board(tx: Tx, person: Person | None, chat: Chat, span: Span, now: datetime, defaults: Defaults) -> Board:
    """The chat's board as it stands; ties share a rank."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    today = study_day(now, zone_for(stored, defaults), stored.day_start)
    period = Period.week(today) if span is Span.WEEK else Period.ALL
    rows = scores.top(tx, stored.id, period, TOP)
    shown = {row.person_id for row in rows}
    own = scores.own(tx, stored.id, period, person.id) if person and person.id not in shown else None
    days = week_of(today) if span is Span.WEEK else None
    return Board(span, stored.title, days, rows, own, language_for(stored, None, defaults))


def totals(tx: Tx, person: Person, chat: Chat, now: datetime, defaults: Defaults) -> Totals:
    """What the person has earned everywhere; the week is that of their own zone."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    today = study_day(now, zone_for(stored, defaults), stored.day_start)
    return Totals(
        scores.earned(tx, person.id, Period.week(today)),
        scores.earned(tx, person.id, Period.ALL),
        language_for(stored, person.language_code, defaults),
    )
