"""A clock that jumps to the next sleeper when nothing else is left to do: hours pass at once, in order."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Coroutine
from itertools import count
from typing import Any


class FakeTime:
    """`clock` and `sleep` for whoever takes them as arguments; `run` lets time pass while the coroutines run."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()

    def clock(self) -> float:
        """Monotonic seconds."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock has gone so far."""
        wake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + max(seconds, 0.0), next(self._numbers), wake))
        await wake

    async def run(self, *coroutines: Coroutine[Any, Any, Any], errors: bool = False) -> list[Any]:
        """Everything the coroutines return, in their order; with `errors` what they raise as well."""
        everything = asyncio.gather(*coroutines, return_exceptions=errors)
        while not everything.done():
            await settled()
            if not everything.done():
                assert self._sleepers, "everybody waits and nobody sleeps"
                self._wake_next()
        return await everything

    def _wake_next(self) -> None:
        self.now, _number, wake = heapq.heappop(self._sleepers)
        if not wake.done():
            wake.set_result(None)


async def settled() -> None:
    """Return when no callback is ready to run. One at a time: two of these would wait for each other for ever."""
    while asyncio.get_running_loop()._ready:  # type: ignore[attr-defined]  # noqa: ASYNC110 - the loop has no such event
        await asyncio.sleep(0)
