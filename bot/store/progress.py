"""What a person's log tells of a year: reviews a day, how much was kept, and how each question stands.

Each of these reads one person's own rows, in the order of their key, and groups them in the database.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, case, cast, func, select

from bot.core.bank import Ref
from bot.core.retention import Kept
from bot.store.answers import DAY_S, EPOCH
from bot.store.database import Tx
from bot.store.instants import instant, seconds
from bot.store.questions import REFS, ref_of
from bot.store.tables import answers, cards, questions, reviews

_SHIFTS = 2  # days between a study day and the day in UTC, at the most
_GIVEN = (answers.c.round_id == reviews.c.round_id) & (answers.c.person_id == reviews.c.person_id)
_AGAIN = 1
_QUARTER_S = 900


class Standing(NamedTuple):
    """A question as a person remembers it: when it comes back, and when it was graded last (aware UTC)."""

    ref: Ref
    due: datetime
    reviewed: datetime


def answered_on(tx: Tx, person_id: int, first: date) -> dict[date, int]:
    """How many reviews come of the person's answers on each study day from `first` on; days without are left out.

    Reviews outlive the group that asked; one whose answer went with its group is told by its day in UTC.
    """
    since = (first.toordinal() - EPOCH - _SHIFTS) * DAY_S
    at = func.coalesce(answers.c.answered_at, reviews.c.reviewed_at)
    day = (at // DAY_S + EPOCH + func.coalesce(answers.c.day_shift, 0)).label("day")
    mine = select(day, func.count()).select_from(reviews.outerjoin(answers, _GIVEN))
    given = (reviews.c.person_id == person_id, reviews.c.round_id > 0)
    lately = mine.where(*given, reviews.c.reviewed_at >= since).group_by(day)
    found = ((date.fromordinal(int(number)), times) for number, times in tx.execute(lately))
    return {on: times for on, times in found if on >= first}


def brought_since(tx: Tx, person_id: int, since: datetime) -> list[tuple[datetime, int]]:
    """How many reviews that came from outside (see logs) lie in each quarter of an hour since then (aware UTC): no
    study day begins within one, wherever somebody lives."""
    quarter = (reviews.c.reviewed_at // _QUARTER_S).label("quarter")
    mine = (reviews.c.person_id == person_id, reviews.c.round_id < 0, reviews.c.reviewed_at >= seconds(since))
    found = tx.execute(select(quarter, func.count()).where(*mine).group_by(quarter))
    return [(instant(int(number) * _QUARTER_S), times) for number, times in found]


def kept_since(tx: Tx, person_id: int, *since: datetime) -> tuple[Kept, ...]:
    """True retention since each of these instants: reviews but the first of each question, and those not Again."""
    begun = (
        select(reviews.c.question_id, func.min(reviews.c.reviewed_at).label("began"))
        .where(reviews.c.person_id == person_id)
        .group_by(reviews.c.question_id)
        .subquery()
    )
    columns = [_sum(reviews.c.reviewed_at >= seconds(at)) for at in since]
    columns += [_sum((reviews.c.reviewed_at >= seconds(at)) & (reviews.c.rating > _AGAIN)) for at in since]
    known = reviews.join(begun, begun.c.question_id == reviews.c.question_id)
    mine = select(*columns).select_from(known)
    earliest = seconds(min(since))
    later = (reviews.c.reviewed_at > begun.c.began, reviews.c.reviewed_at >= earliest)
    row = tx.execute(mine.where(reviews.c.person_id == person_id, *later)).one()
    return tuple(Kept(row[at], row[at + len(since)]) for at in range(len(since)))


def standing(tx: Tx, person_id: int) -> tuple[Standing, ...]:
    """Every question the person has been asked, by its due time."""
    last = (
        select(reviews.c.question_id, func.max(reviews.c.reviewed_at).label("reviewed_at"))
        .where(reviews.c.person_id == person_id)
        .group_by(reviews.c.question_id)
        .subquery()
    )
    whole = REFS.add_columns(cards.c.due_at, last.c.reviewed_at).select_from(
        questions.join(cards, cards.c.question_id == questions.c.id).join(last, last.c.question_id == questions.c.id)
    )
    rows = tx.execute(whole.where(cards.c.person_id == person_id).order_by(cards.c.due_at, cards.c.question_id))
    return tuple(Standing(ref_of(row), instant(row.due_at), instant(row.reviewed_at)) for row in rows)


def _sum(which: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows are so."""
    return cast(func.coalesce(func.sum(case((which, 1), else_=0)), 0), Integer)
