"""Updates that could not be handled, kept for the operator; and, with no tries, those set aside until they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, String, cast, delete, func, select

from bot.store.database import Tx
from bot.store.instants import instant, seconds
from bot.store.tables import failed_updates
from bot.store.upsert import put, put_new

MOST = 1000  # kept; the oldest go first
_LONGEST = 65_536  # characters of one; Telegram's own are shorter
_ASIDE = failed_updates.c.tries == 0


@dataclass(frozen=True, slots=True)
class Failure:
    """One update given up: as Telegram sent it, why, after how many tries and when (aware UTC)."""

    update_id: int
    payload: str
    error: str
    tries: int
    at: datetime


def keep(tx: Tx, update_id: int, payload: str, error: str, tries: int, at: datetime) -> None:
    """Keep an update; a later failure of the same one takes its place, and the newest take that of the oldest."""
    found = {
        "payload": _storable(payload)[:_LONGEST],
        "error": _storable(error),
        "tries": tries,
        "failed_at": seconds(at),
    }
    put(tx, failed_updates, {"update_id": update_id} | found)
    _drop_oldest(tx)


def _drop_oldest(tx: Tx) -> None:
    """However many somebody makes fail, the table does not fill the disk. What is set aside stays."""
    newest = (failed_updates.c.failed_at.desc(), failed_updates.c.update_id.desc())
    beyond = select(failed_updates.c.update_id).where(~_ASIDE).order_by(*newest).offset(MOST)
    for update_id in list(tx.scalars(beyond)):
        tx.execute(delete(failed_updates).where(failed_updates.c.update_id == update_id))


def set_aside(tx: Tx, updates: list[tuple[int, str]], at: datetime) -> None:
    """Write updates down, id and JSON, until they are handled; those kept already stay as they are."""
    for update_id, payload in updates:
        row = {"payload": _storable(payload), "error": "waits for its turn", "tries": 0, "failed_at": seconds(at)}
        put_new(tx, failed_updates, {"update_id": update_id} | row)


def aside(tx: Tx) -> list[str]:
    """The JSON of the updates that are set aside, in the order they came."""
    return list(tx.scalars(select(failed_updates.c.payload).where(_ASIDE).order_by(failed_updates.c.update_id)))


def settled(tx: Tx, update_ids: list[int]) -> None:
    """These are set aside no longer; one that was kept because it failed stays kept."""
    tx.execute(delete(failed_updates).where(_ASIDE, failed_updates.c.update_id.in_(update_ids)))


def count(tx: Tx) -> int:
    """How many could not be handled."""
    return tx.scalar(select(func.count()).select_from(failed_updates).where(~_ASIDE)) or 0


def latest(tx: Tx, limit: int) -> tuple[Failure, ...]:
    """The newest ones, newest first."""
    newest = (failed_updates.c.failed_at.desc(), failed_updates.c.update_id.desc())
    return tuple(map(_failure, tx.execute(select(failed_updates).where(~_ASIDE).order_by(*newest).limit(limit))))


def forget(tx: Tx, number: int) -> None:
    """Drop the updates that mention this id, of a person or a chat, anywhere in what Telegram sent."""
    whole = re.compile(rf"(?<![-\d]){number}(?!\d)")
    columns = (failed_updates.c.update_id, failed_updates.c.payload)
    likely = tx.execute(select(*columns).where(failed_updates.c.payload.contains(cast(number, String))))
    for update_id in [row.update_id for row in likely if whole.search(row.payload)]:
        tx.execute(delete(failed_updates).where(failed_updates.c.update_id == update_id))


def _storable(text: str) -> str:
    """Without what a database refuses: lone surrogates and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def _failure(row: Row[Any]) -> Failure:
    return Failure(row.update_id, row.payload, row.error, row.tries, instant(row.failed_at))
