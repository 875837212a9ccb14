"""What is done about updates that fail, or that wait: the table they are written to, and the word to the person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import Update

from bot.store import failures
from bot.store.database import Database
from bot.store.trouble import is_transient
from bot.tg import apologies, rounds
from bot.tg.attempts import Care, may_pass
from bot.tg.desk import Desk


def care_of(db: Database, desk: Desk) -> Care:
    """What is done about an update that fails."""

    async def keep(update_id: int, payload: str, error: str, tries: int) -> None:
        await db.write(failures.keep, update_id, payload, error, tries, desk.clock())

    async def apologise(update: Update) -> None:
        await rounds.give_up(desk, update)
        await apologies.apologise(desk, update)

    async def slow_down(update: Update) -> None:
        await apologies.slow_down(desk, update)

    return Care(lambda error: is_transient(error) or may_pass(error), keep, apologise, slow_down)


@dataclass(frozen=True, slots=True)
class Aside:
    """The poller's notes of updates set aside, in the table of failed ones."""

    db: Database
    clock: Callable[[], datetime]

    async def put(self, updates: list[tuple[int, str]]) -> None:
        """Write them down."""
        await self.db.write(failures.set_aside, updates, self.clock())

    async def left(self) -> list[str]:
        """Those that a crash left."""
        return await self.db.read(failures.aside)

    async def drop(self, update_ids: list[int]) -> None:
        """They are settled."""
        await self.db.write(failures.settled, update_ids)
