"""Cards and the review log they can be rebuilt from."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, delete, func, select, tuple_

from bot.core.bank import Ref
from bot.core.learners import USUAL, Done, Preset
from bot.core.review import Card, Rating, Review, replay
from bot.store.database import Tx
from bot.store.instants import instant, instant_or_none, seconds
from bot.store.prepared import Prepared
from bot.store.questions import MINE, REFS, question_id, ref_of
from bot.store.tables import cards, questions, reviews
from bot.store.tables_own import firsts, withheld
from bot.store.upsert import put
from bot.store.withheld import COMES_AT, ITS_CARD, NOT_SUSPENDED

_CARD = select(cards.c.due_at).select_from(cards.join(questions))
_DUE_OF = Prepared(_CARD.where(cards.c.person_id == bindparam("person_id"), *MINE))
_LOG = select(reviews).join(questions).where(reviews.c.person_id == bindparam("person_id"), *MINE)
_REVIEW = Prepared(_LOG.where(reviews.c.round_id == bindparam("round_id")))
_REVIEWS = Prepared(_LOG.order_by(reviews.c.reviewed_at, reviews.c.round_id))
_LOG_AT = Prepared(
    select(reviews)
    .where(reviews.c.person_id == bindparam("person_id"), reviews.c.question_id == bindparam("question_id"))
    .order_by(reviews.c.reviewed_at, reviews.c.round_id)
)
_LOGS = Prepared(
    REFS.add_columns(reviews.c.rating, reviews.c.reviewed_at)
    .join(reviews)
    .where(reviews.c.person_id == bindparam("person_id"))
    .order_by(reviews.c.question_id, reviews.c.reviewed_at, reviews.c.round_id)
)
# After downtime several answers are heard within a second: one that has begun a day, a week or a month was before them.
_LAST = Prepared(
    select(reviews.c.round_id, reviews.c.reviewed_at)
    .outerjoin(firsts, (firsts.c.person_id == reviews.c.person_id) & (firsts.c.round_id == reviews.c.round_id))
    .where(reviews.c.person_id == bindparam("person_id"), reviews.c.round_id > 0)  # not one brought from outside
    .order_by(reviews.c.reviewed_at.desc(), firsts.c.round_id.is_not(None), reviews.c.round_id.desc())
    .limit(1)
)
_LATELY = Prepared(_LOG.where(reviews.c.reviewed_at >= bindparam("since")).limit(1))
_COMES = COMES_AT.label("comes_at")
_DUE = Prepared(
    REFS.add_columns(_COMES)
    .join(cards)
    .outerjoin(withheld, ITS_CARD)
    .where(cards.c.person_id == bindparam("person_id"), NOT_SUSPENDED, bindparam("before") > COMES_AT)
    .order_by(_COMES, cards.c.question_id)
)
_DONE = Prepared(
    select(reviews.c.question_id, func.min(reviews.c.reviewed_at).label("first"))
    .where(reviews.c.person_id == bindparam("person_id"))
    .group_by(reviews.c.question_id)
    .having(func.max(reviews.c.reviewed_at) >= bindparam("since"))
)
_KNOWN = Prepared(REFS.join(cards).where(cards.c.person_id == bindparam("person_id")))


class Key(NamedTuple):
    """A card's: the person, and the question's number."""

    person_id: int
    question_id: int


def card_of(tx: Tx, person_id: int, ref: Ref, preset: Preset = USUAL) -> Card | None:
    """What the person remembers of the question, and when it comes back, from their log; None before the first
    review."""
    return replay(reviews_of(tx, person_id, ref), preset)


def due_of(tx: Tx, person_id: int, ref: Ref) -> datetime | None:
    """When the question comes back to the person (UTC); None if they have never been asked it."""
    return instant_or_none(_DUE_OF.scalar(tx, _of(person_id, ref)))


def plan(tx: Tx, person_id: int, ref: Ref, due: datetime | None) -> None:
    """The question comes back to the person then; None: it is new to them."""
    key = Key(person_id, question_id(tx, ref))
    if due is None:
        set_due(tx, key, None)
    else:
        put(tx, cards, key._asdict() | {"due_at": seconds(due)})


def log_review(tx: Tx, person_id: int, ref: Ref, round_id: int, rating: Rating, at: datetime) -> None:
    """Log a review; one of the same round takes its place."""
    key = {"person_id": person_id, "question_id": question_id(tx, ref), "round_id": round_id}
    graded = {"rating": int(rating), "reviewed_at": seconds(at)}
    put(tx, reviews, key | graded)


def unlog_review(tx: Tx, person_id: int, ref: Ref, round_id: int) -> None:
    """Take the review of that round out of the log."""
    mine = (reviews.c.person_id == person_id, reviews.c.round_id == round_id)
    tx.execute(delete(reviews).where(*mine, reviews.c.question_id == question_id(tx, ref)))


def last_review(tx: Tx, person_id: int) -> tuple[int, datetime] | None:
    """The round of the person's last review here, and its instant (UTC). It reads their whole log."""
    row = _LAST.first(tx, {"person_id": person_id})
    return (row.round_id, instant(row.reviewed_at)) if row else None


def review_of(tx: Tx, person_id: int, ref: Ref, round_id: int) -> Review | None:
    """The person's review of the question in that round."""
    row = _REVIEW.first(tx, _of(person_id, ref) | {"round_id": round_id})
    return _review(row) if row else None


def reviews_of(tx: Tx, person_id: int, ref: Ref) -> tuple[Review, ...]:
    """The person's reviews of the question, oldest first."""
    return tuple(map(_review, _REVIEWS.all(tx, _of(person_id, ref))))


def logs(tx: Tx, person_id: int) -> dict[Ref, tuple[Review, ...]]:
    """All the person's reviews by question, oldest first."""
    rows = groupby(_LOGS.all(tx, {"person_id": person_id}), key=ref_of)
    return {ref: tuple(map(_review, of_it)) for ref, of_it in rows}


def reviewed_since(tx: Tx, person_id: int, ref: Ref, since: datetime) -> bool:
    """Whether the person has been graded on the question at that instant or later."""
    return _LATELY.first(tx, _of(person_id, ref) | {"since": seconds(since)}) is not None


def due(tx: Tx, person_id: int, before: datetime) -> tuple[tuple[Ref, datetime], ...]:
    """The questions whose review is due before that instant, with the instant (UTC), the longest due first. One that is
    buried comes when it is over with that, one that is suspended does not come."""
    rows = _DUE.all(tx, {"person_id": person_id, "before": seconds(before)})
    return tuple((ref_of(row), instant(row.comes_at)) for row in rows)


def done_since(tx: Tx, person_id: int, since: datetime) -> Done:
    """How many questions the person was asked from that instant on, anywhere. It reads their whole log, so it is for
    what comes by itself and not for each answer."""
    at = seconds(since)
    firsts = [row.first for row in _DONE.all(tx, {"person_id": person_id, "since": at})]
    new = sum(first >= at for first in firsts)
    return Done(new, len(firsts) - new)


def known(tx: Tx, person_id: int) -> set[Ref]:
    """The questions that the person has been asked and graded on."""
    return {ref_of(row) for row in _KNOWN.all(tx, {"person_id": person_id})}


def keys_after(tx: Tx, after: Key, limit: int, person_id: int | None = None) -> tuple[Key, ...]:
    """The next cards in their order, planned or only logged; one person's alone, if given."""
    found: set[Key] = set()
    for table in (cards, reviews):
        key = (table.c.person_id, table.c.question_id)
        next_ones = select(*key).where(tuple_(*key) > tuple_(*after)).distinct()
        if person_id is not None:
            next_ones = next_ones.where(table.c.person_id == person_id)
        found.update(Key(*row) for row in tx.execute(next_ones.order_by(*key).limit(limit)))
    return tuple(sorted(found)[:limit])


def log_at(tx: Tx, key: Key) -> tuple[Review, ...]:
    """The reviews of that card, oldest first."""
    return tuple(map(_review, _LOG_AT.all(tx, key._asdict())))


def set_due(tx: Tx, key: Key, due: datetime | None) -> bool:
    """Plan the card so, or (None) drop it; whether it was otherwise before."""
    here = (cards.c.person_id == key.person_id, cards.c.question_id == key.question_id)
    before = tx.scalar(select(cards.c.due_at).where(*here))
    after = None if due is None else seconds(due)
    if before == after:
        return False
    if after is None:
        tx.execute(delete(cards).where(*here))
    else:
        put(tx, cards, key._asdict() | {"due_at": after})
    return True


def _of(person_id: int, ref: Ref) -> dict[str, Any]:
    return {"person_id": person_id, "bank": ref.bank, "key": ref.id}


def _review(row: Row[Any]) -> Review:
    return Review(Rating(row.rating), instant(row.reviewed_at))
