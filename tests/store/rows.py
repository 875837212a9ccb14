"""Rows for any table, made from its columns: so that a table added later is tested without anybody thinking of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Float, Integer, MetaData, String, Table, func, insert, select

from bot.store.coded import Coded


def fill(tx: Connection, metadata: MetaData, known: Mapping[str, Any], number: int = 1) -> None:
    """One row in every table: `known` gives values by column or `table.column`, the rest follow from `number`."""
    for table in metadata.sorted_tables:
        tx.execute(insert(table).values({column.name: _value(column, known, number) for column in table.columns}))


def counts(tx: Connection, tables: Iterable[Table]) -> dict[str, int]:
    """How many rows each table has."""
    return {table.name: tx.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def _value(column: Column[Any], known: Mapping[str, Any], number: int) -> Any:
    for name in (f"{column.table.name}.{column.name}", column.name):
        if name in known:
            return known[name]
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Float):
        return float(number)
    if isinstance(column.type, Coded):
        return column.type.words[0]
    if column.name == "choices":
        return number if isinstance(column.type, Integer) else "20"  # digits, or what is kept of them
    return f"{column.name}{number}" if isinstance(column.type, String) else number
