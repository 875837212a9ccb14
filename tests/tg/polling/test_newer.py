"""A press that is handled knows what the same person has pressed on the same message since."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.tg.poller import Poller
from tests.tg.fake_telegram import message, poison, press
from tests.tg.polling.bench import GROUP, World

ADA, BOB = 8, 9


def on(number: int, person: int, data: str, message_id: int = 77) -> dict[str, Any]:
    """A press on a message of the group."""
    payload = press(number, person, GROUP, data)
    payload["callback_query"]["message"]["message_id"] = message_id
    return payload


async def seen(world: World, *updates: dict[str, Any]) -> dict[int, tuple[str, ...]]:
    """What was newer when each of these, come at once, began; afterwards nothing is remembered."""
    found: dict[int, tuple[str, ...]] = {}

    async def play(poller: Poller) -> None:
        async def behave(update: Update) -> None:
            found[update.update_id] = poller.newer(update.update_id)

        world.behave = behave
        world.telegram.give(*updates)

    poller = await world.live(play)
    assert len(poller._handling.presses) == 0
    assert poller._handling.presses._pressed == {}
    return found


async def test_each_press_knows_those_after_it_and_the_last_knows_none(world: World) -> None:
    """In the order they came."""
    found = await seen(world, on(1, ADA, "a"), on(2, ADA, "b"), on(3, ADA, "c"))
    assert found == {1: ("b", "c"), 2: ("c",), 3: ()}


async def test_other_people_and_other_messages_do_not_count(world: World) -> None:
    """Nor do messages, nor what nobody can parse."""
    others = (on(2, BOB, "b"), on(3, ADA, "c", message_id=78), message(4, GROUP, user_id=ADA), poison(5))
    found = await seen(world, on(1, ADA, "a"), *others, on(6, ADA, "f"))
    assert found == {1: ("f",), 2: (), 3: (), 4: (), 6: ()}


async def test_a_press_under_what_is_no_message_of_a_chat_is_handled(world: World) -> None:
    """A result of an inline query, which the bot never sends."""
    inline = press(1, ADA, GROUP)
    del inline["callback_query"]["message"]
    assert await seen(world, inline, on(2, ADA, "b")) == {1: (), 2: ()}


async def test_a_press_that_comes_while_an_older_one_is_handled_is_known_to_it(world: World) -> None:
    """As far as it has come by then."""
    found: list[tuple[str, ...]] = []

    async def play(poller: Poller) -> None:
        async def behave(update: Update) -> None:
            await world.time.sleep(1)
            found.append(poller.newer(update.update_id))

        world.behave = behave
        world.telegram.give(on(1, ADA, "a"))
        await world.time.sleep(0.2)
        world.telegram.give(on(2, ADA, "b"))

    await world.live(play, seconds=4)
    assert found == [("b",), ()]


async def test_a_press_that_is_cut_off_at_the_stop_is_forgotten(world: World) -> None:
    """It comes again."""
    world.options["drain_s"] = 0.5
    world.slowly(u1=60)
    world.telegram.give(on(1, ADA, "a"), on(2, ADA, "b"))
    poller = await world.live()
    assert (world.ended, len(poller._handling.presses)) == ([], 0)
    assert world.telegram.waiting() == [1, 2]
