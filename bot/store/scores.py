"""Boards: aggregates kept in the answer's own transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    bindparam,
    case,
    false,
    func,
    select,
    tuple_,
    update,
)

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.store import board_statements as statements
from bot.store import crowds
from bot.store.answers import DAY
from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.tables import answers, people, questions, rounds
from bot.store.tables_group import members, scores

GLOBAL = 0  # the chat whose boards are everybody's who wants to be on them
DAYS_KEPT = 7  # of lines for single days; a chat that moves to another zone goes back by one day at most
TIED = 100  # people who share a rank stand by name; more of them by number, as nobody reads a thousand names


class Begun(NamedTuple):
    """What the first answer of a period does beside adding up: lines that are new, by their periods, and those that
    made room for them (of days long past) as they were: period, points, right, answered, listed."""

    new: tuple[int, ...] = ()
    gone: tuple[tuple[int, int, int, int, bool], ...] = ()


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
) -> Begun:
    """Add an answer to the person's line for each period of the chat's boards."""
    keys = [period.key for period in periods]
    known = change(tx, chat_id, keys, person_id, points=points, right=right, answered=answered)
    new = [key for key in keys if key not in known]
    if not new:
        return Begun()
    line = {"chat_id": chat_id, "person_id": person_id, "points": points, "right": right, "answered": answered}
    statements.NEW.each(tx, [line | {"period": key, "listed": False} for key in new])
    mine = {"whose": person_id, "there": chat_id}
    statements.LIST.each(tx, [mine | {"of": key} for key in new])
    if chat_id <= 0:
        crowds.enrol(tx, person_id, chat_id, new)
    days = (key for key in new if Period.DAYS[0] <= key <= Period.DAYS[1])
    past = (statements.FORGET.all(tx, mine | {"first": Period.DAYS[0], "last": day - DAYS_KEPT}) for day in days)
    return Begun(tuple(new), tuple(tuple(row) for rows in past for row in rows))


def change(
    tx: Tx, chat_id: int, keys: Collection[int], person_id: int, *, points: int, right: int = 0, answered: int = 0
) -> frozenset[int]:
    """Add to the lines that the person has for these periods (by their keys), and to no others; which they were.

    What an admin voids is added with a minus.
    """
    if not keys:
        return frozenset()
    mine = {"person": person_id, "chat": chat_id} | {f"key{at}": key for at, key in enumerate(keys)}
    read, write = _of_periods(len(keys))
    before = read.all(tx, mine)
    if before:
        write.run(tx, mine | {"more_points": points, "more_right": right, "more_answered": answered})
        if large := crowds.large_among(tx, chat_id, keys):
            was, now = (_points(rows) for rows in (before, read.all(tx, mine)))
            crowds.shift(tx, chat_id, [(key, was[key], now[key]) for key in large & was.keys()])
    return frozenset(row.period for row in before)


@cache
def _of_periods(count: int) -> tuple[Prepared, Prepared]:
    """What reads, and what adds to, the lines of one person, one chat and so many periods."""
    keys = [bindparam(f"key{at}", type_=Integer) for at in range(count)]
    mine = (scores.c.person_id == bindparam("person"), scores.c.chat_id == bindparam("chat"), scores.c.period.in_(keys))
    after = scores.c.answered + bindparam("more_answered", type_=Integer)
    listed = case((after <= 0, false()), (scores.c.answered > 0, scores.c.listed), else_=statements.SEEN)
    sums = {name: scores.c[name] + bindparam(f"more_{name}", type_=Integer) for name in ("points", "right")}
    read = select(scores.c.period, scores.c.points, scores.c.listed).where(*mine)
    return Prepared(read), Prepared(update(scores).where(*mine).values(sums | {"answered": after, "listed": listed}))


def _points(rows: Iterable[Any]) -> dict[int, int | None]:
    """The points of each period's line; None for one that is not to be seen."""
    return {row.period: row.points if row.listed else None for row in rows}


def relist(tx: Tx, person_id: int, chat_id: int | None = None) -> None:
    """The person has hidden or shown themselves, or (there) come or gone: their lines are on the boards or off them."""
    mine = [scores.c.person_id == person_id, *([] if chat_id is None else [scores.c.chat_id == chat_id])]
    crowds.take(tx, *mine)
    list_lines(tx, *mine)
    crowds.give(tx, *mine)


def list_lines(tx: Tx, *whose: ColumnElement[bool]) -> None:
    """Work out whether these lines are to be seen; the large boards they are on are told by the caller."""
    tx.execute(update(scores).where(*whose).values(listed=statements.SEEN & (scores.c.answered > 0)))


def somebody_else(tx: Tx, chat_id: int, period: Period, person_id: int) -> bool:
    """Whether anyone but this person has answered in the period, in a round that counted then."""
    return (statements.OTHERS.scalar(tx, {"chat": chat_id, "period": period.key, "person": person_id}) or 0) > 0


def top(tx: Tx, chat_id: int, period: Period, limit: int = 10) -> tuple[Score, ...]:
    """The first lines of a board: most points first, equal ones by name (more than TIED of them by number)."""
    here: dict[str, Any] = {"chat": chat_id, "period": period.key, "count": limit}
    best = [row.points for row in statements.BEST.all(tx, here)]
    if not best:
        return ()
    here["points"] = best[-1]
    if not many_tied(tx, here):
        return ranked(statements.FROM.all(tx, here))
    return ranked([*statements.ABOVE.all(tx, here), *statements.TIED_LINES.all(tx, here)][:limit])


def lines(tx: Tx, chat_id: int, period: Period) -> tuple[Score, ...]:
    """All lines of a board, equal ones by name."""
    return ranked(tx.execute(statements.lines(chat_id, period).order_by(*statements.KEYS)))


def at_least(tx: Tx, chat_id: int, period: Period, points: int) -> int:
    """How many lines of a board have so many points or more."""
    return crowds.ahead(tx, chat_id, period.key, points - 1)


def improved(tx: Tx, chat_id: int, period: Period) -> tuple[str, int] | None:
    """Whose line has most points more than their line of the period before, and how many; the first of equals by name,
    of more than TIED by number. None if nobody has more."""
    before = scores.alias("before")
    both = (before.c.person_id == scores.c.person_id) & (before.c.chat_id == chat_id)
    gain = (scores.c.points - before.c.points).label("gain")
    seen = (scores.c.listed.is_(True), before.c.period == period.before.key, before.c.listed.is_(True), gain > 0)
    each = select(scores.c.person_id, gain).join(before, both).where(*statements.board(chat_id, period), *seen)
    best = each.order_by(gain.desc(), scores.c.person_id).limit(TIED).subquery()
    known = best.outerjoin(people, people.c.id == best.c.person_id)
    named = select(statements.NAME.label("name"), best.c.gain).select_from(known)
    row = tx.execute(named.order_by(best.c.gain.desc(), statements.NAME).limit(1)).first()
    return (row.name, row.gain) if row else None


def ranked(rows: Iterable[Row[Any]]) -> tuple[Score, ...]:
    """Lines in the order of a board; equal points share a rank."""
    each = list(rows)
    points = [row.points for row in each]
    first = {value: at for at, value in reversed(list(enumerate(points, 1)))}
    return tuple(scored(row, first[row.points]) for row in each)


def own(tx: Tx, chat_id: int, period: Period, person_id: int) -> Score | None:
    """The person's line, wherever it stands; None if they have not answered there, or are on no board."""
    row = statements.OWN.first(tx, {"chat": chat_id, "period": period.key, "person": person_id})
    return scored(row, crowds.ahead(tx, chat_id, period.key, row.points) + 1) if row is not None else None


def about(tx: Tx, chat_id: int, refs: Iterable[Ref], days: tuple[date, date] | None) -> tuple[Score, ...]:
    """The board of these questions alone, recounted from the answers; only those of these days, if given."""
    points = func.sum(case((answers.c.held.is_(True), 0), else_=answers.c.points)).label("points")
    right, times = func.sum(case((answers.c.right.is_(True), 1), else_=0)), func.count()
    place = (members.c.chat_id == rounds.c.chat_id) & (members.c.person_id == answers.c.person_id)
    known = answers.join(rounds).join(questions).outerjoin(people, people.c.id == answers.c.person_id)
    board = select(
        answers.c.person_id, statements.NAME.label("name"), points, right.label("right"), times.label("answered")
    )
    named = tuple_(questions.c.bank, questions.c.key).in_([(ref.bank, ref.id) for ref in refs])
    counting = (rounds.c.chat_id == chat_id, rounds.c.voided_at.is_(None), answers.c.right.is_not(None), named)
    seen = (people.c.hidden.is_not(True), members.c.here.is_not(False))
    within = (DAY.between(days[0].toordinal(), days[1].toordinal()),) if days else ()
    whole = board.select_from(known.outerjoin(members, place)).where(*counting, *seen, *within)
    return ranked(
        tx.execute(
            whole.group_by(answers.c.person_id, statements.NAME).order_by(-points, statements.NAME, answers.c.person_id)
        )
    )


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
    mine = select(scores.c.points).where(*statements.board(chat_id, period), scores.c.person_id == person_id)
    return int(tx.scalar(mine) or 0)


def earned(tx: Tx, person_id: int, period: Period) -> int:
    """The person's points of the period, in all chats together."""
    mine = (scores.c.person_id == person_id, scores.c.period == period.key, scores.c.chat_id != GLOBAL)
    return int(tx.scalar(select(func.sum(scores.c.points)).where(*mine)) or 0)


def many_tied(tx: Tx, here: Mapping[str, Any]) -> bool:
    """Whether more than TIED people have the points of `here` on its board."""
    return statements.MORE.first(tx, {**here, "tied": TIED}) is not None


def scored(row: Any, rank: int) -> Score:  # noqa: ANN401 - a line's row, or a Score
    """The line with its rank."""
    return Score(rank, row.person_id, row.name, row.points, row.right, row.answered)
