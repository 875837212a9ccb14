"""How many people are on a board, and on a large one how many with how many points.

Both are kept in the transaction that changes a score, so that the rank among a million people is read in a moment:
counting an index would take some 30 ns for each person ahead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Table,
    Update,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)

from bot.core.calendar import Period
from bot.store.answers import DAY, REVIEWED
from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.tables import answers, reviews, rounds
from bot.store.tables_group import scores, standings, turnouts
from bot.store.upsert import add_up, summed
from bot.store.upsert import insert as upsert

_FEW = 4  # periods of an answer
_PLACE: dict[str, BindParameter[Any]] = {"chat_id": bindparam("chat"), "period": bindparam("period")}
_AHEAD = Prepared(
    select(func.count().label("people")).where(
        *(scores.c[name] == value for name, value in _PLACE.items()),
        scores.c.listed.is_(True),
        scores.c.points > bindparam("points"),
    )
)
_AHEAD_OF_MANY = Prepared(
    select(func.sum(standings.c.people).label("people")).where(
        *(standings.c[name] == value for name, value in _PLACE.items()), standings.c.points > bindparam("points")
    )
)
_TURNOUT = Prepared(
    select(turnouts.c.period, turnouts.c.people).where(
        turnouts.c.chat_id == bindparam("chat"), turnouts.c.period.between(bindparam("first"), bindparam("last"))
    )
)
LARGE = 1000  # people; their ranks are counted in an index in some 30 us


def turnout(tx: Tx, chat_id: int, first: int, last: int) -> dict[int, int]:
    """How many people answered in each period, by its key, from the first key to the last."""
    rows = _TURNOUT.all(tx, {"chat": chat_id, "first": first, "last": last})
    return {row.period: row.people for row in rows}


def large_among(tx: Tx, chat_id: int, keys: Collection[int]) -> frozenset[int]:
    """Which of these periods have a large board; a private chat has none."""
    if chat_id > 0:
        return frozenset()
    if not 0 < len(keys) <= _FEW:
        many = (turnouts.c.chat_id == chat_id, turnouts.c.period.in_(keys), turnouts.c.people >= LARGE)
        return frozenset(tx.scalars(select(turnouts.c.period).where(*many)))
    here = {"chat": chat_id, "large": LARGE} | {f"key{at}": key for at, key in enumerate(keys)}
    return frozenset(row.period for row in _large(len(keys)).all(tx, here))


@cache
def _large(count: int) -> Prepared:
    keys = [bindparam(f"key{at}", type_=Integer) for at in range(count)]
    here = (turnouts.c.chat_id == bindparam("chat"), turnouts.c.period.in_(keys))
    return Prepared(select(turnouts.c.period).where(*here, turnouts.c.people >= bindparam("large")))


def ahead(tx: Tx, chat_id: int, period: int, points: int) -> int:
    """How many people on the board have more points."""
    counted = _AHEAD_OF_MANY if large_among(tx, chat_id, [period]) else _AHEAD
    return int(counted.scalar(tx, {"chat": chat_id, "period": period, "points": points}) or 0)


def shift(tx: Tx, chat_id: int, moves: Iterable[tuple[int, int | None, int | None]]) -> None:
    """On large boards people have gone from so many points to others: (period, before, after), None off the board."""
    for period, before, after in moves:
        if before != after:
            each = ((before, -1), (after, 1))
            key = {"chat_id": chat_id, "period": period}
            add_up(tx, standings, [key | {"points": at, "people": more} for at, more in each if at is not None])
            nobody = (standings.c.points == before, standings.c.people <= 0)
            tx.execute(delete(standings).where(*_board(standings, chat_id, period), *nobody))


def enrol(tx: Tx, person_id: int, chat_id: int, keys: Collection[int]) -> None:
    """The person has just got their first lines of these periods in that group, or on the global board."""
    add_up(tx, turnouts, [{"chat_id": chat_id, "period": key, "people": 1} for key in keys])
    large = large_among(tx, chat_id, keys)
    if large:
        give(tx, scores.c.person_id == person_id, scores.c.chat_id == chat_id, scores.c.period.in_(large))
        reached = (turnouts.c.chat_id == chat_id, turnouts.c.period.in_(large), turnouts.c.people == LARGE)
        for key in tx.scalars(select(turnouts.c.period).where(*reached)).all():
            build(tx, chat_id, key)


def resign(tx: Tx, chat_id: int, keys: Collection[int]) -> None:
    """Somebody's first lines of these periods have gone again: the other way round from `enrol`."""
    here = (turnouts.c.chat_id == chat_id, turnouts.c.period.in_(keys))
    tx.execute(_fewer().where(*here))
    no_more_large = tx.scalars(select(turnouts.c.period).where(*here, turnouts.c.people == LARGE - 1)).all()
    tx.execute(delete(standings).where(standings.c.chat_id == chat_id, standings.c.period.in_(no_more_large)))
    tx.execute(delete(turnouts).where(*here, turnouts.c.people <= 0))


def give(tx: Tx, *whose: ColumnElement[bool]) -> None:
    """These lines are on their boards from now on."""
    _count(tx, 1, *whose)


def take(tx: Tx, *whose: ColumnElement[bool]) -> None:
    """These lines are about to change or go: on large boards they count no more."""
    _count(tx, -1, *whose)


def withdraw(tx: Tx, person_id: int) -> None:
    """All lines of the person are about to go. Days are counted from the answers: their lines are not kept for ever."""
    take(tx, scores.c.person_id == person_id)
    lines = exists().where(
        scores.c.person_id == person_id, scores.c.chat_id == turnouts.c.chat_id, scores.c.period == turnouts.c.period
    )
    theirs = select(scores.c.chat_id).where(scores.c.person_id == person_id)
    kinds = ~turnouts.c.period.between(*Period.DAYS)
    tx.execute(_fewer().where(turnouts.c.chat_id.in_(theirs), kinds, lines))
    asked = REVIEWED.join(rounds, rounds.c.id == answers.c.round_id)
    days = select(rounds.c.chat_id, DAY).select_from(asked).where(reviews.c.person_id == person_id)
    for row in tx.execute(days.where(rounds.c.chat_id < 0).distinct()).all():
        day = turnouts.c.period == Period.DAYS[0] + row.day
        tx.execute(_fewer().where(turnouts.c.chat_id == row.chat_id, day))
    tx.execute(delete(turnouts).where(turnouts.c.chat_id.in_(theirs), turnouts.c.people <= 0))


def leave_global(tx: Tx, person_id: int) -> None:
    """The person's lines on the global board (chat 0) are about to go."""
    mine = (scores.c.person_id == person_id, scores.c.chat_id == 0)
    take(tx, *mine)
    lines = select(scores.c.period).where(*mine)
    tx.execute(_fewer().where(turnouts.c.chat_id == 0, turnouts.c.period.in_(lines)))
    tx.execute(delete(turnouts).where(turnouts.c.chat_id == 0, turnouts.c.people <= 0))


def recount(tx: Tx, chat_id: int, keys: Collection[int]) -> None:
    """Count anew who answered in these periods: two chats have become one. The large boards are built anew."""
    people = select(func.count()).select_from(scores).where(*_board(scores, chat_id, turnouts.c.period))
    day = turnouts.c.period - Period.DAYS[0] == DAY
    on_day = select(func.count(answers.c.person_id.distinct())).join_from(answers, rounds)
    on_day = on_day.where(rounds.c.chat_id == chat_id, day)
    here = update(turnouts).where(turnouts.c.chat_id == chat_id, turnouts.c.period.in_(keys))
    is_day = turnouts.c.period.between(*Period.DAYS)
    tx.execute(here.where(~is_day).values(people=people.scalar_subquery()))
    tx.execute(here.where(is_day).values(people=on_day.scalar_subquery()))
    large = (turnouts.c.chat_id == chat_id, turnouts.c.people >= LARGE)
    for key in tx.scalars(select(turnouts.c.period).where(*large)).all():
        build(tx, chat_id, key)


def build(tx: Tx, chat_id: int, period: int) -> None:
    """Count a large board whole."""
    tx.execute(delete(standings).where(*_board(standings, chat_id, period)))
    whole = select(scores.c.chat_id, scores.c.period, scores.c.points, func.count())
    listed = whole.where(*_board(scores, chat_id, period), scores.c.listed.is_(True))
    grouped = listed.group_by(scores.c.chat_id, scores.c.period, scores.c.points)
    tx.execute(insert(standings).from_select(list(standings.c.keys()), grouped))


def _count(tx: Tx, sign: int, *whose: ColumnElement[bool]) -> None:
    large = scores.join(turnouts, (turnouts.c.chat_id == scores.c.chat_id) & (turnouts.c.period == scores.c.period))
    each = select(scores.c.chat_id, scores.c.period, scores.c.points, literal(sign)).select_from(large)
    counted = each.where(*whose, scores.c.listed.is_(True), turnouts.c.people >= LARGE)
    tx.execute(summed(upsert(tx, standings).from_select(list(standings.c.keys()), counted), standings, ("people",)))


def _fewer() -> Update:
    return update(turnouts).values(people=turnouts.c.people - 1)


def _board(table: Table, chat_id: int, period: int | ColumnElement[int]) -> tuple[ColumnElement[bool], ...]:
    return (table.c.chat_id == chat_id, table.c.period == period)
