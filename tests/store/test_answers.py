"""Answers as they are stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.core.people import Person
from bot.core.review import Rating
from bot.store import answers, cards, people, rounds, scores
from bot.store.answers import Answer
from bot.store.database import Tx
from bot.store.rounds import Round
from tests.store.asking import NOON, round_of

MONDAY = NOON.date()
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
GROUP, OTHER = -100, -200
MASK, NSP = Ref("bert", "mask"), Ref("bert", "nsp")


def _start(tx: Tx, origin: str = "m1", ref: Ref = MASK, chat_id: int = GROUP) -> Round:
    return round_of(tx, chat_id, ref, origin, right=2, points=15)


def _save(tx: Tx, asked: Round, person_id: int, *, right: bool = True, at: datetime = NOON, held: bool = False) -> bool:
    choice, points = (2, 15) if right else (0, 0)
    day = at.date()
    cards.log_review(tx, person_id, asked.ref, asked.id, Rating.GOOD, at)
    scores.add(tx, asked.chat_id, [Period.week(day)], person_id, points=0, answered=1)
    return answers.save(tx, asked.id, person_id, choice=choice, right=right, points=points, at=at, day=day, held=held)


def test_the_first_answer_counts(tx: Tx) -> None:
    """A second answer of the same person to the same round changes nothing."""
    asked = _start(tx)

    assert _save(tx, asked, 1)
    assert not _save(tx, asked, 1, right=False, at=NOON + MINUTE)

    assert answers.by(tx, asked.id, 1) == Answer(1, "?", 2, right=True, points=15, answered_at=NOON, day=MONDAY)
    assert answers.by(tx, asked.id, 2) is None


def test_answers_stand_in_the_order_of_their_coming(tx: Tx) -> None:
    """With the names as last seen and whether they are to be named; a recall round's has neither choice nor verdict."""
    asked, other = _start(tx), _start(tx, "m2")
    people.see_person(tx, Person(1, "Ada"), NOON)
    people.change_person(tx, 1, hidden=True)
    answers.save(tx, asked.id, 1, choice=None, right=None, points=0, at=NOON + MINUTE, day=MONDAY)
    _save(tx, asked, 2, right=False)
    _save(tx, other, 2, right=False)

    assert answers.to(tx, asked.id) == (
        Answer(2, "?", 0, right=False, points=0, answered_at=NOON, day=MONDAY),
        Answer(1, "Ada", None, right=None, points=0, answered_at=NOON + MINUTE, day=MONDAY, hidden=True),
    )


def test_right_lately_is_the_same_question_in_the_same_chat_by_the_same_person(tx: Tx) -> None:
    """And right, and after that instant, and in a round that counts."""
    _save(tx, _start(tx), 1)
    _save(tx, _start(tx, "m2", NSP), 1, right=False)
    voided = _start(tx, "m3", NSP)
    _save(tx, voided, 1)
    rounds.set_voided(tx, voided.id, NOON)

    assert answers.right_since(tx, GROUP, 1, MASK, NOON - MINUTE)
    assert not answers.right_since(tx, GROUP, 1, MASK, NOON)
    assert not answers.right_since(tx, GROUP, 2, MASK, NOON - MINUTE)
    assert not answers.right_since(tx, OTHER, 1, MASK, NOON - MINUTE)
    assert not answers.right_since(tx, GROUP, 1, NSP, NOON - MINUTE)


def test_what_is_held_back_is_released_once(tx: Tx) -> None:
    """Of this chat and these days only; an answer to a voided round is released, but not given back."""
    late, voided = _start(tx), _start(tx, "m2")
    rounds.set_voided(tx, voided.id, NOON)
    _save(tx, late, 1, held=True)
    _save(tx, voided, 1, held=True)
    _save(tx, _start(tx, "m3"), 1, held=True, at=NOON + 7 * DAY)
    _save(tx, _start(tx, "m1", chat_id=OTHER), 1, held=True)

    released = answers.release(tx, GROUP, MONDAY, MONDAY + 6 * DAY)

    assert [(answer.person_id, answer.answered_at) for answer in released] == [(1, NOON)]
    assert answers.release(tx, GROUP, MONDAY, MONDAY + 6 * DAY) == ()
    assert not answers.any_held(tx, GROUP, MONDAY, MONDAY + 6 * DAY)
    assert answers.any_held(tx, GROUP, MONDAY + 7 * DAY, MONDAY + 13 * DAY)
    assert answers.any_held(tx, OTHER, MONDAY, MONDAY)


def test_a_person_s_answers_are_listed_newest_first(tx: Tx) -> None:
    """Page by page, of some days or of all, with their questions and whether the round was voided."""
    first, second = _start(tx), _start(tx, "m2", NSP)
    _save(tx, first, 1)
    _save(tx, second, 1, right=False, at=NOON + DAY)
    _save(tx, second, 2)
    rounds.set_voided(tx, first.id, NOON)

    listed = answers.given(tx, GROUP, 1, None, limit=9)

    assert [(one.ref, one.voided) for one in listed] == [(NSP, False), (MASK, True)]
    assert answers.given(tx, GROUP, 1, None, limit=1, offset=1) == listed[1:]
    assert answers.given(tx, GROUP, 1, (MONDAY, MONDAY), limit=9) == listed[1:]
