"""What one answer sets in motion: the answer, the review, the card, the scores and the study day.

Shared by every feature that takes answers. Each function is part of a unit of work that its caller began.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.review import Card, Rating
from bot.flows import scoring
from bot.store import answers, cards, learners, studies, undos
from bot.store.answers import Answer
from bot.store.database import Tx
from bot.store.rounds import Round
from bot.store.undos import First


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an answer came to. `right` is None for a rating of oneself; `card` says when the question comes back."""

    right: bool | None
    points: int
    card: Card
    rating: Rating


def record(
    tx: Tx,
    round: Round,  # noqa: A002 - the house word
    *,
    person_id: int,
    choice: int | None,
    right: bool | None,
    rating: Rating,
    points: int,
    day: date,
    own_day: date,
    now: datetime,
) -> Recorded | None:
    """Write one person's answer to one round; None if there was one already, and then nothing has changed.

    `choice` is an original index, `points` what a right one may earn. `day` is the chat's study day (its boards),
    `own_day` the person's (their streak); `now` is aware UTC and is kept to the second, as the tables keep it.
    """
    at = now.replace(microsecond=0)
    earned = scoring.worth(tx, round, person_id, points, at)
    held = scoring.alone(tx, round, person_id, day)
    if not answers.save(tx, round.id, person_id, choice=choice, right=right, points=earned, at=at, day=day, held=held):
        return None
    boards = scoring.count(tx, round, Answer(person_id, "", choice, right, earned, at, day, held))
    first = First(boards, studies.note_day(tx, person_id, own_day))
    if round.chat_id > 0 and not first.nothing:
        undos.keep_first(tx, person_id, round.id, first)
    return Recorded(right, earned, _reviewed(tx, round, person_id, rating, at), rating)


def rerate(tx: Tx, round: Round, person_id: int, rating: Rating) -> Card | None:  # noqa: A002 - the house word
    """Change what this round's review said, as if it had been said then; the card after it.

    None if the person has no review of this round. The same rating again changes nothing.
    """
    before = cards.review_of(tx, person_id, round.ref, round.id)
    if before is None:
        return None
    if before.rating == rating:
        return _remembered(tx, round, person_id)
    return _reviewed(tx, round, person_id, rating, before.at)


def _reviewed(tx: Tx, round: Round, person_id: int, rating: Rating, at: datetime) -> Card:  # noqa: A002
    """Log the review and plan by the log replayed, so that the two can never disagree."""
    cards.log_review(tx, person_id, round.ref, round.id, rating, at)
    card = _remembered(tx, round, person_id)
    if card is None:
        raise LookupError("a review just logged is not in the log")
    cards.plan(tx, person_id, round.ref, card.due)
    return card


def _remembered(tx: Tx, round: Round, person_id: int) -> Card | None:  # noqa: A002
    """The card as the person's own preset has it."""
    return cards.card_of(tx, person_id, round.ref, learners.of(tx, person_id).preset)
