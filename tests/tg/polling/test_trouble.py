"""No update is lost in a crash, none stops the others, none waits for ever."""

from __future__ import annotations

import json
from typing import Any

from telegram import Update

from bot.tg.poller import Poller
from tests.tg.fake_telegram import message, poison
from tests.tg.polling.bench import BusyError, World, quick


async def test_after_a_crash_everything_unconfirmed_comes_again(world: World) -> None:
    """Killed in the middle of one update, with a later one done: both come again, the confirmed one does not."""
    world.slowly(u11=1000)
    world.telegram.give(message(10, 1))

    async def die() -> None:
        """kill -9 confirms nothing."""

    async def crash(poller: Poller) -> None:
        await world.time.sleep(1)
        world.telegram.give(message(11, 2), message(12, 3))
        await world.time.sleep(1)
        poller._drain = die  # type: ignore[method-assign]
        for task in poller._handling.tasks:
            task.cancel()
        poller._finished.set()

    await world.live(crash)
    assert world.ended == [10, 12]
    assert world.telegram.waiting() == [11, 12]
    world.behave = quick
    await world.live()
    assert world.ended == [10, 12, 11, 12]
    assert world.telegram.waiting() == []


async def test_an_unparsable_update_is_kept_and_confirmed_and_the_rest_of_the_batch_lives(world: World) -> None:
    """The library would refuse the whole batch, for ever."""
    world.telegram.give(message(10, 1), poison(11), message(12, 1))
    await world.live()
    assert world.ended == [10, 12]
    assert json.loads(world.kept[11]) == poison(11)
    assert world.telegram.waiting() == []


async def test_a_handler_that_raises_is_tried_kept_and_confirmed(world: World) -> None:
    """The person is told, in their place in the order; the next update of the chat follows."""

    async def fail(update: Update) -> None:
        if update.update_id == 10:
            raise ZeroDivisionError

    world.behave = fail
    world.telegram.give(message(10, 1), message(11, 1), message(12, 2))
    await world.live(seconds=5)
    assert world.began == [10, 12, 10, 10, 11]
    assert (list(world.kept), world.told) == ([10], [10])
    assert world.telegram.waiting() == []


async def test_while_the_database_is_away_nothing_is_confirmed_and_then_all_is_handled(world: World) -> None:
    """Two minutes without it: no update kept, none lost, the order within the chat held."""

    async def away(_update: Update) -> None:
        if world.time.now < 1120:
            raise BusyError

    world.behave = away
    world.telegram.give(message(10, 1), message(11, 1), message(12, 2))
    await world.live(seconds=200)
    assert [number for number in world.ended if number != 12] == [10, 11]
    assert sorted(world.ended) == [10, 11, 12]
    assert world.kept == {}
    assert max(offset or 0 for at, asked in world.telegram.polls if at < 1120 for offset in [asked.get("offset")]) == 10
    assert world.telegram.waiting() == []


async def test_one_update_cannot_hold_up_a_full_window(world: World) -> None:
    """Behind a stuck head only 99 others can be seen: so it is written down, confirmed, and goes on."""
    world.slowly(u1=100)
    world.telegram.give(*(message(n, n) for n in range(1, 301)))

    async def watch(_poller: Poller) -> None:
        await world.time.sleep(1.5)
        assert len(world.ended) == 299
        assert [json.loads(payload) for payload in world.table.notes.values()] == [message(1, 1)]

    await world.live(watch, seconds=130)
    assert world.began.count(1) == world.ended.count(1) == 1
    assert world.table.notes == world.kept == {}
    assert world.telegram.waiting() == []


async def test_a_stuck_update_that_holds_up_nobody_is_not_given_up(world: World) -> None:
    """Without a full window behind it, it may take its time."""
    world.slowly(u1=100)
    world.telegram.give(message(1, 1), message(2, 2))
    await world.live(seconds=110)
    assert world.table.ever == []
    assert sorted(world.ended) == [1, 2]


async def test_numbers_that_begin_anew_are_heard(world: World) -> None:
    """After a quiet week the next id may be lower than all before."""
    world.telegram.give(message(900))

    async def quiet_week(_poller: Poller) -> None:
        await world.time.sleep(1)
        world.telegram.give(message(5))

    await world.live(quiet_week, seconds=30)
    assert world.ended == [900, 5]
    assert world.telegram.offsets()[-1] == 6


async def test_updates_in_another_order_are_handled_in_theirs_and_none_is_confirmed_too_early(world: World) -> None:
    """The newest stands first and is slow: an offset of its would confirm those behind it, which a crash then loses."""
    world.slowly(u1=2, u2=2, u3=2)
    world.telegram.give(message(3), message(2), message(1))
    await world.live(seconds=20)
    assert world.began == world.ended == [1, 2, 3]
    assert next(offset for offset in world.telegram.offsets() if offset) == 1
    assert world.telegram.offsets()[-1] == 4


async def test_updates_without_a_number_are_passed_over(world: World, log: list[Any]) -> None:
    """They can be neither confirmed nor remembered; a server that repeats them does not make us spin."""
    nonsense = (200, b'{"ok": true, "result": [{"message": {}}, 5, {"update_id": "7"}]}')
    world.telegram.faults = [nonsense] * 20
    await world.live(seconds=5)
    assert "updates.nameless" in {line["event"] for line in log}
    assert len(world.telegram.polls) < 25
