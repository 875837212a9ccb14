"""Boards of a large database: the first ten and the own rank, a group's and everybody's; and a group's long streak."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from time import thread_time

from bench.large import FIRST_PERSON, FULL, SMALL, TODAY, bulk, folder, large_database, migrated
from bench.report import Figure, Goal
from bot.core.calendar import Period
from bot.flows import streaks
from bot.flows.boards import TOP, Span
from bot.store import neighbours, scores
from bot.store.database import Database, Tx, open_database

_YEARS = 3
_A_GROUP = Goal("<=", 1.0)  # ms
_EVERYBODY = Goal("<=", 10.0)
Pair = tuple[int, int]
Look = Callable[[Tx, int, Period, int], object]


def boards(rounds: int, small: bool) -> Iterable[Figure]:
    """p99 over some thousand random pairs of a group and one of its people, on the connection that reads."""
    path = large_database(SMALL if small else FULL)
    _warm(path)
    yield from asyncio.run(_measured(path, rounds, 50 if small else 2_000))
    yield asyncio.run(_streak(_years(), rounds))


def _warm(path: Path) -> None:
    """Have the system read the whole file: a database at work is in its memory."""
    with path.open("rb") as file:
        while file.read(2**24):
            pass


async def _measured(path: Path, rounds: int, pairs: int) -> list[Figure]:
    async with open_database(f"sqlite:///{path}") as db:
        return [
            await _figure(db, "a group: top 10 and own rank, p99", _board, _members, rounds, pairs, _A_GROUP),
            await _figure(db, "the largest group, the same", _board, _largest, rounds, pairs, _A_GROUP),
            await _figure(db, "a group: neighbours, p99", neighbours.around, _members, rounds, pairs, _A_GROUP),
            await _figure(db, "the largest group, the same", neighbours.around, _largest, rounds, pairs, _A_GROUP),
            await _figure(db, "everybody: top 10 and own rank, p99", _board, _anybody, rounds, pairs, _EVERYBODY),
            await _figure(db, "everybody: neighbours, p99", neighbours.around, _anybody, rounds, pairs, _EVERYBODY),
        ]


def _board(tx: Tx, chat_id: int, period: Period, person_id: int) -> object:
    """What a board shows, as bot.flows.boards reads it."""
    return scores.top(tx, chat_id, period, TOP), scores.own(tx, chat_id, period, person_id)


async def _figure(
    db: Database,
    what: str,
    look: Look,
    choose: Callable[[Tx, random.Random, int], list[Pair]],
    rounds: int,
    pairs: int,
    goal: Goal,
) -> Figure:
    chosen = await db.read(choose, random.Random(1), pairs)
    await db.read(_p99, look, chosen[:20], random.Random(0))  # statements are compiled once
    samples = [await db.read(_p99, look, chosen, random.Random(seed)) for seed in range(rounds)]
    return Figure(
        "boards",
        what,
        tuple(samples),
        "ms",
        goal,
        f"{len(chosen)} pairs a round, spans at random; the thread's own time",
    )


def _p99(tx: Tx, look: Look, pairs: list[Pair], chance: random.Random) -> float:
    """Milliseconds of the database's thread that one in a hundred looks takes longer than.

    Of its own time, which a busy machine does not stretch as it does the clock's: the pages are in memory.
    """
    took = []
    for chat_id, person_id in pairs:
        period = chance.choice(list(Span)).period(TODAY)
        began = thread_time()
        look(tx, chat_id, period, person_id)
        took.append(thread_time() - began)
    return sorted(took)[int(len(took) * 0.99)] * 1000


def _members(tx: Tx, chance: random.Random, pairs: int) -> list[Pair]:
    """Half by group, whatever its size, half by membership: so large ones come up as often as they are looked at."""
    groups = [row[0] for row in tx.exec_driver_sql("SELECT id FROM chats WHERE id < 0")]
    by_group = [pair for _ in range(pairs // 2) for pair in _of_group(tx, chance.choice(groups), chance, 1)]
    people = [_somebody(tx, chance) for _ in range(pairs - len(by_group))]
    return by_group + [pair for person in people for pair in _of_person(tx, person, chance)]


def _largest(tx: Tx, chance: random.Random, pairs: int) -> list[Pair]:
    largest = tx.exec_driver_sql("SELECT chat_id FROM turnouts WHERE period = 0 AND chat_id < 0 ORDER BY people DESC")
    return _of_group(tx, largest.scalars().all()[0], chance, pairs)


def _anybody(tx: Tx, chance: random.Random, pairs: int) -> list[Pair]:
    return [(scores.GLOBAL, _somebody(tx, chance)) for _ in range(pairs)]


def _of_group(tx: Tx, chat_id: int, chance: random.Random, count: int) -> list[Pair]:
    rows = tx.exec_driver_sql("SELECT person_id FROM members WHERE chat_id = ?", (chat_id,)).scalars().all()
    return [(chat_id, chance.choice(rows)) for _ in range(count)] if rows else []


def _somebody(tx: Tx, chance: random.Random) -> int:
    last = tx.exec_driver_sql("SELECT max(id) FROM people").scalar_one()
    return chance.randint(FIRST_PERSON, last)


def _of_person(tx: Tx, person_id: int, chance: random.Random) -> Iterator[Pair]:
    rows = tx.exec_driver_sql("SELECT chat_id FROM members WHERE person_id = ?", (person_id,)).scalars().all()
    if rows:
        yield chance.choice(rows), person_id


def _years() -> Path:
    """Three unbroken years of a group of fifty, the longest there can be to read."""
    path = folder() / "streak.db"
    path.unlink(missing_ok=True)
    days = [TODAY - timedelta(days=back) for back in range(365 * _YEARS)]
    keys = {key for day in days for key in (Period.day(day).key, Period.week(day).key)}
    with closing(bulk(migrated(path))) as raw:
        raw.executemany("INSERT INTO turnouts VALUES (-1, ?, 50)", [(key,) for key in keys])
    return path


async def _streak(path: Path, rounds: int) -> Figure:
    async with open_database(f"sqlite:///{path}") as db:
        samples = [await db.read(_streak_ms) for _ in range(rounds)]
    return Figure("boards", "a group's streak of three unbroken years", tuple(samples), "ms", note="mean of 50")


def _streak_ms(tx: Tx) -> float:
    began = thread_time()
    for _ in range(50):
        streaks.of_group(tx, -1, TODAY)
    return (thread_time() - began) / 50 * 1000
