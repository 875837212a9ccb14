"""The files that people have brought with /import, each by the message that brought it: what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, delete, select, update

from bot.store.database import Tx
from bot.store.instants import instant, seconds
from bot.store.tables_own import imports
from bot.store.upsert import put_new

Wish = Literal["asked", "taken", "left"]


@dataclass(frozen=True, slots=True)
class Import:
    """A file that came at `at` (aware UTC): the person is asked whether they want it, or has taken or left it.

    `file_id` is Telegram's, as long as it may have to be fetched again. Of what it brought, `new` counts the reviews,
    `suspended` the questions; `study` is whether any setting did, `exam_day` that of its exam, if that was taken in.
    """

    message_id: int
    at: datetime
    wish: Wish
    file_id: str | None
    new: int = 0
    study: bool = False
    suspended: int = 0
    exam_day: date | None = None


def find(tx: Tx, person_id: int, message_id: int) -> Import | None:
    """What the person brought with that message."""
    row = tx.execute(select(imports).where(_is(person_id, message_id))).one_or_none()
    if row is None:
        return None
    day = None if row.exam_day is None else date.fromordinal(row.exam_day)
    at, counts = instant(row.brought_at), (row.new, row.study, row.suspended)
    return Import(row.message_id, at, row.wish, row.file_id, *counts, day)


def begin(tx: Tx, person_id: int, message_id: int, wish: Wish, at: datetime, file_id: str | None = None) -> None:
    """Note a file that has come, unless it is noted already."""
    told = {"wish": wish, "brought_at": seconds(at), "file_id": file_id}
    nothing = {"new": 0, "study": False, "suspended": 0}
    put_new(tx, imports, {"person_id": person_id, "message_id": message_id} | told | nothing)


def change(tx: Tx, person_id: int, message_id: int, **columns: str | bool | None) -> None:
    """Set columns by their names."""
    tx.execute(update(imports).where(_is(person_id, message_id)).values(**columns))


def add(
    tx: Tx, person_id: int, message_id: int, new: int = 0, suspended: int = 0, *, exam_day: date | None = None
) -> None:
    """So much more has been taken in of it."""
    more: dict[str, Any] = {"new": imports.c.new + new, "suspended": imports.c.suspended + suspended}
    more |= {"exam_day": exam_day.toordinal()} if exam_day else {}
    tx.execute(update(imports).where(_is(person_id, message_id)).values(**more))


def drop_before(tx: Tx, person_id: int, at: datetime) -> None:
    """Forget the person's files that came before then."""
    tx.execute(delete(imports).where(imports.c.person_id == person_id, imports.c.brought_at < seconds(at)))


def _is(person_id: int, message_id: int) -> ColumnElement[bool]:
    return and_(imports.c.person_id == person_id, imports.c.message_id == message_id)
