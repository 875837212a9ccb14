"""Which question comes next."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.core.bank import Choice, Library, Ref
from bot.core.people import Chat, Person
from bot.core.slots import Hour
from bot.flows import answers, asking, practice, schedule
from bot.flows.asking import Asked, Lapsed, NothingDue
from bot.store import people, rounds
from bot.store.database import Database
from tests.practice_bench import ADA, BOB, DEFAULTS, LIBRARY, NOON, QUESTIONS, caller, library

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Sitting:
    """Ada asking for questions and answering them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.messages = 0

    async def quiz(
        self, now: datetime = NOON, wanted: str = "", *, bank: Library = LIBRARY, person: Person = ADA
    ) -> object:
        """`/quiz` in a new message."""
        self.messages += 1
        who = caller(now, person, bank)
        return await self.database.write(practice.quiz, who, wanted, self.messages, None)

    async def asked(self, now: datetime = NOON, wanted: str = "", *, person: Person = ADA) -> Asked:
        """The same where a question must come, and reaches the chat."""
        question = await self.quiz(now, wanted, person=person)
        assert isinstance(question, Asked)
        await self.database.write(asking.posted, question.round.id, 100 + question.round.id)
        return question

    async def answer(self, asked: Asked, choice: int, now: datetime = NOON) -> None:
        """Press the button of an original index, or rate a recall round."""
        number, message = asked.round.id, 100 + asked.round.id
        if asked.round.kind == "recall":
            await self.database.write(answers.rate, caller(now), number, choice + 1, message)
        else:
            position = asked.round.choices.index(str(choice))
            await self.database.write(answers.answer, caller(now), number, position, message)

    async def answer_all(self, now: datetime = NOON) -> list[str]:
        """Answer everything there is, rightly; the ids in the order asked."""
        ids = []
        while isinstance(question := await self.quiz(now), Asked):
            await self.answer(question, 2, now)
            ids.append(question.round.ref.id)
        return ids


async def test_new_questions_in_order(database: Database) -> None:
    """A newcomer is asked the bank in its order, each question once, then nothing."""
    sitting = Sitting(database)
    assert await sitting.answer_all() == ["a1", "a2", "a3", "b1", "r1"]
    assert isinstance(await sitting.quiz(), NothingDue)


async def test_due_reviews_come_first(database: Database) -> None:
    """What is due this study day comes before what is new, the earliest due first, even later in the day."""
    sitting = Sitting(database)
    first, second = await sitting.asked(), await sitting.asked()
    await sitting.answer(second, 0, NOON)
    await sitting.answer(first, 0, NOON + HOUR)
    tomorrow = NOON + DAY - 4 * HOUR  # 8:00; the reviews are due at 12:00 and 13:00
    assert [(await sitting.asked(tomorrow)).round.ref.id for _ in range(3)] == ["a2", "a1", "a3"]


async def test_due_tomorrow_is_not_due_today(database: Database) -> None:
    """A study day ends at four in the morning; before that a review of the coming day stays away."""
    sitting = Sitting(database)
    await sitting.answer(await sitting.asked(), 0)
    night = NOON + 15 * HOUR  # 3:00
    assert (await sitting.asked(night)).round.ref.id == "a2"
    assert (await sitting.asked(night + 2 * HOUR)).round.ref.id == "a1"


async def test_none_twice_in_a_sitting(database: Database) -> None:
    """A question left without an answer does not come again within the sitting, and comes last in the next."""
    sitting = Sitting(database)
    await sitting.asked()
    assert (await sitting.asked(NOON + HOUR)).round.ref.id == "a2"
    later = NOON + 3 * HOUR  # more than an hour of silence
    assert [(await sitting.asked(later)).round.ref.id for _ in range(5)] == ["a3", "b1", "r1", "a1", "a2"]
    nothing = await sitting.quiz(later)
    assert isinstance(nothing, NothingDue)
    assert nothing.waiting == 5  # those of this sitting


async def test_answers_keep_a_sitting_going(database: Database) -> None:
    """An answer within the hour is no silence."""
    sitting = Sitting(database)
    first, _left = await sitting.asked(), await sitting.asked()
    await sitting.answer(first, 0, NOON + 50 * MINUTE)
    for _ in range(3):
        await sitting.asked(NOON + 100 * MINUTE)
    nothing = await sitting.quiz(NOON + 100 * MINUTE)
    assert isinstance(nothing, NothingDue)
    assert nothing.waiting == 4


async def test_topic_and_tag(database: Database) -> None:
    """A topic or a tag keeps to itself, and so does Next."""
    sitting = Sitting(database)
    assert (await sitting.asked(wanted="训练")).round.ref.id == "r1"
    tagged = await sitting.asked(wanted="Maths")
    assert tagged.round.ref.id == "a2"
    following = await database.write(practice.next_question, caller(), tagged.round.id, None)
    assert isinstance(following, Asked)
    assert following.round.ref.id == "b1"
    done = await database.write(practice.next_question, caller(), following.round.id, None)
    assert isinstance(done, NothingDue)
    assert (done.about, done.waiting) == ("#maths", 2)  # r1 waits as well, but is no maths


async def ask_once(database: Database) -> object:
    """The very same /quiz, each time."""
    return await database.write(practice.quiz, caller(), "", 5, None)


async def test_one_round_for_one_message(database: Database) -> None:
    """A redelivered /quiz finds its round again; every send of it is counted."""
    first, again = await ask_once(database), await ask_once(database)
    assert isinstance(first, Asked)
    assert isinstance(again, Asked)
    assert (first.round.id, first.again, again.again) == (again.round.id, False, True)
    sending = await database.read(rounds.by_id, first.round.id)
    assert sending is not None
    assert (sending.state, sending.sends) == ("sending", 2)
    await database.write(asking.posted, first.round.id, 77)
    shown = await ask_once(database)
    assert isinstance(shown, Asked)
    assert (shown.round.state, shown.round.message_id, shown.round.sends) == ("open", 77, 2)


async def test_language(database: Database) -> None:
    """An English reader gets the English version where there is one, else the Chinese; the round keeps which."""
    sitting = Sitting(database)
    chinese, english = await sitting.asked(person=BOB), await sitting.asked(wanted="bert", person=BOB)
    assert (chinese.language, chinese.round.language, chinese.question.language) == ("en", "zh", "zh")
    assert (english.round.language, english.question.prompt) == ("en", "What does b1 ask?")


async def test_next_at_is_when_the_study_day_begins(database: Database) -> None:
    """Without a daily hour the next review comes when its study day begins: 4:00 in Shanghai."""
    sitting = Sitting(database)
    await sitting.answer_all()
    nothing = await sitting.quiz()
    assert isinstance(nothing, NothingDue)
    assert nothing.next_at == NOON.replace(hour=20) + DAY  # two days after Monday: Wednesday 4:00
    assert not nothing.pushed
    assert nothing.waiting == 0


async def test_next_at_is_the_daily_hour(database: Database) -> None:
    """With a daily hour it comes then."""
    sitting = Sitting(database)
    await sitting.answer_all()
    await database.write(schedule.set_hour, Chat(ADA.id, "private"), Hour(9 * 60), None, None, NOON, DEFAULTS)
    nothing = await sitting.quiz()
    assert isinstance(nothing, NothingDue)
    assert nothing.next_at == NOON.replace(hour=1) + 2 * DAY  # Wednesday 9:00
    assert nothing.pushed


async def test_next_at_waits_for_a_weekday(database: Database) -> None:
    """An hour of weekdays only brings what is due on Saturday on Monday."""
    friday = NOON + 4 * DAY
    sitting = Sitting(database)
    await sitting.answer_all(friday)
    hour = Hour(9 * 60, weekdays=True)
    await database.write(schedule.set_hour, Chat(ADA.id, "private"), hour, None, None, friday, DEFAULTS)
    nothing = await sitting.quiz(friday)
    assert isinstance(nothing, NothingDue)
    assert nothing.next_at == friday.replace(hour=1) + 3 * DAY  # Monday 9:00


async def test_next_at_within_a_topic(database: Database) -> None:
    """Limited to a topic, only its reviews count; with none planned there is nothing to say."""
    sitting = Sitting(database)
    await sitting.asked(wanted="bert")
    nothing = await sitting.quiz(wanted="bert")
    assert isinstance(nothing, NothingDue)
    assert (nothing.next_at, nothing.waiting) == (None, 1)


async def test_question_that_left_the_bank(database: Database) -> None:
    """A review of a question that is gone is neither asked nor counted; a redelivered round of it is closed."""
    sitting = Sitting(database)
    first = await sitting.asked()
    await sitting.answer(first, 0)
    second = await sitting.asked()
    smaller = library(*QUESTIONS[2:])
    due = await sitting.quiz(NOON + DAY, bank=smaller)
    assert isinstance(due, Asked)
    assert due.round.ref == Ref("nlp", "a3")
    again = await database.write(practice.quiz, caller(NOON + DAY, bank=smaller), "", 2, None)
    assert again == Lapsed("zh")
    closed = await database.read(rounds.by_id, second.round.id)
    assert closed is not None
    assert closed.state == "closed"


async def test_a_question_that_changed_may_be_asked_again_at_once(database: Database) -> None:
    """A round that lapsed does not count as asked: otherwise all would be asked, though nobody could answer."""
    sitting = Sitting(database)
    first = await sitting.asked(wanted="bert")
    changed = library(*(replace(one, choices=(*one.choices, Choice("another", right=False))) for one in QUESTIONS))
    lapsed = await database.write(practice.quiz, caller(bank=changed), "bert", 1, None)
    assert lapsed == Lapsed("zh")
    again = await sitting.quiz(bank=changed, wanted="bert")
    assert isinstance(again, Asked)
    assert again.round.ref == first.round.ref


async def test_empty_library(database: Database) -> None:
    """No bank, no question, no error."""
    nothing = await Sitting(database).quiz(bank=Library())
    assert isinstance(nothing, NothingDue)
    assert nothing.next_at is None


async def test_new_zone_moves_the_study_day(database: Database) -> None:
    """What is due goes by the zone the person lives in now."""
    sitting = Sitting(database)
    await sitting.answer(await sitting.asked(), 0)
    evening = NOON + 10 * HOUR  # 22:00 in Shanghai, still Monday; on Kiritimati 4:00 on Tuesday
    assert (await sitting.asked(evening)).round.ref.id == "a2"
    await database.write(lambda tx: people.change_chat(tx, ADA.id, timezone="Pacific/Kiritimati"))
    assert (await sitting.asked(evening + 2 * HOUR)).round.ref.id == "a1"


async def test_a_push_is_a_question_like_any_other(database: Database) -> None:
    """Asked at the daily hour it is the due one, and not asked again in the sitting that follows."""
    sitting = Sitting(database)
    await sitting.answer(await sitting.asked(), 0)
    stored = await database.read(people.find_chat, ADA.id)
    assert stored is not None
    push = partial(
        asking.ask,
        library=LIBRARY,
        person=ADA,
        chat=stored,
        topic=None,
        origin="p540.739678",
        thread_id=None,
        now=NOON + DAY,
        defaults=DEFAULTS,
    )
    pushed, again = await database.write(push), await database.write(push)
    assert isinstance(pushed, Asked)
    assert isinstance(again, Asked)
    assert (pushed.round.ref.id, again.round.id) == ("a1", pushed.round.id)
    assert (await sitting.asked(NOON + DAY + MINUTE)).round.ref.id == "a2"


async def test_points_and_kinds(database: Database) -> None:
    """A round is worth its difficulty; a recall round is worth nothing."""
    sitting = Sitting(database)
    asked = [await sitting.asked() for _ in range(5)]
    assert [one.round.points for one in asked] == [10, 15, 20, 15, 0]
    assert [one.round.kind for one in asked] == ["choice"] * 4 + ["recall"]
