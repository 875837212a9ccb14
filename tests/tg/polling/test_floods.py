"""A flood in one chat is nobody else's: what waits is written down, confirmed, and handled in its order."""

from __future__ import annotations

import json
from typing import Any

import pytest
from telegram import Update

from bot.tg.poller import Poller
from tests.tg.fake_telegram import message, press, vote
from tests.tg.polling.bench import GROUP, World, quick


def slow_group(world: World, seconds: float = 3.0) -> None:
    """What the group does takes so long, as where Telegram lets the bot write there 20 times a minute."""

    async def behave(update: Update) -> None:
        if update.effective_chat and update.effective_chat.id == GROUP:
            await world.time.sleep(seconds)

    world.behave = behave


@pytest.mark.parametrize("flood", [150, 600])
async def test_a_flood_in_one_group_keeps_nobody_else_waiting(world: World, flood: int) -> None:
    """Whoever else writes, presses or votes is served within a second or so; the group gets its answers in order."""
    slow_group(world)
    world.telegram.give(*(press(n, 1000 + n % 40, GROUP) for n in range(1, flood + 1)))
    waits: dict[int, float] = {}

    async def others(_poller: Poller) -> None:
        await world.time.sleep(1)
        for number in range(10_000, 10_010):
            world.telegram.give(vote(number, number) if number % 2 else message(number, number))
            asked = world.time.now
            while number not in world.ended:
                await world.time.sleep(0.05)
            waits[number] = world.time.now - asked

    await world.live(others, seconds=3.0 * flood + 60)
    assert max(waits.values()) <= 1.1
    assert [number for number in world.ended if number < 10_000] == list(range(1, flood + 1))
    assert world.table.notes == world.kept == {}
    assert world.telegram.waiting() == []


async def test_one_lane_takes_one_place(world: World) -> None:
    """Whatever waits behind it in its lane takes none: with two places the flood leaves one to everybody else."""
    world.options["in_flight"] = 2
    slow_group(world)
    world.telegram.give(*(press(n, 1000 + n, GROUP) for n in range(1, 51)))
    world.telegram.give(*(message(n, n) for n in range(51, 81)))
    await world.live(seconds=1)
    assert sorted(world.ended[:30]) == list(range(51, 81))


async def test_what_was_set_aside_outlives_a_crash(world: World) -> None:
    """It was confirmed, and is handled by the next process before anything newer of its chat."""
    slow_group(world, 1000.0)
    world.telegram.give(*(press(n, 1000 + n, GROUP) for n in range(1, 131)))

    async def die() -> None:
        """kill -9 confirms nothing."""

    async def crash(poller: Poller) -> None:
        await world.time.sleep(5)
        poller._drain = die  # type: ignore[method-assign]
        for task in poller._handling.tasks:
            task.cancel()
        poller._finished.set()

    await world.live(crash)
    assert world.ended == []
    assert world.telegram.waiting() == list(range(101, 131))
    world.behave = quick
    world.telegram.give(message(200, GROUP))
    await world.live(seconds=5)
    assert world.ended == [*range(1, 131), 200]
    assert world.table.notes == {}


async def test_what_telegram_brings_again_though_it_was_set_aside_is_handled_once(world: World) -> None:
    """The crash came between the note and its confirmation."""
    for number in range(1, 4):
        world.table.notes[number] = json.dumps(message(number, GROUP))
    world.telegram.give(*(message(number, GROUP) for number in range(1, 6)))
    slow_group(world, 0.1)
    await world.live(seconds=5)
    assert world.ended == [1, 2, 3, 4, 5]
    assert world.table.notes == {}
    assert world.telegram.waiting() == []


async def test_without_a_table_the_window_stays_with_telegram(world: World) -> None:
    """Nothing is confirmed that is neither handled nor written down."""
    world.table.broken = True
    slow_group(world, 30.0)
    world.telegram.give(*(press(n, 1000 + n, GROUP) for n in range(1, 301)))
    await world.live(seconds=20)
    assert world.ended == []
    assert world.telegram.waiting() == list(range(1, 301))


async def test_memory_is_bounded(world: World) -> None:
    """What finds no room here stays with Telegram, and comes when there is."""
    world.options["in_memory"] = 150
    slow_group(world, 0.1)
    world.telegram.give(*(press(n, 1000 + n, GROUP) for n in range(1, 401)))

    async def watch(poller: Poller) -> None:
        await world.time.sleep(5)
        assert poller.in_flight <= 150

    await world.live(watch, seconds=60)
    assert world.ended == list(range(1, 401))
    assert world.telegram.waiting() == []


async def test_who_floods_again_is_told_again(world: World) -> None:
    """Once each time: when what waited is handled, a new flood is a new one."""
    world.telegram.give(*(message(number, 7) for number in range(1, 501)))
    world.slowly(**{f"u{number}": 0.1 for number in range(1, 2001)})

    async def again(_poller: Poller) -> None:
        await world.time.sleep(100)
        world.telegram.give(*(message(number, 7) for number in range(1001, 1501)))

    await world.live(again, seconds=100)
    assert len(world.slowed) == 2
    assert world.slowed[0] <= 500 < world.slowed[1]


async def test_the_word_to_who_floods_holds_up_nobody(world: World) -> None:
    """It waits behind all their answers, and is set aside like those: whoever else writes is heard at once."""
    world.telling_s = 30.0
    world.slowly(**{f"u{number}": 1.0 for number in range(1, 101)})
    world.telegram.give(*(message(number, 7) for number in range(1, 31)))
    waits: list[float] = []

    async def others(_poller: Poller) -> None:
        await world.time.sleep(1)
        for number in range(201, 221):
            world.telegram.give(message(number, number))
            asked = world.time.now
            while number not in world.ended:
                await world.time.sleep(0.001)
            waits.append(world.time.now - asked)
            world.telegram.give(message(number - 150, 7))  # the flood goes on

    await world.live(others, seconds=60)
    assert max(waits) < 0.01
    assert len(world.slowed) == 1


async def test_one_person_s_flood_does_not_fill_the_memory(world: World, log: list[Any]) -> None:
    """Thirty wait for their turn, the rest is dropped, as the log says; votes and everybody else are heard."""
    world.slowly(**{f"u{number}": 1 for number in range(1, 3001)})
    world.telegram.give(*(message(number, 7) for number in range(1, 3001)))
    world.telegram.give(vote(4000, 7), message(4001, 8), message(4002, -5, user_id=9))
    await world.live(seconds=400)
    assert {4000, 4001, 4002} <= set(world.ended)
    mine = [number for number in world.ended if number <= 3000]
    assert mine == sorted(mine)
    assert 30 <= len(mine) <= 70
    assert world.telegram.waiting() == []
    assert len(world.slowed) == 1
    told = [line["count"] for line in log if line["event"] == "updates.dropped"]
    assert told == [1, 10, 100, 1000]
