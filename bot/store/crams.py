"""Extra study: what has been put to a person on one way through some questions, and how it went."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import String, bindparam, func, or_

from bot.core.bank import Ref
from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.questions import REFS, ref_of
from bot.store.statements import BY_NO_NEXT
from bot.store.tables import answers, questions, rounds

_within = bindparam("within", type_=String)
_begins = func.substr(rounds.c.origin, 1, func.length(_within)) == _within
_PUT = Prepared(
    REFS.add_columns(rounds.c.id.label("round_id"), answers.c.right)
    .select_from(questions.join(rounds).outerjoin(answers, answers.c.round_id == rounds.c.id))
    .where(rounds.c.chat_id == bindparam("chat_id"), BY_NO_NEXT, _begins)
    .where(rounds.c.kind == "cram", or_(rounds.c.state != "closed", rounds.c.sends > 0))
    .order_by(rounds.c.id)
)


@dataclass(frozen=True, slots=True)
class Put:
    """One question that was put; `right` is None while it has no answer."""

    ref: Ref
    round_id: int
    right: bool | None


def put(tx: Tx, chat_id: int, origin: str) -> tuple[Put, ...]:
    """What was put in rounds whose origin begins so, in that order.

    A question that was never sent is not among them, nor one that the bank no longer has as it was.
    """
    rows = _PUT.all(tx, {"chat_id": chat_id, "within": origin})
    return tuple(Put(ref_of(row), row.round_id, row.right) for row in rows)
