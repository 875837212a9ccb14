"""Burying and suspending: what is not asked, is not due, and comes back."""

from __future__ import annotations

from datetime import timedelta

from bot.core.review import Rating
from bot.flows import answers, asking, learners, portions, practice, progress, withholding
from bot.flows.answers import Result
from bot.flows.asking import Asked, NothingDue
from bot.flows.callers import TooOld
from bot.flows.withholding import PAGE, Standing, Wish
from bot.store import cards, rounds, withheld
from bot.store.database import Database, Tx
from tests.practice_bench import ADA, BOB, LIBRARY, NOON, QUESTIONS, caller, choice_question, library
from tests.store.asking import round_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MANY = library(*(choice_question(f"q{number:02}", "attention", 1) for number in range(9)))


async def ask(database: Database, message: int, days: int = 0, wanted: str = "") -> Asked | NothingDue:
    """What Ada is asked then."""
    asked = await database.write(practice.quiz, caller(NOON + days * DAY), wanted, message, None)
    assert isinstance(asked, Asked | NothingDue)
    return asked


async def answered(database: Database, message: int, choice: int, days: int = 0) -> Result:
    """Ada's answer to what she is asked then."""
    asked = await ask(database, message, days)
    assert isinstance(asked, Asked)
    at = asked.round.choices.index(str(choice))
    result = await database.write(answers.answer, caller(NOON + days * DAY), asked.round.id, at, 70)
    assert isinstance(result, Result)
    return result


async def wish(database: Database, asked: Asked, wanted: Wish, days: int = 0) -> Standing:
    """What Ada wants of the question, said twice."""
    for _ in range(2):
        found = await database.write(withholding.wish, caller(NOON + days * DAY), asked.round.id, wanted)
    assert isinstance(found, Standing)
    return found


async def test_a_buried_question_comes_tomorrow(database: Database) -> None:
    """It is not asked today and is not left to answer; the next study day asks it, as if nothing had been."""
    asked = await ask(database, 1)
    assert isinstance(asked, Asked)
    assert (await wish(database, asked, Wish.BURY)).state == "buried"
    others = [await ask(database, message) for message in range(2, 6)]
    assert [one.round.ref.id for one in others if isinstance(one, Asked)] == ["a2", "a3", "b1", "r1"]
    nothing = await ask(database, 6)
    assert isinstance(nothing, NothingDue)
    assert nothing.waiting == 4
    again = await ask(database, 7, 1)
    assert isinstance(again, Asked)
    assert (again.round.ref.id, (await wish(database, again, Wish.ASK, 1)).state) == ("a1", "asked")


async def test_a_suspended_question_never_comes_until_it_is_brought_back(database: Database) -> None:
    """Nor does its review; it counts in nothing that is due or forecast; brought back, it is due as it was."""
    result = await answered(database, 1, 0)
    assert (await wish(database, result.asked, Wish.SUSPEND)).state == "suspended"
    for days in (1, 9):
        who = caller(NOON + days * DAY)
        assert not any((await database.write(progress.progress, who)).ahead)
        due = await database.read(portions.due_today, LIBRARY, ADA.id, NOON + 99 * DAY)
        assert due == ()
        asked = await ask(database, 10 + days, days)
        assert isinstance(asked, Asked)
        assert asked.round.ref.id != "a1"
    listed = await database.write(withholding.suspended, caller(NOON + 9 * DAY), 0)
    assert [line.question for line in listed.lines] == [QUESTIONS[0]]
    for _ in range(2):
        back = await database.write(withholding.bring_back, caller(NOON + 9 * DAY), listed.lines[0].number, 0)
        assert (back.count, back.lines) == (0, ())
    assert (await database.read(progress.progress, caller(NOON + 9 * DAY))).ahead[0] == 1
    again = await ask(database, 30, 10)
    assert isinstance(again, Asked)
    assert again.round.ref.id == "a1"


async def test_a_buried_review_is_due_when_the_day_begins(database: Database) -> None:
    """What is due is told so, and a card is planned by its log all the same."""
    result = await answered(database, 1, 0)
    await wish(database, result.asked, Wish.BURY, 1)
    assert await database.read(portions.due_today, LIBRARY, ADA.id, NOON + DAY + 15 * HOUR) == ()
    (due,) = await database.read(cards.due, ADA.id, NOON + 2 * DAY)
    assert due == (QUESTIONS[0].ref, NOON + DAY + 16 * HOUR)
    assert await database.read(cards.due_of, ADA.id, QUESTIONS[0].ref) == NOON + DAY


async def test_an_open_question_that_is_laid_aside_can_still_be_answered(database: Database) -> None:
    """Its round stays as it is; and answering does not bring it back."""
    asked = await ask(database, 1)
    assert isinstance(asked, Asked)
    await wish(database, asked, Wish.SUSPEND)
    result = await database.write(answers.answer, caller(), asked.round.id, 0, 70)
    assert isinstance(result, Result)
    assert result.fresh == 4
    found = await database.write(withholding.standing, caller(), asked.round.id)
    assert isinstance(found, Standing)
    assert found.state == "suspended"


async def test_somebody_elses_round(database: Database) -> None:
    """A forged press withholds nothing."""
    asked = await ask(database, 1)
    assert isinstance(asked, Asked)
    assert await database.write(withholding.wish, caller(NOON, BOB), asked.round.id, Wish.BURY) == TooOld("en")
    assert await database.read(withheld.now, BOB.id, NOON) == frozenset()


async def test_many_suspended_questions_have_pages(database: Database) -> None:
    """A page beyond the last is the last; one that left the bank is named as such."""

    def suspend(tx: Tx) -> None:
        for ref in MANY.refs:
            withheld.withhold(tx, ADA.id, ref, None)

    await database.write(suspend)
    who = caller(NOON, bank=library(*(choice_question(f"q{number:02}", "attention", 1) for number in range(8))))
    first = await database.write(withholding.suspended, who, 0)
    assert (first.page, first.count, len(first.lines)) == (0, 9, PAGE)
    last = await database.write(withholding.suspended, who, 77)
    assert (last.page, len(last.lines), last.lines[-1].question) == (1, 3, None)


async def test_the_eighth_lapse_is_told_with_an_easier_question(database: Database) -> None:
    """Shown again it says the same; the easier one is asked once for each such round, in the way she has chosen."""

    def forget(tx: Tx) -> None:
        for day in range(8):
            put = round_of(tx, ADA.id, QUESTIONS[1].ref, f"m{100 + day}")
            rounds.posted(tx, put.id, 60 + day)
            rounds.close_if_open(tx, put.id, NOON)
            cards.log_review(tx, ADA.id, QUESTIONS[1].ref, put.id, Rating.AGAIN, NOON + day * DAY)
        cards.plan(tx, ADA.id, QUESTIONS[1].ref, NOON + 8 * DAY)

    await database.write(forget)
    result = await answered(database, 1, 0, 8)
    assert (result.asked.round.ref.id, result.lapses, result.easier) == ("a2", 8, True)
    again = await database.write(answers.standing, caller(NOON + 8 * DAY), result.asked.round.id)
    assert isinstance(again, Result)
    assert (again.lapses, again.easier) == (8, True)
    who, number = caller(NOON + 8 * DAY), result.asked.round.id
    await database.write(learners.change, who, "mode", "recall")
    first, second = [await database.write(practice.easier_question, who, number, None) for _ in range(2)]
    assert isinstance(first, Asked)
    assert isinstance(second, Asked)
    assert (first.round.ref.id, first.round.id, second.again) == ("a1", second.round.id, True)
    assert first.round.kind == "recall"
    assert await database.write(practice.easier_question, who, 10**9, None) == TooOld("zh")
    await database.write(asking.posted, first.round.id, 99)
