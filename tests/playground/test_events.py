"""Waiting for a change: at the next one, after a time, or no more."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground.events import Events


@pytest.mark.parametrize("turns", range(5))
async def test_who_is_cancelled_just_as_something_changes_waits_no_more(turns: int) -> None:
    """Whatever of the loop's turns lies between the two: a swallowed cancellation would never end."""
    events = Events()

    async def watching() -> None:
        while True:
            await events.change(5)

    watcher = asyncio.ensure_future(watching())
    await asyncio.sleep(0.01)
    events.stir()
    for _ in range(turns):
        await asyncio.sleep(0)
    watcher.cancel()
    await asyncio.wait({watcher}, timeout=2)
    assert watcher.cancelled()


async def test_without_a_change_the_time_runs_out() -> None:
    """Quietly; and a change ends the waiting at once."""
    events = Events()
    await events.change(0.01)
    waiting = asyncio.ensure_future(events.change(60))
    await asyncio.sleep(0.01)
    events.stir()
    async with asyncio.timeout(2):
        await waiting
