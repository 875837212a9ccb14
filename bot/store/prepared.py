"""Statements compiled once. What every answer runs costs the driver a few microseconds, and SQLAlchemy a hundred.

On SQLite the compiled text goes straight to the driver's cursor, within the unit of work that is open; on PostgreSQL
SQLAlchemy runs the statement as any other. Either way rows have the statement's columns as attributes.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Boolean, Executable, Select
from sqlalchemy.dialects import sqlite

from bot.store.coded import Short
from bot.store.database import Tx
from bot.store.sqlite import raw_of

_DIALECT = sqlite.dialect()
Values = Mapping[str, Any]


class Prepared:
    """A statement whose values are named by `bindparam`, or an INSERT's columns. It holds no IN with a list."""

    def __init__(self, statement: Executable, *columns: str) -> None:
        """`columns` are those that an INSERT is given."""
        self._statement = statement
        self._columns = columns

    def all(self, tx: Tx, values: Values) -> list[Any]:
        """Every row."""
        if tx.dialect.name != "sqlite":
            return list(tx.execute(self._statement, values))
        return [self._row(row) for row in self._run(tx, values)]

    def first(self, tx: Tx, values: Values) -> Any:  # noqa: ANN401 - a row has the attributes of its columns
        """The first row; None if there is none."""
        if tx.dialect.name != "sqlite":
            return tx.execute(self._statement, values).first()
        row = next(iter(self._run(tx, values)), None)
        return None if row is None else self._row(row)

    def scalar(self, tx: Tx, values: Values) -> Any:  # noqa: ANN401 - whatever the column holds
        """The first column of the first row; None if there is none."""
        row = self.first(tx, values)
        return None if row is None else row[0]

    def run(self, tx: Tx, values: Values) -> None:
        """Change what it changes."""
        if tx.dialect.name != "sqlite":
            tx.execute(self._statement, values)
        else:
            self._run(tx, values)

    def each(self, tx: Tx, rows: Sequence[Values]) -> None:
        """The same change with one set of values after the other."""
        if tx.dialect.name != "sqlite":
            tx.execute(self._statement, list(rows))
            return
        text, place = self._text
        raw_of(tx).executemany(text, map(place, rows))

    def _run(self, tx: Tx, values: Values) -> list[tuple[Any, ...]]:
        """All rows are fetched, so that no statement stays open: one that does keeps its transaction from ending."""
        text, place = self._text
        return raw_of(tx).execute(text, place(values)).fetchall()

    @cached_property
    def _text(self) -> tuple[str, Callable[[Values], list[Any]]]:
        """The SQL with question marks, and what puts the values in their order."""
        compiled = self._statement.compile(  # type: ignore[attr-defined]
            dialect=_DIALECT, column_keys=list(self._columns) or None
        )
        names, fixed = list(compiled.positiontup), {name: bind.value for bind, name in compiled.bind_names.items()}
        coded = {name: bind.type for bind, name in compiled.bind_names.items() if isinstance(bind.type, Short)}

        def place(values: Values) -> list[Any]:
            given = [(name, values[name] if name in values else fixed[name]) for name in names]
            return [coded[name].number(value) if name in coded else value for name, value in given]

        return str(compiled), place

    @cached_property
    def _row(self) -> Callable[[tuple[Any, ...]], Any]:
        """A driver's row with names; SQLite keeps truth values as numbers, as all databases do words of a few."""
        columns = self._given_back()
        kind = namedtuple("Row", [name for name, _meant in columns])  # type: ignore[misc]
        meant = [(at, meaning) for at, (_name, meaning) in enumerate(columns) if meaning]
        if not meant:
            return kind._make

        def meaningful(row: tuple[Any, ...]) -> Any:  # noqa: ANN401
            values = list(row)
            for at, meaning in meant:
                values[at] = None if values[at] is None else meaning(values[at])
            return kind._make(values)

        return meaningful

    def _given_back(self) -> list[tuple[str, Callable[[Any], Any] | None]]:
        """The columns with what a number in them means, where it is none."""
        statement: Any = self._statement
        columns = statement.selected_columns if isinstance(statement, Select) else statement._returning  # noqa: SLF001
        return [(str(column.key), _meaning(column.type)) for column in columns]


def _meaning(kind: Any) -> Callable[[Any], Any] | None:  # noqa: ANN401 - a column's type
    if isinstance(kind, Short):
        return kind.word
    return bool if isinstance(kind, Boolean) else None
