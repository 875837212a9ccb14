"""What went wrong when a person was last asked it, and which files of it they were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, or_, select, tuple_

from bot.core.bank import Ref
from bot.core.review import Rating
from bot.store.database import Tx
from bot.store.instants import instant
from bot.store.prepared import Prepared
from bot.store.questions import REFS, ref_of
from bot.store.tables import answers, people, questions, reviews, rounds
from bot.store.tables_own import files_sent as sent
from bot.store.upsert import put

_later = reviews.alias("later")
_LATER = exists(
    select(_later.c.round_id).where(
        _later.c.person_id == reviews.c.person_id,
        _later.c.question_id == reviews.c.question_id,
        tuple_(_later.c.reviewed_at, _later.c.round_id) > tuple_(reviews.c.reviewed_at, reviews.c.round_id),
    )
)
_SOURCE = (
    questions.join(reviews)
    .outerjoin(answers, (answers.c.round_id == reviews.c.round_id) & (answers.c.person_id == reviews.c.person_id))
    .outerjoin(rounds, rounds.c.id == answers.c.round_id)
)
_LAST_WRONG = Prepared(
    REFS.add_columns(reviews.c.reviewed_at, reviews.c.round_id, answers.c.choice, rounds.c.right, rounds.c.choices)
    .select_from(_SOURCE)
    .where(reviews.c.person_id == bindparam("person_id"), ~_LATER)
    .where(or_(reviews.c.rating == int(Rating.AGAIN), answers.c.right.is_(False)))
    .order_by(reviews.c.reviewed_at.desc(), reviews.c.round_id.desc())
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A question that went wrong at that instant (aware UTC), in that round.

    `choice` and `right` are original indexes of `choices` many choices; None where none was chosen, or where the group
    in which it was has been erased.
    """

    ref: Ref
    at: datetime
    choice: int | None
    right: int | None
    choices: int
    round_id: int


def of(tx: Tx, person_id: int) -> tuple[Mistake, ...]:
    """The questions of which the person's last review was Again, or their last choice wrong; the newest first."""
    rows = _LAST_WRONG.all(tx, {"person_id": person_id})
    return tuple(_mistake(row) for row in rows)


def files_sent(tx: Tx, person_id: int, message_id: int) -> int:
    """How many files the button under that message has sent the person."""
    mine = (sent.c.person_id == person_id, sent.c.message_id == message_id)
    return int(tx.scalar(select(sent.c.files).where(*mine)) or 0)


def keep_files_sent(tx: Tx, person_id: int, message_id: int, files: int) -> None:
    """So many files of it stand there. Who was erased while they were on their way is left alone."""
    if tx.scalar(select(exists().where(people.c.id == person_id))):
        put(tx, sent, {"person_id": person_id, "message_id": message_id, "files": files})


def _mistake(row: Any) -> Mistake:  # noqa: ANN401 - a row of _LAST_WRONG
    choices = len(row.choices or "")
    return Mistake(ref_of(row), instant(row.reviewed_at), row.choice, row.right, choices, row.round_id)
