"""The daily push follows the plan for an exam: how many, in which order; and ends it with one line."""

from datetime import date, datetime, timedelta

from bot.core.bank import Ref
from bot.core.exams import Exam
from bot.core.people import Chat
from bot.core.review import Rating
from bot.core.slots import Hour
from bot.flows import answers, exams, practice, pushing, schedule, settling
from bot.flows.asking import Asked, NothingDue
from bot.flows.pushing import Due
from bot.flows.settling import Settled
from bot.store import cards, learners
from bot.store import exams as stored
from bot.store.database import Database
from tests.practice_bench import ADA, DEFAULTS, LIBRARY, NOON, caller

HOME = Chat(ADA.id, "private", "Ada")
DAY = timedelta(days=1)
THURSDAY = date(2026, 3, 5)


async def prepare(database: Database, typed: str) -> None:
    """Ada has an hour, at one in the afternoon, and names her exam on Monday."""
    await database.write(schedule.arrive, ADA, HOME, NOON, DEFAULTS)
    await database.write(schedule.choose, ADA, HOME, Hour(13 * 60), None, NOON, DEFAULTS)
    await database.write(exams.exam, caller(), typed)


async def push(database: Database, at: datetime) -> Due | Settled | None:
    """What the push of that moment is; those of days on which nobody looked are missed first."""
    claimed = None
    for _day in range(9):
        for hour in await database.read(pushing.ready, at, 9):
            claimed = await database.write(pushing.claim, LIBRARY, hour, at, DEFAULTS)
    return claimed


async def stands(database: Database, due: Due, at: datetime) -> None:
    """It has arrived."""
    assert due.round_id is not None
    await database.write(settling.sent, due.push, due.round_id, 100 + due.round_id, "", at, DEFAULTS)


async def answer(database: Database, asked: Asked, at: datetime) -> None:
    """Answer it rightly."""
    position = asked.round.choices.index("2")
    await database.write(answers.answer, caller(at), asked.round.id, position, 100 + asked.round.id)


def at(day: int) -> datetime:
    """One in the afternoon, so many days after that Monday."""
    return NOON + timedelta(hours=1) + day * DAY


async def test_no_more_new_questions_than_the_plan_has(database: Database) -> None:
    """Three questions of a topic in three days: one a day; with one asked already nothing new is pushed that day."""
    await prepare(database, "2026-03-05 attention")
    due = await push(database, at(0))
    assert isinstance(due, Due)
    assert isinstance(due.ask, Asked)
    assert due.ask.round.ref.id == "a1"
    await stands(database, due, at(0))
    await answer(database, due.ask, at(0))
    await database.write(schedule.choose, ADA, HOME, Hour(14 * 60), None, at(0), DEFAULTS)
    assert await push(database, at(0) + timedelta(hours=1)) == "nothing"
    tomorrow = await push(database, at(1) + timedelta(hours=1))
    assert isinstance(tomorrow, Due)


async def test_new_questions_are_those_of_the_exam(database: Database) -> None:
    """The topic's, though others stand before it in the bank; once it is asked nothing new comes."""
    await prepare(database, "2026-03-05 bert")
    due = await push(database, at(0))
    assert isinstance(due, Due)
    assert isinstance(due.ask, Asked)
    assert due.ask.round.ref.id == "b1"
    await stands(database, due, at(0))
    await answer(database, due.ask, at(0))
    assert await push(database, at(1)) == "nothing"


async def test_the_person_s_own_limit_holds_too(database: Database) -> None:
    """Who wants nothing new of a day is pushed nothing new, whatever the plan would need."""
    await prepare(database, "2026-03-05 attention")
    await database.write(learners.change, ADA.id, "new_a_day", 0)
    assert await push(database, at(0)) == "nothing"


async def test_what_is_due_of_it_comes_first(database: Database) -> None:
    """Before what has been due for longer of another topic; that comes after it."""
    await prepare(database, "2026-03-05 attention")
    for key, days in (("b1", 9), ("a2", 2)):
        ref = Ref("nlp", key)
        await database.write(cards.log_review, ADA.id, ref, 10**6, Rating.GOOD, NOON - 10 * DAY)
        await database.write(cards.plan, ADA.id, ref, NOON - days * DAY)
    first = await push(database, at(0))
    assert isinstance(first, Due)
    assert isinstance(first.ask, Asked)
    assert first.ask.round.ref.id == "a2"
    await stands(database, first, at(0))
    await answer(database, first.ask, at(0))
    second = await push(database, at(1))
    assert isinstance(second, Due)
    assert isinstance(second.ask, Asked)
    assert second.ask.round.ref.id == "b1"


async def test_the_sitting_is_as_long_as_the_plan_s_day(database: Database) -> None:
    """All three of a topic on the last day, though the person's number is one, and the hour's topic is another."""
    await prepare(database, "2026-03-03 attention")
    await database.write(schedule.choose, ADA, HOME, Hour(13 * 60, "bert"), None, NOON, DEFAULTS)
    await database.write(learners.change, ADA.id, "portion", 1)
    due = await push(database, at(0))
    assert isinstance(due, Due)
    asked: object = due.ask
    left = []
    await stands(database, due, at(0))
    for _question in range(3):
        assert isinstance(asked, Asked)
        assert asked.portion is not None
        left.append((asked.round.ref.id, asked.portion.left))
        await answer(database, asked, at(0))
        asked = await database.write(practice.next_question, caller(at(0)), asked.round.id, None)
    assert left == [("a1", 3), ("a2", 2), ("a3", 1)]
    assert isinstance(asked, NothingDue)


async def test_the_first_push_after_the_day_ends_it(database: Database) -> None:
    """It says so until it has arrived, also when it is sent again; the one after it says nothing."""
    await prepare(database, "2026-03-05")
    on_the_day = await push(database, at(3))
    assert isinstance(on_the_day, Due)
    assert on_the_day.exam == Exam(THURSDAY)
    await stands(database, on_the_day, at(3))
    after = await push(database, at(4))
    assert isinstance(after, Due)
    assert after.exam == Exam(THURSDAY)
    later = at(4) + timedelta(minutes=5)
    (cut,) = await database.read(pushing.unfinished, later, 9)
    again = await database.write(pushing.claim_again, LIBRARY, cut, later, DEFAULTS)
    assert isinstance(again, Due)
    assert again.exam == Exam(THURSDAY)
    await stands(database, again, later)
    assert await database.read(stored.of, ADA.id) is None
    last = await push(database, at(5))
    assert isinstance(last, Due)
    assert last.exam is None


async def test_another_exam_named_meanwhile_stays(database: Database) -> None:
    """What the push ends is the old one alone."""
    await prepare(database, "2026-03-05")
    after = await push(database, at(4))
    assert isinstance(after, Due)
    await database.write(exams.exam, caller(at(4)), "2026-04-01")
    await stands(database, after, at(4))
    assert await database.read(stored.of, ADA.id) == Exam(date(2026, 4, 1))
