"""A group with three hours and a bot that keeps dying: no push is lost, and little comes twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from bot.core.slots import Hour, Pins
from bot.flows import rounds as flow
from bot.flows.voting import Verdict
from bot.store import rounds
from bot.store.database import Tx
from bot.store.tables import pushes as ledger_table
from bot.tg import closing, pushing
from bot.tg.desk import Desk
from tests.group_bench import BOB, DEFAULTS, GROUP, Clock
from tests.tg.fake_api import Call, FakeApi, nothing
from tests.tg.pushes.bench import DAY, MINUTE, NINE, Killed, live, wish


def ledger(tx: Tx) -> list[str]:
    """The states of all rows."""
    return list(tx.scalars(select(ledger_table.c.state)))


class Mortal:
    """A bot that dies before or after a call now and then, and starts again at the next tick."""

    def __init__(self, desk: Desk, telegram: FakeApi, seed: int) -> None:
        self.kills = 0
        self._chance, self._dead = Random(seed), False
        self._write = desk.write
        self.desk = Desk(self._mortally, *(getattr(desk, name) for name in Desk.__slots__[1:]))
        telegram.trouble = telegram.after = self._maybe

    def _maybe(self, _call: Call) -> None:
        if self._dead or self._chance.random() < 0.08:
            self.kills += not self._dead
            self._dead = True
            raise Killed

    async def _mortally(self, use_case: Any, /, *args: Any, **kwargs: Any) -> Any:
        if self._dead:
            raise Killed
        return await self._write(use_case, *args, **kwargs)

    async def tick(self) -> None:
        """One tick of the whole bot, perhaps its last."""
        try:
            await closing.tick(self.desk)
            await pushing.tick(self.desk)
        except Killed:
            await asyncio.sleep(0)  # what was in flight dies too
            self._dead = False


async def answer(desk: Desk) -> None:
    """Bob answers all that is open."""
    for opened in await desk.read(rounds.open_in, GROUP.id, ("poll",)):
        if opened.poll_id is not None:
            await desk.write(flow.vote, BOB, opened.poll_id, 2, desk.clock(), DEFAULTS, Verdict(here=True))


@pytest.mark.parametrize("seed", range(3))
async def test_each_hour_of_a_group_is_pushed_whenever_the_bot_dies(
    desk: Desk, telegram: FakeApi, clock: Clock, seed: int
) -> None:
    """Every row of the ledger is sent; of polls and results there are at most as many too many as deaths. Then nobody
    answers any more, and the pause is told once at the most."""
    for minute in (NINE, 14 * 60, 20 * 60):
        await wish(desk, GROUP, Hour(minute))
    await wish(desk, GROUP, Pins(wanted=True))
    mortal, end = Mortal(desk, telegram, seed), clock.now + 4 * DAY
    while clock.now < end:
        clock.now += 10 * MINUTE
        await mortal.tick()
        await answer(desk)
    assert mortal.kills
    rows = await desk.read(ledger)
    assert rows == ["sent"] * 12
    sent = Counter(call.method for call in telegram.calls)
    assert 12 <= sent["sendPoll"] <= 12 + mortal.kills
    assert 11 <= sent["sendMessage"] <= 11 + mortal.kills
    while clock.now < end + 5 * DAY:
        clock.now += 10 * MINUTE
        await mortal.tick()
    telegram.trouble = telegram.after = nothing
    await live(desk, clock, DAY, timedelta(hours=6))
    assert Counter(await desk.read(ledger))["paused"] == 1
    assert sum("先停下" in call.text for call in telegram.sent()) <= 1
