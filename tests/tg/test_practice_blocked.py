"""Private practice of somebody who blocks the bot just when it would send a question."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store import rounds
from bot.store.database import Database
from tests.practice_bench import LIBRARY
from tests.tg.fake_api import nothing
from tests.tg.phone import Phone, phone_of_ada

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both


@pytest.fixture
async def phone(database: Database) -> Phone:
    """Ada with the bench's bank."""
    return await phone_of_ada(database, LIBRARY)


async def test_blocked(phone: Phone, database: Database) -> None:
    """Someone who has blocked the bot in between causes no error and leaves no round half way; asking again wakes the
    chat, with the very question that was not seen."""
    phone.telegram.trouble = lambda _call: (403, "Forbidden: bot was blocked by the user")
    await phone.say("/quiz")
    over = await database.read(rounds.by_id, 1)
    assert over is not None
    assert (over.state, over.sends) == ("closed", 0)
    phone.telegram.trouble = nothing
    phone.clock.now += timedelta(minutes=5)
    await phone.say("/quiz", 2)
    assert len(phone.telegram.sent()) == 1
    assert phone.last().text.splitlines()[1] == "a1 问什么？"


async def test_next_of_one_who_blocked_and_came_back(phone: Phone) -> None:
    """The same button, pressed again, sends what it could not send before: one question, once."""
    await phone.say("/quiz")
    await phone.tap("A")
    phone.telegram.trouble = lambda call: (403, "Forbidden: bot was blocked by the user") if call.text else None
    await phone.press("1n:1")
    phone.telegram.trouble = nothing
    await phone.press("1n:1", 5)
    await phone.press("1n:1", 5)
    assert len([call for call in phone.telegram.sent() if call.text.startswith("注意力")]) == 2
    assert phone.toasts()[-1] == "下一题已经在下面了"
