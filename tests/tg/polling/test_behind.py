"""What erases waits until nothing from before it can come again, whoever else's update is still at work."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from telegram import Update
from telegram.error import NetworkError

from bot.tg.poller import Poller
from tests.tg.fake_telegram import message, press, refusal, vote
from tests.tg.polling.bench import World, quick

PERSON, SLOW = 8, 9
Erasing = Callable[[Update], Awaitable[None]]


def erasing(world: World, poller: Poller, told: list[bool], *presses: int) -> Erasing:
    """Those presses wait until nothing before them can come again; what SLOW says takes half a minute."""

    async def behave(update: Update) -> None:
        if update.update_id in presses:
            told.append(await poller.behind(update.update_id))
        elif update.effective_user is not None and update.effective_user.id == SLOW:
            await world.time.sleep(30.0)

    return behave


async def crash(poller: Poller) -> None:
    """kill -9 confirms nothing."""

    async def die() -> None:
        pass

    poller._drain = die  # type: ignore[method-assign]
    for task in poller._handling.tasks:
        task.cancel()
    poller._finished.set()


async def test_an_older_update_that_is_still_at_work_is_set_aside(world: World) -> None:
    """It is handled once, and its note torn up; what is before the press is confirmed within a second."""
    told: list[bool] = []
    left: list[list[int]] = []

    async def erase(poller: Poller) -> None:
        world.behave = erasing(world, poller, told, 13)
        world.telegram.give(message(10, SLOW), vote(11, PERSON), message(12, PERSON), press(13, PERSON, PERSON))
        await world.time.sleep(1)
        left.append(world.telegram.waiting())
        await world.time.sleep(60)

    await world.live(erase)
    assert told == [True]
    assert min(left[0], default=14) >= 13
    assert world.table.ever == [10]
    assert world.ended == [11, 12, 13, 10]
    assert world.table.notes == {}


async def test_a_crash_after_an_erasure_brings_back_nothing_that_was_said_before_it(world: World) -> None:
    """Only what somebody else had at work, which is lost to nobody."""
    told: list[bool] = []

    async def die(poller: Poller) -> None:
        world.behave = erasing(world, poller, told, 12)
        world.telegram.give(message(10, SLOW), vote(11, PERSON), press(12, PERSON, PERSON))
        await world.time.sleep(3)
        await crash(poller)

    await world.live(die)
    assert (told, world.ended) == ([True], [11, 12])
    world.behave = quick
    world.began.clear()
    await world.live(seconds=5)
    assert 11 not in world.began
    assert 10 in world.began
    assert world.table.notes == {}


async def test_a_press_that_was_itself_set_aside_knows_when_all_before_it_is_confirmed(world: World) -> None:
    """A full window behind a slow update is set aside with it."""
    told: list[bool] = []

    async def erase(poller: Poller) -> None:
        world.behave = erasing(world, poller, told, 100)
        flood = (message(number, SLOW) for number in range(1, 30))
        world.telegram.give(*flood, *(vote(number, 1000 + number) for number in range(30, 100)))
        world.telegram.give(press(100, PERSON, PERSON), *(vote(number, 1000 + number) for number in range(101, 131)))
        await world.time.sleep(6)

    await world.live(erase)
    assert told == [True]


async def test_two_who_erase_at_once_are_both_told(world: World) -> None:
    """The second waits for the first, which is before it."""
    told: list[bool] = []

    async def erase(poller: Poller) -> None:
        world.behave = erasing(world, poller, told, 11, 12)
        world.telegram.give(message(10, SLOW), press(11, PERSON, PERSON), press(12, 7, 7))
        await world.time.sleep(5)

    await world.live(erase)
    assert told == [True, True]


@pytest.mark.parametrize("trouble", ["Telegram", "the table"])
async def test_nobody_is_told_so_while_it_cannot_be_known(world: World, trouble: str) -> None:
    """getUpdates fails, or nothing can be set aside: no for now."""
    told: list[bool] = []

    async def erase(poller: Poller) -> None:
        world.behave = erasing(world, poller, told, 11)
        world.table.broken = trouble == "the table"
        world.telegram.give(message(10, SLOW), press(11, PERSON, PERSON))
        if trouble == "Telegram":
            while not world.began:
                await world.time.sleep(0.01)
            world.telegram.faults = [refusal(502, "Bad Gateway"), NetworkError("down")] * 10
        await world.time.sleep(7)

    await world.live(erase)
    assert told == [False]
