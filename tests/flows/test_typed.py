"""Answers in writing: pieces, the end of them, the grade, the rating; and each of these twice, or cut short."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.core.bank import Ref
from bot.core.review import Rating
from bot.flows import answers, typed, writing
from bot.flows.answers import Result
from bot.flows.callers import Graded, TooOld
from bot.flows.listening import Said
from bot.flows.typed import Aloud
from bot.flows.writing import Written
from bot.store import marks, people, studies
from bot.store import typed as store
from bot.store.database import Database, Tx
from bot.store.tables import answers as answer_rows
from bot.store.tables import reviews
from bot.store.tables_typed import marks as mark_rows
from bot.store.tables_typed import overrides, pieces
from bot.store.tables_typed import typed as typed_rows
from tests.practice_bench import ADA, BOB, DEFAULTS
from tests.typed_bench import BANK, PARTLY, QUESTION, RESULT, Writer

MINUTE = timedelta(minutes=1)
REF = Ref("nlp", "a1")


async def counted(database: Database) -> tuple[int, int]:
    """How many answers and reviews there are."""

    def count(tx: Tx) -> tuple[int, int]:
        both = [tx.scalar(select(func.count()).select_from(table)) or 0 for table in (answer_rows, reviews)]
        return both[0], both[1]

    return await database.read(count)


async def test_one_message_graded_and_rated(database: Database) -> None:
    """Points with their marks; nothing counts before the rating, then one answer and one review, without points."""
    writer = Writer(database)
    asked = await writer.asked()
    first = await writer.says(PARTLY)
    assert first is not None
    assert (first.text, first.done, first.note_id, first.result) == (PARTLY, False, None, None)
    done = await database.write(typed.finish, writer.caller, asked.round.id)
    assert isinstance(done, Written)
    assert await writer.grade(done) == (["variance", "saturate"], ("gradient",), "partial")
    assert await counted(database) == (0, 0)
    assert isinstance(await database.write(answers.ask_as, writer.caller, asked.round.id, "choice"), TooOld)
    rated = await writer.rates(asked, Rating.HARD)
    assert isinstance(rated, Written)
    assert isinstance(rated.result, Result)
    assert (rated.result.rating, rated.result.right) == (Rating.HARD, None)
    assert await counted(database) == (1, 1)
    assert await database.read(marks.missed_last, ADA.id, REF) == {"gradient"}


async def test_everything_twice_counts_once(database: Database) -> None:
    """Double taps and redelivered messages; another rating afterwards changes the one review."""
    writer = Writer(database)
    asked = await writer.asked()
    for _ in range(2):
        await writer.says(PARTLY, message_id=200)
    for _ in range(2):
        written = await database.write(typed.finish, writer.caller, asked.round.id)
        assert isinstance(written, Written)
        assert written.text == PARTLY
        await writer.grade(written)
    for rating in (Rating.GOOD, Rating.GOOD, Rating.AGAIN):
        rated = await writer.rates(asked, rating)
        assert isinstance(rated, Written)
        assert rated.result is not None
        assert rated.result.rating == rating
    assert await counted(database) == (1, 1)
    again = await writer.says(PARTLY, message_id=200)
    assert again is not None
    assert again.result is not None


async def test_several_messages_are_one_answer(database: Database) -> None:
    """In the order they were written, until the word that it is all, alone or as a last line."""
    writer = Writer(database)
    for last in ("说完了", "梯度消失，训练不动。\nDone!"):
        await writer.asked()
        await writer.says("维度大时方差变大")
        writer.now += MINUTE
        await writer.says("softmax 就会饱和")
        writer.now += MINUTE
        written = await writer.says(last)
        assert written is not None
        assert written.done
        assert written.text.startswith("维度大时方差变大\nsoftmax 就会饱和")
        assert "Done" not in written.text
        await writer.rates(written.asked, Rating.GOOD)
        writer.now += timedelta(days=60)


async def test_the_word_alone_is_no_answer(database: Database) -> None:
    """Nothing has been said yet."""
    writer = Writer(database)
    await writer.asked()
    assert await writer.says("说完了") is None


async def test_more_than_ten_messages_are_not_taken(database: Database) -> None:
    """The tenth ends the answer, so that nobody fills the table."""
    writer = Writer(database)
    await writer.asked()
    heard = [await writer.says(f"第 {number} 句") for number in range(11)]
    assert [one is not None and one.done for one in heard[:10]] == [False] * 9 + [True]
    assert heard[10] is None


async def test_what_is_added_soon_after_the_grade_is_graded_with_it(database: Database) -> None:
    """Below, in a new message; later it is no part of the answer, unless it replies to it."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.answered(asked)
    more = await writer.says("梯度消失")
    assert more is not None
    assert (more.done, more.result_id, more.note_id) == (True, None, RESULT)
    assert (await writer.grade(more))[1] == ()
    writer.now += 3 * MINUTE
    assert await writer.says("还有") is None
    replied = await writer.says("还有", reply_to=QUESTION)
    assert replied is not None
    assert replied.text.endswith("还有")


async def test_edits_are_graded_anew_until_the_rating(database: Database) -> None:
    """An edited piece of an answer that is not done shows nothing yet. After the rating other words change nothing,
    which is said; the same words (Telegram calls a link's preview an edit) not even that."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.says("方差", message_id=200)
    assert await database.write(typed.edit, writer.caller, 200, "维度大时方差变大") is None
    await database.write(typed.finish, writer.caller, asked.round.id)
    for _ in range(2):
        edited = await database.write(typed.edit, writer.caller, 200, PARTLY)
        assert edited is not None
        assert await writer.grade(edited) == (["variance", "saturate"], ("gradient",), "partial")
    await writer.rates(asked, Rating.GOOD)
    assert edited is not None
    await database.write(typed.told, edited, 900, writer.now)
    for _ in range(2):
        late = await database.write(typed.edit, writer.caller, 200, "不知道")
        assert late is not None
        assert (late.late, late.text) == (True, PARTLY)
    assert await database.write(typed.edit, writer.caller, 200, PARTLY) is None
    stands = await database.write(typed.look, writer.caller, asked.round.id)
    assert isinstance(stands, Written)
    assert stands.text == PARTLY
    assert await database.write(typed.edit, writer.caller, 999, "别的消息") is None


async def test_a_grade_that_was_overtaken_by_an_edit_is_not_noted(database: Database) -> None:
    """It was worked out beside the transaction; what stands there is graded by who edited it."""
    writer = Writer(database)
    asked = await writer.asked()
    old = await writer.answered(asked, "维度大时方差变大")
    found = writing.judged(BANK, old)
    assert found is not None
    message = old.last
    edited = await database.write(typed.edit, writer.caller, message, PARTLY)
    assert edited is not None
    await writer.grade(edited)
    await database.write(writing.keep, old, found)
    kept = await database.read(marks.of_round, ADA.id, REF, asked.round.id)
    assert kept == {"hit": {"variance", "saturate"}, "missed": {"gradient"}, "wrong": set()}


async def test_who_falls_silent_is_graded(database: Database) -> None:
    """After two minutes, by whoever claims it first; again if it was not told; never once it is rated."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.says(PARTLY)

    async def claimed() -> list[Written | None]:
        found = await database.read(typed.overdue, writer.now, 10)
        return [
            await database.write(typed.close_overdue, BANK, number, writer.now, DEFAULTS) for number in (*found, *found)
        ]

    writer.now += MINUTE
    assert await claimed() == []
    writer.now += MINUTE
    first, second = await claimed()
    assert first is not None
    assert (first.text, first.done) == (PARTLY, True)
    assert second is None
    writer.now += 2 * MINUTE  # whoever claimed it has died
    again, _second = await claimed()
    assert again is not None
    await writer.grade(again)
    writer.now += 9 * MINUTE
    assert await claimed() == []
    await writer.rates(asked, Rating.GOOD)


async def test_who_has_looked_at_the_answer_instead_is_not_graded(database: Database) -> None:
    """Written, then revealed: the tick leaves it alone, and so does a press on Done."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.says(PARTLY)
    await database.write(answers.reveal, writer.caller, asked.round.id)
    writer.now += 3 * MINUTE
    assert await database.write(typed.close_overdue, BANK, asked.round.id, writer.now, DEFAULTS) is None
    assert await database.read(typed.overdue, writer.now, 10) == ()
    assert isinstance(await database.write(typed.finish, writer.caller, asked.round.id), TooOld)


async def test_who_has_a_grade_keeps_it(database: Database) -> None:
    """The question's button for the answer changes nothing once the grade shows it: that is still to be rated."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.answered(asked)
    assert await database.write(answers.reveal, writer.caller, asked.round.id) == Graded("zh")
    rated = await writer.rates(asked, Rating.GOOD)
    assert isinstance(rated, Written)
    assert isinstance(rated.result, Result)
    assert isinstance(await database.write(answers.reveal, writer.caller, asked.round.id), Result)


async def test_said_aloud_shows_the_answer(database: Database) -> None:
    """For a question in words or to be recalled; with choices open, or nothing, it is no answer."""
    writer = Writer(database)
    for mode, taken in (("typed", True), ("recall", True), ("choice", False)):
        asked = await writer.asked(mode)
        heard = await database.write(typed.hear, writer.caller, Said(next(writer.messages), "", aloud=True))
        assert isinstance(heard, Aloud) is taken
        result = await database.write(answers.rate, writer.caller, asked.round.id, Rating.GOOD, 5)
        assert isinstance(result, Result) is taken
        writer.now += timedelta(days=60)


async def test_nobody_else_touches_it(database: Database) -> None:
    """Another person with the same numbers in their own chat is told that the button is too old."""
    writer, other = Writer(database), Writer(database, BOB)
    asked = await writer.asked()
    await writer.answered(asked)
    for flow, more in ((typed.finish, ()), (typed.look, ()), (typed.rate, (3, 1)), (typed.override, ("gradient", "x"))):
        assert isinstance(await database.write(flow, other.caller, asked.round.id, *more), TooOld)
    assert await other.says("维度") is None
    assert await counted(database) == (0, 0)


async def test_a_rating_earns_the_streak_and_no_points(database: Database) -> None:
    """It is practice as any other."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.answered(asked)
    await writer.rates(asked, Rating.EASY)
    assert await database.read(studies.days_of, ADA.id) != ()
    points = await database.read(lambda tx: tx.scalar(select(answer_rows.c.points)))
    assert points == 0


async def test_a_rating_before_the_grade_means_nothing(database: Database) -> None:
    """A forged press: the answer has not been shown."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.says(PARTLY)
    assert isinstance(await writer.rates(asked, Rating.GOOD), TooOld)
    assert isinstance(await writer.rates(asked, 9), TooOld)
    assert await counted(database) == (0, 0)


async def test_forgetting_takes_all_of_it(database: Database) -> None:
    """Pieces, marks, overrides."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.answered(asked)
    await database.write(typed.override, writer.caller, asked.round.id, "gradient", "训练不动")
    await database.write(people.erase_person, ADA.id)

    def left(tx: Tx) -> list[int | None]:
        tables = (pieces, typed_rows, mark_rows, overrides)
        return [tx.scalar(select(func.count()).select_from(table)) for table in tables]

    assert await database.read(left) == [0, 0, 0, 0]
    assert await database.read(store.find, asked.round.id) is None


@pytest.mark.parametrize("wanted", ["BERT 家族", "训练"])
async def test_without_a_rubric_there_is_no_grade(database: Database, wanted: str) -> None:
    """Reference and rating of oneself only."""
    writer = Writer(database)
    asked = await writer.asked("typed", wanted)
    await writer.says("随便写")
    written = await database.write(typed.finish, writer.caller, asked.round.id)
    assert isinstance(written, Written)
    assert writing.judged(BANK, written) is None
    rated = await writer.rates(asked, Rating.HARD)
    assert isinstance(rated, Written)
