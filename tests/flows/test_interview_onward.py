"""What an interview goes on to, and when it does not go on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.flows import chats, interviewing, typed
from bot.flows.conducting import Asking, Judging, Waiting
from bot.flows.summing import Summing
from bot.store.database import Database
from tests.interview_bench import FULL, THIN, Candidate
from tests.practice_bench import ADA

TWO_MINUTES = timedelta(minutes=2)


@pytest.fixture
def ada(database: Database) -> Candidate:
    """Ada, who has an interview."""
    return Candidate(database)


async def asked(ada: Candidate) -> Asking:
    """The only question of one."""
    begun = await ada.begins("注意力 1")
    assert isinstance(begun, Asking)
    return begun


async def test_what_is_said_aloud_is_not_asked_on_about(ada: Candidate) -> None:
    """Nobody knows what of it was said, though words came before it."""
    await asked(ada)
    assert isinstance(await ada.says(THIN), Waiting)
    assert isinstance(await ada.says("", aloud=True), Summing)


async def test_what_was_edited_meanwhile_is_judged_anew(ada: Candidate) -> None:
    """Grading takes a while, in which a piece may become another."""
    first = await asked(ada)
    await ada.says(THIN, message_id=600)
    judging = await ada.database.write(interviewing.finish, ada.caller, first.round.id, 0)
    assert isinstance(judging, Judging)
    grade = interviewing.judged(ada.bank, judging)
    await ada.database.write(typed.edit, ada.caller, 600, FULL)
    anew = await ada.database.write(interviewing.onward, ada.caller, judging, grade)
    assert isinstance(anew, Judging)
    assert anew.text == FULL
    assert isinstance(await ada.hears(anew), Summing)


async def test_where_the_bot_is_blocked_nothing_goes_on(ada: Candidate) -> None:
    """Silence ends nothing there, and the tick does not come back to it."""
    first = await asked(ada)
    await ada.says(THIN)
    await ada.database.write(chats.rest, ADA.id, ada.now)
    assert await ada.wakes(first.interview.id, TWO_MINUTES) is None
    assert await ada.database.read(interviewing.overdue, ada.now + timedelta(days=1), 10) == ()
