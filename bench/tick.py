"""The minute tick where 700 of many chats are due: what it looks up, and what claiming a push costs."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

from bench.banks import write_bank
from bench.large import NOW, folder, made_once
from bench.report import Figure, Goal
from bot.core.bank import Library
from bot.core.people import Defaults
from bot.flows import closing, interviewing, pushing, schedule, seasons, typed
from bot.flows.library import load
from bot.flows.pushing import Ready
from bot.store.database import Database, Tx, open_database

_DUE = 700
_MOST = 1_000
_DEFAULTS = Defaults()
_FIRST = 5_000_000_000


def tick(rounds: int, small: bool) -> Iterable[Figure]:
    """At ten thousand chats and at a million; a private chat each, one in ten of them a group with an open poll. One
    in a hundred is in the midst of an answer in words, one in a hundred in an interview."""
    few, many = (1_000, 10_000) if small else (10_000, 1_000_000)
    due = 50 if small else _DUE
    library = load(write_bank(folder() / "bank", 10, 100))
    at_few = asyncio.run(_looked(_database(few, due), rounds))
    at_many = asyncio.run(_looked(_database(many, due), rounds))
    claims = asyncio.run(_claimed(_database(many, due), library, rounds))
    ratio = tuple(more / less for more, less in zip(at_many, at_few, strict=True))
    what = "all that a tick looks up: misplanned hours, pushes cut short, hours due, silences, rounds and seasons over"
    return [
        Figure("tick", f"look-up, {few:,} chats, {due} due", at_few, "ms", Goal("<=", 15), what),
        Figure("tick", f"look-up, {many:,} chats, {due} due", at_many, "ms", Goal("<=", 15), "the same"),
        Figure("tick", "ratio of the two", ratio, "x", Goal("<=", 1.5), "what it costs is what is due"),
        Figure("tick", "a push claimed", claims, "ms", note="one transaction with its commit, round and next hour"),
    ]


def _database(chats: int, due: int) -> Path:
    """So many chats with an hour each, so many of them due now, the others over the next day; one in ten is quiet."""
    return made_once(f"ticks-{chats}-{due}", partial(_fill, chats=chats, due=due))


def _fill(raw: sqlite3.Connection, chats: int, due: int) -> None:
    now = int(NOW.timestamp())
    numbers = f"WITH RECURSIVE n(at) AS (SELECT 0 UNION ALL SELECT at + 1 FROM n WHERE at < {chats - 1}) SELECT"
    chat = f"iif(at % 10 = 5, -1000000000000 - at, {_FIRST} + at)"
    raw.execute("INSERT INTO questions (id, bank, key) VALUES (1, 'made', 'q')")
    raw.execute(
        f"INSERT INTO chats (id, kind, title, first_seen_at, quiet_since) {numbers} {chat}, iif(at % 10 = 5,"
        f" 'supergroup', 'private'), 'chat ' || at, {now}, iif(at >= {due} AND at % 10 = 3, {now}, NULL) FROM n"
    )
    when = f"CASE WHEN at < {due} THEN {now} WHEN at % 10 = 3 THEN NULL ELSE {now} + 60 * (1 + at % 1439) END"
    raw.execute(
        f"INSERT INTO slots (chat_id, minute, next_push_at) {numbers} {chat}, at % 1440, {when} FROM n ORDER BY 1"
    )
    raw.execute(
        "INSERT INTO rounds (chat_id, question_id, kind, origin, language, state, opened_at, closes_at, poll_id, sends)"
        f" {numbers} {chat}, 1, 1, 'p' || (at % 1440) || '.739000', 0, 2, {now} - 3600, {now} + 60 + at % 80000,"
        " 'poll' || at, 1 FROM n WHERE at % 10 = 5"
    )
    soon = f"{now} + 1 + at % 120"
    raw.execute(
        f"INSERT INTO typed (round_id, person_id, said_at, retry_at) {numbers} at + 1, {chat}, {now}, {soon} FROM n"
        " WHERE at % 100 = 1"
    )
    raw.execute(
        f"INSERT INTO interviews (person_id, message_id, phase, began_at, last_at, act_at) {numbers} {chat}, 1, 1,"
        f" {now}, {now}, {soon} FROM n WHERE at % 100 = 2"
    )


async def _looked(path: Path, times: int) -> tuple[float, ...]:
    async with open_database(f"sqlite:///{path}") as db:
        return tuple([await _look(db) for _ in range(times)])


async def _look(db: Database) -> float:
    """Milliseconds of what a tick asks before anything is claimed or sent."""
    began = perf_counter()
    await db.write(closing.tidy, NOW)
    await db.read(closing.due, NOW)
    await db.write(schedule.set_right, NOW, _DEFAULTS)
    await db.read(pushing.unfinished, NOW, _MOST)
    await db.read(pushing.ready, NOW, _MOST)
    await db.read(typed.overdue, NOW, _MOST)
    await db.read(interviewing.overdue, NOW, _MOST)
    await db.read(seasons.due, NOW, _MOST)
    return (perf_counter() - began) * 1000


async def _claimed(path: Path, library: Library, times: int) -> tuple[float, ...]:
    async with open_database(f"sqlite:///{path}") as db:
        return tuple([await _claim(db, library) for _ in range(times)])


async def _claim(db: Database, library: Library) -> float:
    """Milliseconds a claim, over fifty of what is due; then all is due again."""
    due = (await db.read(pushing.ready, NOW, _MOST))[:50]
    began = perf_counter()
    for hour in due:
        await db.write(pushing.claim, library, hour, NOW + timedelta(seconds=1), _DEFAULTS)
    took = (perf_counter() - began) / len(due) * 1000
    await db.write(_undone, due)
    return took


def _undone(tx: Tx, due: tuple[Ready, ...]) -> None:
    chats = ", ".join(str(hour.chat_id) for hour in due)
    tx.exec_driver_sql("DELETE FROM pushes")
    tx.exec_driver_sql(f"DELETE FROM rounds WHERE chat_id IN ({chats}) AND state = 0")
    at = int(NOW.timestamp())
    tx.exec_driver_sql(f"UPDATE slots SET next_push_at = {at} WHERE chat_id IN ({chats})")
