"""Undo: everything is as before the answer, in every table, byte for byte; and what stays as it is."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.core.calendar import Period
from bot.core.people import Chat as Private
from bot.flows import answers, asking, boards, practice, undoing
from bot.flows.answers import Result
from bot.flows.asking import Asked
from bot.flows.undoing import Stays, Undone
from bot.store import scores
from bot.store.database import Database, Tx
from bot.store.tables_group import metadata
from tests.group_bench import DEFAULTS, LIN, Study
from tests.practice_bench import ADA, BOB, LIBRARY, NOON, QUESTIONS, caller, library

MESSAGE = 70
HOME = Private(ADA.id, "private", "Ada")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# When somebody was here last is no part of an answer; the note about an undone one is what undo adds.
ASIDE = {"sittings", "undone", "firsts"}
Dump = dict[str, list[tuple[Any, ...]]]


def dump(tx: Tx) -> Dump:
    """Every row of every table."""
    tables = (table for table in metadata.sorted_tables if table.name not in ASIDE)
    return {table.name: sorted(map(tuple, tx.execute(select(table))), key=repr) for table in tables}


class Chat:
    """Ada's private chat, in which time passes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = NOON
        self.messages = 0

    async def ask(self, wanted: str = "") -> Asked:
        """A question that stands there."""
        self.messages += 1
        asked = await self.database.write(practice.quiz, caller(self.now), wanted, self.messages, None)
        assert isinstance(asked, Asked)
        await self.database.write(asking.posted, asked.round.id, MESSAGE + self.messages)
        return asked

    async def answer(self, asked: Asked, choice: int = 2) -> Result:
        """Give that answer, or rate a recall question by it."""
        who, number = caller(self.now), asked.round.id
        if asked.question.choices:
            position = asked.round.choices.index(str(choice))
            result = await self.database.write(answers.answer, who, number, position, MESSAGE)
        else:
            result = await self.database.write(answers.rate, who, number, choice + 1, MESSAGE)
        assert isinstance(result, Result)
        return result

    async def undo(self, result: Result) -> Undone | Stays:
        """The button under the result."""
        at = int(result.answered_at.timestamp())
        return await self.database.write(undoing.undo_answer, caller(self.now), result.asked.round.id, at)

    async def command(self) -> Undone | Stays:
        """/undo in a new message."""
        self.messages += 1
        return await self.database.write(undoing.undo_last, caller(self.now), self.messages)

    async def dump(self) -> Dump:
        """All there is."""
        return await self.database.read(dump)


@pytest.fixture
def chat(database: Database) -> Chat:
    """Nothing has been asked yet."""
    return Chat(database)


async def test_the_first_answer_ever(chat: Chat) -> None:
    """Answer, review, card, lines and study day are gone; the round is open, and its question is shown again."""
    asked = await chat.ask()
    before = await chat.dump()
    result = await chat.answer(asked)
    assert await chat.dump() != before
    done = await chat.undo(result)
    assert isinstance(done, Undone)
    assert (done.asked.round.id, done.asked.round.state, done.again) == (asked.round.id, "open", False)
    assert await chat.dump() == before


async def test_whatever_was_said_about_the_answer_goes_with_it(chat: Chat) -> None:
    """A guess, an easy one, another rating of a recall question: one answer, one undo."""
    asked = await chat.ask()
    before = await chat.dump()
    result = await chat.answer(asked)
    for rating in (answers.GUESSED, answers.TOO_EASY):
        await chat.database.write(answers.amend, caller(chat.now), asked.round.id, rating)
    assert isinstance(await chat.undo(result), Undone)
    assert await chat.dump() == before
    chat.now += MINUTE
    recall = await chat.ask("训练")
    before = await chat.dump()
    await chat.answer(recall, 0)
    result = await chat.answer(recall, 3)
    assert isinstance(await chat.undo(result), Undone)
    assert await chat.dump() == before


async def test_twice_is_once(chat: Chat) -> None:
    """A double tap, a redelivered press and a redelivered /undo show the open question; a new /undo says why not."""
    first = await chat.ask()
    chat.now += MINUTE
    await chat.answer(first, 0)
    chat.now += MINUTE
    second = await chat.ask()
    before = await chat.dump()
    chat.now += MINUTE
    result = await chat.answer(second)
    for again in (False, True):
        done = await chat.undo(result)
        assert isinstance(done, Undone)
        assert (done.asked.round.id, done.again) == (second.round.id, again)
        assert await chat.dump() == before
    assert await chat.command() == Stays("zh", "twice")
    chat.now += MINUTE
    await chat.answer(second, 1)
    for again in (False, True):
        done = await chat.database.write(undoing.undo_last, caller(chat.now), 999)
        assert isinstance(done, Undone)
        assert (done.asked.round.id, done.again) == (second.round.id, again)
    assert await chat.dump() == before
    chat.now += MINUTE
    await chat.answer(second)
    assert await chat.command() != Stays("zh", "twice")
    assert await chat.dump() == before


async def test_what_is_undone_stays_undone_when_all_of_it_comes_again(chat: Chat) -> None:
    """As after a kill: the answer, then the wish to undo it, by command or button, as often as they come; a newer
    answer comes after both and stays."""
    asked = await chat.ask()
    before = await chat.dump()
    result = await chat.answer(asked)
    assert isinstance(await chat.undo(result), Undone)
    for _ in range(2):
        chat.now += MINUTE
        await chat.answer(asked)
        assert isinstance(await chat.undo(result), Undone)
        assert await chat.dump() == before
    for _ in range(2):
        chat.now += MINUTE
        await chat.answer(asked)
        assert isinstance(await chat.database.write(undoing.undo_last, caller(chat.now), 999), Undone)
        assert await chat.dump() == before
    chat.now += MINUTE
    await chat.answer(asked, 1)
    stands = await chat.dump()
    chat.now += MINUTE
    for again in (chat.answer(asked), chat.database.write(undoing.undo_last, caller(chat.now), 999)):
        await again
    chat.now -= MINUTE
    await chat.answer(asked, 1)
    assert await chat.dump() == stands


async def test_two_answers_within_a_second(chat: Chat) -> None:
    """As they are heard after downtime: the first of the day is not taken for the last, or it would take the other one
    off the boards with it."""
    older, newer = await chat.ask(), await chat.ask()
    await chat.answer(newer)
    before = await chat.dump()
    last = await chat.answer(older)
    done = await chat.command()
    assert isinstance(done, Undone)
    assert done.asked.round.id == last.asked.round.id == older.round.id
    assert await chat.dump() == before


async def test_what_stays(chat: Chat, database: Database) -> None:
    """Nothing answered, an older answer, somebody else's, one in a group, one whose question has changed."""
    assert await chat.command() == Stays("zh", "none")
    first, second = await chat.ask(), await chat.ask()
    older = await chat.answer(first)
    assert await chat.undo(older) != Stays("zh", "older")
    chat.now += MINUTE
    older = await chat.answer(first)
    chat.now += MINUTE
    newer = await chat.answer(second)
    before = await chat.dump()
    assert await chat.undo(older) == Stays("zh", "older")
    number, at = newer.asked.round.id, int(newer.answered_at.timestamp())
    assert await database.write(undoing.undo_answer, caller(chat.now, BOB), number, at) == Stays("en", "older")
    assert await database.write(undoing.undo_answer, caller(chat.now), number, at + 1) == Stays("zh", "older")
    changed = caller(chat.now, bank=library(QUESTIONS[4]))
    assert await database.write(undoing.undo_answer, changed, number, at) == Stays("zh", "lapsed")
    after = await chat.dump()
    assert {name: after[name] for name in ("answers", "reviews", "cards", "scores", "rounds")} == {
        name: before[name] for name in ("answers", "reviews", "cards", "scores", "rounds")
    }
    group = Study(database, now=chat.now + MINUTE)
    _opened, poll = await group.poll()
    await group.vote(ADA, poll, 2)
    chat.now += 2 * MINUTE
    assert await chat.command() == Stays("zh", "group")
    assert await chat.undo(newer) == Stays("zh", "older")


async def test_a_right_answer_seen_before_earns_nothing(chat: Chat) -> None:
    """Or everybody's board could be climbed by undoing; it counts as an answer all the same."""
    asked = await chat.ask()
    assert isinstance(await chat.undo(await chat.answer(asked, 0)), Undone)
    chat.now += MINUTE
    assert (await chat.answer(asked, 2)).right
    own = await chat.database.read(scores.own, ADA.id, Period.ALL, ADA.id)
    assert own is not None
    assert (own.points, own.right, own.answered) == (0, 1, 1)


@pytest.mark.parametrize("seed", range(6))
async def test_any_history(database: Database, seed: int) -> None:
    """Days missed and joined, weeks gone by, groups, everybody's board: each private answer can be taken back, and
    given again."""
    chance, chat, group = random.Random(seed), Chat(database), Study(database)
    for _ in range(30):
        chat.now += chance.choice((MINUTE, 90 * MINUTE, DAY, 2 * DAY, 9 * DAY))
        group.now = chat.now
        what = chance.random()
        if what < 0.2:
            opened, poll = await group.poll()
            for voter in chance.sample((ADA, BOB, LIN), 2):
                await group.vote(voter, poll, chance.choice((0, 2)))
            await group.finish(opened)
        elif what < 0.35:
            on = chance.random() < 0.6
            await database.write(boards.join, ADA, HOME, chat.now, DEFAULTS, worldwide=on)
        else:
            await _answered_and_undone(chat, chance)


async def _answered_and_undone(chat: Chat, chance: random.Random) -> None:
    asked = await database_question(chat)
    if asked is None:
        return
    before = await chat.dump()
    chat.now += MINUTE
    choice = chance.choice((0, 2))
    result = await chat.answer(asked, choice)
    done = await (chat.command() if chance.random() < 0.5 else chat.undo(result))
    assert isinstance(done, Undone)
    assert await chat.dump() == before
    chat.now += MINUTE
    await chat.answer(asked, choice)


async def database_question(chat: Chat) -> Asked | None:
    """What there is to be asked, if anything."""
    chat.messages += 1
    asked = await chat.database.write(practice.quiz, caller(chat.now, bank=LIBRARY), "", chat.messages, None)
    if isinstance(asked, Asked):
        await chat.database.write(asking.posted, asked.round.id, MESSAGE + chat.messages)
        return asked
    return None
