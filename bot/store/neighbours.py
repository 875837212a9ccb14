"""The lines of a board next to somebody's own."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Integer, String, bindparam, func, select, tuple_

from bot.core.calendar import Period
from bot.store import board_statements as statements
from bot.store import crowds
from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.scores import Score, many_tied, own, scored
from bot.store.tables_group import scores


def around(tx: Tx, chat_id: int, period: Period, person_id: int, count: int = 3) -> tuple[Score, ...]:
    """`count` lines of the board with the person's among them, in the middle unless it is the first or the last."""
    mine = own(tx, chat_id, period, person_id)
    if mine is None:
        return ()
    above = _beyond(tx, chat_id, period, mine, count - 1, up=True)
    below = _beyond(tx, chat_id, period, mine, count - 1, up=False)
    before = max(count // 2, count - 1 - len(below))
    rows = [*reversed(above[:before]), mine, *below][:count]
    others = {row.points for row in rows if row.points != mine.points}
    ranks = {points: crowds.ahead(tx, chat_id, period.key, points) + 1 for points in others} | {mine.points: mine.rank}
    return tuple(scored(row, ranks[row.points]) for row in rows)


def _beyond(tx: Tx, chat_id: int, period: Period, line: Score, limit: int, *, up: bool) -> list[Any]:
    """The lines next to that one, the nearest first: those that share its rank, then those with other points."""
    here = {"chat": chat_id, "period": period.key, "points": line.points, "count": limit}
    found = _tied(tx, here | {"name": line.name, "person": line.person_id}, up=up, inside=True)
    while len(found) < limit:
        points = _nearest(up).scalar(tx, here)
        if points is None:
            break
        here |= {"points": points, "count": limit - len(found)}
        found += _tied(tx, here, up=up, inside=False)
    return found


def _tied(tx: Tx, here: dict[str, Any], *, up: bool, inside: bool) -> list[Any]:
    """Lines with those points, from one of them (itself left out) or from the end on, upwards or downwards."""
    return _equal(up, inside, many_tied(tx, here)).all(tx, here)


@cache
def _nearest(up: bool) -> Prepared:  # noqa: FBT001 - a key of the cache
    """The next points on the board above or below those of `points`."""
    have = bindparam("points", type_=Integer)
    further = scores.c.points > have if up else scores.c.points < have
    nearest = (func.min if up else func.max)(scores.c.points)
    return Prepared(select(nearest.label("points")).where(*statements.AT, further))


@cache
def _equal(up: bool, inside: bool, many: bool) -> Prepared:  # noqa: FBT001 - keys of the cache
    """The lines with `points`, as a board has them: by name, or by number where they are many."""
    keys = (scores.c.person_id,) if many else (statements.NAME, scores.c.person_id)
    person, name = bindparam("person", type_=BigInteger), bindparam("name", type_=String)
    equal = statements.KNOWN.where(*statements.EQUAL)
    if inside:
        here = tuple_(person) if many else tuple_(name, person)
        equal = equal.where(tuple_(*keys) < here if up else tuple_(*keys) > here)
    ordered = equal.order_by(*(key.desc() if up else key for key in keys))
    return Prepared(ordered.limit(statements.COUNT))
