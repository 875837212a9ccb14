"""When a question comes back: FSRS-6 over whole days, without fuzz, so that a log always replays to the same card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from bot.core.learners import USUAL, Preset

if TYPE_CHECKING:
    import fsrs


class Rating(IntEnum):
    """How well it was known, in Anki's words."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One person's memory of one question. `stability` is in days, `difficulty` 1..10; instants are aware UTC."""

    stability: float
    difficulty: float
    due: datetime
    reviewed: datetime
    reps: int
    lapses: int


@dataclass(frozen=True, slots=True)
class Review:
    """One grading of a card; `at` is aware UTC."""

    rating: Rating
    at: datetime


def review(card: Card | None, rating: Rating, at: datetime, preset: Preset = USUAL) -> Card:
    """The card after a review at `at` (aware UTC); None is a question never reviewed before.

    It is due when it is still remembered with the probability that `preset` wants; what is remembered does not depend
    on that. Raises ValueError if `at` is not in UTC.
    """
    import fsrs  # noqa: PLC0415 - not before there is something to review

    after, _log = _scheduler(preset).review_card(_theirs(card, at), fsrs.Rating(int(rating)), review_datetime=at)
    if after.stability is None or after.difficulty is None:  # never so after a review; their type allows it
        raise ValueError("the scheduler gave back a card without memory")
    lapsed = card is not None and rating is Rating.AGAIN
    return Card(
        stability=after.stability,
        difficulty=after.difficulty,
        due=after.due,
        reviewed=at,
        reps=(card.reps if card else 0) + 1,
        lapses=(card.lapses if card else 0) + lapsed,
    )


def recall_chance(card: Card, at: datetime, preset: Preset = USUAL) -> float:
    """How likely the card is remembered at that instant (aware UTC), 0 to 1: FSRS calls it retrievability. It falls by
    whole days since the last review, and does not depend on the retention that is wanted."""
    return float(_scheduler(preset).get_card_retrievability(_theirs(card, at), at))


def replay(reviews: Iterable[Review], preset: Preset = USUAL) -> Card | None:
    """The card that a log of reviews, oldest first, leads to; None for an empty log. It leads to one for each preset,
    whatever that was at the time."""
    start: Card | None = None
    return reduce(lambda card, done: review(card, done.rating, done.at, preset), reviews, start)


def _theirs(card: Card | None, at: datetime) -> fsrs.Card:
    """The library's card; every field is given, as it would read the clock for a missing one."""
    import fsrs  # noqa: PLC0415

    if card is None:
        return fsrs.Card(card_id=0, due=at)
    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        last_review=card.reviewed,
    )


@lru_cache(maxsize=1024)
def _scheduler(preset: Preset) -> fsrs.Scheduler:
    """Intervals of at least a day: a question missed today is asked again tomorrow, not in ten minutes."""
    import fsrs  # noqa: PLC0415

    retention, parameters = preset.retention / 100, preset.parameters or fsrs.scheduler.DEFAULT_PARAMETERS
    return fsrs.Scheduler(parameters, retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
