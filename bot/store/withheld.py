"""Questions that a person does not want to be asked: buried until tomorrow, or suspended until wanted again."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, case, delete, func, or_, select

from bot.core.bank import Ref
from bot.core.learners import Held
from bot.store.database import Tx
from bot.store.instants import seconds, seconds_or_none
from bot.store.prepared import Prepared
from bot.store.questions import REFS, question_id, ref_of
from bot.store.tables import cards
from bot.store.tables_own import withheld
from bot.store.upsert import put

ITS_CARD = (withheld.c.person_id == cards.c.person_id) & (withheld.c.question_id == cards.c.question_id)
"""Joins what is withheld to its card."""

COMES_AT = case((withheld.c.until > cards.c.due_at, withheld.c.until), else_=cards.c.due_at)
"""When a card comes back that may be buried."""

NOT_SUSPENDED = or_(withheld.c.question_id.is_(None), withheld.c.until.is_not(None))
"""Whether a card comes back at all."""

_MINE = withheld.c.person_id == bindparam("person_id")
_NOW = Prepared(REFS.join(withheld).where(_MINE, or_(withheld.c.until.is_(None), withheld.c.until > bindparam("now"))))

_SUSPENDED = Prepared(REFS.join(withheld).where(_MINE, withheld.c.until.is_(None)))


class Suspended(NamedTuple):
    """A question that stays away: its number, and which it is."""

    number: int
    ref: Ref


def withhold(tx: Tx, person_id: int, ref: Ref, until: datetime | None) -> None:
    """Do not ask the person that question until then; None: not until it is wanted again."""
    row = {"person_id": person_id, "question_id": question_id(tx, ref), "until": seconds_or_none(until)}
    put(tx, withheld, row)


def ask(tx: Tx, person_id: int, ref: Ref) -> None:
    """Ask the person that question when it is due."""
    bring_back(tx, person_id, question_id(tx, ref))


def bring_back(tx: Tx, person_id: int, number: int) -> None:
    """Ask the person the question of that number again, when it is due."""
    tx.execute(delete(withheld).where(withheld.c.person_id == person_id, withheld.c.question_id == number))


def now(tx: Tx, person_id: int, at: datetime) -> frozenset[Ref]:
    """The questions that the person does not want to be asked at that instant."""
    return frozenset(ref_of(row) for row in _NOW.all(tx, {"person_id": person_id, "now": seconds(at)}))


def suspended_refs(tx: Tx, person_id: int) -> frozenset[Ref]:
    """The questions that the person does not want to be asked until they say so."""
    return frozenset(ref_of(row) for row in _SUSPENDED.all(tx, {"person_id": person_id}))


def state(tx: Tx, person_id: int, ref: Ref, at: datetime) -> Held:
    """What holds of the question at that instant."""
    mine = (withheld.c.person_id == person_id, withheld.c.question_id == question_id(tx, ref))
    row = tx.execute(select(withheld.c.until).where(*mine)).first()
    if row is None or (row.until is not None and row.until <= seconds(at)):
        return "asked"
    return "suspended" if row.until is None else "buried"


def suspended(tx: Tx, person_id: int, limit: int, offset: int = 0) -> tuple[Suspended, ...]:
    """The person's suspended questions, by their numbers."""
    mine = REFS.add_columns(withheld.c.question_id).join(withheld)
    of_person = mine.where(withheld.c.person_id == person_id, withheld.c.until.is_(None))
    rows = tx.execute(of_person.order_by(withheld.c.question_id).limit(limit).offset(offset))
    return tuple(Suspended(row.question_id, ref_of(row)) for row in rows)


def count_suspended(tx: Tx, person_id: int) -> int:
    """How many questions the person has suspended."""
    mine = (withheld.c.person_id == person_id, withheld.c.until.is_(None))
    return int(tx.scalar(select(func.count()).select_from(withheld).where(*mine)) or 0)
