"""Opinions that were asked for: one row a call, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select, update

from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.tables_typed import opinions
from bot.store.upsert import put_new

_MINE = opinions.c.person_id == bindparam("person_id")
_FOUND = Prepared(select(opinions.c.quotes).where(_MINE, opinions.c.key == bindparam("key")))
_CALLS = Prepared(
    select(func.count().label("calls")).select_from(opinions).where(_MINE, opinions.c.study_day == bindparam("day"))
)


class Asked(NamedTuple):
    """A call that was made; `quotes` are None where no reply came (so far)."""

    quotes: Mapping[str, str] | None


def find(tx: Tx, person_id: int, key: str) -> Asked | None:
    """The person's call of that key; None if there was none."""
    row = _FOUND.first(tx, {"person_id": person_id, "key": key})
    return None if row is None else Asked(None if row.quotes is None else json.loads(row.quotes))


def calls_on(tx: Tx, person_id: int, day: date) -> int:
    """How many calls were made for the person on that study day."""
    return int(_CALLS.scalar(tx, {"person_id": person_id, "day": day.toordinal()}))


def count(tx: Tx, person_id: int, key: str, day: date) -> None:
    """A call is about to be made."""
    put_new(tx, opinions, {"person_id": person_id, "key": key, "study_day": day.toordinal()})


def keep(tx: Tx, person_id: int, key: str, quotes: Mapping[str, str]) -> None:
    """What came of it. Nothing, if the person was erased meanwhile."""
    here = (opinions.c.person_id == person_id) & (opinions.c.key == key)
    tx.execute(update(opinions).where(here).values(quotes=json.dumps(quotes)))


def drop_before(tx: Tx, person_id: int, day: date) -> None:
    """Erase what was asked for the person before that study day."""
    tx.execute(delete(opinions).where(opinions.c.person_id == person_id, opinions.c.study_day < day.toordinal()))
