"""Waiting for the first of several things, leaving nothing behind."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

T = TypeVar("T")


async def first(*several: Awaitable[Any]) -> None:
    """Return when one of them is done, with the others cancelled and gone. What they raise stays in them."""
    tasks = [asyncio.ensure_future(one) for one in several]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def unless(stop: asyncio.Event, work: Awaitable[T]) -> T | None:
    """What `work` gives or raises; None if `stop` came first."""
    task = asyncio.ensure_future(work)
    await first(task, stop.wait())
    return None if task.cancelled() else task.result()
