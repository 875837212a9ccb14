"""Cards and the review log they can be rebuilt from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from bot.core.bank import Ref
from bot.core.review import Card, Rating, Review, replay
from bot.store.database import Tx
from bot.store.instants import instant, instant_or_none, seconds
from bot.store.questions import REFS, named, question_id, ref_of
from bot.store.tables import cards, questions, reviews
from bot.store.upsert import put


def card_of(tx: Tx, person_id: int, ref: Ref) -> Card | None:
    """What the person remembers of the question, from their log; None before the first review."""
    return replay(reviews_of(tx, person_id, ref))


def due_of(tx: Tx, person_id: int, ref: Ref) -> datetime | None:
    """When the question comes back to the person (UTC); None if they have never been asked it."""
    mine = select(cards.c.due_at).select_from(cards.join(questions)).where(cards.c.person_id == person_id, *named(ref))
    return instant_or_none(tx.scalar(mine))


def plan(tx: Tx, person_id: int, ref: Ref, due: datetime) -> None:
    """The question comes back to the person then."""
    put(tx, cards, {"person_id": person_id, "question_id": question_id(tx, ref), "due_at": seconds(due)})


def log_review(tx: Tx, person_id: int, ref: Ref, round_id: int, rating: Rating, at: datetime) -> None:
    """Log a review; one of the same round takes its place."""
    key = {"person_id": person_id, "question_id": question_id(tx, ref), "round_id": round_id}
    graded = {"rating": int(rating), "reviewed_at": seconds(at)}
    put(tx, reviews, key | graded)


def review_of(tx: Tx, person_id: int, ref: Ref, round_id: int) -> Review | None:
    """The person's review of the question in that round."""
    mine = select(reviews).join(questions).where(reviews.c.person_id == person_id, *named(ref))
    row = tx.execute(mine.where(reviews.c.round_id == round_id)).one_or_none()
    return _review(row) if row else None


def reviews_of(tx: Tx, person_id: int, ref: Ref) -> tuple[Review, ...]:
    """The person's reviews of the question, oldest first."""
    mine = select(reviews).join(questions).where(reviews.c.person_id == person_id, *named(ref))
    return tuple(map(_review, tx.execute(mine.order_by(reviews.c.reviewed_at, reviews.c.round_id))))


def reviewed_since(tx: Tx, person_id: int, ref: Ref, since: datetime) -> bool:
    """Whether the person has been graded on the question at that instant or later."""
    mine = select(reviews.c.round_id).select_from(reviews.join(questions)).where(reviews.c.person_id == person_id)
    lately = mine.where(*named(ref), reviews.c.reviewed_at >= seconds(since))
    return tx.execute(lately.limit(1)).first() is not None


def due(tx: Tx, person_id: int, before: datetime) -> tuple[tuple[Ref, datetime], ...]:
    """The questions whose review is due before that instant, with the instant (UTC), the longest due first."""
    found = REFS.add_columns(cards.c.due_at).join(cards).where(*_due(person_id, before))
    rows = tx.execute(found.order_by(cards.c.due_at, cards.c.question_id))
    return tuple((ref_of(row), instant(row.due_at)) for row in rows)


def known(tx: Tx, person_id: int) -> set[Ref]:
    """The questions that the person has been asked and graded on."""
    rows = tx.execute(REFS.join(cards).where(cards.c.person_id == person_id))
    return {ref_of(row) for row in rows}


def _due(person_id: int, before: datetime) -> tuple[ColumnElement[bool], ...]:
    return (cards.c.person_id == person_id, cards.c.due_at < seconds(before))


def _review(row: Row[Any]) -> Review:
    return Review(Rating(row.rating), instant(row.reviewed_at))
