"""A review log, given away and taken in."""

from __future__ import annotations

from datetime import timedelta

from bot.core.bank import Ref
from bot.core.review import Rating, Review
from bot.store import answers, cards, crowds, logs, studies
from bot.store.database import Tx
from tests.store.asking import NOON, round_of

ADA, BOB = 1, 2
MASK, SCALE = Ref("bert", "mask"), Ref("bert", "scale")
FIRST, SECOND = Review(Rating.GOOD, NOON), Review(Rating.HARD, NOON + timedelta(days=2))


def test_what_is_brought_is_there_once(tx: Tx) -> None:
    """However often it comes; the whole log is in order, and nobody else's."""
    assert logs.bring(tx, ADA, MASK, (SECOND, FIRST)) == 2
    assert logs.bring(tx, ADA, MASK, (FIRST, SECOND)) == 0
    assert logs.bring(tx, BOB, SCALE, (FIRST,)) == 1
    assert logs.of_person(tx, ADA) == {MASK: (FIRST, SECOND)}


def test_a_review_that_is_there_stays_as_it_is(tx: Tx) -> None:
    """What an older file says of the same second does not undo "I guessed"."""
    asked = round_of(tx, ADA, MASK, "m1")
    cards.log_review(tx, ADA, MASK, asked.id, Rating.AGAIN, NOON)
    assert logs.bring(tx, ADA, MASK, (FIRST, SECOND)) == 1
    assert logs.of_person(tx, ADA)[MASK] == (Review(Rating.AGAIN, NOON), SECOND)
    assert logs.with_these(tx, ADA, MASK, (FIRST, SECOND, Review(Rating.EASY, NOON + timedelta(1)))) == 3


def test_what_is_brought_counts_as_no_answer(tx: Tx) -> None:
    """It belongs to no round, so no join with rounds or answers finds it: not in the totals, not on a board."""
    asked = round_of(tx, ADA, MASK, "m1")
    answers.save(tx, asked.id, ADA, choice=0, right=True, points=0, at=NOON, day=NOON.date())
    cards.log_review(tx, ADA, MASK, asked.id, Rating.GOOD, NOON)
    before = studies.graded(tx, ADA), studies.answered_refs(tx, ADA), answers.given(tx, ADA, ADA, None, limit=9)

    logs.bring(tx, ADA, MASK, (SECOND,))

    after = studies.graded(tx, ADA), studies.answered_refs(tx, ADA), answers.given(tx, ADA, ADA, None, limit=9)
    assert after == before
    assert cards.last_review(tx, ADA) == (asked.id, NOON)  # which /undo takes back
    crowds.withdraw(tx, ADA)
    assert len(logs.of_person(tx, ADA)[MASK]) == 2


def test_when_each_question_comes_back(tx: Tx) -> None:
    """As it is planned, and only the person's own."""
    for person, ref, days in ((ADA, MASK, 1), (ADA, SCALE, 3), (BOB, MASK, 5)):
        cards.plan(tx, person, ref, NOON + timedelta(days=days))
    assert logs.plans(tx, ADA) == {MASK: NOON + timedelta(days=1), SCALE: NOON + timedelta(days=3)}
