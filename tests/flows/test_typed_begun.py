"""Words that go on with an answer begun before, and words where an answer was to be recalled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.review import Rating
from bot.flows import answers, asking, listening, typed, writing
from bot.flows.asking import Asked
from bot.flows.listening import Said
from bot.flows.writing import Written
from bot.store import private_rounds
from bot.store.database import Database
from tests.flows.test_missing import BANK as ASKING
from tests.flows.test_missing import asked_again
from tests.typed_bench import BANK, PARTLY, QUESTION, Writer


async def two(database: Database) -> tuple[Writer, Asked, Asked]:
    """Two questions without an answer, the second below the first."""
    writer = Writer(database)
    first = await writer.asked()
    second = await writer.asked("typed", "BERT 家族")
    await database.write(asking.posted, second.round.id, QUESTION + 1)
    return writer, first, second


async def test_what_is_begun_in_a_reply_goes_on(database: Database) -> None:
    """Without another reply, until it has been graded for a while; then the newest question is meant again."""
    writer, first, second = await two(database)
    begun = await writer.says("一句", reply_to=QUESTION)
    more = await writer.says("又一句")
    assert begun is not None
    assert more is not None
    assert (more.asked.round.id, more.text) == (first.round.id, "一句\n又一句")
    await writer.answered(first, "第三句")
    writer.now += listening.TOGETHER + timedelta(seconds=1)
    later = await writer.says("给第二题")
    assert later is not None
    assert later.asked.round.id == second.round.id


async def test_after_the_last_word_the_newest_is_meant(database: Database) -> None:
    """It has waited for words meanwhile; once it has them, what comes to mind goes on with the last of the two."""
    writer, first, second = await two(database)
    await writer.says("一句", reply_to=QUESTION)
    assert (await writer.answered(first, "又一句")).asked.round.id == first.round.id
    newer = await writer.says("给第二题")
    assert newer is not None
    assert (newer.asked.round.id, newer.text) == (second.round.id, "给第二题")
    await database.write(typed.finish, writer.caller, second.round.id)
    added = await writer.says("想起来一点", reply_to=QUESTION)
    more = await writer.says("还有一点")
    assert added is not None
    assert more is not None
    assert more.asked.round.id == first.round.id


async def test_a_question_asked_since_comes_first(database: Database) -> None:
    """Whoever asked for another one has left the answer before."""
    writer = Writer(database)
    await writer.asked()
    await writer.says("一句", message_id=QUESTION + 1)
    second = await writer.asked("typed", "BERT 家族")
    await database.write(asking.posted, second.round.id, QUESTION + 2)
    heard = await writer.says("给第二题")
    assert heard is not None
    assert heard.asked.round.id == second.round.id


async def test_words_where_the_answer_was_to_be_recalled(database: Database) -> None:
    """Are taken and graded, and are not for an older question; redelivered, they are the same answer."""
    writer = Writer(database)
    await writer.asked("typed", "BERT 家族")
    recalled = await writer.asked("recall")
    for _ in range(2):
        heard = await writer.says(PARTLY, message_id=700)
        assert heard is not None
        assert (heard.asked.round.id, heard.asked.round.kind, heard.text) == (recalled.round.id, "typed", PARTLY)
    assert (await writer.grade(await writer.answered(recalled, "就这些")))[2] == "partial"


async def test_words_after_the_answer_was_shown(database: Database) -> None:
    """Are talk: they may have been read off."""
    writer = Writer(database)
    recalled = await writer.asked("recall")
    await database.write(answers.reveal, writer.caller, recalled.round.id)
    assert await writer.says(PARTLY) is None
    assert await writer.says(PARTLY, reply_to=QUESTION) is None


async def test_said_aloud_after_the_grade(database: Database) -> None:
    """Is no answer: what was written has its grade, and that is rated."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.answered(asked)
    aloud = Said(next(writer.messages), "", aloud=True)
    assert await database.write(typed.hear, writer.caller, aloud) is None
    rated = await writer.rates(asked, Rating.GOOD)
    assert isinstance(rated, Written)
    assert rated.result is not None


async def test_words_to_recall_are_for_the_whole(database: Database) -> None:
    """Though points were left out last time: its message did not ask for them alone."""
    writer = Writer(database, bank=ASKING)
    again = await asked_again(writer, database)
    assert again.missing
    await database.write(private_rounds.ask_as, again.round.id, "recall")
    heard = await writer.says(PARTLY)
    assert heard is not None
    assert heard.only == ()
    assert (await writer.answered(again, "就这些")).only == ()


async def test_words_where_nothing_grades_them(database: Database) -> None:
    """Without a rubric or choices they are kept, and who does not know has said all: the reference is shown."""
    writer = Writer(database)
    asked = await writer.asked("mixed", "训练")
    assert asked.round.kind == "recall"
    assert await writer.says("说完了") is None
    heard = await writer.says("不知道")
    assert heard is not None
    assert (heard.text, heard.done) == ("不知道", True)
    assert writing.judged(BANK, heard) is None
    rated = await writer.rates(asked, Rating.AGAIN)
    assert isinstance(rated, Written)
    assert rated.result is not None
    assert rated.result.rating is Rating.AGAIN


@pytest.mark.parametrize("word", ["說完了", "答完了。", "完畢", "ＤＯＮＥ", "That’s all."])
async def test_the_word_for_all_of_it_however_it_is_written(database: Database, word: str) -> None:
    """In Traditional characters and in full width it ends the answer, and is no part of it."""
    writer = Writer(database)
    await writer.asked()
    await writer.says(PARTLY)
    ended = await writer.says(word)
    assert ended is not None
    assert (ended.done, ended.text) == (True, PARTLY)
