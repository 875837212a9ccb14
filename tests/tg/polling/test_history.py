"""No history of updates, faults and stops loses an update."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs
from telegram import Update
from telegram.error import NetworkError

from bot.tg.poller import Poller
from tests.tg.fake_telegram import message, poison, press, vote
from tests.tg.polling.bench import GROUP, World

HISTORY = st.lists(
    st.tuples(
        st.sampled_from(["message", "press", "vote", "poison"]),
        st.integers(1, 4),  # the person
        st.sampled_from([0.0, 0.0, 0.01, 0.3, 4.0]),  # how long it takes
        st.sampled_from([0.0, 0.0, 0.0, 0.05, 2.0]),  # how long after the one before it arrives
        st.sampled_from([0, 0, 0, 0, 1, 5]),  # how often it fails before it works; 5 is for good
    ),
    max_size=40,
)


@settings(max_examples=40, deadline=None)
@given(HISTORY, st.integers(0, 3), st.integers(1, 40))
def test_no_history_loses_an_update(history: list[tuple[str, int, float, float, int]], faults: int, room: int) -> None:
    """Whatever comes, whenever: each update is handled once or kept, in its chat's order, and all is confirmed."""
    with capture_logs():
        asyncio.run(_live(history, faults, room))


async def _live(history: list[tuple[str, int, float, float, int]], faults: int, room: int) -> None:
    world = World()
    world.options["in_flight"] = room
    world.telegram.faults = [NetworkError("down")] * faults
    failures = {number: fails for number, (*_rest, fails) in enumerate(history, 1)}
    confirmed: list[int] = []

    async def behave(update: Update) -> None:
        number = update.update_id
        assert number not in world.ended
        await world.time.sleep(history[number - 1][2])
        if failures[number]:
            failures[number] -= 1
            raise ZeroDivisionError
        confirmed.extend(offset for offset in world.telegram.offsets()[-1:] if offset and offset > number)

    async def arrive(_poller: Poller) -> None:
        for number, (kind, person, _length, pause, _fails) in enumerate(history, 1):
            if pause:
                await world.time.sleep(pause)
            world.telegram.give(_update(kind, number, person))

    world.behave = behave
    await world.live(arrive, seconds=400)
    bad = {n for n, (kind, *_middle, fails) in enumerate(history, 1) if kind == "poison" or fails >= 3}
    assert set(world.kept) == bad
    assert sorted(world.ended) == [n for n in range(1, len(history) + 1) if n not in bad]
    assert world.telegram.waiting() == []
    assert confirmed == []
    for person in range(1, 5):
        mine = [n for n in world.ended if history[n - 1][1] == person]
        assert mine == sorted(mine)


def _update(kind: str, number: int, person: int) -> dict[str, Any]:
    if kind == "poison":
        return poison(number)
    if kind == "message":
        return message(number, person)
    return press(number, person, GROUP) if kind == "press" else vote(number, person)
