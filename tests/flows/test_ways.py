"""How a question is put: with choices, in words, or to be recalled; and asking it otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.review import Rating
from bot.flows import answers, practice
from bot.flows.answers import GUESSED, Result
from bot.flows.asking import Asked
from bot.flows.callers import TooOld
from bot.store.database import Database
from tests.practice_bench import NOON
from tests.typed_bench import QUESTION, Writer


async def choose(writer: Writer, asked: Asked, *, right: bool) -> Result:
    """Press a choice."""
    place = asked.round.choices.index("2" if right else "0")
    result = await writer.database.write(answers.answer, writer.caller, asked.round.id, place, QUESTION)
    assert isinstance(result, Result)
    return result


@pytest.mark.parametrize(
    ("mode", "wanted", "kind"),
    [
        ("mixed", "注意力", "choice"),
        ("mixed", "BERT 家族", "choice"),
        ("mixed", "训练", "recall"),
        ("choice", "注意力", "choice"),
        ("choice", "训练", "recall"),
        ("typed", "注意力", "typed"),
        ("typed", "BERT 家族", "typed"),
        ("typed", "训练", "typed"),
        ("recall", "注意力", "recall"),
        ("recall", "训练", "recall"),
    ],
)
async def test_a_new_question(database: Database, mode: str, wanted: str, kind: str) -> None:
    """As the person wants it, as far as it has it."""
    assert (await Writer(database).asked(mode, wanted)).round.kind == kind


async def test_mixed_asks_for_words_once_a_choice_was_right_twice(database: Database) -> None:
    """A guess and a wrong choice are no knowing; without a rubric it stays with choices."""
    writer, kinds = Writer(database), []
    for right, guessed in ((True, False), (True, True), (False, False), (True, False)):
        asked = await writer.asked("mixed")
        kinds.append(asked.round.kind)
        await choose(writer, asked, right=right)
        if guessed:
            await database.write(answers.amend, writer.caller, asked.round.id, GUESSED)
        writer.now += timedelta(days=40)
    kinds.append((await writer.asked("mixed")).round.kind)
    assert kinds == ["choice"] * 4 + ["typed"]


async def test_mixed_stays_with_choices_without_a_rubric(database: Database) -> None:
    """Nobody could grade what is written."""
    writer = Writer(database)
    for _ in range(3):
        asked = await writer.asked("mixed", "BERT 家族")
        assert asked.round.kind == "choice"
        await choose(writer, asked, right=True)
        writer.now += timedelta(days=60)


async def test_a_question_is_asked_otherwise_and_back(database: Database) -> None:
    """Its choices stay in their order; a choice is taken only while it is asked with choices."""
    writer = Writer(database)
    asked = await writer.asked("mixed")
    number, order = asked.round.id, asked.round.choices
    for _ in range(2):
        in_words = await database.write(answers.ask_as, writer.caller, number, "typed")
        assert isinstance(in_words, Asked)
        assert (in_words.round.kind, in_words.round.choices) == ("typed", order)
    assert isinstance(await database.write(answers.answer, writer.caller, number, 0, QUESTION), TooOld)
    back = await database.write(answers.ask_as, writer.caller, number, "choice")
    assert isinstance(back, Asked)
    assert back.round.kind == "choice"
    assert (await choose(writer, back, right=True)).right is True


async def test_no_choice_counts_once_the_answer_was_shown(database: Database) -> None:
    """Who has looked cannot go back to the choices and earn points."""
    writer = Writer(database)
    asked = await writer.asked("recall")
    number = asked.round.id
    for _ in range(2):
        shown = await database.write(answers.reveal, writer.caller, number)
        assert isinstance(shown, Asked)
    assert isinstance(await database.write(answers.ask_as, writer.caller, number, "choice"), TooOld)
    assert isinstance(await database.write(answers.answer, writer.caller, number, 0, QUESTION), TooOld)
    rated = await database.write(answers.rate, writer.caller, number, Rating.GOOD, QUESTION)
    assert isinstance(rated, Result)
    assert (rated.right, rated.rating) == (None, Rating.GOOD)


async def test_an_answered_question_is_not_asked_otherwise(database: Database) -> None:
    """The press shows the result instead; garbage means too old."""
    writer = Writer(database)
    asked = await writer.asked("mixed")
    assert isinstance(await database.write(answers.ask_as, writer.caller, asked.round.id, None), TooOld)
    await choose(writer, asked, right=False)
    again = await database.write(answers.ask_as, writer.caller, asked.round.id, "typed")
    assert isinstance(again, Result)
    assert again.right is False


async def test_next_and_redelivery_keep_the_kind(database: Database) -> None:
    """A round is asked again as it was, whatever the person has chosen since."""
    writer = Writer(database)
    asked = await writer.asked("typed")
    again = await database.write(
        practice.quiz, writer.caller, "注意力", int(asked.round.origin[1:].split("/")[0]), None
    )
    assert isinstance(again, Asked)
    assert (again.round.id, again.round.kind, again.again) == (asked.round.id, "typed", True)
    assert writer.now == NOON
