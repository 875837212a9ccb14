"""Polling goes on after whatever a server or a network does."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from telegram.error import NetworkError, TimedOut

from bot.core.errors import StartError
from tests.tg.fake_telegram import message, ok, refusal
from tests.tg.polling.bench import World

FAULTS: list[tuple[int, bytes] | Exception] = [
    NetworkError("connection reset"),
    TimedOut(),
    refusal(500, "Internal Server Error"),
    refusal(502, "Bad Gateway"),
    (200, b"null"),
    (200, b'{"ok": true, "result": true}'),
    ValueError("whatever"),
]


@pytest.mark.parametrize("fault", FAULTS)
async def test_polling_recovers_from_whatever_comes(
    world: World, log: list[Any], fault: tuple[int, bytes] | Exception
) -> None:
    """With a growing pause, one line in the log for the whole bad spell, and no update missed."""
    world.telegram.faults = [fault] * 4
    world.telegram.give(message(10))
    await world.live(seconds=30)
    assert [round(at - 1000) for at, _asked in world.telegram.polls[:5]] == [0, 1, 3, 7, 15]
    assert [line["event"] for line in log] == ["polling.fails", "polling.recovered"]
    assert world.ended == [10]


async def test_another_process_with_the_token_is_told_of_once(world: World, log: list[Any]) -> None:
    """However often the two take it from each other; ten minutes later once more. Other trouble is told as ever."""
    conflict = refusal(409, "Conflict: terminated by other getUpdates request")
    world.telegram.faults = [conflict, ok([]), conflict, conflict, ok([])] * 100
    await world.live(seconds=500)
    assert [line["event"] for line in log] == ["polling.conflict"]
    assert "token" in log[0]["reason"]
    world.telegram.faults = [conflict, NetworkError("down"), NetworkError("down"), ok([])]
    await world.live(seconds=30)
    assert [line["event"] for line in log[1:]] == ["polling.conflict", "polling.fails", "polling.recovered"]


async def test_a_429_is_waited_out_as_told(world: World) -> None:
    """Not a second less."""
    world.telegram.faults = [refusal(429, "Too Many Requests: retry after 17", retry_after=17)]
    await world.live(seconds=20)
    assert [at - 1000 for at, _asked in world.telegram.polls[:2]] == [0, 17]


async def test_the_pause_never_grows_beyond_half_a_minute(world: World) -> None:
    """An hour without a network: polling tries on."""
    world.telegram.faults = [NetworkError("down")] * 100
    await world.live(seconds=600)
    times = [at for at, _asked in world.telegram.polls[:-1]]
    assert max(later - earlier for earlier, later in pairwise(times)) == 30


async def test_an_unknown_token_ends_polling_in_one_sentence(world: World) -> None:
    """Nothing else does."""
    world.telegram.faults = [refusal(401, "Unauthorized")]
    poller = world.bot()
    async with world.app:
        with pytest.raises(StartError, match="does not know this BOT_TOKEN"):
            await world.time.run(poller.run())
    assert poller.trouble() == "Polling does not run."
