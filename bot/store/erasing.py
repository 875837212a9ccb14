"""Everything about one person, table by table."""

from __future__ import annotations

from sqlalchemy import delete, or_, select

from bot.store import failures
from bot.store.database import Tx
from bot.store.tables import (
    answers,
    cards,
    chats,
    parked_votes,
    people,
    pushes,
    reviews,
    rounds,
    scores,
    sittings,
    slots,
    study_days,
)


def erase_person(tx: Tx, person_id: int) -> None:
    """Erase the person's rows and, as a private chat has its person's id, that chat's."""
    private = select(rounds.c.id).where(rounds.c.chat_id == person_id)
    tx.execute(delete(answers).where(or_(answers.c.person_id == person_id, answers.c.round_id.in_(private))))
    for table in (reviews, cards, scores, study_days, parked_votes):
        tx.execute(delete(table).where(table.c.person_id == person_id))
    for table in (scores, slots, pushes, sittings, rounds):
        tx.execute(delete(table).where(table.c.chat_id == person_id))
    for table in (chats, people):
        tx.execute(delete(table).where(table.c.id == person_id))
    failures.forget(tx, person_id)
