"""Many things side by side."""

from __future__ import annotations

import asyncio

import pytest

from bot.tg.abreast import abreast


async def test_all_is_done_and_never_too_much_at_once() -> None:
    """Ten things, three at a time."""
    at_work = most = done = 0

    async def do(_number: int) -> None:
        nonlocal at_work, most, done
        at_work += 1
        most = max(most, at_work)
        await asyncio.sleep(0)
        at_work -= 1
        done += 1

    await abreast(do, range(10), at_once=3)
    assert (most, done) == (3, 10)


async def test_what_hangs_after_the_cancelling_is_cancelled_too() -> None:
    """It has its grace, and no more."""
    ends: list[str] = []

    async def do(name: str) -> None:
        try:
            await asyncio.sleep(0.01 if name == "quick" else 60)
            ends.append(name)
        except asyncio.CancelledError:
            ends.append(f"{name} cancelled")
            raise

    work = asyncio.ensure_future(abreast(do, ["quick", "hanging", "waiting"], at_once=2, grace_s=0.05))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert ends == ["quick", "hanging cancelled"]


async def test_an_error_is_raised_when_all_the_others_are_done() -> None:
    """It cuts nobody short, and nothing goes on behind the caller's back."""
    done: list[int] = []

    async def do(number: int) -> None:
        if number == 0:
            raise LookupError("a slip in the code")
        for _ in range(20):
            await asyncio.sleep(0)
        done.append(number)

    with pytest.raises(LookupError):
        await abreast(do, range(5))
    assert done == [1, 2, 3, 4]
