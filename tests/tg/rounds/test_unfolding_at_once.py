"""A card's time is over while somebody turns it, in a group that has no place for a message left this minute."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.slots import Hour
from bot.core.text import Text
from bot.store import rounds
from bot.store.database import Database
from bot.tg import closing
from bot.tg import rounds as feature
from bot.tg.buttons import Verb, pack
from bot.tg.limiter import GROUP as PACE
from bot.tg.limiter import Limiter
from bot.tg.views import View
from tests.group_bench import GROUP, Clock, Front, desk_for
from tests.tg.fake_api import FakeApi
from tests.tg.fake_time import settled
from tests.tg.pushes.bench import DAY, HOUR, MANY, NINE, live, wish

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both


class Minute:
    """The limiter's time: it stands still until the test lets the minute pass."""

    def __init__(self) -> None:
        self.waits, self._over = asyncio.Event(), asyncio.Event()

    def clock(self) -> float:
        """Monotonic seconds."""
        return PACE.seconds if self._over.is_set() else 0.0

    async def sleep(self, _seconds: float) -> None:
        """Wait for the minute's end."""
        self.waits.set()
        await self._over.wait()

    def passes(self) -> None:
        """It is over."""
        self._over.set()


async def test_the_two_edits_are_one(database: Database, clock: Clock) -> None:
    """They share no lane, so the press does not know of the tick's edit, which waits. Only the limiter sees them both:
    without its rule two of the next minute's places would go, one of them to change nothing."""
    minute, telegram = Minute(), FakeApi()
    desk = desk_for(database, telegram, clock, MANY, Limiter(clock=minute.clock, sleep=minute.sleep))
    await wish(desk, GROUP, Hour(NINE, kind="card"))
    await live(desk, clock, DAY)
    (card,) = await desk.read(rounds.open_in, GROUP.id, ("card",))
    assert card.message_id is not None
    while len(telegram.sent()) < PACE.calls:
        await desk.delivery.send(GROUP.id, View(Text("…")))

    clock.now += DAY - HOUR
    answered = asyncio.Event()
    telegram.after = lambda call: answered.set() if call.method == "answerCallbackQuery" else None
    async with asyncio.timeout(20):
        tick = asyncio.ensure_future(closing.tick(desk))
        await minute.waits.wait()
        front = Front(desk, telegram, feature.handlers(desk))
        press = asyncio.ensure_future(front.presses(pack(Verb.FLIP, card.id), message_id=card.message_id))
        await answered.wait()
        await settled()
        assert telegram.sent("editMessageText") == []
        minute.passes()
        await asyncio.gather(tick, press)

    (edit,) = telegram.sent("editMessageText")
    assert "q00 的完整答案" in edit.text
    told = await desk.read(rounds.by_id, card.id)
    assert told is not None
    assert (told.state, told.result_id) == ("closed", card.message_id)
