"""Cards and the review log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.core.bank import Ref
from bot.core.review import Card, Rating, Review, replay, review
from bot.store import cards
from bot.store.database import Tx

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MASK, NSP = Ref("bert", "mask"), Ref("bert", "nsp")


def _card(due: datetime) -> Card:
    return Card(stability=3.25, difficulty=5.5, due=due, reviewed=NOON, reps=2, lapses=1)


def test_a_card_comes_back_as_it_was_saved(tx: Tx) -> None:
    """Every field, for that person and question; saving again replaces it."""
    cards.save_card(tx, 1, MASK, _card(NOON + DAY))
    cards.save_card(tx, 1, MASK, _card(NOON + 2 * DAY))

    assert cards.card_of(tx, 1, MASK) == _card(NOON + 2 * DAY)
    assert cards.card_of(tx, 1, NSP) is None
    assert cards.card_of(tx, 2, MASK) is None


def test_a_card_can_be_dropped(tx: Tx) -> None:
    """None drops that card and no other."""
    for person_id in (1, 2):
        cards.save_card(tx, person_id, MASK, _card(NOON))
    cards.save_card(tx, 1, MASK, None)

    assert cards.card_of(tx, 1, MASK) is None
    assert cards.card_of(tx, 2, MASK) == _card(NOON)


def test_memory_is_kept_exactly(tx: Tx) -> None:
    """A card read back plans the next review just as the one that was saved."""
    saved = review(None, Rating.GOOD, NOON)
    cards.save_card(tx, 1, MASK, saved)

    found = cards.card_of(tx, 1, MASK)
    assert found == saved
    assert review(found, Rating.HARD, NOON + DAY) == review(saved, Rating.HARD, NOON + DAY)


def test_due_cards_stand_by_their_time(tx: Tx) -> None:
    """Those due before the instant, the longest due first, of this person."""
    cards.save_card(tx, 1, MASK, _card(NOON))
    cards.save_card(tx, 1, NSP, _card(NOON - DAY))
    cards.save_card(tx, 2, MASK, _card(NOON - DAY))

    assert cards.due(tx, 1, NOON) == ((NSP, NOON - DAY),)
    assert cards.due(tx, 1, NOON + DAY) == ((NSP, NOON - DAY), (MASK, NOON))


def test_what_a_person_knows(tx: Tx) -> None:
    """The questions with a card."""
    assert cards.known(tx, 1) == set()

    cards.save_card(tx, 1, MASK, _card(NOON + DAY))
    cards.save_card(tx, 1, NSP, _card(NOON))

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
