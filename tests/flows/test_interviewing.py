"""An interview from its first question to its reviews, also where it is cut short, doubled or left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.bank import Library
from bot.core.review import Rating
from bot.flows import beginning, chats, forgetting, interviewing, listening, summing, typed
from bot.flows.beginning import Nobody
from bot.flows.callers import NoTopic, TooOld
from bot.flows.conducting import Asking, Judging, Waiting
from bot.flows.summing import Summing
from bot.store import answers, cards, interviews, marks, rounds
from bot.store.database import Database
from tests.interview_bench import BANK, FIRST, FULL, THIN, Candidate
from tests.practice_bench import BOB, DEFAULTS, caller
from tests.typed_bench import QUESTION, Writer

DAY = timedelta(days=1)


@pytest.fixture
def ada(database: Database) -> Candidate:
    """Ada, who has an interview."""
    return Candidate(database)


async def asked(ada: Candidate, typed_in: str = "注意力 1") -> Asking:
    """The first question."""
    begun = await ada.begins(typed_in)
    assert isinstance(begun, Asking)
    return begun


async def test_a_solid_answer_leads_to_the_next_question(ada: Candidate) -> None:
    """No difficulty, no grade in between; the clock says how long it has been."""
    first = await asked(ada, "3")
    assert (first.at, first.of, first.elapsed, first.planned, first.point) == (1, 3, 0, 7, None)
    ada.now += timedelta(minutes=4)
    assert isinstance(await ada.says(FULL), Waiting)
    second = await ada.done(first)
    assert isinstance(second, Asking)
    assert (second.at, second.elapsed, second.point) == (2, 4, None)
    assert second.question.ref != first.question.ref


async def test_a_thin_answer_is_asked_on_about(ada: Candidate) -> None:
    """For what is missing, twice at the most; what is said then counts with what was said before."""
    first = await asked(ada)
    await ada.says(THIN)
    on = await ada.done(first)
    assert isinstance(on, Asking)
    assert on.point is not None
    assert (on.point.id, on.round.id) == ("saturate", first.round.id)
    await ada.says("softmax 就会饱和")
    further = await ada.says("说完了")
    assert isinstance(further, Asking)
    assert further.point is not None
    assert further.point.id == "gradient"
    over = await ada.says("不知道")
    assert isinstance(over, Summing)
    (one,) = over.answers
    assert one.text == f"{THIN}\nsoftmax 就会饱和\n不知道"
    grade = summing.graded(over, ada.caller)[0]
    assert grade is not None
    assert [hit.point for hit in grade.hits] == ["variance", "saturate"]


async def test_who_does_not_know_what_is_asked_on_about(ada: Candidate) -> None:
    """Is asked no more about it."""
    first = await asked(ada)
    await ada.says(THIN)
    on = await ada.done(first)
    assert isinstance(on, Asking)
    assert on.point is not None
    assert isinstance(await ada.says("不知道"), Summing)


async def test_who_does_not_know_is_asked_the_next_question(ada: Candidate) -> None:
    """And so is who says nothing at all, or says it aloud."""
    first = await asked(ada, "3")
    second = await ada.says("不知道")
    assert isinstance(second, Asking)
    third = await ada.done(second)
    assert isinstance(third, Asking)
    over = await ada.says("", aloud=True)
    assert isinstance(over, Summing)
    assert [(one.text, one.aloud) for one in over.answers] == [("不知道", False), ("", False), ("", True)]
    assert first.round.id != second.round.id != third.round.id
    judged = [grade and grade.rating for grade in summing.graded(over, ada.caller).values()]
    assert judged == [None if one.aloud or one.rubric is None else Rating.AGAIN for one in over.answers]


async def test_silence_ends_an_answer(ada: Candidate) -> None:
    """After two minutes, not before."""
    first = await asked(ada)
    await ada.says(FULL)
    number = first.interview.id
    assert await ada.wakes(number, listening.TOGETHER - timedelta(seconds=1)) is None
    assert isinstance(await ada.wakes(number, timedelta(seconds=2)), Summing)


async def test_what_may_not_have_arrived_is_said_again(ada: Candidate, database: Database) -> None:
    """A crash between writing it down and sending: the same question once more, not another one."""
    begun = await database.write(beginning.begin, ada.caller, "1", 1, None)
    assert isinstance(begun, Asking)
    assert await database.read(interviewing.overdue, ada.now, 9) == ()
    again = await ada.wakes(begun.interview.id, timedelta(minutes=3))
    assert isinstance(again, Asking)
    assert again.round.id == begun.round.id
    assert await ada.wakes(begun.interview.id, DAY) is None
    assert await database.read(interviewing.overdue, ada.now, 9) == ()


async def test_a_grade_that_came_to_nothing_is_worked_out_again(ada: Candidate, database: Database) -> None:
    """A crash while it was graded; and graded twice, it goes on once."""
    first = await asked(ada)
    await ada.says(THIN)
    judging = await database.write(interviewing.finish, ada.caller, first.round.id, 0)
    assert isinstance(judging, Judging)
    on = await ada.wakes(first.interview.id, timedelta(minutes=3))
    assert isinstance(on, Asking)
    late = await database.write(interviewing.onward, ada.caller, judging, interviewing.judged(BANK, judging))
    assert isinstance(late, Waiting)
    (turn,) = await database.read(interviews.turns_of, first.interview)
    assert turn.asked == ("saturate",)


async def test_whatever_comes_twice(ada: Candidate, database: Database) -> None:
    """The command, a message, a press: nothing is asked or written twice."""
    first = await asked(ada, "3")
    again = await ada.begins("3")
    assert isinstance(again, Asking)
    assert again.round.id == first.round.id
    await ada.says(FULL, message_id=77)
    await ada.says(FULL, message_id=77)
    second = await ada.done(first)
    assert isinstance(second, Asking)
    pressed = await database.write(interviewing.finish, ada.caller, first.round.id, 0)
    assert isinstance(pressed, TooOld)
    over = await ada.stops(second)
    assert isinstance(over, Summing)
    assert [one.text for one in over.answers] == [FULL]
    again = await ada.stops(second)
    assert isinstance(again, Summing)
    assert again.answers == over.answers


async def test_who_stops_before_saying_anything(ada: Candidate) -> None:
    """Is judged on nothing."""
    over = await ada.stops(await asked(ada, "3"))
    assert isinstance(over, Summing)
    assert over.answers == ()


async def test_who_does_not_know_and_stops(ada: Candidate) -> None:
    """Is judged on that, and not on what came next."""
    await asked(ada, "3")
    following = await ada.says("不知道")
    assert isinstance(following, Asking)
    over = await ada.stops(following)
    assert isinstance(over, Summing)
    assert [one.text for one in over.answers] == ["不知道"]


async def test_it_goes_on_when_it_is_asked_for(ada: Candidate) -> None:
    """An hour later plain messages are none of its; /interview says the question again, within half a day."""
    first = await asked(ada, "3")
    ada.now += timedelta(hours=2)
    assert await ada.says(FULL) is None
    again = await ada.begins("bert", message_id=2)
    assert isinstance(again, Asking)
    assert again.round.id == first.round.id
    assert isinstance(await ada.says(FULL), Waiting)
    ada.now += DAY
    other = await ada.begins("bert", message_id=3)
    assert isinstance(other, Asking)
    assert other.interview.id != first.interview.id


async def test_a_reply_to_another_question_is_none_of_it(ada: Candidate, database: Database) -> None:
    """It answers that one; and a reply to what was said before its question answers nothing of it."""
    writer = Writer(database)
    await writer.asked()
    await asked(ada)
    assert await ada.says(FULL, reply_to=QUESTION) is None
    assert await ada.says(FULL, reply_to=4) is None
    assert isinstance(await ada.says(FULL, reply_to=10_000), Waiting)


async def test_the_newest_question_takes_the_words(ada: Candidate, database: Database) -> None:
    """One asked in the middle of it takes them until the interview asks again; a reply goes where it says."""
    first = await asked(ada, "3")
    writer = Writer(database, now=ada.now + timedelta(minutes=1))
    await writer.asked()
    ada.now = writer.now + timedelta(minutes=1)
    assert await ada.says(FULL) is None
    put = await database.read(rounds.by_id, first.round.id)
    assert put is not None
    assert isinstance(await ada.says(FULL, reply_to=put.message_id), Waiting)
    assert isinstance(await ada.says("还有一点"), Waiting)


async def test_a_city_asked_for_in_the_middle_of_it(ada: Candidate, database: Database) -> None:
    """Is none of the answer; whatever else is written is."""
    await asked(ada)
    await database.write(chats.ask_zone, ada.person, ada.caller.chat, ada.now, DEFAULTS)
    assert await ada.says("慕尼黑") is None
    assert isinstance(await ada.says(FULL), Waiting)


async def test_what_there_is_not(ada: Candidate, database: Database) -> None:
    """A topic that is none, and nothing to ask."""
    assert isinstance(await database.write(beginning.begin, ada.caller, "烹饪", 1, None), NoTopic)
    empty = caller(bank=Library())
    assert isinstance(await database.write(beginning.begin, empty, "", 1, None), Nobody)


async def test_a_question_that_left_the_bank(ada: Candidate) -> None:
    """Is left out, wherever it was."""
    first = await asked(ada, "3")
    await ada.says(FULL)
    ada.bank = Library(tuple(bank for bank in BANK.banks[:0]))
    over = await ada.done(first)
    assert isinstance(over, Summing)
    assert over.answers == ()


async def test_an_edit_counts(ada: Candidate, database: Database) -> None:
    """Until the reviews are planned; it shows nothing."""
    first = await asked(ada)
    await ada.says(THIN, message_id=77)
    assert await database.write(typed.edit, ada.caller, 77, FULL) is None
    over = await ada.done(first)
    assert isinstance(over, Summing)
    assert over.answers[0].text == FULL
    await database.write(summing.plan, ada.caller, over.interview.id, {0: Rating.GOOD})
    await database.write(typed.edit, ada.caller, 77, THIN)
    stands = await database.read(summing.find, ada.caller, over.interview.id)
    assert isinstance(stands, Summing)
    assert stands.answers[0].text == FULL


async def test_ratings_become_reviews_with_a_tap(ada: Candidate, database: Database) -> None:
    """Nothing before; once; and not changed afterwards."""
    first = await asked(ada)
    await ada.says(FULL)
    over = await ada.done(first)
    assert isinstance(over, Summing)
    number, ref = over.interview.id, first.question.ref
    assert await database.read(cards.reviews_of, ada.person.id, ref) == ()
    changed = await database.write(summing.rate, ada.caller, number, 0, Rating.HARD)
    assert isinstance(changed, Summing)
    assert changed.answers[0].rating is Rating.HARD
    for _ in range(2):
        planned = await database.write(summing.plan, ada.caller, number, {0: Rating.HARD})
        assert isinstance(planned, Summing)
        assert planned.planned
        assert planned.answers[0].back_in is not None
    log = await database.read(cards.reviews_of, ada.person.id, ref)
    assert [review.rating for review in log] == [Rating.HARD]
    assert await database.read(answers.by, first.round.id, ada.person.id) is not None
    late = await database.write(summing.rate, ada.caller, number, 0, Rating.EASY)
    assert isinstance(late, Summing)
    assert late.answers[0].rating is Rating.HARD


async def test_what_was_missed_is_kept(ada: Candidate, database: Database) -> None:
    """For the next time the question is asked."""
    first = await asked(ada)
    await ada.says(THIN + "\n说完了")
    assert await database.read(marks.missed_last, ada.person.id, first.question.ref) == {"saturate", "gradient"}


async def test_an_interview_is_its_person_s(ada: Candidate, database: Database) -> None:
    """Nobody else's buttons do anything to it, and forgetting takes it along."""
    first = await asked(ada)
    await ada.says(FULL)
    over = await ada.done(first)
    assert isinstance(over, Summing)
    bob = caller(person=BOB, bank=BANK)
    assert isinstance(await database.write(interviewing.finish, bob, first.round.id, 0), TooOld)
    assert isinstance(await database.write(interviewing.stop, bob, first.round.id), TooOld)
    assert isinstance(await database.write(summing.find, bob, over.interview.id), TooOld)
    assert await database.write(forgetting.forget_person, ada.person.id, int((ada.now + DAY).timestamp()))
    assert await database.read(interviews.newest, ada.person.id) is None
    assert isinstance(await database.write(summing.plan, ada.caller, over.interview.id, {0: Rating.GOOD}), TooOld)


async def test_an_easy_question_comes_first(ada: Candidate) -> None:
    """And a topic keeps to itself."""
    first = await asked(ada, "注意力")
    assert (first.question.ref, first.of) == (FIRST.ref, 1)
