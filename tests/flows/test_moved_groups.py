"""What was said in a group before it became a supergroup, and is handled after: once more after a kill, or late."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.people import Chat
from bot.core.slots import Hour
from bot.flows import chats, daily, rounds, voids
from bot.flows.opening import Opening
from bot.flows.rounds import Busy, Done
from bot.flows.voids import NoRound, Voided
from bot.store import members, people, pushes
from bot.store import rounds as store
from bot.store.database import Database
from tests.group_bench import ADA, DEFAULTS, GROUP, LIBRARY, TEN_MINUTES, Study

NEW = replace(GROUP, id=-900)


@pytest.fixture
def study(database: Database) -> Study:
    """An empty group."""
    return Study(database)


async def moves(study: Study) -> None:
    """The group becomes a supergroup."""
    await study.database.write(chats.move, GROUP.id, NEW.id, study.now, DEFAULTS)


async def test_a_command_cut_short_by_the_move_finds_its_round(study: Study) -> None:
    """It is sent to the supergroup, once, and so it is told when it has come another time."""
    begun = await study.quiz(message_id=40)
    await moves(study)

    again = await study.quiz(message_id=40)

    assert isinstance(again, Opening)
    assert (again.round.id, again.round.chat_id) == (begun.round.id, NEW.id)
    await study.posted(again)
    assert await study.quiz(message_id=40) == Done("zh", forbidden=False)
    stored = await study.database.read(store.by_id, begun.round.id)
    assert stored is not None
    assert (stored.state, stored.sends) == ("open", 2)


async def test_a_command_heard_only_after_the_move_is_asked_in_the_supergroup(study: Study) -> None:
    """It has its round there, and the supergroup's message of the same number another; one poll at a time."""
    await study.database.write(chats.visit, ADA, GROUP, study.now, DEFAULTS)
    await moves(study)
    late = await study.quiz(message_id=40)
    assert isinstance(late, Opening)
    assert late.round.chat_id == NEW.id
    await study.posted(late)
    assert isinstance(await study.quiz(message_id=40, chat=NEW), Busy)
    study.now += TEN_MINUTES * 2
    own = await study.quiz(message_id=40, chat=NEW)
    assert isinstance(own, Opening)
    assert own.round.id != late.round.id
    await moves(study)  # the other chat tells of it, too
    assert await study.quiz(message_id=40) == Done("zh", forbidden=False)


async def test_a_command_given_up_after_the_move_leaves_no_round(study: Study) -> None:
    """It stands in nobody's way in the supergroup."""
    begun = await study.quiz(message_id=40)
    await moves(study)
    await study.database.write(rounds.give_up, GROUP.id, 40, study.now)
    stored = await study.database.read(store.by_id, begun.round.id)
    assert stored is not None
    assert stored.state == "closed"
    assert isinstance(await study.quiz(chat=NEW), Opening)


async def test_a_wish_heard_after_the_move_is_the_supergroups(study: Study) -> None:
    """An hour, a language, a zone and who was there; nothing is kept under the old id."""
    await study.database.write(chats.visit, None, GROUP, study.now, DEFAULTS)
    await moves(study)
    hour = Hour(600)
    plan = await study.database.write(daily.change, ADA, GROUP, hour, None, study.now, DEFAULTS)
    assert (plan.chat.id, plan.hours) == (NEW.id, (hour,))
    await study.database.write(chats.set_zone, ADA, GROUP, "Europe/Berlin", study.now, DEFAULTS)
    told = await study.database.write(chats.set_language, ADA, GROUP, "en", study.now, DEFAULTS)
    assert (told.chat.id, told.zone, told.language, told.minutes) == (NEW.id, "Europe/Berlin", "en", (600,))
    assert await study.database.read(chats.language_of, None, GROUP, DEFAULTS) == "en"
    assert await study.database.read(chats.arrival, GROUP, study.now, DEFAULTS) is None
    assert await study.database.read(members.find, NEW.id, ADA.id) is not None
    assert await study.database.read(members.find, GROUP.id, ADA.id) is None
    assert await study.database.read(people.find_chat, GROUP.id) is None
    assert await study.database.read(pushes.slots_of, GROUP.id) == ()


async def test_a_reply_from_before_the_move_voids_no_other_round(study: Study) -> None:
    """The number of the message means another one in the supergroup."""
    await study.database.write(chats.visit, None, GROUP, study.now, DEFAULTS)
    await moves(study)
    opened, _poll = await study.poll(chat=NEW)
    number = 500 + opened.round.id

    async def void(chat: Chat) -> Voided | NoRound:
        given = (LIBRARY, ADA, chat, number + 9, number, study.now, DEFAULTS)
        return await study.database.write(voids.void, *given)

    assert isinstance(await void(GROUP), NoRound)
    assert isinstance(await void(NEW), Voided)
