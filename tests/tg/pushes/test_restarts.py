"""Killed, down for hours, down for a year: one push a study day, or one row that says missed."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from bot.core.people import Chat
from bot.store import pushes, rounds
from bot.tg import pushing as tick_of
from bot.tg.desk import Desk
from tests.group_bench import GROUP, Clock
from tests.tg.fake_api import Call, FakeApi, nothing
from tests.tg.pushes.bench import (
    DAY,
    HOUR,
    MINUTE,
    NINE,
    Killed,
    choose,
    home_of,
    ledger,
    pass_time,
)


async def test_a_push_killed_before_its_send_is_sent_after_the_restart(
    desk: Desk, telegram: FakeApi, clock: Clock
) -> None:
    """Claimed, never sent: the lease runs out and the same round goes out once."""
    await choose(desk, home_of(7)[1], NINE)

    def kill(_call: Call) -> None:
        raise Killed

    telegram.trouble = kill
    clock.now = datetime(2026, 3, 3, 1, tzinfo=UTC)
    with pytest.raises(Killed):
        await tick_of.tick(desk)
    telegram.trouble = nothing
    await tick_of.tick(desk)
    assert telegram.sent() == []
    clock.now += 2 * MINUTE
    await tick_of.tick(desk)
    assert len(telegram.sent()) == 1
    assert await ledger(desk, 7, clock.now) == ["sent"]


@pytest.mark.parametrize("chat", [home_of(7)[1], GROUP], ids=["private", "group"])
async def test_a_push_killed_after_its_send_is_repeated_once_with_the_same_question(
    desk: Desk, telegram: FakeApi, clock: Clock, chat: Chat
) -> None:
    """Sent, not settled: at most the message in flight comes again, as the same round."""
    await choose(desk, chat, NINE)

    def kill(_call: Call) -> None:
        raise Killed

    telegram.after = kill
    clock.now = datetime(2026, 3, 3, 1, tzinfo=UTC)
    with pytest.raises(Killed):
        await tick_of.tick(desk)
    telegram.after = nothing
    await pass_time(desk, clock, HOUR)
    assert len(telegram.calls) == 2
    assert telegram.calls[0].text == telegram.calls[1].text
    (opened,) = await desk.read(rounds.open_in, chat.id, ("poll", "choice"))
    assert (opened.state, opened.sends) == ("open", 2)


@pytest.mark.parametrize("seed", range(4))
async def test_a_bot_that_keeps_dying_loses_no_push_and_repeats_only_what_was_in_flight(
    desk: Desk, telegram: FakeApi, clock: Clock, seed: int
) -> None:
    """Killed before or after some sends for three days: each push arrives, at most once too often a kill."""
    chance, kills, dead = Random(seed), Counter[int](), False
    chats_ = [*(home_of(number)[1] for number in range(1, 6)), GROUP]
    for chat in chats_:
        await choose(desk, chat, NINE)

    def maybe_dies(call: Call) -> None:
        nonlocal dead
        if dead or chance.random() < 0.15:
            kills[call.chat_id] += not dead
            dead = True
            raise Killed

    async def write(use_case: Any, /, *args: Any, **kwargs: Any) -> Any:
        if dead:
            raise Killed
        return await desk.write(use_case, *args, **kwargs)

    telegram.trouble = telegram.after = maybe_dies
    mortal = Desk(write, *(getattr(desk, name) for name in Desk.__slots__[1:]))
    end = clock.now + 3 * DAY
    while clock.now < end:
        clock.now += 10 * MINUTE
        try:
            await tick_of.tick(mortal)
        except Killed:
            await asyncio.sleep(0.05)  # what was in flight dies too
            dead = False
    assert kills
    for chat in chats_:
        assert await ledger(desk, chat.id, datetime(2026, 3, 3, 1, tzinfo=UTC), 3) == ["sent"] * 3
        sends = sum(call.chat_id == chat.id for call in telegram.calls)
        assert 3 <= sends <= 3 + sum(kills.values())
        opened = await desk.read(rounds.open_in, chat.id, ("poll", "choice"))
        assert len(opened) == 3
        assert {one.state for one in opened} == {"open"}


async def test_downtime_within_the_grace_delays_the_push(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Five hours late is still today's question."""
    await choose(desk, home_of(7)[1], NINE)
    clock.now = datetime(2026, 3, 3, 6, tzinfo=UTC)
    await tick_of.tick(desk)
    assert len(telegram.sent()) == 1
    assert await ledger(desk, 7, clock.now) == ["sent"]


async def test_a_day_of_downtime_misses_one_push_and_never_makes_two(
    desk: Desk, telegram: FakeApi, clock: Clock
) -> None:
    """Down from before nine until after nine the next day: yesterday's is missed, today's comes, late."""
    await choose(desk, home_of(7)[1], NINE)
    first = datetime(2026, 3, 3, 1, tzinfo=UTC)
    clock.now = first + DAY + HOUR
    await tick_of.tick(desk)
    assert len(telegram.sent()) == 1
    assert await ledger(desk, 7, first, 2) == ["missed", "sent"]
    await pass_time(desk, clock, 12 * HOUR)
    assert len(telegram.sent()) == 1


async def test_beyond_the_grace_a_push_is_missed(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Seven hours late it is left out, and tomorrow's is planned."""
    await choose(desk, home_of(7)[1], NINE)
    clock.now = datetime(2026, 3, 3, 8, 1, tzinfo=UTC)
    await tick_of.tick(desk)
    assert telegram.sent() == []
    assert await ledger(desk, 7, clock.now) == ["missed"]
    (slot,) = await desk.read(pushes.slots_of, 7)
    assert slot.next_push_at == datetime(2026, 3, 4, 1, tzinfo=UTC)


async def test_another_study_day_is_too_late_even_within_the_grace(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """A push of half past three belongs to the day before and ends with it, at four."""
    await choose(desk, home_of(7)[1], 3 * 60 + 30)
    clock.now = datetime(2026, 3, 2, 20, 1, tzinfo=UTC)
    await tick_of.tick(desk)
    assert telegram.sent() == []


async def test_a_year_of_downtime_is_soon_caught_up(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """The first day and the last week are written down as missed, and one push goes out."""
    await choose(desk, home_of(7)[1], NINE)
    clock.now = datetime(2027, 3, 3, 2, tzinfo=UTC)
    await tick_of.tick(desk)
    assert len(telegram.sent()) == 1
    assert await ledger(desk, 7, clock.now - 3 * DAY, 4) == ["missed", "missed", "missed", "sent"]


@pytest.mark.parametrize(
    ("minute", "late", "silent"),
    [
        (NINE, timedelta(0), False),
        (23 * 60, timedelta(0), False),  # a chosen hour is heard
        (6 * 60, 5 * MINUTE, False),
        (21 * 60, 2 * HOUR, True),  # late into the night
        (23 * 60, 3 * HOUR, True),
        (7 * 60, 2 * HOUR, False),
    ],
)
async def test_nobody_is_woken_by_a_late_push(
    desk: Desk, telegram: FakeApi, clock: Clock, minute: int, late: timedelta, silent: bool
) -> None:
    """Between 22:00 and 8:00 it makes no sound, unless that is the hour they chose."""
    await choose(desk, home_of(7)[1], minute)
    (slot,) = await desk.read(pushes.slots_of, 7)
    assert slot.next_push_at is not None
    clock.now = slot.next_push_at + late
    await tick_of.tick(desk)
    (call,) = telegram.sent()
    assert call.fields.get("disable_notification", False) is silent
