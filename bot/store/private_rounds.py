"""How a private round is asked, which may change while it has no answer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, update

from bot.core.bank import Ref
from bot.core.review import Rating
from bot.store.answers import REVIEWED
from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.questions import MINE
from bot.store.rounds import Kind
from bot.store.tables import answers, questions, reviews, rounds

_KNOWN = Prepared(
    select(func.count().label("times"))
    .select_from(REVIEWED.join(questions, questions.c.id == reviews.c.question_id))
    .where(reviews.c.person_id == bindparam("person_id"), *MINE)
    .where(answers.c.right.is_(True), reviews.c.rating > int(Rating.AGAIN))
)


def times_right(tx: Tx, person_id: int, ref: Ref) -> int:
    """How often the person has chosen right on that question, wherever it was asked; guesses aside."""
    return int(_KNOWN.scalar(tx, {"person_id": person_id, "bank": ref.bank, "key": ref.id}))


def ask_as(tx: Tx, round_id: int, kind: Kind) -> None:
    """Ask it otherwise from now on; an answered one stays as it is."""
    tx.execute(update(rounds).where(_unanswered(round_id)).values(kind=kind))


def reveal(tx: Tx, round_id: int, kind: Kind) -> None:
    """Its answer is shown: from now on it is of that kind, and no choice can be pressed any more."""
    gone: dict[str, Any] = {"choices": "", "right": None, "points": 0}
    tx.execute(update(rounds).where(_unanswered(round_id)).values(kind=kind, **gone))


def _unanswered(round_id: int) -> ColumnElement[bool]:
    return (rounds.c.id == round_id) & rounds.c.state.in_(["sending", "open"])
