"""Starting, catching up, stopping, and being asked how one is."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Update
from telegram.error import NetworkError

from bot.core.errors import StartError
from bot.tg.poller import Poller
from tests.tg.fake_telegram import message, refusal, vote
from tests.tg.fake_time import settled
from tests.tg.polling.bench import World


async def test_whoever_waits_learns_what_ended_polling(world: World) -> None:
    """`caught_up` and `ended` raise it; leaving the block does not raise it again."""
    world.telegram.faults = [refusal(404, "Not Found")]

    async def hear(poller: Poller) -> None:
        with pytest.raises(StartError):
            await poller.caught_up()
        with pytest.raises(StartError):
            await poller.ended()

    await world.live(hear)


async def test_caught_up_means_that_what_waited_is_handled(world: World) -> None:
    """All of it, however many windows; what arrives later is not waited for."""
    world.slowly(**{f"u{n}": 0.5 for n in range(1, 251)}, u999=50)
    world.telegram.give(*(message(n, n) for n in range(1, 251)))

    async def wait(poller: Poller) -> None:
        await poller.caught_up()
        assert len(world.ended) == 250
        world.telegram.give(message(999))
        await world.time.sleep(5)
        await poller.caught_up()
        assert 999 in world.began

    await world.live(wait)
    assert 999 not in world.ended


async def test_a_start_does_not_wait_for_ever_for_what_waited(world: World) -> None:
    """After a minute the start goes on, and so does the slow update."""
    world.slowly(u1=100)
    world.telegram.give(message(1))

    async def wait(poller: Poller) -> None:
        await poller.caught_up()
        assert (world.time.now, world.ended) == (1060, [])

    await world.live(wait, seconds=50)
    assert world.ended == [1]


async def test_stopping_finishes_what_is_in_flight_and_confirms_it(world: World) -> None:
    """The last getUpdates asks for no more, does not wait, and names the offset past what is done."""
    gate = asyncio.Event()

    async def slow(_update: Update) -> None:
        await gate.wait()

    world.behave = slow
    world.telegram.give(message(10))

    async def stop(poller: Poller) -> None:
        await settled()
        assert poller.in_flight == 1
        asyncio.get_running_loop().call_later(0.02, gate.set)
        await poller.stop()
        assert poller.in_flight == 0

    poller = world.bot()
    async with world.app, poller:
        await stop(poller)
    assert world.ended == [10]
    _at, last = world.telegram.polls[-1]
    assert (last["offset"], last["timeout"], last["limit"]) == (11, 0, 1)
    assert world.telegram.waiting() == []


async def test_stopping_does_not_wait_for_ever(world: World) -> None:
    """What takes longer than the bound is dropped unconfirmed, and so are those behind it: they come again."""
    world.slowly(u11=10_000)
    world.telegram.give(message(10, 1), message(11, 2), message(12, 2))
    await world.live(seconds=2)
    assert world.ended == [10]
    assert world.telegram.offsets()[-1] == 11
    assert world.telegram.waiting() == [11, 12]


async def test_a_stop_while_telegram_is_away_is_a_stop_all_the_same(world: World) -> None:
    """The last confirmation fails: nothing is raised, the updates come again."""
    world.telegram.give(message(10))

    async def lose(_poller: Poller) -> None:
        await world.time.sleep(1)
        world.telegram.faults = [NetworkError("down")] * 9

    poller = await world.live(lose, seconds=0)
    assert poller.trouble() == "Polling does not run."


async def test_cancelling_the_run_is_a_stop_too(world: World) -> None:
    """A process told to end by cancellation confirms what it has done."""
    world.telegram.give(message(10))
    poller = world.bot()
    async with world.app:
        task = asyncio.ensure_future(poller.run())

        async def cancel() -> None:
            await world.time.sleep(1)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        await world.time.run(cancel())
    assert world.telegram.offsets()[-1] == 11
    assert task.cancelled()


async def test_a_stopped_bot_stays_stopped(world: World) -> None:
    """Stopping before the start, or twice, is fine."""
    poller = world.bot()
    await poller.stop()
    async with world.app:
        await world.time.run(poller.run(), poller.stop())
    assert world.telegram.polls == []


async def test_hearing_people_out_takes_a_moment(world: World) -> None:
    """A vote on its way is handled before; a busy server is not waited for longer than three seconds."""

    async def listen(poller: Poller) -> None:
        await world.time.sleep(1)
        world.telegram.give(vote(10, 8))
        assert await poller.heard()
        assert world.ended == [10]
        world.slowly(u11=60)
        world.telegram.give(vote(11, 8))
        await world.time.sleep(1)
        asked = world.time.now
        assert await poller.heard()
        assert world.time.now - asked <= 3.1

    await world.live(listen, seconds=70)


async def test_whoever_listens_while_polling_is_down_is_told(world: World) -> None:
    """The votes of the outage still wait at Telegram: silence means nothing."""

    async def listen(poller: Poller) -> None:
        await world.time.sleep(1)
        world.telegram.faults = [NetworkError("down")] * 8
        world.telegram.give(vote(10, 8))
        await world.time.sleep(60)
        assert not await poller.heard()
        await world.time.sleep(120)
        assert await poller.heard()
        assert world.ended == [9, 10]

    world.telegram.give(vote(9, 8))
    world.telegram.faults = []
    await world.live(listen)


async def test_health_tells_silence_and_recovery(world: World) -> None:
    """A minute and a half without an answer is trouble; the next answer ends it."""
    said: list[str | None] = []

    async def watch(poller: Poller) -> None:
        await world.time.sleep(1)
        said.append(poller.trouble())
        world.telegram.faults = [NetworkError("down")] * 10
        await world.time.sleep(130)
        said.append(poller.trouble())
        world.telegram.faults = []
        await world.time.sleep(60)
        said.append(poller.trouble())

    await world.live(watch)
    assert said[0] is None
    assert said[1] is not None
    assert said[1].startswith("Telegram has not answered getUpdates for 1")
    assert said[2] is None
