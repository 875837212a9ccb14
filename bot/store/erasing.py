"""Everything about one person, or one chat, table by table."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from bot.store import crowds, failures, worldwide
from bot.store.database import Tx
from bot.store.tables import (
    answers,
    cards,
    chats,
    moves,
    parked_votes,
    people,
    pushes,
    reviews,
    rounds,
    sittings,
    slots,
)
from bot.store.tables_group import members, scores, seasons, standings, study_days, turnouts, wanted
from bot.store.tables_interviews import interviews, turns
from bot.store.tables_own import exams, files_sent, firsts, imports, learners, pictures, undone, vacations, withheld
from bot.store.tables_typed import marks, opinions, overrides, pieces, typed


def erase_person(tx: Tx, person_id: int) -> None:
    """Erase the person's rows and, as a private chat has its person's id, that chat's."""
    crowds.withdraw(tx, person_id)
    answered = select(reviews.c.round_id).where(reviews.c.person_id == person_id)
    tx.execute(delete(answers).where(answers.c.round_id.in_(answered), answers.c.person_id == person_id))
    studied = (reviews, cards, learners, exams, withheld, undone, firsts, study_days, vacations)
    sent = (pictures, files_sent, imports)
    written = (typed, pieces, marks, overrides, opinions, interviews, turns)
    for table in (*studied, *sent, *written, scores, parked_votes, members):
        tx.execute(delete(table).where(table.c.person_id == person_id))
    tx.execute(update(slots).where(slots.c.set_by == person_id).values(set_by=None))
    erase_chat(tx, person_id)
    tx.execute(delete(people).where(people.c.id == person_id))


def erase_chat(tx: Tx, chat_id: int) -> None:
    """Erase the chat's rows. What its people remember (cards and their reviews) is theirs and stays."""
    everywhere = worldwide.inside(tx, chat_id)
    asked = select(rounds.c.id).where(rounds.c.chat_id == chat_id)
    tx.execute(delete(answers).where(answers.c.round_id.in_(asked)))
    for table in (scores, turnouts, standings, slots, pushes, sittings, members, seasons, wanted, moves, rounds):
        tx.execute(delete(table).where(table.c.chat_id == chat_id))
    tx.execute(delete(chats).where(chats.c.id == chat_id))
    failures.forget(tx, chat_id)
    for person_id in everywhere:  # what they earned here counts nowhere any more
        worldwide.enter(tx, person_id)
