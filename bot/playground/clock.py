"""The one clock that the playground, its page, the tests and the bot share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

Listener = Callable[[datetime], Awaitable[object]]
_STEP = timedelta(hours=1)  # a longer one would pass over what a bot does only while it is not too late
_WALK = timedelta(days=3)  # of a longer way only the end is walked, so that a month takes seconds, not minutes


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
        """Have `listener(now)` awaited after every step of a jump, in the order of listening."""
        self._listeners.append(listener)

    async def advance(self, by: timedelta | float) -> datetime:
        """Put the clock forward (seconds or timedelta); return the time there, once every listener has run.

        It walks hour by hour, so that what falls due on the way happens in its time; of more than three days it walks
        the last three and leaps over the rest. Raises ValueError for a step back.
        """
        way = by if isinstance(by, timedelta) else timedelta(seconds=by)
        if way < timedelta(0):
            raise ValueError("the clock only goes forward")
        target = self.now() + way
        self._ahead += max(way - _WALK, timedelta(0))
        while await self._step(target):
            pass
        return self.now()

    async def _step(self, target: datetime) -> bool:
        """An hour towards `target`, or what is left, and every listener; whether there is still a way to go."""
        left = target - self.now()
        self._ahead += max(min(left, _STEP), timedelta(0))  # listeners take time, so the target may be passed already
        for listener in list(self._listeners):
            await listener(self.now())
        return left > _STEP

    async def jump_to(self, moment: datetime) -> datetime:
        """Put the clock forward to an aware moment; like `advance`."""
        return await self.advance(moment - self.now())
