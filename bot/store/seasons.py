"""A group's weeks and months, from their first answer to the message that closes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import or_, select, text, update

from bot.core.calendar import Period
from bot.store.database import Tx
from bot.store.instants import instant, instant_or_none, seconds, seconds_or_none
from bot.store.tables_group import seasons
from bot.store.upsert import put_new

State = Literal["open", "claimed", "told", "missed"]
_WAITING = text("seasons.state IN ('open', 'claimed')")  # said as the partial index says it, or it is not used


@dataclass(frozen=True, slots=True)
class Season:
    """One week or month of one chat. It is told at `due_at`, and again at `retry_at` if that was cut short (UTC)."""

    chat_id: int
    period: Period
    due_at: datetime
    state: State
    retry_at: datetime | None


def begin(tx: Tx, chat_id: int, period: Period, due_at: datetime) -> None:
    """Enter a season that has had its first answer; one that is there stays as it is."""
    row = {"chat_id": chat_id, "period": period.key, "due_at": seconds(due_at), "state": "open"}
    put_new(tx, seasons, row)


def find(tx: Tx, chat_id: int, period: Period) -> Season | None:
    """The season, if it has begun."""
    row = tx.execute(select(seasons).where(seasons.c.chat_id == chat_id, seasons.c.period == period.key)).one_or_none()
    if row is None:
        return None
    return Season(chat_id, period, instant(row.due_at), row.state, instant_or_none(row.retry_at))


def open_in(tx: Tx, chat_id: int) -> tuple[Season, ...]:
    """The chat's seasons that are not over."""
    rows = tx.execute(select(seasons).where(seasons.c.chat_id == chat_id, seasons.c.state == "open"))
    return tuple(Season(chat_id, Period(row.period), instant(row.due_at), row.state, None) for row in rows)


def due(tx: Tx, now: datetime, limit: int) -> tuple[tuple[int, Period], ...]:
    """The seasons to be told now, by chat and period, the longest due first."""
    ready = or_(seasons.c.retry_at.is_(None), seasons.c.retry_at <= seconds(now))
    wanted = select(seasons.c.chat_id, seasons.c.period).where(_WAITING, seasons.c.due_at <= seconds(now), ready)
    rows = tx.execute(wanted.order_by(seasons.c.due_at, seasons.c.chat_id, seasons.c.period).limit(limit))
    return tuple((row.chat_id, Period(row.period)) for row in rows)


def change(
    tx: Tx,
    season: Season,
    state: State,
    *,
    due_at: datetime | None = None,
    retry_at: datetime | None = None,
) -> None:
    """What has become of a season; it is due as before unless `due_at` is given."""
    here = update(seasons).where(seasons.c.chat_id == season.chat_id, seasons.c.period == season.period.key)
    tx.execute(here.values(state=state, due_at=seconds(due_at or season.due_at), retry_at=seconds_or_none(retry_at)))


def over(tx: Tx, chat_id: int, limit: int) -> tuple[Period, ...]:
    """The chat's last seasons that have ended, told or not, the newest first."""
    mine = select(seasons.c.period).where(seasons.c.chat_id == chat_id, seasons.c.state.in_(["told", "missed"]))
    newest = mine.order_by(seasons.c.due_at.desc(), seasons.c.period.desc()).limit(limit)
    return tuple(Period(key) for key in tx.scalars(newest))
