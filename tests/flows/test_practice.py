"""The next question, by button."""

import asyncio

from bot.flows import answers, practice
from bot.flows.asking import Asked
from bot.flows.callers import TooOld
from bot.store import cards
from bot.store.database import Database
from tests.practice_bench import BOB, NOON, caller, choice_question


async def put(database: Database) -> Asked:
    """Ada's first question."""
    asked = await database.write(practice.quiz, caller(), "", 1, None)
    assert isinstance(asked, Asked)
    return asked


async def answer(database: Database, asked: Asked) -> None:
    """The right choice's button."""
    position = asked.round.choices.index("2")
    result = await database.write(answers.answer, caller(), asked.round.id, position, 70)
    assert isinstance(result, answers.Result)


async def test_next_pressed_twice(database: Database) -> None:
    """Next asks one question, however often it is pressed, before and after that one is answered."""
    asked = await put(database)
    await answer(database, asked)
    first = await database.write(practice.next_question, caller(), asked.round.id, None)
    second = await database.write(practice.next_question, caller(), asked.round.id, None)
    assert isinstance(first, Asked)
    assert isinstance(second, Asked)
    assert first.round.id == second.round.id
    await answer(database, first)
    third = await database.write(practice.next_question, caller(), asked.round.id, None)
    assert isinstance(third, Asked)
    assert (third.round.id, third.round.state) == (first.round.id, "closed")


async def test_next_pressed_twice_at_once(database: Database) -> None:
    """Two taps, two processes: whoever comes second finds the round that the first one has begun."""
    asked = await put(database)
    await answer(database, asked)
    presses = (database.write(practice.next_question, caller(), asked.round.id, None) for _ in range(2))
    shown = await asyncio.gather(*presses)
    assert len({one.round.id for one in shown if isinstance(one, Asked)}) == 1
    assert sorted(one.again for one in shown if isinstance(one, Asked)) == [False, True]


async def test_topic_button_again(database: Database) -> None:
    """A topic's button asks one question at a time, and the next one once that is answered."""

    async def press(press_id: str) -> Asked:
        asked = await database.write(practice.quiz_topic, caller(), 0, 5, press_id, None)
        assert isinstance(asked, Asked)
        return asked

    first, again = await press("1"), await press("2")
    assert first.round.id == again.round.id
    await answer(database, first)
    redelivered = await press("1")
    assert (redelivered.round.id, redelivered.round.state) == (first.round.id, "closed")
    assert (await press("3")).round.ref.id == "a2"
    assert await database.write(practice.quiz_topic, caller(), 99, 5, "4", None) == TooOld("zh")


async def test_english_version_is_the_same_question(database: Database) -> None:
    """A question answered in English is not new in Chinese."""
    who = caller(NOON, BOB)
    asked = await database.write(practice.quiz, who, "bert", 1, None)
    assert isinstance(asked, Asked)
    assert asked.question == choice_question("b1", "bert", 2, "en")
    await database.write(answers.answer, who, asked.round.id, asked.round.choices.index("2"), 70)
    assert await database.read(cards.known, BOB.id) == {asked.round.ref}
