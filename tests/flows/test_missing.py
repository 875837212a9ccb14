"""The points left out last time are asked for first, then the whole: once each, and however it is cut short."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.bank import Bank, Library, Ref
from bot.core.review import Rating
from bot.flows import listening, practice, typed, writing
from bot.flows.answers import Result
from bot.flows.asking import Asked
from bot.flows.writing import Written
from bot.store import marks
from bot.store.database import Database
from tests.interview_bench import FIRST, SCALE, THIN
from tests.practice_bench import ADA, DEFAULTS, TOPICS, caller
from tests.typed_bench import Writer

BANK = Library((Bank("nlp", {"zh": "面试题"}, TOPICS, (FIRST,), rubrics={"a1": SCALE}),))
REF = Ref("nlp", "a1")
SATURATED, VANISHED = "softmax 就会饱和", "梯度消失"


@pytest.fixture
def ada(database: Database) -> Writer:
    """Ada, whose bank asks for missing points."""
    return Writer(database, bank=BANK)


async def asked_again(ada: Writer, database: Database) -> Asked:
    """The question, a month after an answer that left two points out."""
    first = await ada.asked()
    assert first.missing == ()
    await ada.answered(first, THIN)
    await ada.rates(first, Rating.HARD)
    ada.now += timedelta(days=30)
    put = await database.write(practice.quiz, ada.caller, "注意力", 9000, None)
    assert isinstance(put, Asked)
    assert put.round.kind == "typed"
    return put


async def done(ada: Writer, database: Database, asked: Asked) -> Written:
    """She says that it is all."""
    written = await database.write(typed.finish, ada.caller, asked.round.id)
    assert isinstance(written, Written)
    return written


async def test_who_made_no_point_is_asked_the_whole(ada: Writer, database: Database) -> None:
    """All that was left out is the whole, which need not be asked for twice."""
    first = await ada.asked()
    await ada.answered(first, "不知道")
    await ada.rates(first, Rating.AGAIN)
    ada.now += timedelta(days=30)
    again = await database.write(practice.quiz, ada.caller, "注意力", 9000, None)
    assert isinstance(again, Asked)
    assert again.missing == ()
    whole = await ada.says("不会")
    assert whole is not None
    assert whole.only == ()


async def test_what_was_left_out_is_asked_for(ada: Writer, database: Database) -> None:
    """The weightiest first, and graded alone; nothing is noted of it as an answer to the whole."""
    again = await asked_again(ada, database)
    assert [point.id for point in again.missing] == ["saturate", "gradient"]
    first = await ada.says(SATURATED)
    assert first is not None
    assert [point.id for point in first.only] == ["saturate", "gradient"]
    graded = await ada.grade(await done(ada, database, again))
    assert graded[:2] == (["saturate"], ("gradient",))
    assert await database.read(marks.of_round, ADA.id, REF, again.round.id) == dict.fromkeys(
        ("hit", "missed", "wrong"), frozenset()
    )


async def test_then_the_whole(ada: Writer, database: Database) -> None:
    """What was said to the points counts for it, too; however long it takes; and it is rated once."""
    again = await asked_again(ada, database)
    await ada.says(SATURATED)
    await ada.grade(await done(ada, database, again))
    ada.now += timedelta(hours=5)
    more = await ada.says(THIN)
    assert more is not None
    assert (more.only, more.done, more.result_id, more.note_id) == ((), False, None, None)
    whole = await done(ada, database, again)
    assert whole.text == f"{SATURATED}\n{THIN}"
    assert await ada.grade(whole) == (["variance", "saturate"], ("gradient",), "partial")
    rated = await ada.rates(again, Rating.GOOD)
    assert isinstance(rated, Written)
    assert isinstance(rated.result, Result)
    assert await database.read(marks.missed_last, ADA.id, REF) == {"gradient"}


async def test_enough_of_it(ada: Writer, database: Database) -> None:
    """What is written is graded as it is, once all is said; pressed twice, it is one."""
    again = await asked_again(ada, database)
    await ada.says(VANISHED)
    early = await database.write(typed.whole, ada.caller, again.round.id)
    assert isinstance(early, Written)
    assert early.only
    await ada.grade(await done(ada, database, again))
    for _ in range(2):
        enough = await database.write(typed.whole, ada.caller, again.round.id)
        assert isinstance(enough, Written)
        assert (enough.only, enough.done) == ((), True)
        assert (await ada.grade(enough))[0] == ["gradient"]


async def test_an_edit_of_a_said_point(ada: Writer, database: Database) -> None:
    """Is graded by the points, until the whole is asked for."""
    again = await asked_again(ada, database)
    await ada.says("说不上来", message_id=700)
    await ada.grade(await done(ada, database, again))
    edited = await database.write(typed.edit, ada.caller, 700, SATURATED)
    assert isinstance(edited, Written)
    assert (await ada.grade(edited))[0] == ["saturate"]


async def test_silence_and_whatever_comes_twice(ada: Writer, database: Database) -> None:
    """Two minutes later the points are graded; the same message again changes nothing."""
    again = await asked_again(ada, database)
    await ada.says(SATURATED, message_id=700)
    ada.now += listening.TOGETHER + timedelta(seconds=1)
    closed = await database.write(typed.close_overdue, BANK, again.round.id, ada.now, DEFAULTS)
    assert isinstance(closed, Written)
    assert closed.done
    await ada.grade(closed)
    same = await ada.says(SATURATED, message_id=700)
    assert same is not None
    assert (same.text, bool(same.only)) == (SATURATED, True)


async def test_a_full_answer_leaves_nothing_to_ask_for(ada: Writer, database: Database) -> None:
    """Nor do points that nobody has written a question for."""
    again = await asked_again(ada, database)
    await ada.says(SATURATED)
    await ada.grade(await done(ada, database, again))
    await ada.says(f"{THIN}{VANISHED}")
    await ada.grade(await done(ada, database, again))
    await ada.rates(again, Rating.GOOD)
    ada.now += timedelta(days=60)
    third = await database.write(practice.quiz, ada.caller, "注意力", 9001, None)
    assert isinstance(third, Asked)
    assert third.missing == ()
    assert writing.judged(BANK, await written_after(ada, database, third)) is not None


async def written_after(ada: Writer, database: Database, asked: Asked) -> Written:
    """An answer to that question, all of it."""
    await ada.says(THIN)
    here = caller(ada.now, ADA, BANK)
    written = await database.write(typed.finish, here, asked.round.id)
    assert isinstance(written, Written)
    assert written.only == ()
    return written


async def test_enough_after_some_of_the_whole(ada: Writer, database: Database) -> None:
    """The button still stands under the points when the whole has been begun: then that was all of it."""
    again = await asked_again(ada, database)
    await ada.says("说不上来")
    await ada.grade(await done(ada, database, again))
    await ada.says(f"{THIN}{VANISHED}")
    enough = await database.write(typed.whole, ada.caller, again.round.id)
    assert isinstance(enough, Written)
    assert (enough.only, enough.done) == ((), True)
    await ada.grade(enough)
    rated = await ada.rates(again, Rating.GOOD)
    assert isinstance(rated, Written)
    assert isinstance(rated.result, Result)
