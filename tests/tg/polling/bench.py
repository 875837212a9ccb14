"""A poller between a fake Telegram and handlers of the test's own, in fake time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import TypeHandler

from bot.tg.attempts import Attempts, Care, may_pass
from bot.tg.poller import Poller
from tests.tg.fake_telegram import FakeTelegram, application
from tests.tg.fake_time import FakeTime

GROUP = -5


class BusyError(Exception):
    """The database is away."""


async def quick(_update: Update) -> None:
    """A handler that is done at once."""


@dataclass
class Table:
    """Updates set aside, as the database keeps them; `broken` while it is away."""

    notes: dict[int, str] = field(default_factory=dict)
    ever: list[int] = field(default_factory=list)
    broken: bool = False

    async def put(self, updates: list[tuple[int, str]]) -> None:
        if self.broken:
            raise BusyError
        self.notes |= {number: payload for number, payload in updates if number not in self.notes}
        self.ever.extend(number for number, _payload in updates)

    async def left(self) -> list[str]:
        return [self.notes[number] for number in sorted(self.notes)]

    async def drop(self, update_ids: list[int]) -> None:
        for number in update_ids:
            self.notes.pop(number, None)


@dataclass
class World:
    """A bot under a fake clock: what it began, ended and kept. The database outlives a crash, the bot does not. To tell
    somebody that they are too fast takes `telling_s` seconds."""

    behave: Callable[[Update], Awaitable[None]] = quick
    began: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    kept: dict[int, str] = field(default_factory=dict)
    told: list[int] = field(default_factory=list)
    slowed: list[int] = field(default_factory=list)
    table: Table = field(default_factory=Table)
    running: int = 0
    most: int = 0
    telling_s: float = 0.0

    def __post_init__(self) -> None:
        self.time = FakeTime()
        self.telegram = FakeTelegram(self.time)
        self.options: dict[str, Any] = {}

    async def handle(self, update: Update, _context: Any) -> None:
        self.began.append(update.update_id)
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await self.behave(update)
        finally:
            self.running -= 1
        self.ended.append(update.update_id)

    async def keep(self, update_id: int, payload: str, _error: str, _tries: int) -> None:
        self.kept[update_id] = payload

    async def apologise(self, update: Update) -> None:
        self.told.append(update.update_id)

    async def slow_down(self, update: Update) -> None:
        await self.time.sleep(self.telling_s)
        self.slowed.append(update.update_id)

    def bot(self) -> Poller:
        """A new process of the same bot."""
        app = application(self.telegram)
        app.add_handler(TypeHandler(Update, self.handle))
        care = Care(
            lambda error: isinstance(error, BusyError) or may_pass(error), self.keep, self.apologise, self.slow_down
        )
        self.app = app
        timing: dict[str, Any] = {"clock": self.time.clock, "sleep": self.time.sleep, "jitter": lambda: 0.0}
        return Poller(app, self.telegram, Attempts(app, care, **timing), self.table, **timing, **self.options)

    async def live(self, *script: Callable[[Poller], Awaitable[None]], seconds: float = 1.0) -> Poller:
        """Run a bot through the script and so many seconds more, then stop it."""
        poller = self.bot()

        async def life() -> None:
            async with self.app, poller:
                for step in script:
                    await step(poller)
                await self.time.sleep(seconds)

        await self.time.run(life())
        return poller

    def slowly(self, **seconds: float) -> None:
        """Updates named u<id> take so long."""

        async def behave(update: Update) -> None:
            await self.time.sleep(seconds.get(f"u{update.update_id}", 0.0))

        self.behave = behave
