"""What takes longer than a tick holds up no other."""

from __future__ import annotations

import asyncio

import pytest

from bot.tg.unhurried import Unhurried


@pytest.mark.parametrize("share_s", [0, 0.01])
async def test_a_long_step_goes_on_beside_later_ticks(share_s: float) -> None:
    """Its tick ends without it, the next ones begin no second, and after its end a new one begins."""
    begun, go_on = 0, asyncio.Event()

    async def step() -> None:
        nonlocal begun
        begun += 1
        await go_on.wait()

    async with Unhurried(step, share_s=share_s) as pushes:
        await pushes.tick()
        await pushes.tick()
        assert begun == 1
        go_on.set()
        await pushes.tick()
        await pushes.tick()
        assert begun == 2


async def test_what_it_raises_is_told_by_the_tick_that_sees_it() -> None:
    """And the next tick begins anew."""
    tries = 0

    async def step() -> None:
        nonlocal tries
        tries += 1
        await asyncio.sleep(0.02)
        raise RuntimeError("a bad minute")

    async with Unhurried(step, share_s=0.01) as pushes:
        await pushes.tick()
        with pytest.raises(RuntimeError, match="a bad minute"):
            async with asyncio.timeout(5):
                await _until_raised(pushes)
        await pushes.tick()
        assert tries == 2
        await asyncio.sleep(0.03)


async def _until_raised(pushes: Unhurried) -> None:
    while True:
        await pushes.tick()


async def test_the_end_cancels_it_and_lets_it_finish_what_it_has_begun() -> None:
    """A message that was sent is still written down."""
    ended: list[str] = []

    async def step() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await asyncio.sleep(0.01)
            ended.append("written down")
            raise

    async with Unhurried(step, share_s=0.01) as pushes:
        await pushes.tick()
    assert ended == ["written down"]
