"""Updates are handled in order, side by side, and only then confirmed."""

from __future__ import annotations

from typing import Any

import pytest

from bot.tg.poller import Poller
from tests.tg.fake_telegram import message, ok, press, vote
from tests.tg.polling.bench import GROUP, World


async def test_updates_are_handled_and_then_confirmed(world: World) -> None:
    """The first poll names no offset, the last one is past everything."""
    world.telegram.give(message(10), vote(11, 8), press(12, 9, 9))
    await world.live()
    assert sorted(world.ended) == [10, 11, 12]
    assert world.telegram.offsets()[0] is None
    assert world.telegram.offsets()[-1] == 13
    assert world.telegram.waiting() == []


async def test_only_what_is_used_is_asked_for(world: World) -> None:
    """In particular no `poll` updates, which double the traffic of every vote."""
    await world.live()
    for _at, asked in world.telegram.polls[:2]:
        kinds = ["message", "edited_message", "callback_query", "poll_answer", "my_chat_member", "chat_member"]
        assert asked["allowed_updates"] == kinds
        assert asked["limit"] == 100


async def test_only_the_first_poll_does_not_wait(world: World) -> None:
    """It tells at once that nothing waited, so that a start is quick; the others are long polls."""

    async def catch_up(poller: Poller) -> None:
        began = world.time.now
        await poller.caught_up()
        assert world.time.now == began

    await world.live(catch_up, seconds=60)
    assert [asked["timeout"] for _at, asked in world.telegram.polls][:3] == [0, 25, 25]


async def test_nothing_is_confirmed_before_it_is_handled(world: World) -> None:
    """A slow update in front: what came after is handled meanwhile, and no offset passes the slow one."""
    world.slowly(u10=30)
    world.telegram.give(message(10, 1), message(11, 2), message(12, 3))

    async def watch(_poller: Poller) -> None:
        await world.time.sleep(29)
        assert sorted(world.ended) == [11, 12]
        assert set(world.telegram.offsets()) == {None, 10}

    await world.live(watch, seconds=5)
    assert world.telegram.offsets()[-1] == 13
    assert sorted(world.began) == [10, 11, 12]


async def test_behind_a_slow_update_others_are_heard_within_half_a_second_and_nothing_spins(world: World) -> None:
    """Telegram answers at once while something is unconfirmed: so there is a pause between two polls."""
    world.slowly(u10=60)
    world.telegram.give(message(10, 1))
    heard: list[float] = []

    async def speak(_poller: Poller) -> None:
        for number in range(11, 21):
            await world.time.sleep(5.03)
            world.telegram.give(message(number, number))
            asked = world.time.now
            while number not in world.ended:
                await world.time.sleep(0.01)
            heard.append(world.time.now - asked)

    await world.live(speak)
    assert max(heard) <= 0.51
    assert len(world.telegram.polls) < 60 * 3 + 10 * 6


async def test_an_answer_that_was_on_its_way_as_the_last_update_was_settled_costs_no_breath(world: World) -> None:
    """It brings again what is done by now: the next getUpdates confirms that, and hears whoever writes at once."""
    world.telegram.takes = 0.02
    world.slowly(u1=0.04)  # begun at 0.02 s; the second getUpdates is asked after a breath, at 0.05, answered at 0.07
    world.telegram.give(message(1, 1))

    async def another(_poller: Poller) -> None:
        await world.time.sleep(0.1)
        world.telegram.give(message(2, 2))
        await world.time.sleep(0.03)
        assert world.ended == [1, 2]

    await world.live(another)


async def test_a_server_that_repeats_itself_does_not_make_us_spin(world: World) -> None:
    """Whatever the offset says, it answers at once with nothing."""
    world.telegram.faults = [ok([]) for _ in range(1000)]
    await world.live(seconds=10)
    assert len(world.telegram.polls) < 40


async def test_when_all_is_handled_the_next_long_poll_confirms_at_once(world: World) -> None:
    """An update of 20 ms is confirmed after 20 ms, and a quiet bot polls once in 25 seconds."""
    world.slowly(u10=0.02)
    world.telegram.give(message(10))
    await world.live(seconds=100)
    assert world.telegram.polls[1][0] == pytest.approx(1000.02)
    assert len(world.telegram.polls) <= 7


@pytest.mark.parametrize(
    "updates",
    [
        [message(1, GROUP, user_id=1), message(2, GROUP, user_id=2)],
        [message(1, GROUP, user_id=7), message(2, 7)],
        [press(1, 7, -8), press(2, 7, -9)],
        [vote(1, 7, "p"), vote(2, 7, "q")],
        [message(1, 7), vote(2, 7)],
    ],
)
async def test_what_belongs_together_keeps_its_order(world: World, updates: list[dict[str, Any]]) -> None:
    """One chat, one person: the second begins when the first has ended."""
    world.slowly(u1=5)
    world.telegram.give(*updates)
    await world.live(seconds=10)
    assert world.ended == [1, 2]
    assert world.most == 1


async def test_what_does_not_belong_together_goes_side_by_side(world: World) -> None:
    """A hundred chats at a second each take a second."""
    world.slowly(**{f"u{n}": 1 for n in range(1, 101)})
    world.telegram.give(*(message(n, n) for n in range(1, 101)))
    await world.live(seconds=1.2)
    assert world.most == 100
    assert len(world.ended) == 100


async def test_what_is_in_flight_is_bounded(world: World) -> None:
    """Beyond the bound updates stay with Telegram, and come when there is room."""
    world.options["in_flight"] = 10
    world.slowly(**{f"u{n}": 1 for n in range(1, 51)})
    world.telegram.give(*(message(n, n) for n in range(1, 51)))
    await world.live(seconds=10)
    assert world.most == 10
    assert sorted(world.ended) == list(range(1, 51))


async def test_a_large_backlog_is_worked_off_window_by_window(world: World) -> None:
    """What waited for a day arrives a hundred at a time, each once."""
    world.telegram.give(*(message(n, n) for n in range(1, 1001)))
    await world.live(seconds=5)
    assert world.ended == list(range(1, 1001))
    assert world.telegram.waiting() == []
