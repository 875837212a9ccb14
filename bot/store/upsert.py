"""INSERT … ON CONFLICT, which each database's dialect brings by itself, the same for both.

Building such a statement costs more than running it, so each is built once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

from bot.store.prepared import Prepared

Row = Mapping[str, Any]
if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

    Insert = sqlite.Insert | postgresql.Insert


def insert(tx: Connection, table: Table) -> Insert:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return _insert(tx.dialect.name, table)


def put(tx: Connection, table: Table, row: Row, *, keeping: str = "") -> None:
    """Write a row; if its key is there, all that is given takes the place of what was, but for the column `keeping`."""
    _replacing(tx.dialect.name, table, tuple(row), keeping).run(tx, row)


def put_new(tx: Connection, table: Table, row: Row) -> bool:
    """Write a row unless it collides with one that is there; True if it was written."""
    return _ignoring(tx.dialect.name, table, tuple(row)).first(tx, row) is not None


def add_up(tx: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Write rows; if a key is there, the other columns given are added to what was."""
    if rows:
        _adding(tx.dialect.name, table, tuple(rows[0])).each(tx, rows)


def summed(statement: Insert, table: Table, columns: Sequence[str]) -> Insert:
    """The statement, adding these columns up wherever the table's key is there already."""
    sums = {name: table.c[name] + statement.excluded[name] for name in columns}
    return statement.on_conflict_do_update(index_elements=_key(table), set_=sums)


def _insert(dialect: str, table: Table) -> Insert:
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - large, and rarely used

    return postgresql.insert(table)


@cache
def _replacing(dialect: str, table: Table, columns: tuple[str, ...], keeping: str) -> Prepared:
    statement, key = _insert(dialect, table), _key(table)
    given = {name: statement.excluded[name] for name in columns if name not in (*key, keeping)}
    return Prepared(statement.on_conflict_do_update(index_elements=key, set_=given), *columns)


@cache
def _adding(dialect: str, table: Table, columns: tuple[str, ...]) -> Prepared:
    key = _key(table)
    sums = summed(_insert(dialect, table), table, [name for name in columns if name not in key])
    return Prepared(sums, *columns)


@cache
def _ignoring(dialect: str, table: Table, columns: tuple[str, ...]) -> Prepared:
    return Prepared(_insert(dialect, table).on_conflict_do_nothing().returning(*table.primary_key), *columns)


def _key(table: Table) -> list[str]:
    return [column.name for column in table.primary_key]
