"""A person's whole review log: given away, and taken in from outside.

A review from outside has no round here. Its key has in the round's place the instant, negative: so the same review
has the same key whenever it comes, no round is ever meant by it, and no join with rounds or answers finds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, select

from bot.core.bank import Ref
from bot.core.review import Rating, Review
from bot.store.database import Tx
from bot.store.instants import instant, seconds
from bot.store.prepared import Prepared
from bot.store.questions import MINE, question_id, ref_of
from bot.store.tables import cards, questions, reviews
from bot.store.upsert import put_new

_TIMES = Prepared(
    select(reviews.c.reviewed_at).join(questions).where(reviews.c.person_id == bindparam("person_id"), *MINE)
)


def of_person(tx: Tx, person_id: int) -> dict[Ref, tuple[Review, ...]]:
    """The person's reviews of each question, oldest first."""
    columns = (questions.c.bank, questions.c.key, reviews.c.rating, reviews.c.reviewed_at)
    mine = select(*columns).join(questions).where(reviews.c.person_id == person_id)
    log: dict[Ref, list[Review]] = {}
    for row in tx.execute(mine.order_by(reviews.c.reviewed_at, reviews.c.round_id)):
        log.setdefault(ref_of(row), []).append(Review(Rating(row.rating), instant(row.reviewed_at)))
    return {ref: tuple(found) for ref, found in log.items()}


def plans(tx: Tx, person_id: int) -> dict[Ref, datetime]:
    """When each of the person's questions comes back (UTC)."""
    mine = select(questions.c.bank, questions.c.key, cards.c.due_at).join(questions)
    return {ref_of(row): instant(row.due_at) for row in tx.execute(mine.where(cards.c.person_id == person_id))}


def with_these(tx: Tx, person_id: int, ref: Ref, brought: Iterable[Review]) -> int:
    """How many reviews of the question the person would have with these."""
    return len(_instants(tx, person_id, ref) | {seconds(review.at) for review in brought})


def bring(tx: Tx, person_id: int, ref: Ref, brought: Iterable[Review]) -> int:
    """Log reviews that come from outside; how many were new. A question is reviewed once in a second: one that the
    log has already stays as it is, whatever it says."""
    known = _instants(tx, person_id, ref)
    new = {at: review for review in brought if (at := seconds(review.at)) not in known}
    number = question_id(tx, ref) if new else 0
    for at, review in new.items():
        key = {"person_id": person_id, "question_id": number, "round_id": -at}
        put_new(tx, reviews, key | {"rating": int(review.rating), "reviewed_at": at})
    return len(new)


def _instants(tx: Tx, person_id: int, ref: Ref) -> set[int]:
    """When the person was graded on the question, in Unix seconds."""
    return {row.reviewed_at for row in _TIMES.all(tx, {"person_id": person_id, "bank": ref.bank, "key": ref.id})}
