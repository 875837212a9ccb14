"""A person's tables as JSON and CSV, in the format that docs/export.md describes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.core.bank import Ref
from bot.core.calendar import Period

FORMAT, VERSION = "kaoguan-export", 1
Row = dict[str, Any]
_BROUGHT = ("people", "learners", "withheld", "exams")  # what /import reads besides reviews
_REVIEW = ("bank", "question", "rating", "reviewed_at")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would work it out


@dataclass(frozen=True, slots=True)
class Document:
    """Everything of one person: `tables` by name, each row by column; `at` is when it was read (aware UTC)."""

    person_id: int
    at: datetime
    tables: Mapping[str, Sequence[Row]]


def plain(document: Document, prompt: Callable[[Ref], str]) -> Document:
    """The same in values that JSON has. `prompt` tells what a question asks, in the person's language."""
    tables = {name: [_row(row, prompt) for row in rows] for name, rows in document.tables.items()}
    return Document(document.person_id, document.at, tables)


def brief(document: Document) -> Document:
    """What /import reads of a plain document: a tenth, so that it can be read however much somebody has written."""
    tables = {name: document.tables.get(name, []) for name in _BROUGHT}
    reviews = [{name: row[name] for name in _REVIEW} for row in document.tables.get("reviews", [])]
    return Document(document.person_id, document.at, tables | {"reviews": reviews})


def as_json(document: Document) -> bytes:
    """A plain document as UTF-8."""
    head = {"format": FORMAT, "version": VERSION, "exported_at": _instant(document.at), "person_id": document.person_id}
    return json.dumps(head | {"tables": document.tables}, ensure_ascii=False, indent=1).encode()


def as_csv(rows: Sequence[Row]) -> bytes:
    """A table of plain rows, at least one, as UTF-8 with the mark by which spreadsheets know it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _row(row: Row, prompt: Callable[[Ref], str]) -> Row:
    asked = row.get("question")
    if not isinstance(asked, Ref):
        return {name: _plain(value) for name, value in row.items()}
    named = {"bank": asked.bank, "question": asked.id, "prompt": prompt(asked)}
    return named | {name: _plain(value) for name, value in row.items() if name != "question"}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a table holds
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return _period(value) if isinstance(value, Period) else value


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _period(period: Period) -> str:
    """`all`, or the first and last day: `2026-11-23/2026-11-29`."""
    days = period.days
    return "/".join(day.isoformat() for day in days) if days else "all"


def _cell(value: Any) -> Any:  # noqa: ANN401 - what JSON has
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
