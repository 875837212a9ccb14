"""What a chat has been asked: which questions, how often, and what became of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import bindparam, func, or_, select, tuple_

from bot.core.bank import Ref
from bot.store.answers import DAY
from bot.store.database import Tx
from bot.store.instants import seconds
from bot.store.prepared import Prepared
from bot.store.questions import REFS, ref_of
from bot.store.statements import OF_GROUPS
from bot.store.tables import answers, questions, rounds

# The questions of the rounds that were put to a chat: one that was withdrawn has no send.
_ASKED = REFS.join(rounds).where(or_(rounds.c.state != "closed", rounds.c.sends > 0))
_HERE = _ASKED.where(rounds.c.chat_id == bindparam("chat_id"))
_UNANSWERED = _HERE.where(rounds.c.closed_after.is_(None), rounds.c.kind != "cram")  # each as its index says it
_GROUPS = _HERE.where(OF_GROUPS)
_SINCE, _SINCE_GROUP = (
    Prepared(here.where(rounds.c.opened_at >= bindparam("at")).distinct()) for here in (_UNANSWERED, _GROUPS)
)
_COUNTS, _COUNTS_GROUP = (
    Prepared(here.add_columns(func.count().label("times")).group_by(questions.c.bank, questions.c.key))
    for here in (_UNANSWERED, _GROUPS)
)


def since(tx: Tx, chat_id: int, at: datetime) -> set[Ref]:
    """The questions put to the chat from `at` on; in private those alone that have no answer, extra study aside."""
    asked = _SINCE_GROUP if chat_id < 0 else _SINCE
    return {ref_of(row) for row in asked.all(tx, {"chat_id": chat_id, "at": seconds(at)})}


def recent(tx: Tx, chat_id: int, limit: int) -> list[Ref]:
    """The questions of the group's last rounds, newest first."""
    here = _ASKED.where(rounds.c.chat_id == chat_id, OF_GROUPS)
    rows = tx.execute(here.order_by(rounds.c.opened_at.desc(), rounds.c.id.desc()).limit(limit))
    return [ref_of(row) for row in rows]


def counts(tx: Tx, chat_id: int) -> dict[Ref, int]:
    """How often each question has been put to the chat, in private without an answer; those never asked are left out.

    So what is read for the next private question does not grow with what has been answered.
    """
    asked = _COUNTS_GROUP if chat_id < 0 else _COUNTS
    return {ref_of(row): row.times for row in asked.all(tx, {"chat_id": chat_id})}


def voided(tx: Tx, chat_id: int, days: tuple[date, date] | None, refs: Collection[Ref] | None = None) -> int:
    """How many voided rounds of the chat were answered on these days, or ever; only on these questions, if given."""
    source = rounds.join(answers).join(questions)
    found = select(func.count(rounds.c.id.distinct())).select_from(source)
    found = found.where(rounds.c.chat_id == chat_id, rounds.c.voided_at.is_not(None))
    if days:
        found = found.where(DAY.between(days[0].toordinal(), days[1].toordinal()))
    if refs is not None:
        found = found.where(tuple_(questions.c.bank, questions.c.key).in_([(ref.bank, ref.id) for ref in refs]))
    return int(tx.scalar(found) or 0)


def rounds_between(tx: Tx, chat_id: int, since: datetime, until: datetime) -> int:
    """How many polls and cards stood in the chat from one instant to before another."""
    here = (rounds.c.chat_id == chat_id, OF_GROUPS, rounds.c.sends > 0, rounds.c.kind.in_(["poll", "card"]))
    when = (rounds.c.opened_at >= seconds(since), rounds.c.opened_at < seconds(until))
    return int(tx.scalar(select(func.count()).select_from(rounds).where(*here, *when)) or 0)
