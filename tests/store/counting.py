"""Units of work that count in one row: a change that is lost, or done by halves, shows."""

from __future__ import annotations

from typing import NoReturn

from sqlalchemy import insert, select, update

from bot.store.database import Tx
from bot.store.tables_group import scores


def points_of(tx: Tx) -> int:
    """What the one row counts."""
    return tx.scalar(select(scores.c.points)) or 0


def begin_at(tx: Tx, points: int) -> None:
    """Write the row down."""
    tx.execute(insert(scores).values(chat_id=1, period=0, person_id=1, points=points, right=0, answered=0))


def one_more(tx: Tx) -> int:
    """A read-modify-write, done the way that loses updates where transactions are too weak."""
    found = points_of(tx)
    tx.execute(update(scores).values(points=found + 1))
    return found + 1


def then_fail(tx: Tx) -> NoReturn:
    """Count, and raise LookupError: nothing of it may stay."""
    one_more(tx)
    raise LookupError("on purpose")
