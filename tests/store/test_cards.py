"""Cards and the review log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.core.bank import Ref
from bot.core.review import Rating, Review, replay, review
from bot.store import cards
from bot.store.database import Tx

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MASK, NSP = Ref("bert", "mask"), Ref("bert", "nsp")


def test_a_card_is_what_its_log_says(tx: Tx) -> None:
    """For that person and question; it plans the next review just as the one that was replayed."""
    cards.log_review(tx, 1, MASK, 11, Rating.GOOD, NOON)

    found = cards.card_of(tx, 1, MASK)

    saved = review(None, Rating.GOOD, NOON)
    assert found == saved
    assert review(found, Rating.HARD, NOON + DAY) == review(saved, Rating.HARD, NOON + DAY)
    assert cards.card_of(tx, 1, NSP) is None
    assert cards.card_of(tx, 2, MASK) is None


def test_when_a_question_comes_back_is_kept(tx: Tx) -> None:
    """For that person and question; planning again replaces it."""
    cards.plan(tx, 1, MASK, NOON + DAY)
    cards.plan(tx, 1, MASK, NOON + 2 * DAY)

    assert cards.due_of(tx, 1, MASK) == NOON + 2 * DAY
    assert cards.due_of(tx, 1, NSP) is None
    assert cards.due_of(tx, 2, MASK) is None


def test_what_was_reviewed_since(tx: Tx) -> None:
    """At that very second or later, of that person and question."""
    cards.log_review(tx, 1, MASK, 11, Rating.GOOD, NOON)

    found = [cards.reviewed_since(tx, 1, MASK, NOON + late) for late in (-DAY, 0 * DAY, timedelta(seconds=1))]

    assert found == [True, True, False]
    assert not cards.reviewed_since(tx, 1, NSP, NOON)
    assert not cards.reviewed_since(tx, 2, MASK, NOON)


def test_due_cards_stand_by_their_time(tx: Tx) -> None:
    """Those due before the instant, the longest due first, of this person."""
    cards.plan(tx, 1, MASK, NOON)
    cards.plan(tx, 1, NSP, NOON - DAY)
    cards.plan(tx, 2, MASK, NOON - DAY)

    assert cards.due(tx, 1, NOON) == ((NSP, NOON - DAY),)
    assert cards.due(tx, 1, NOON + DAY) == ((NSP, NOON - DAY), (MASK, NOON))


def test_what_a_person_knows(tx: Tx) -> None:
    """The questions with a card."""
    assert cards.known(tx, 1) == set()

    cards.plan(tx, 1, MASK, NOON + DAY)
    cards.plan(tx, 1, NSP, NOON)

    assert cards.known(tx, 1) == {MASK, NSP}


def test_the_log_replays_in_the_order_of_time(tx: Tx) -> None:
    """Reviews come oldest first, of that person and question, however they were written."""
    cards.log_review(tx, 1, MASK, 12, Rating.EASY, NOON + DAY)
    cards.log_review(tx, 1, MASK, 11, Rating.AGAIN, NOON)
    cards.log_review(tx, 1, NSP, 13, Rating.HARD, NOON)
    cards.log_review(tx, 2, MASK, 11, Rating.GOOD, NOON)

    log = cards.reviews_of(tx, 1, MASK)

    assert log == (Review(Rating.AGAIN, NOON), Review(Rating.EASY, NOON + DAY))
    assert replay(log) is not None


def test_rating_again_replaces_the_review_of_that_round(tx: Tx) -> None:
    """A round is reviewed once; saying it otherwise changes what was said."""
    cards.log_review(tx, 1, MASK, 11, Rating.GOOD, NOON)
    cards.log_review(tx, 1, MASK, 11, Rating.HARD, NOON)

    assert cards.reviews_of(tx, 1, MASK) == (Review(Rating.HARD, NOON),)
    assert cards.review_of(tx, 1, MASK, 11) == Review(Rating.HARD, NOON)
    assert cards.review_of(tx, 1, MASK, 12) is None
