"""The review scheduler against the library it stands on, and its promises to the log."""

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.review import Card, Rating, Review, recall_chance, replay, review

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ratings = st.sampled_from(Rating)
histories = st.lists(st.tuples(ratings, st.integers(0, 90 * 86_400)), min_size=1, max_size=12)


def log(history: list[tuple[Rating, int]]) -> list[Review]:
    """Reviews with the given gaps (seconds) between them."""
    at, reviews = NOON, []
    for rating, gap in history:
        at += timedelta(seconds=gap)
        reviews.append(Review(rating, at))
    return reviews


def theirs(reviews: list[Review]) -> fsrs.Card:
    """What py-fsrs itself makes of the same reviews, carrying its own card along."""
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = fsrs.Card(card_id=1, due=NOON)
    for done in reviews:
        card, _log = scheduler.review_card(card, fsrs.Rating(done.rating.value), review_datetime=done.at)
    return card


@settings(deadline=None)
@given(histories)
def test_equals_py_fsrs(history: list[tuple[Rating, int]]) -> None:
    """Any history leads to the very numbers of py-fsrs without steps and fuzz."""
    ours, reference = replay(log(history)), theirs(log(history))
    assert ours is not None
    assert (ours.stability, ours.difficulty, ours.due) == (reference.stability, reference.difficulty, reference.due)


@settings(deadline=None)
@given(histories)
def test_replay_is_review_by_review(history: list[tuple[Rating, int]]) -> None:
    """Replaying a log gives the card that reviewing one by one gave, each time."""
    card: Card | None = None
    for done in log(history):
        card = review(card, done.rating, done.at)
    assert card == replay(log(history)) == replay(log(history))


@settings(deadline=None)
@given(histories)
def test_never_due_within_a_day(history: list[tuple[Rating, int]]) -> None:
    """Whatever the rating, a question comes back in whole days, at least one."""
    card = replay(log(history))
    assert card is not None
    wait = card.due - card.reviewed
    assert wait >= timedelta(days=1)
    assert wait % timedelta(days=1) == timedelta(0)


@settings(deadline=None)
@given(histories, st.integers(0, 90 * 86_400))
def test_better_ratings_come_back_no_sooner(history: list[tuple[Rating, int]], gap: int) -> None:
    """From the same memory: Again, Hard, Good, Easy are due in that order."""
    card = replay(log(history))
    assert card is not None
    dues = [review(card, rating, card.reviewed + timedelta(seconds=gap)).due for rating in Rating]
    assert dues == sorted(dues)


@pytest.mark.parametrize(("rating", "days"), [(Rating.AGAIN, 1), (Rating.HARD, 1), (Rating.GOOD, 2), (Rating.EASY, 8)])
def test_first_intervals(rating: Rating, days: int) -> None:
    """A question seen for the first time: wrong comes back tomorrow, right in two days."""
    assert review(None, rating, NOON).due == NOON + timedelta(days=days)


def test_counts_reviews_and_lapses() -> None:
    """Every review counts; a lapse is an Again on what was known before, not on a new question."""
    card = replay([Review(Rating.AGAIN, NOON), Review(Rating.GOOD, NOON), Review(Rating.AGAIN, NOON)])
    assert card is not None
    assert (card.reps, card.lapses) == (3, 1)


def test_empty_log_has_no_card() -> None:
    """Nothing reviewed is nothing remembered."""
    assert replay([]) is None


def test_refuses_local_time() -> None:
    """Only UTC gets in: the log stores seconds."""
    with pytest.raises(ValueError, match="UTC"):
        review(None, Rating.GOOD, datetime(2026, 3, 2, 12))  # noqa: DTZ001 - the point


@settings(deadline=None)
@given(histories, st.integers(0, 400))
def test_the_chance_of_recall_is_py_fsrs_own_and_falls(history: list[tuple[Rating, int]], days: int) -> None:
    """Certain at the review, and less with each day that goes by."""
    reviews = log(history)
    card, reference = replay(reviews), theirs(reviews)
    assert card is not None
    later = card.reviewed + timedelta(days=days)
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    assert recall_chance(card, later) == scheduler.get_card_retrievability(reference, later)
    assert recall_chance(card, card.reviewed) == 1
    assert recall_chance(card, later + timedelta(days=1)) < recall_chance(card, later) <= 1
