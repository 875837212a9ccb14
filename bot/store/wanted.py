"""Questions that a group wants to be asked again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from bot.core.bank import Ref
from bot.store.database import Tx
from bot.store.instants import seconds
from bot.store.questions import REFS, question_id, ref_of
from bot.store.tables import questions
from bot.store.tables_group import wanted
from bot.store.upsert import put_new


def want(tx: Tx, chat_id: int, ref: Ref, now: datetime) -> bool:
    """Ask the question soon; False: it is wanted already."""
    row = {"chat_id": chat_id, "question_id": question_id(tx, ref), "wanted_at": seconds(now)}
    return put_new(tx, wanted, row)


def refs(tx: Tx, chat_id: int) -> tuple[Ref, ...]:
    """What is wanted, the longest wanted first."""
    whole = REFS.select_from(wanted.join(questions)).where(wanted.c.chat_id == chat_id)
    return tuple(map(ref_of, tx.execute(whole.order_by(wanted.c.wanted_at, wanted.c.question_id))))


def asked(tx: Tx, chat_id: int, ref: Ref) -> None:
    """It is being asked: it is wanted no longer."""
    number = select(questions.c.id).where(questions.c.bank == ref.bank, questions.c.key == ref.id)
    tx.execute(delete(wanted).where(wanted.c.chat_id == chat_id, wanted.c.question_id == number.scalar_subquery()))
