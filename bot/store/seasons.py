"""A group's weeks and months from their first answer to the message that closes them, and who stood on the podium."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, or_, select, update

from bot.core.calendar import Period
from bot.store.database import Tx
from bot.store.instants import instant, instant_or_none, seconds, seconds_or_none
from bot.store.scores import Score
from bot.store.tables import people
from bot.store.tables_group import hall_of_fame, members, seasons
from bot.store.upsert import put_new

State = Literal["open", "claimed", "told", "missed"]
_WAITING = seasons.c.state.in_(["open", "claimed"])  # what the partial index holds


@dataclass(frozen=True, slots=True)
class Season:
    """One week or month of one chat. It is told at `due_at`, and again at `retry_at` if that was cut short (UTC)."""

    chat_id: int
    period: Period
    due_at: datetime
    state: State
    retry_at: datetime | None


@dataclass(frozen=True, slots=True)
class Fame:
    """A place on a season's podium."""

    period: Period
    rank: int
    name: str
    points: int


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
    message_id: int | None = None,
) -> None:
    """What has become of a season; it is due as before unless `due_at` is given."""
    here = update(seasons).where(seasons.c.chat_id == season.chat_id, seasons.c.period == season.period.key)
    known = {"state": state, "due_at": seconds(due_at or season.due_at), "retry_at": seconds_or_none(retry_at)}
    tx.execute(here.values(known | ({"message_id": message_id} if message_id else {})))


def enter_hall(tx: Tx, chat_id: int, period: Period, podium: Iterable[Score]) -> None:
    """Keep who stood on the podium; once entered it stays as it was."""
    for line in podium:
        place = {"chat_id": chat_id, "period": period.key, "person_id": line.person_id}
        put_new(tx, hall_of_fame, place | {"rank": line.rank, "points": line.points})


def hall(tx: Tx, chat_id: int, limit: int) -> tuple[Fame, ...]:
    """The places on the last podiums, newest season first; people who are hidden or have left stand on none."""
    place = (members.c.chat_id == hall_of_fame.c.chat_id) & (members.c.person_id == hall_of_fame.c.person_id)
    known = hall_of_fame.outerjoin(people, people.c.id == hall_of_fame.c.person_id).outerjoin(members, place)
    name = func.coalesce(people.c.name, "?").label("name")
    seen = (people.c.hidden.is_not(True), members.c.here.is_not(False))
    last = select(seasons.c.period).where(seasons.c.chat_id == chat_id, ~_WAITING)
    shown = last.order_by(seasons.c.due_at.desc(), seasons.c.period.desc()).limit(limit)
    periods = [Period(key) for key in tx.scalars(shown)]
    rows = tx.execute(
        select(hall_of_fame.c.period, hall_of_fame.c.rank, hall_of_fame.c.points, name)
        .select_from(known)
        .where(hall_of_fame.c.chat_id == chat_id, hall_of_fame.c.period.in_([one.key for one in periods]), *seen)
        .order_by(hall_of_fame.c.rank, name)
    )
    found = [Fame(Period(row.period), row.rank, row.name, row.points) for row in rows]
    return tuple(sorted(found, key=lambda fame: periods.index(fame.period)))
