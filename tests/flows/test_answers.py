"""Answering in private, and what is said about it afterwards."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.core.bank import Library, Question
from bot.core.calendar import Period
from bot.core.people import Person
from bot.core.review import Card, Rating, review
from bot.flows import answers, asking, practice
from bot.flows.answers import GUESSED, TOO_EASY, Result
from bot.flows.asking import Asked, Lapsed
from bot.flows.callers import TooOld
from bot.store import cards, rounds, scores, tables
from bot.store.database import Database, Tx
from tests.practice_bench import ADA, BOB, LIBRARY, NOON, QUESTIONS, caller, library

DAY = timedelta(days=1)
MESSAGE = 70


async def put(database: Database, wanted: str = "", now: datetime = NOON, message: int = 1) -> Asked:
    """A question that stands in Ada's chat."""
    asked = await database.write(practice.quiz, caller(now), wanted, message, None)
    assert isinstance(asked, Asked)
    await database.write(asking.posted, asked.round.id, MESSAGE)
    return asked


async def tap(
    database: Database,
    asked: Asked,
    choice: int,
    now: datetime = NOON,
    *,
    person: Person = ADA,
    bank: Library = LIBRARY,
) -> Result | Lapsed | TooOld:
    """Press a choice's button."""
    at = asked.round.choices.index(str(choice))
    return await database.write(answers.answer, caller(now, person, bank), asked.round.id, at, MESSAGE)


async def told(database: Database, asked: Asked, choice: int, now: datetime = NOON) -> Result:
    """The same where it must come to a result."""
    result = await tap(database, asked, choice, now)
    assert isinstance(result, Result)
    return result


async def card(database: Database, asked: Asked) -> Card | None:
    """Ada's card of the question."""
    return await database.read(cards.card_of, ADA.id, asked.round.ref)


async def points(database: Database) -> tuple[int, int, int]:
    """Ada's points, right and answered in her own chat."""
    own = await database.read(scores.own, ADA.id, Period.ALL, ADA.id)
    return (own.points, own.right, own.answered) if own else (0, 0, 0)


async def rows(database: Database, table: str) -> int:
    """How many rows a table has."""

    def count(tx: Tx) -> int:
        return tx.scalar(select(func.count()).select_from(tables.metadata.tables[table])) or 0

    return await database.read(count)


async def test_right(database: Database) -> None:
    """Right is Good: points by difficulty, back in two days, the round closed."""
    asked = await put(database, "maths")
    result = await told(database, asked, 2)
    assert (result.right, result.choice, result.rating, result.first) == (True, 2, Rating.GOOD, True)
    assert (result.back_in, result.due, result.fresh) == (2, 0, 4)
    assert await points(database) == (15, 1, 1)
    assert await card(database, asked) == review(None, Rating.GOOD, NOON)
    closed = await database.read(rounds.by_id, asked.round.id)
    assert closed is not None
    assert (closed.state, closed.closed_at) == ("closed", NOON)


async def test_wrong(database: Database) -> None:
    """Wrong is Again: no points, back tomorrow."""
    asked = await put(database)
    result = await told(database, asked, 0)
    assert (result.right, result.choice, result.rating, result.back_in) == (False, 0, Rating.AGAIN, 1)
    assert await points(database) == (0, 0, 1)


async def test_answered_once(database: Database) -> None:
    """A second tap, on whatever choice and whenever, gives the stored result and changes nothing."""
    asked = await put(database)
    first = await told(database, asked, 0)
    again = await told(database, asked, 2, NOON + 3 * DAY)
    assert (again.choice, again.right, again.first) == (0, False, False)
    assert (first.back_in, again.back_in, again.due) == (1, 0, 1)  # by now it is due
    assert await points(database) == (0, 0, 1)
    assert await card(database, asked) == review(None, Rating.AGAIN, NOON)
    assert [await rows(database, name) for name in ("answers", "reviews", "study_days")] == [1, 1, 1]


@pytest.mark.parametrize("position", [4, 11, 99, -1])
async def test_a_choice_that_is_not_there(database: Database, position: int) -> None:
    """A position beyond the choices means nothing."""
    asked = await put(database)
    assert await database.write(answers.answer, caller(), asked.round.id, position, MESSAGE) == TooOld("zh")
    assert await rows(database, "answers") == 0


async def test_somebody_elses_round(database: Database) -> None:
    """A round of another chat, or none at all, is too old for whoever presses; nothing is written."""
    asked = await put(database)
    assert await tap(database, asked, 2, person=BOB) == TooOld("en")
    assert await database.write(answers.answer, caller(), 10**17, 0, MESSAGE) == TooOld("zh")
    assert await database.write(practice.next_question, caller(NOON, BOB), asked.round.id, None) == TooOld("en")
    assert await rows(database, "answers") == 0


async def test_posted_was_lost(database: Database) -> None:
    """A crash between the send and its note: the press itself tells which message it is."""
    asked = await database.write(practice.quiz, caller(), "", 1, None)
    assert isinstance(asked, Asked)
    await told(database, asked, 2)
    found = await database.read(rounds.by_id, asked.round.id)
    assert found is not None
    assert (found.message_id, found.state) == (MESSAGE, "closed")


@pytest.mark.parametrize(
    "now_there",
    [
        QUESTIONS[1],
        replace(QUESTIONS[0], choices=QUESTIONS[0].choices[1:]),
        replace(QUESTIONS[0], choices=QUESTIONS[0].choices[::-1]),
        replace(QUESTIONS[0], choices=()),
    ],
)
async def test_question_gone_or_changed(database: Database, now_there: Question) -> None:
    """A question that left the bank, or whose choices changed, is not graded by the new ones: the round is closed."""
    asked = await put(database)
    assert await tap(database, asked, 2, bank=library(now_there)) == Lapsed("zh")
    assert await rows(database, "answers") == 0
    closed = await database.read(rounds.by_id, asked.round.id)
    assert closed is not None
    assert closed.state == "closed"


async def test_result_outlives_its_question(database: Database) -> None:
    """A result that stands in the chat is not replaced when its question goes."""
    asked = await put(database)
    await tap(database, asked, 2)
    assert await tap(database, asked, 2, bank=library(QUESTIONS[1])) == TooOld("zh")


@pytest.mark.parametrize(("means", "days"), [(GUESSED, 1), (TOO_EASY, 8)])
async def test_amended(database: Database, means: Rating, days: int) -> None:
    """A guess comes back as if wrong, an easy one later, as if said at once; points stay; twice is once."""
    asked = await put(database)
    await told(database, asked, 2)
    for _ in range(2):
        result = await database.write(answers.amend, caller(NOON + timedelta(minutes=9)), asked.round.id, means)
        assert isinstance(result, Result)
        assert (result.rating, result.back_in, result.right) == (means, days, True)
        assert await card(database, asked) == review(None, means, NOON)
    assert await points(database) == (10, 1, 1)
    assert await rows(database, "reviews") == 1


async def test_amended_before_a_later_review(database: Database) -> None:
    """Amending an older round replays what came after it."""
    first = await put(database)
    await tap(database, first, 2)
    second = await put(database, now=NOON + 2 * DAY, message=2)
    assert second.round.ref == first.round.ref
    await tap(database, second, 2, NOON + 2 * DAY)
    await database.write(answers.amend, caller(NOON + 3 * DAY), first.round.id, TOO_EASY)
    replayed = review(review(None, Rating.EASY, NOON), Rating.GOOD, NOON + 2 * DAY)
    assert await card(database, first) == replayed


async def test_only_right_choices_are_amended(database: Database) -> None:
    """Wrong or unanswered rounds and recall rounds know no guess."""
    asked = await put(database)
    assert await database.write(answers.amend, caller(), asked.round.id, GUESSED) == TooOld("zh")
    await tap(database, asked, 1)
    assert await database.write(answers.amend, caller(), asked.round.id, TOO_EASY) == TooOld("zh")
    recall = await put(database, "训练", message=2)
    await database.write(answers.rate, caller(), recall.round.id, 3, MESSAGE)
    assert await database.write(answers.amend, caller(), recall.round.id, TOO_EASY) == TooOld("zh")


async def test_recall(database: Database) -> None:
    """Revealed, then rated: a review without points; another rating replaces it and counts nothing twice."""
    asked = await put(database, "训练")
    revealed = await database.write(answers.reveal, caller(), asked.round.id)
    assert isinstance(revealed, Asked)
    assert await rows(database, "answers") == 0
    for rating, days in ((3, 2), (3, 2), (1, 1), (4, 8)):
        result = await database.write(answers.rate, caller(), asked.round.id, rating, MESSAGE)
        assert isinstance(result, Result)
        assert (result.rating, result.right, result.choice, result.back_in) == (rating, None, None, days)
    assert await points(database) == (0, 0, 1)
    assert [await rows(database, name) for name in ("answers", "reviews")] == [1, 1]
    assert isinstance(await database.write(answers.reveal, caller(), asked.round.id), Result)


@pytest.mark.parametrize("rating", [0, 5, -1])
async def test_no_such_rating(database: Database, rating: int) -> None:
    """There are four ratings."""
    asked = await put(database, "训练")
    assert await database.write(answers.rate, caller(), asked.round.id, rating, MESSAGE) == TooOld("zh")


async def test_buttons_of_the_other_kind(database: Database) -> None:
    """A choice cannot be revealed or rated, a recall question has no choices."""
    choice, recall = await put(database), await put(database, "训练", message=2)
    assert await database.write(answers.reveal, caller(), choice.round.id) == TooOld("zh")
    assert await database.write(answers.rate, caller(), choice.round.id, 3, MESSAGE) == TooOld("zh")
    assert await database.write(answers.answer, caller(), recall.round.id, 0, MESSAGE) == TooOld("zh")
    assert await rows(database, "answers") == 0


async def test_what_is_left_today(database: Database) -> None:
    """Due reviews are counted down; new questions are those without any answer."""
    for number in range(3):
        asked = await put(database, message=number + 1)
        await told(database, asked, 0)
    left = [
        await told(database, await put(database, now=NOON + DAY, message=number + 10), 2, NOON + DAY)
        for number in range(3)
    ]
    assert [(one.due, one.fresh) for one in left] == [(2, 2), (1, 2), (0, 2)]


async def test_rest_is_told_once(database: Database) -> None:
    """That the rest of an answer was sent is remembered with the round, and opens or closes nothing."""
    asked = await put(database)
    await database.write(answers.rest_told, asked.round.id, 99)
    kept = await database.read(rounds.by_id, asked.round.id)
    assert kept is not None
    assert (kept.result_id, kept.state) == (99, "open")
