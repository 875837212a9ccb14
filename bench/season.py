"""The end of a large group's week: how long somebody else's write waits meanwhile, and how long it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from time import perf_counter
from typing import Any, cast

from bench.banks import write_bank
from bench.large import folder
from bench.report import Figure, Goal
from bench.week import OVER, week_database
from bot.core.bank import Library
from bot.core.people import Chat, Defaults, Person
from bot.flows import schedule
from bot.flows.library import load
from bot.store.database import Database, Tx, open_database
from bot.tg import seasons
from bot.tg.delivery import Delivery, Sent
from bot.tg.desk import Desk
from bot.tg.views import View
from bot.tg.words import Words

_FULL, _SMALL = 200_000, 2_000
_NOW = OVER + timedelta(minutes=1)
_DEFAULTS = Defaults()
_PAUSE = 0.002  # seconds between two writes of the other
_ALONE = 3.0  # seconds


def season(rounds: int, small: bool) -> Iterable[Figure]:
    """The tick closes the week of a group of 200,000 while somebody else writes all the time; then they write alone."""
    people = _SMALL if small else _FULL
    library = load(write_bank(folder() / "bank", 10, 100))
    found = asyncio.run(_closed(f"sqlite:///{week_database(people, library.refs)}", library, rounds))
    took, most, alone = zip(*found, strict=True)
    what = f"a group of {people:,} closes its week"
    return [
        Figure(
            "season", f"{what}: another's longest wait", most, "ms", Goal("<=", 500), "one small write after another"
        ),
        Figure("season", f"the longest wait in {_ALONE:g} s without it", alone, "ms"),
        Figure(
            "season", f"{what}, from the tick's look to the note that it is told", took, "s", Goal("<=", 120), "a lease"
        ),
    ]


class _Told:
    """Takes the message in place of Telegram, at once."""

    def __init__(self) -> None:
        self.views: list[View] = []

    async def send(self, chat_id: int, view: View, **_how: object) -> Sent:
        """It stands there."""
        self.views.append(view)
        return Sent(chat_id, len(self.views))


async def _closed(url: str, library: Library, rounds: int) -> list[tuple[float, float, float]]:
    """Seconds that it took, milliseconds of the longest wait meanwhile and without it: once for each round."""
    async with open_database(url) as db:
        told, work = _Told(), cast("tuple[Any, Any]", (db.write, db.read))
        desk = Desk(*work, lambda: library, lambda: _NOW, Words(), cast("Delivery", told), _DEFAULTS)
        return [await _round(db, desk, told) for _ in range(rounds)]


async def _round(db: Database, desk: Desk, told: _Told) -> tuple[float, float, float]:
    """Raises RuntimeError where nothing was told: then nothing was measured."""
    told.views.clear()
    await db.write(_reopened)
    began = perf_counter()
    closing = asyncio.ensure_future(seasons.tick(desk))
    most = await _longest_wait(db, closing)
    took = perf_counter() - began
    if len(told.views) != 1:
        raise RuntimeError("The season was not told; the log says why.")
    return took, most, await _longest_wait(db, asyncio.ensure_future(asyncio.sleep(_ALONE)))


async def _longest_wait(db: Database, until: asyncio.Future[None]) -> float:
    """Milliseconds that the longest of somebody's writes takes, until that is done."""
    most, who = 0.0, Person(7, "Ada")
    while not until.done():
        began = perf_counter()
        await db.write(schedule.arrive, who, Chat(who.id, "private", who.name), _NOW, _DEFAULTS)
        most = max(most, perf_counter() - began)
        await asyncio.sleep(_PAUSE)
    await until
    return most * 1000


def _reopened(tx: Tx) -> None:
    """As if it had not been told."""
    tx.exec_driver_sql("UPDATE seasons SET state = 'open', retry_at = NULL")
