"""Boards: aggregates kept in the answer's own transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, delete, exists, func, insert, select, tuple_, update

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.store import crowds
from bot.store.database import Tx
from bot.store.tables import answers, people, questions, rounds
from bot.store.tables_group import members, scores, turnouts

GLOBAL = 0  # the chat whose boards are everybody's who wants to be on them
DAYS_KEPT = 7  # of lines for single days; a chat that moves to another zone goes back by one day at most
TIED = 100  # people who share a rank stand by name; more of them by number, as nobody reads a thousand names
_NAME = func.coalesce(people.c.name, "?")
_KEYS = (-scores.c.points, _NAME, scores.c.person_id)  # the order of a board
_HIDDEN = exists().where(people.c.id == scores.c.person_id, people.c.hidden)
_LEFT = exists().where(
    members.c.chat_id == scores.c.chat_id, members.c.person_id == scores.c.person_id, ~members.c.here
)
_SEEN = ~_HIDDEN & ~_LEFT


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
    """Add an answer to the person's line for each period of the chat's boards."""
    keys = [period.key for period in periods]
    known = change(tx, chat_id, keys, person_id, points=points, right=right, answered=answered)
    new = [key for key in keys if key not in known]
    if not new:
        return
    line = {"chat_id": chat_id, "person_id": person_id, "points": points, "right": right, "answered": answered}
    tx.execute(insert(scores), [line | {"period": key, "listed": False} for key in new])
    mine = (scores.c.person_id == person_id, scores.c.chat_id == chat_id)
    list_lines(tx, *mine, scores.c.period.in_(new))
    if chat_id <= 0:
        crowds.enrol(tx, person_id, chat_id, new)
    for day in (key for key in new if Period.DAYS[0] <= key <= Period.DAYS[1]):
        tx.execute(delete(scores).where(*mine, scores.c.period.between(Period.DAYS[0], day - DAYS_KEPT)))


def change(
    tx: Tx, chat_id: int, keys: Collection[int], person_id: int, *, points: int, right: int = 0, answered: int = 0
) -> frozenset[int]:
    """Add to the lines that the person has for these periods (by their keys), and to no others; which they were.

    What an admin voids is added with a minus.
    """
    mine = (scores.c.person_id == person_id, scores.c.chat_id == chat_id, scores.c.period.in_(keys))
    before = tx.execute(select(scores.c.period, scores.c.points, scores.c.listed).where(*mine)).all() if keys else []
    if not before:
        return frozenset()
    sums = {"points": scores.c.points + points, "right": scores.c.right + right}
    after = scores.c.answered + answered
    listed = case((after <= 0, False), (scores.c.answered > 0, scores.c.listed), else_=_SEEN)
    tx.execute(update(scores).where(*mine).values(sums | {"answered": after, "listed": listed}))
    if large := crowds.large_among(tx, chat_id, keys):
        now = tx.execute(select(scores.c.period, scores.c.points, scores.c.listed).where(*mine)).all()
        was, is_ = ({row.period: row.points if row.listed else None for row in rows} for rows in (before, now))
        crowds.shift(tx, chat_id, [(key, was[key], is_[key]) for key in large & was.keys()])
    return frozenset(row.period for row in before)


def relist(tx: Tx, person_id: int, chat_id: int | None = None) -> None:
    """The person has hidden or shown themselves, or (there) come or gone: their lines are on the boards or off them."""
    mine = [scores.c.person_id == person_id, *([] if chat_id is None else [scores.c.chat_id == chat_id])]
    crowds.take(tx, *mine)
    list_lines(tx, *mine)
    crowds.give(tx, *mine)


def list_lines(tx: Tx, *whose: ColumnElement[bool]) -> None:
    """Work out whether these lines are to be seen; the large boards they are on are told by the caller."""
    tx.execute(update(scores).where(*whose).values(listed=_SEEN & (scores.c.answered > 0)))


def somebody_else(tx: Tx, chat_id: int, period: Period, person_id: int) -> bool:
    """Whether anyone but this person has answered in the period, in a round that counted then."""
    own_line = exists().where(*_board(chat_id, period), scores.c.person_id == person_id)
    here = (turnouts.c.chat_id == chat_id, turnouts.c.period == period.key)
    others = select(turnouts.c.people - case((own_line, 1), else_=0)).where(*here)
    return bool((tx.scalar(others) or 0) > 0)


def top(tx: Tx, chat_id: int, period: Period, limit: int = 10) -> tuple[Score, ...]:
    """The first lines of a board: most points first, equal ones by name (more than TIED of them by number)."""
    here = _listed(chat_id, period)
    best = tx.scalars(select(scores.c.points).where(*here).order_by(scores.c.points.desc()).limit(limit)).all()
    if not best:
        return ()
    if not _many_tied(tx, chat_id, period, best[-1]):
        lines = _lines(chat_id, period).where(scores.c.points >= best[-1])
        return ranked(tx.execute(lines.order_by(*_KEYS).limit(limit)))
    above = _lines(chat_id, period).where(scores.c.points > best[-1]).order_by(*_KEYS)
    tied = _lines(chat_id, period).where(scores.c.points == best[-1]).order_by(scores.c.person_id).limit(limit)
    return ranked([*tx.execute(above), *tx.execute(tied)][:limit])


def lines(tx: Tx, chat_id: int, period: Period) -> tuple[Score, ...]:
    """All lines of a board, equal ones by name."""
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
    return _score(row, crowds.ahead(tx, chat_id, period.key, row.points) + 1) if row is not None else None


def around(tx: Tx, chat_id: int, period: Period, person_id: int, count: int = 3) -> tuple[Score, ...]:
    """`count` lines of the board with the person's among them, in the middle unless it is the first or the last."""
    mine = own(tx, chat_id, period, person_id)
    if mine is None:
        return ()
    above = _beyond(tx, chat_id, period, mine, count - 1, up=True)
    below = _beyond(tx, chat_id, period, mine, count - 1, up=False)
    before = max(count // 2, count - 1 - len(below))
    rows = [*reversed(above[:before]), mine, *below]
    ranks = {row.points: crowds.ahead(tx, chat_id, period.key, row.points) + 1 for row in rows[:count]}
    return tuple(_score(row, ranks[row.points]) for row in rows[:count])


def _beyond(tx: Tx, chat_id: int, period: Period, line: Score, limit: int, *, up: bool) -> list[Row[Any]]:
    """The lines next to that one, the nearest first: those that share its rank, then those with other points."""
    points, found = line.points, _tied(tx, chat_id, period, line.points, limit, line, up=up)
    while len(found) < limit:
        further = scores.c.points > points if up else scores.c.points < points
        nearest = (func.min if up else func.max)(scores.c.points)
        points = tx.scalar(select(nearest).where(*_listed(chat_id, period), further))
        if points is None:
            break
        found += _tied(tx, chat_id, period, points, limit - len(found), None, up=up)
    return found


def _tied(
    tx: Tx, chat_id: int, period: Period, points: int, limit: int, start: Score | None, *, up: bool
) -> list[Row[Any]]:
    """Lines with those points, from `start` (itself left out) or from the end on, upwards or downwards."""
    many = _many_tied(tx, chat_id, period, points)
    keys = (scores.c.person_id,) if many else (_NAME, scores.c.person_id)
    equal = _lines(chat_id, period).where(scores.c.points == points)
    if start is not None:
        here = tuple_(start.person_id) if many else tuple_(start.name, start.person_id)
        equal = equal.where(tuple_(*keys) < here if up else tuple_(*keys) > here)
    return list(tx.execute(equal.order_by(*(key.desc() if up else key for key in keys)).limit(limit)))


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


def people_on(tx: Tx, chat_id: int, first: Period, last: Period) -> dict[int, int]:
    """How many people answered in each period of one kind from the first to the last, by the period's key."""
    return crowds.turnout(tx, chat_id, first.key, last.key)


def points_of(tx: Tx, chat_id: int, period: Period, person_id: int) -> int:
    """The person's points there, hidden or not."""
    mine = select(scores.c.points).where(*_board(chat_id, period), scores.c.person_id == person_id)
    return int(tx.scalar(mine) or 0)


def earned(tx: Tx, person_id: int, period: Period) -> int:
    """The person's points of the period, in all chats together."""
    mine = (scores.c.person_id == person_id, scores.c.period == period.key, scores.c.chat_id != GLOBAL)
    return int(tx.scalar(select(func.sum(scores.c.points)).where(*mine)) or 0)


def _board(chat_id: int, period: Period) -> tuple[ColumnElement[bool], ...]:
    return (scores.c.chat_id == chat_id, scores.c.period == period.key)


def _listed(chat_id: int, period: Period) -> tuple[ColumnElement[bool], ...]:
    """What picks the lines of those who are to be seen, as the board's index has them."""
    return (*_board(chat_id, period), scores.c.listed.is_(True))


def _many_tied(tx: Tx, chat_id: int, period: Period, points: int) -> bool:
    some = select(scores.c.person_id).where(*_listed(chat_id, period), scores.c.points == points).limit(TIED + 1)
    return (tx.scalar(select(func.count()).select_from(some.subquery())) or 0) > TIED


def _lines(chat_id: int, period: Period) -> Select[Any]:
    """The lines of those who are to be seen: neither hidden nor gone from the group, and with an answer that counts."""
    known = scores.outerjoin(people, people.c.id == scores.c.person_id)
    return select(scores, _NAME.label("name")).select_from(known).where(*_listed(chat_id, period))


def _score(row: Row[Any] | Score, rank: int) -> Score:
    return Score(rank, row.person_id, row.name, row.points, row.right, row.answered)
