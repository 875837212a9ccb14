"""`/exam`: naming the day, seeing the plan, calling it off, and what becomes of it afterwards."""

from datetime import date, datetime, timedelta

from bot.core.bank import Ref
from bot.core.exams import Exam, NoDay
from bot.core.learners import Learner, Ration
from bot.core.planning import plan
from bot.core.slots import Hour
from bot.core.topics import Unknown
from bot.flows import answers, exams, practice, preparing, schedule, vacations
from bot.flows.asking import Asked
from bot.flows.callers import TooOld
from bot.flows.exams import NoExam, NotTaken, Standing
from bot.flows.preparing import Day
from bot.store import exams as stored
from bot.store import learners, people, withheld
from bot.store.database import Database, Tx
from tests.practice_bench import ADA, BOB, DEFAULTS, LIBRARY, NOON, caller

DAY = timedelta(days=1)
TODAY = date(2026, 3, 2)


async def named(database: Database, typed: str, days: int = 0) -> Standing:
    """What /exam says to Ada so many days after that Monday."""
    stands = await database.write(exams.exam, caller(NOON + days * DAY), typed)
    assert isinstance(stands, Standing)
    return stands


async def home(database: Database, at: datetime) -> Day:
    """Ada's day at that instant."""
    chat = await database.read(people.find_chat, ADA.id)
    assert chat is not None
    return Day(ADA.id, chat, caller().zone, at)


async def answer(database: Database, topic: str, number: int, choice: int = 2) -> None:
    """A question of that topic, answered."""
    asked = await database.write(practice.quiz, caller(), topic, number, None)
    assert isinstance(asked, Asked)
    await database.write(answers.answer, caller(), asked.round.id, asked.round.choices.index(str(choice)), number)


def new_today(tx: Tx, at: Day) -> int:
    """What the plan still has for that day."""
    exam = preparing.running(tx, at)
    assert exam is not None
    return preparing.new_today(tx, LIBRARY, at, exam)


async def test_naming_a_day(database: Database) -> None:
    """It stands until another is named; the plan starts from what the person has done."""
    stands = await named(database, "2026-03-07")
    assert (stands.exam, stands.today, stands.pushed) == (Exam(date(2026, 3, 7)), TODAY, False)
    assert [day.new for day in plan(stands.situation).days] == [1] * 5
    await answer(database, "attention", 1)
    again = await named(database, "")
    assert (len(again.situation.logs), len(again.situation.fresh), again.situation.begun) == (1, 4, 1)
    assert [day.new for day in plan(again.situation).days] == [0, 1, 1, 1, 1]
    other = await named(database, "4 April 2026 attention")
    assert other.exam == Exam(date(2026, 4, 4), "attention")
    assert len(other.situation.fresh) == 2
    assert await database.read(stored.of, BOB.id) is None


async def test_the_topic_s_own_questions_count(database: Database) -> None:
    """What was asked of other topics neither belongs to the plan nor takes today's share of it, but for the limits."""
    await answer(database, "bert", 1)
    stands = await named(database, "2026-03-04 attention")
    assert (stands.situation.begun, stands.situation.today) == (0, Ration(9, 60))
    assert [day.new for day in plan(stands.situation).days] == [2, 1]


async def test_what_is_suspended_is_not_planned(database: Database) -> None:
    """Neither new nor due; what is buried comes tomorrow, and is."""
    await answer(database, "bert", 1)
    for key, until in (("b1", None), ("a1", None), ("a2", NOON + DAY)):
        await database.write(withheld.withhold, ADA.id, Ref("nlp", key), until)
    stands = await named(database, "2026-03-07")
    assert (len(stands.situation.logs), len(stands.situation.fresh)) == (0, 3)


async def test_calling_it_off(database: Database) -> None:
    """Off ends it, twice as well as once; then there is none."""
    await named(database, "2026-03-07")
    for _time in range(2):
        gone = await database.write(exams.exam, caller(), "off")
        assert gone == NoExam("zh", TODAY, off=True)
    assert await database.write(exams.exam, caller(), "") == NoExam("zh", TODAY)


async def test_what_is_not_taken_changes_nothing(database: Database) -> None:
    """Past, too far, garbage, no such topic: the exam that stands goes on."""
    await named(database, "2026-03-07")
    for typed, why in (("2026-03-02", "today"), ("2026-03-01", "past"), ("2029-03-07", "far"), ("soon", "none")):
        refused = await database.write(exams.exam, caller(), typed)
        assert refused == NotTaken("zh", TODAY, NoDay(typed, why))
    refused = await database.write(exams.exam, caller(), "2026-03-09 xyzzy")
    assert isinstance(refused, NotTaken)
    assert isinstance(refused.why, Unknown)
    assert await database.read(stored.of, ADA.id) == Exam(date(2026, 3, 7))


async def test_making_room(database: Database) -> None:
    """A button raises what the person does in a day, and the plan fits; twice pressed it is the same."""
    await database.write(learners.change, ADA.id, "new_a_day", 1)
    tight = await named(database, "2026-03-05")
    assert plan(tight.situation).unasked == 2
    for _time in range(2):
        roomy = await database.write(exams.allow, caller(), "new_a_day", 2)
        assert isinstance(roomy, Standing)
        assert plan(roomy.situation).fits
    assert await database.read(learners.of, ADA.id) == Learner(90, 2, 60)
    for number in (0, 501):
        assert await database.write(exams.allow, caller(), "new_a_day", number) == TooOld("zh")


async def test_what_today_still_has(database: Database) -> None:
    """Of five in three days two are today's; one was asked, so one is left; on the day itself nothing is planned."""
    await named(database, "2026-03-05")
    chat = await database.read(people.find_chat, ADA.id)
    assert chat is not None
    today = Day(ADA.id, chat, caller().zone, NOON)
    assert await database.read(new_today, today) == 2
    await answer(database, "attention", 1)
    assert await database.read(new_today, today) == 1
    tomorrow = Day(ADA.id, chat, caller().zone, NOON + DAY)
    assert await database.read(new_today, tomorrow) == 2
    on_the_day = Day(ADA.id, chat, caller().zone, NOON + 3 * DAY)
    assert await database.read(preparing.running, on_the_day) is None


async def test_after_the_day(database: Database) -> None:
    """On the day it still stands, without days; after it, it is told once that it is over."""
    await named(database, "2026-03-05")
    assert plan((await named(database, "", 3)).situation).days == ()
    over = await database.write(exams.exam, caller(NOON + 4 * DAY), "")
    assert over == NoExam("zh", date(2026, 3, 6), over=Exam(date(2026, 3, 5)))
    again = await database.write(exams.exam, caller(NOON + 4 * DAY), "")
    assert again == NoExam("zh", date(2026, 3, 6))


async def test_the_hour_is_known(database: Database) -> None:
    """Whether there is a daily hour at which the plan is followed."""
    await named(database, "2026-03-07")
    chat = await database.read(people.find_chat, ADA.id)
    assert chat is not None
    await database.write(schedule.choose, ADA, chat, Hour(540), None, NOON, DEFAULTS)
    assert (await named(database, "")).pushed


async def test_days_away(database: Database) -> None:
    """Nothing is planned for them, nor pushed on them; what piled up before the exam comes before it."""
    await database.write(vacations.say, caller(), "3-3 3-5")
    stands = await named(database, "2026-03-07")
    assert [day.new for day in plan(stands.situation).days] == [3, 0, 0, 0, 2]
    await database.write(vacations.say, caller(), "3")
    away = await named(database, "")
    assert [day.new for day in plan(away.situation).days] == [0, 0, 0, 3, 2]
    assert await database.read(new_today, await home(database, NOON)) == 0
    assert await database.read(new_today, await home(database, NOON + 3 * DAY)) == 3


async def test_what_piled_up_comes_before_the_exam(database: Database) -> None:
    """Four are due after four days away: one a day is the pace, but the exam is in two days."""
    for number, topic in enumerate(("attention", "attention", "attention", "bert")):
        await answer(database, topic, number, choice=1)
    await database.write(vacations.say, caller(NOON + DAY), "4")
    stands = await named(database, "2026-04-07", 5)
    assert stands.situation.today == Ration(10, 1)
    soon = await named(database, "2026-03-09", 5)
    assert soon.situation.today == Ration(10, 2)
    assert [day.reviews for day in plan(soon.situation).days] == [2, 3]  # a new one of today was missed


async def test_what_is_buried_is_not_today_s(database: Database) -> None:
    """A new question and a due one, put aside: they are planned for tomorrow, beside the two
    new ones that are missed today; the suspended one never."""
    await answer(database, "bert", 1, choice=1)
    for key, until in (("b1", NOON + DAY * 3 / 2), ("a1", NOON + DAY * 3 / 2), ("a2", None)):
        await database.write(withheld.withhold, ADA.id, Ref("nlp", key), until)
    stands = await named(database, "2026-03-05", 1)
    assert stands.situation.buried == {Ref("nlp", "b1"), Ref("nlp", "a1")}
    assert [(day.new, day.reviews) for day in plan(stands.situation).days] == [(2, 0), (1, 3)]
