"""What people have chosen about how they study, and what their logs say of their memory. Who has changed nothing, and
answered little, has no row."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from bot.core.learners import Learner, Parameters
from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.tables import reviews
from bot.store.tables_own import learners
from bot.store.upsert import put

_NO_LIMIT = -1
_LIMITS = frozenset({"new_a_day", "reviews_a_day"})
_NAMES = frozenset(field.name for field in fields(Learner))
_OF = Prepared(select(learners).where(learners.c.person_id == bindparam("person_id")))


class Counted(NamedTuple):
    """A person, how many `reviews` they have, and how many they had when their log was last looked at, if ever."""

    person_id: int
    reviews: int
    optimized: int | None


def of(tx: Tx, person_id: int) -> Learner:
    """How the person wants to study; the defaults where they have chosen nothing."""
    row = _OF.first(tx, {"person_id": person_id})
    if row is None:
        return Learner()
    chosen = {name: value for name, value in row._asdict().items() if name in _NAMES and value is not None}
    meant: dict[str, Any] = {name: _meant(name, value) for name, value in chosen.items()}
    return Learner(**meant)


def unset(tx: Tx, person_id: int) -> frozenset[str]:
    """What the person has chosen nothing for, by its name in Learner."""
    row = _OF.first(tx, {"person_id": person_id})
    return _NAMES if row is None else frozenset(name for name in _NAMES if row._asdict()[name] is None)


def change(tx: Tx, person_id: int, name: str, value: int | str | Parameters | None) -> None:
    """Set what was chosen, by its name in Learner; the rest stays."""
    put(tx, learners, {"person_id": person_id, name: _kept(name, value)})


def counted(tx: Tx, after: int, most: int) -> tuple[Counted, ...]:
    """The next people with reviews, `most` at the most, in the order of their numbers."""
    number = reviews.c.person_id
    some = select(number, func.count().label("reviews")).where(number > after).group_by(number).order_by(number)
    people = some.limit(most).subquery()
    done = select(people, learners.c.optimized).outerjoin(learners, learners.c.person_id == people.c.person_id)
    return tuple(Counted(*row) for row in tx.execute(done.order_by(people.c.person_id)))


def count(tx: Tx, person_id: int) -> Counted:
    """The same of one person."""
    here = select(func.count()).select_from(reviews).where(reviews.c.person_id == person_id)
    row = _OF.first(tx, {"person_id": person_id})
    return Counted(person_id, tx.scalar(here) or 0, row.optimized if row else None)


def optimized(tx: Tx, person_id: int, number: int) -> None:
    """The person's log was looked at when it had so many reviews."""
    put(tx, learners, {"person_id": person_id, "optimized": number})


def _meant(name: str, value: int | str) -> int | str | Parameters | None:
    if name == "parameters":
        return _parameters(str(value))
    return None if name in _LIMITS and value == _NO_LIMIT else value


@lru_cache(maxsize=1024)
def _parameters(written: str) -> Parameters:
    return tuple(map(float, written.split(",")))


def _kept(name: str, value: int | str | Parameters | None) -> int | str | None:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return _NO_LIMIT if name in _LIMITS and value is None else value
