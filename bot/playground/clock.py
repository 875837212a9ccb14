"""The one clock that the playground, its page, the tests and the bot share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

Listener = Callable[[datetime], Awaitable[object]]


class PlaygroundClock:
    """Runs with real time from `start` (aware; now when left out) and can be put forward."""

    def __init__(self, start: datetime | None = None) -> None:
        self._ahead = timedelta(0) if start is None else start - datetime.now(UTC)
        self._listeners: list[Listener] = []

    def now(self) -> datetime:
        """The playground's present, in UTC."""
        return datetime.now(UTC) + self._ahead

    def seconds(self) -> int:
        """The present in Unix seconds, as Telegram dates things."""
        return int(self.now().timestamp())

    def listen(self, listener: Listener) -> None:
        """Have `listener(now)` awaited after every jump, in the order of listening."""
        self._listeners.append(listener)

    async def advance(self, by: timedelta | float) -> datetime:
        """Put the clock forward (seconds or timedelta); return the time there, once every listener has run.

        Raises ValueError for a step back.
        """
        step = by if isinstance(by, timedelta) else timedelta(seconds=by)
        if step < timedelta(0):
            raise ValueError("the clock only goes forward")
        self._ahead += step
        for listener in list(self._listeners):
            await listener(self.now())
        return self.now()

    async def jump_to(self, moment: datetime) -> datetime:
        """Put the clock forward to an aware moment; like `advance`."""
        return await self.advance(moment - self.now())
