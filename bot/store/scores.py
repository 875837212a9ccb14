"""Boards: aggregates kept in the answer's own transaction; and the days on which a person studied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, delete, func, insert, literal, select, tuple_

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.store.database import Tx
from bot.store.questions import REFS, ref_of
from bot.store.tables import answers, people, questions, rounds
from bot.store.tables_group import members, scores, study_days
from bot.store.upsert import add_up

GLOBAL = 0  # the chat whose boards are everybody's who wants to be on them
_NAME = func.coalesce(people.c.name, "?")
_KEYS = (-scores.c.points, _NAME, scores.c.person_id)  # the order of a board


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
    right: int = 0,
    answered: int = 0,
) -> None:
    """Add to the person's line for each period of the chat's boards; what an admin voids is added with a minus."""
    row = {"chat_id": chat_id, "person_id": person_id, "points": points, "right": right, "answered": answered}
    add_up(tx, scores, [row | {"period": period.key} for period in periods])


def somebody_else(tx: Tx, chat_id: int, period: Period, person_id: int) -> bool:
    """Whether anyone but this person has answered in the period, in a round that counted then."""
    others = select(scores.c.person_id).where(*_board(chat_id, period), scores.c.person_id != person_id)
    return tx.execute(others.limit(1)).first() is not None


def top(tx: Tx, chat_id: int, period: Period, limit: int = 10) -> tuple[Score, ...]:
    """The first lines of a board: most points first, equal ones by name."""
    return ranked(tx.execute(_lines(chat_id, period).order_by(*_KEYS).limit(limit)))


def lines(tx: Tx, chat_id: int, period: Period) -> tuple[Score, ...]:
    """All lines of a board."""
    return ranked(tx.execute(_lines(chat_id, period).order_by(*_KEYS)))


def ranked(rows: Iterable[Row[Any]]) -> tuple[Score, ...]:
    """Lines in the order of a board; equal points share a rank."""
    each = list(rows)
    points = [row.points for row in each]
    first = {value: at for at, value in reversed(list(enumerate(points, 1)))}
    return tuple(_score(row, first[row.points]) for row in each)


def own(tx: Tx, chat_id: int, period: Period, person_id: int) -> Score | None:
    """The person's line, wherever it stands; None if they have not answered there, or are on no board."""
    row = tx.execute(_lines(chat_id, period).where(scores.c.person_id == person_id)).one_or_none()
    return _ranked(tx, chat_id, period, row) if row is not None else None


def around(tx: Tx, chat_id: int, period: Period, person_id: int, count: int = 3) -> tuple[Score, ...]:
    """`count` lines of the board with the person's among them, in the middle unless it is the first or the last."""
    mine = own(tx, chat_id, period, person_id)
    if mine is None:
        return ()
    lines = _lines(chat_id, period)
    key = tuple_(*_KEYS)
    here = tuple_(-mine.points, mine.name, mine.person_id)
    above = tx.execute(lines.where(key < here).order_by(*(column.desc() for column in _KEYS)).limit(count - 1)).all()
    below = tx.execute(lines.where(key > here).order_by(*_KEYS).limit(count - 1)).all()
    before = max(count // 2, count - 1 - len(below))
    shown = [*(_ranked(tx, chat_id, period, row) for row in reversed(above[:before])), mine]
    return (*shown, *(_ranked(tx, chat_id, period, row) for row in below[: count - len(shown)]))


def about(tx: Tx, chat_id: int, refs: Iterable[Ref], days: tuple[date, date] | None) -> tuple[Score, ...]:
    """The board of these questions alone, recounted from the answers; only those of these days, if given."""
    points = func.sum(case((answers.c.held.is_(True), 0), else_=answers.c.points)).label("points")
    right, times = func.sum(case((answers.c.right.is_(True), 1), else_=0)), func.count()
    place = (members.c.chat_id == rounds.c.chat_id) & (members.c.person_id == answers.c.person_id)
    known = answers.join(rounds).join(questions).outerjoin(people, people.c.id == answers.c.person_id)
    board = select(answers.c.person_id, _NAME.label("name"), points, right.label("right"), times.label("answered"))
    named = tuple_(questions.c.bank, questions.c.key).in_([(ref.bank, ref.id) for ref in refs])
    counting = (rounds.c.chat_id == chat_id, rounds.c.voided_at.is_(None), answers.c.right.is_not(None), named)
    seen = (people.c.hidden.is_not(True), members.c.here.is_not(False))
    within = (answers.c.day.between(days[0].toordinal(), days[1].toordinal()),) if days else ()
    whole = board.select_from(known.outerjoin(members, place)).where(*counting, *seen, *within)
    return ranked(tx.execute(whole.group_by(answers.c.person_id, _NAME).order_by(-points, _NAME, answers.c.person_id)))


def chats_of(tx: Tx, person_id: int) -> tuple[int, ...]:
    """The groups in which the person has answered and which they have not left, the most answered first."""
    whole = scores.outerjoin(members, (members.c.chat_id == scores.c.chat_id) & (members.c.person_id == person_id))
    mine = select(scores.c.chat_id).select_from(whole).where(scores.c.person_id == person_id, scores.c.chat_id < 0)
    here = mine.where(scores.c.period == Period.ALL.key, members.c.here.is_not(False))
    return tuple(tx.scalars(here.order_by(scores.c.answered.desc(), scores.c.chat_id)))


def enter_worldwide(tx: Tx, person_id: int) -> None:
    """Put the person on everybody's boards with all they have earned; doing it twice changes nothing."""
    leave_worldwide(tx, person_id)
    sums = [func.sum(scores.c[name]) for name in ("points", "right", "answered")]
    mine = select(literal(GLOBAL), scores.c.period, scores.c.person_id, *sums).where(scores.c.person_id == person_id)
    names = ["chat_id", "period", "person_id", "points", "right", "answered"]
    tx.execute(insert(scores).from_select(names, mine.group_by(scores.c.period, scores.c.person_id)))


def worldwide_in(tx: Tx, chat_id: int) -> tuple[int, ...]:
    """Who has answered in this chat and is on everybody's boards."""
    everywhere = select(scores.c.person_id).where(scores.c.chat_id == GLOBAL)
    here = select(scores.c.person_id).where(scores.c.chat_id == chat_id, scores.c.period == Period.ALL.key)
    return tuple(tx.scalars(here.where(scores.c.person_id.in_(everywhere))))


def leave_worldwide(tx: Tx, person_id: int) -> None:
    """Take the person off everybody's boards; their groups' stay as they are."""
    tx.execute(delete(scores).where(scores.c.chat_id == GLOBAL, scores.c.person_id == person_id))


def people_on(tx: Tx, chat_id: int, first: Period, last: Period) -> dict[int, int]:
    """How many people answered in each period of one kind from the first to the last, by the period's key."""
    between = scores.c.period.between(first.key, last.key)
    rows = tx.execute(
        select(scores.c.period, func.count().label("people"))
        .where(scores.c.chat_id == chat_id, between)
        .group_by(scores.c.period)
    )
    return {row.period: row.people for row in rows}


def points_of(tx: Tx, chat_id: int, period: Period, person_id: int) -> int:
    """The person's points there, hidden or not."""
    mine = select(scores.c.points).where(*_board(chat_id, period), scores.c.person_id == person_id)
    return int(tx.scalar(mine) or 0)


def earned(tx: Tx, person_id: int, period: Period) -> int:
    """The person's points of the period, in all chats together."""
    mine = (scores.c.person_id == person_id, scores.c.period == period.key, scores.c.chat_id != GLOBAL)
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


def _board(chat_id: int, period: Period) -> tuple[ColumnElement[bool], ...]:
    return (scores.c.chat_id == chat_id, scores.c.period == period.key)


def _lines(chat_id: int, period: Period) -> Select[Any]:
    """The lines of those who are to be seen: neither hidden nor gone from the group, and with an answer that counts."""
    known = scores.outerjoin(people, people.c.id == scores.c.person_id)
    place = (members.c.chat_id == scores.c.chat_id) & (members.c.person_id == scores.c.person_id)
    whole = select(scores, _NAME.label("name")).select_from(known.outerjoin(members, place))
    seen = (people.c.hidden.is_not(True), members.c.here.is_not(False), scores.c.answered > 0)
    return whole.where(*_board(chat_id, period), *seen)


def _ranked(tx: Tx, chat_id: int, period: Period, row: Row[Any]) -> Score:
    ahead = _lines(chat_id, period).where(scores.c.points > row.points).subquery()
    return _score(row, (tx.scalar(select(func.count()).select_from(ahead)) or 0) + 1)


def _score(row: Row[Any], rank: int) -> Score:
    return Score(rank, row.person_id, row.name, row.points, row.right, row.answered)
