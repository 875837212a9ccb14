"""A part of the minute tick that may take longer than a minute: a hundred thousand pushes take an hour at Telegram's
pace, and no result may wait for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Self

_SHARE_S = 30.0
_LAST_S = 1.5


class Unhurried:
    """Goes on beside later ticks where it takes longer than `share_s` seconds; never two at a time. With 0 no tick
    waits for it."""

    def __init__(self, step: Callable[[], Awaitable[None]], share_s: float = _SHARE_S) -> None:
        self._step = step
        self._share_s = share_s
        self._at_work: asyncio.Future[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exception: object) -> None:
        """What is at work is cancelled, and waited for while it ends what it has begun."""
        if self._at_work is not None:
            self._at_work.cancel()
            await asyncio.wait((self._at_work,), timeout=_LAST_S)

    async def tick(self) -> None:
        """Begin, unless it is still at work, and wait for the end, or for its share of the tick. Raises what it raises,
        in whatever tick that is seen."""
        if self._at_work is None:
            self._at_work = asyncio.ensure_future(self._step())
        await asyncio.wait((self._at_work,), timeout=self._share_s)
        if self._at_work.done():
            ended, self._at_work = self._at_work, None
            ended.result()
