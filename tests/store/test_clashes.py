"""Units of work that get in each other's way."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, wait

from sqlalchemy import insert, select, update

from bot.store.database import Database, Tx
from bot.store.tables_group import scores


def _begin(tx: Tx) -> None:
    tx.execute(insert(scores).values(chat_id=1, period=0, person_id=1, points=0, right=0, answered=0))


def _points(tx: Tx) -> int:
    return tx.scalar(select(scores.c.points)) or 0


def _add(tx: Tx, points: int) -> None:
    tx.execute(update(scores).values(points=_points(tx) + points))


async def test_a_unit_that_always_loses_gets_its_turn(database: Database) -> None:
    """A faster rival comes in between at every try, until rivals have to wait; nothing of either is lost."""
    loop = asyncio.get_running_loop()
    rivals: list[Future[None]] = []

    def slow(tx: Tx) -> None:
        found = _points(tx)
        rivals.append(asyncio.run_coroutine_threadsafe(database.write(_add, 1), loop))
        wait(rivals, timeout=0.2)
        tx.execute(update(scores).values(points=found + 100))

    await database.write(_begin)
    await database.write(slow)
    await asyncio.gather(*map(asyncio.wrap_future, rivals))

    assert await database.read(_points) == 100 + len(rivals)
