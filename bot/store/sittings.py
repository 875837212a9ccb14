"""Sittings: private questions in a row, ended by an hour of silence."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from bot.store.database import Tx
from bot.store.instants import instant, seconds
from bot.store.prepared import Prepared
from bot.store.tables import sittings
from bot.store.upsert import put

_SILENCE = timedelta(hours=1)
_SITTING = Prepared(select(sittings).where(sittings.c.chat_id == bindparam("chat_id")))


def began(tx: Tx, chat_id: int, now: datetime) -> datetime:
    """When the chat's sitting began: it goes on if the last question came within the hour, else it begins now."""
    at = seconds(now)
    row = _SITTING.first(tx, {"chat_id": chat_id})
    goes_on = row is not None and at - row.last_at <= _SILENCE.total_seconds()
    at_first = min(row.began_at, at) if row is not None and goes_on else at  # a clock may be set back
    put(tx, sittings, {"chat_id": chat_id, "began_at": at_first, "last_at": at})
    return instant(at_first)
