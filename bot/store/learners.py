"""What people have chosen about how they study. Who has changed nothing has no row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from bot.core.learners import Learner
from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.tables_own import learners
from bot.store.upsert import put

_NO_LIMIT = -1
_LIMITS = frozenset({"new_a_day", "reviews_a_day"})
_OF = Prepared(select(learners).where(learners.c.person_id == bindparam("person_id")))


def of(tx: Tx, person_id: int) -> Learner:
    """How the person wants to study; the defaults where they have chosen nothing."""
    row = _OF.first(tx, {"person_id": person_id})
    if row is None:
        return Learner()
    chosen = {name: value for name, value in row._asdict().items() if name != "person_id" and value is not None}
    meant: dict[str, Any] = {name: _meant(name, value) for name, value in chosen.items()}
    return Learner(**meant)


def unset(tx: Tx, person_id: int) -> frozenset[str]:
    """What the person has chosen nothing for, by its name in Learner."""
    row = _OF.first(tx, {"person_id": person_id})
    names = frozenset(column.name for column in learners.c if column.name != "person_id")
    return names if row is None else frozenset(name for name, value in row._asdict().items() if value is None)


def change(tx: Tx, person_id: int, name: str, value: int | str | None) -> None:
    """Set what was chosen, by its name in Learner; the rest stays."""
    put(tx, learners, {"person_id": person_id, name: _kept(name, value)})


def _meant(name: str, value: int | str) -> int | str | None:
    return None if name in _LIMITS and value == _NO_LIMIT else value


def _kept(name: str, value: int | str | None) -> int | str | None:
    return _NO_LIMIT if name in _LIMITS and value is None else value
