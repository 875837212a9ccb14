"""Undo of an answer in words: byte for byte as it stood graded and unrated, and the same grade is rated again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.flows import learners, typed, undoing
from bot.flows.asking import Asked
from bot.flows.undoing import Stays, Undone
from bot.flows.writing import Written
from bot.store.database import Database
from tests.flows.test_undoing import Dump, dump
from tests.typed_bench import PARTLY, RESULT, Writer

MINUTE = timedelta(minutes=1)
UNDO = 900  # messages that say /undo


@pytest.fixture
def writer(database: Database) -> Writer:
    """Nothing has been asked yet."""
    return Writer(database)


async def undo(writer: Writer, message_id: int = UNDO) -> Undone | Stays:
    """/undo in that message."""
    return await writer.database.write(undoing.undo_last, writer.caller, message_id)


async def stands(writer: Writer, asked: Asked) -> Written:
    """The answer as it is."""
    found = await writer.database.write(typed.look, writer.caller, asked.round.id)
    assert isinstance(found, Written)
    return found


async def tables(writer: Writer) -> Dump:
    """Every row of every table."""
    return await writer.database.read(dump)


async def test_the_grade_waits_for_its_rating_again(writer: Writer) -> None:
    """Nothing of what was written is gone: pieces, marks, "I did say that", and the messages that show it all."""
    asked = await writer.asked()
    graded = await writer.answered(asked)
    point = "gradient"
    await writer.database.write(typed.override, writer.caller, asked.round.id, point, PARTLY)
    before, open_answer = await tables(writer), await stands(writer, asked)
    writer.now += MINUTE
    await writer.rates(asked, 3)
    await writer.rates(asked, 2)
    assert await tables(writer) != before
    writer.now += MINUTE
    for again in (False, True):
        undone = await undo(writer)
        assert isinstance(undone, Undone)
        assert (undone.asked.round.kind, undone.asked.round.state, undone.again) == ("typed", "open", again)
        assert await tables(writer) == before
    assert await stands(writer, asked) == open_answer
    assert (open_answer.text, open_answer.done, open_answer.result) == (graded.text, True, None)


async def test_rated_again_edited_or_shown_again_it_counts_once(writer: Writer) -> None:
    """After an undo a rating is one answer and one review; edits are graded anew until it."""
    asked = await writer.asked()
    await writer.says(PARTLY, 600)
    await writer.database.write(typed.finish, writer.caller, asked.round.id)
    await writer.grade(await stands(writer, asked))
    before = await tables(writer)
    await writer.rates(asked, 1)
    assert isinstance(await undo(writer), Undone)
    await writer.grade(await stands(writer, asked))  # as the handlers show it
    assert await tables(writer) == before
    edited = await writer.database.write(typed.edit, writer.caller, 600, "不知道")
    assert edited is not None
    await writer.grade(edited)
    writer.now += MINUTE
    for _ in range(2):
        await writer.rates(asked, 4)
    late = await writer.database.write(typed.edit, writer.caller, 600, PARTLY)
    assert late is not None
    assert (late.late, late.text) == (True, "不知道")
    after = await tables(writer)
    assert (len(after["answers"]), len(after["reviews"]), len(after["cards"])) == (1, 1, 1)


@pytest.mark.parametrize("wanted", ["", "注意力", "训练"])
async def test_a_second_review_of_a_known_card(writer: Writer, wanted: str) -> None:
    """The card goes back to what the first review had made of it, with or without a rubric, whatever the retention."""
    await writer.database.write(learners.change, writer.caller, "retention", 80)
    for days in (0, 100, 1000):
        writer.now += timedelta(days=days)
        asked = await writer.asked(wanted=wanted)
        await writer.says(PARTLY)
        written = await writer.database.write(typed.finish, writer.caller, asked.round.id)
        assert isinstance(written, Written)
        await _graded(writer, written)
        before = await tables(writer)
        await writer.rates(asked, 2)
        writer.now += MINUTE
        assert isinstance(await undo(writer, UNDO + days), Undone)
        assert await tables(writer) == before
        writer.now += MINUTE
        await writer.rates(asked, 3)


async def _graded(writer: Writer, written: Written) -> None:
    if written.asked.rubric is not None:
        await writer.grade(written)
    else:
        await writer.database.write(typed.told, written, RESULT, writer.now)
