"""Telegram as the limiter's tests see it: it notes when each call arrives, and may refuse some."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter

from bot.tg.limiter import EVERYBODY, Limiter
from tests.tg.fake_time import FakeTime

PERSON, GROUP_ID = 7, -1007
A_PLACE = round(EVERYBODY.seconds / EVERYBODY.calls, 6)  # seconds until the next place falls free


@dataclass
class Telegram:
    """Notes when each call reaches it; may refuse some of them."""

    time: FakeTime
    refuse: Callable[[str, int], float] = lambda _name, _tries: 0.0
    calls: list[tuple[float, str]] = field(default_factory=list)
    latency: float = 0.0

    def __post_init__(self) -> None:
        self.limiter = Limiter(clock=self.time.clock, sleep=self.time.sleep)
        self.tries: dict[str, int] = {}

    async def call(
        self, name: str, chat_id: object = None, *, bulk: bool = False, endpoint: str = "sendMessage"
    ) -> str:
        """One call through the limiter."""

        async def arrive(given_name: str) -> Any:
            self.calls.append((self.time.now, given_name))
            self.tries[name] = self.tries.get(name, 0) + 1
            if self.latency:
                await self.time.sleep(self.latency)
            if wait := self.refuse(name, self.tries[name]):
                raise RetryAfter(timedelta(seconds=wait))
            return given_name

        data = {} if chat_id is None else {"chat_id": chat_id}
        result = await self.limiter.process_request(arrive, (name,), {}, endpoint, data, "bulk" if bulk else None)
        assert isinstance(result, str)
        return result

    async def later(self, seconds: float, name: str, chat_id: object, *, bulk: bool = False) -> str:
        """The same, some seconds from now."""
        await self.time.sleep(seconds)
        return await self.call(name, chat_id, bulk=bulk)

    def times(self, prefix: str = "") -> list[float]:
        """When the calls whose names begin so arrived, from the start."""
        return [round(at - 1000.0, 6) for at, name in self.calls if name.startswith(prefix)]

    def names(self) -> list[str]:
        """The calls in the order they arrived."""
        return [name for _at, name in self.calls]


def evenly(count: int, start: float = 0.0) -> list[float]:
    """When so many scheduled sends leave that nothing holds up."""
    return [round(start + n * EVERYBODY.seconds / EVERYBODY.calls, 6) for n in range(count)]


def most_in_any(times: list[float], seconds: float) -> int:
    """The largest number of calls in any half-open span of so many seconds."""
    return max((sum(1 for t in times if start <= t < start + seconds - 1e-6) for start in times), default=0)
