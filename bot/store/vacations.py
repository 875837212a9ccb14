"""When people are away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, or_, select, update

from bot.core.vacations import Vacation
from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.tables_own import vacations as table
from bot.store.upsert import put

_DAY = timedelta(days=1)
_MINE = table.c.person_id == bindparam("person_id")
_OF = Prepared(select(table).where(_MINE).order_by(table.c.first_day))


def of(tx: Tx, person_id: int) -> tuple[Vacation, ...]:
    """The person's vacations, past and planned, in their order; they do not overlap."""
    return tuple(map(_vacation, _OF.all(tx, {"person_id": person_id})))


def of_people(tx: Tx, people: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """The first and last days away of those of these people who ever were, as ordinals in their order."""
    theirs = select(table).where(table.c.person_id.in_(people)).order_by(table.c.person_id, table.c.first_day)
    runs = defaultdict(list)
    for row in tx.execute(theirs):
        runs[row.person_id].append(_vacation(row).run)
    return dict(runs)


def on(tx: Tx, person_id: int, day: date) -> Vacation | None:
    """The vacation that the person is on that day."""
    return next((one for one in of(tx, person_id) if one.covers(day)), None)


def ended(tx: Tx, person_id: int, today: date) -> Vacation | None:
    """The vacation that ended last before today."""
    return next((one for one in reversed(of(tx, person_id)) if one.last is not None and one.last < today), None)


def begin(tx: Tx, person_id: int, vacation: Vacation, today: date) -> None:
    """The person is away then, in place of all that was planned from today on."""
    end(tx, person_id, today)
    last = vacation.last.toordinal() if vacation.last else None
    put(tx, table, {"person_id": person_id, "first_day": vacation.first.toordinal(), "last_day": last})


def end(tx: Tx, person_id: int, today: date) -> None:
    """The person is back today, and nothing is planned any more. Days that were away stay so."""
    mine, now = table.c.person_id == person_id, today.toordinal()
    tx.execute(delete(table).where(mine, table.c.first_day >= now))
    still = or_(table.c.last_day.is_(None), table.c.last_day >= now)
    tx.execute(update(table).where(mine, still).values(last_day=(today - _DAY).toordinal()))


def _vacation(row: Row[Any]) -> Vacation:
    last = None if row.last_day is None else date.fromordinal(row.last_day)
    return Vacation(date.fromordinal(row.first_day), last)
