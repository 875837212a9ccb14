"""Doing many small things side by side, a few at a time, so that a slow chat holds nobody else up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
AT_ONCE = 16
GRACE_S = 1.0


async def abreast(
    do: Callable[[T], Awaitable[None]], items: Iterable[T], at_once: int = AT_ONCE, grace_s: float = GRACE_S
) -> None:
    """Await `do` for each item, at most `at_once` at a time. `do` deals with its own failures; what it raises all the
    same is raised when all the others are done.

    Cancelled, it begins no more, and what has begun has `grace_s` seconds to finish: a message that is sent should
    be written down, or it is sent again.
    """
    waiting = iter(items)
    begun: set[asyncio.Future[None]] = set()
    raised: list[BaseException] = []

    async def one_after_the_other() -> None:
        for item in waiting:
            work = asyncio.ensure_future(do(item))
            begun.add(work)
            work.add_done_callback(begun.discard)
            try:
                await asyncio.shield(work)
            except asyncio.CancelledError:
                raise
            except BaseException as error:  # noqa: BLE001 - told when the others are done
                raised.append(error)

    try:
        await asyncio.gather(*(one_after_the_other() for _ in range(at_once)))
    except asyncio.CancelledError:
        await _finish(set(begun), grace_s)
        raise
    if raised:
        raise raised[0]


async def _finish(begun: set[asyncio.Future[None]], grace_s: float) -> None:
    if begun:
        await asyncio.wait(begun, timeout=grace_s)
    for work in begun:
        work.cancel()
    await asyncio.gather(*begun, return_exceptions=True)
