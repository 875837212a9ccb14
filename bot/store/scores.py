"""Boards: aggregates kept in the answer's own transaction; and the days on which a person studied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, case, func, select

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.store.database import Tx
from bot.store.questions import REFS, ref_of
from bot.store.tables import answers, people, questions, rounds
from bot.store.tables_group import scores, study_days
from bot.store.upsert import add_up


@dataclass(frozen=True, slots=True)
class Score:
    """A line of a board; equal points share a rank, and the ranks after them are skipped: 1 2 2 4."""

    rank: int
    person_id: int
    name: str
    points: int
    right: int
    answered: int


def add(
    tx: Tx,
    chat_id: int,
    periods: Iterable[Period],
    person_id: int,
    *,
    points: int,
    right: bool | None,
    answered: int = 1,
) -> None:
    """Count an answer for each period of the chat's board."""
    row = {
        "chat_id": chat_id,
        "person_id": person_id,
        "points": points,
        "right": int(bool(right)),
        "answered": answered,
    }
    add_up(tx, scores, [row | {"period": period.key} for period in periods])


def top(tx: Tx, chat_id: int, period: Period, limit: int = 10) -> tuple[Score, ...]:
    """The first lines of a board: most points first, equal ones by name."""
    order = (scores.c.points.desc(), people.c.name, scores.c.person_id)
    rows = tx.execute(_lines(chat_id, period).order_by(*order).limit(limit)).all()
    points = [row.points for row in rows]
    return tuple(_score(row, points.index(row.points) + 1) for row in rows)


def own(tx: Tx, chat_id: int, period: Period, person_id: int) -> Score | None:
    """The person's line, wherever it stands; None if they have not answered there."""
    row = tx.execute(_lines(chat_id, period).where(scores.c.person_id == person_id)).one_or_none()
    if row is None:
        return None
    board = (scores.c.chat_id == chat_id, scores.c.period == period.key)
    ahead = tx.scalar(select(func.count()).select_from(scores).where(*board, scores.c.points > row.points))
    return _score(row, (ahead or 0) + 1)


def earned(tx: Tx, person_id: int, period: Period) -> int:
    """The person's points of the period, in all chats together."""
    mine = (scores.c.person_id == person_id, scores.c.period == period.key)
    return int(tx.scalar(select(func.sum(scores.c.points)).where(*mine)) or 0)


def note_study_day(tx: Tx, person_id: int, day: date) -> None:
    """Count an answer for the person's study day."""
    add_up(tx, study_days, [{"person_id": person_id, "study_day": day.toordinal(), "answered": 1}])


def study_days_of(tx: Tx, person_id: int) -> tuple[date, ...]:
    """The study days on which the person answered, newest first."""
    mine = select(study_days.c.study_day).where(study_days.c.person_id == person_id)
    return tuple(date.fromordinal(day) for day in tx.scalars(mine.order_by(study_days.c.study_day.desc())))


def graded(tx: Tx, person_id: int) -> tuple[int, int]:
    """How often the person answered questions with choices anywhere, and how often right."""
    right = func.sum(case((answers.c.right.is_(True), 1), else_=0))
    mine = (answers.c.person_id == person_id, answers.c.right.is_not(None))
    times, hits = tx.execute(select(func.count(), right).where(*mine)).one()
    return times, int(hits or 0)


def answered_refs(tx: Tx, person_id: int) -> tuple[tuple[Ref, int, int], ...]:
    """Each question the person has answered anywhere: how often, and how often right."""
    times, right = func.count(), func.sum(case((answers.c.right.is_(True), 1), else_=0))
    whole = REFS.add_columns(times.label("times"), right.label("right_times"))
    mine = whole.select_from(answers.join(rounds).join(questions)).where(answers.c.person_id == person_id)
    rows = tx.execute(mine.group_by(questions.c.bank, questions.c.key).order_by(questions.c.bank, questions.c.key))
    return tuple((ref_of(row), row.times, int(row.right_times)) for row in rows)


def _lines(chat_id: int, period: Period) -> Select[Any]:
    name = func.coalesce(people.c.name, "?").label("name")
    both = scores.outerjoin(people, people.c.id == scores.c.person_id)
    return select(scores, name).select_from(both).where(scores.c.chat_id == chat_id, scores.c.period == period.key)


def _score(row: Row[Any], rank: int) -> Score:
    return Score(rank, row.person_id, row.name, row.points, row.right, row.answered)
