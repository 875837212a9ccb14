"""What stands in the bot's database, table by table, read from outside; words where the tables hold their numbers."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import make_url, select

from bot.store import postgresql
from bot.store.coded import Short
from bot.store.tables_group import metadata

Row = dict[str, Any]
_WORDS = {
    table.name: {column.name: column.type.word for column in table.columns if isinstance(column.type, Short)}
    for table in metadata.sorted_tables
}
_EPOCH = date(1970, 1, 1).toordinal()


def read(database: Path | str, *names: str) -> dict[str, list[Row]]:
    """The rows of these tables (none: of all); of one that is not there yet, none.

    `database` is SQLite's file, whose log is neither recovered nor emptied, or the address of a PostgreSQL.
    """
    found = _of_postgresql(database, names) if isinstance(database, str) else _of_sqlite(database, names)
    return {name: [] for name in names} | {name: [_worded(name, row) for row in rows] for name, rows in found.items()}


def _of_sqlite(path: Path, names: tuple[str, ...]) -> dict[str, list[Row]]:
    if not path.exists():
        return {}
    try:
        return _rows(f"file:{path}?mode=ro", names)
    except sqlite3.OperationalError:  # killed before its log was one: something must be taken back first
        with TemporaryDirectory() as aside:
            for file in path.parent.glob(f"{path.name}*"):
                shutil.copy(file, aside)
            return _rows(f"file:{Path(aside) / path.name}", names)


def _rows(uri: str, names: tuple[str, ...]) -> dict[str, list[Row]]:
    raw = sqlite3.connect(uri, uri=True)
    try:
        raw.row_factory = sqlite3.Row
        there = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        wanted = [name for name in there if not names or name in names]
        return {name: [dict(row) for row in raw.execute(f'SELECT * FROM "{name}"')] for name in wanted}
    finally:
        raw.close()


def _of_postgresql(url: str, names: tuple[str, ...]) -> dict[str, list[Row]]:
    engine = postgresql.engine(make_url(url), connections=1)
    wanted = [table for table in metadata.sorted_tables if not names or table.name in names]
    try:
        with engine.connect() as tx:
            return {table.name: [dict(row._mapping) for row in tx.execute(select(table))] for table in wanted}
    finally:
        engine.dispose()


def _worded(table: str, row: Row) -> Row:
    words = _WORDS.get(table, {})
    told: Row = {name: words[name](row[name]) for name in words if isinstance(row[name], int)}
    if table == "answers":
        told["day"] = _EPOCH + row["answered_at"] // 86_400 + row["day_shift"]
    return row | told
