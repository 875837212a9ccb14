"""A database in which many chats are due at once, for broadcasts by the real process."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from pathlib import Path

from bot.store.database import open_database

FIRST = 50_000_000  # the first of the chats that are pushed


def fill(path: Path, chats: int, due_in_s: float) -> None:
    """Private chats, each with an hour that comes in so many seconds."""
    asyncio.run(_made(path))
    at = int(time.time() + due_in_s)
    with sqlite3.connect(path) as raw:
        raw.executemany(
            "INSERT INTO people (id, name, first_seen_at) VALUES (?, ?, ?)",
            ((FIRST + n, f"人{n}", at) for n in range(chats)),
        )
        raw.executemany(
            "INSERT INTO chats (id, kind, title, first_seen_at, timezone) VALUES (?, 'private', ?, ?, 'Asia/Shanghai')",
            ((FIRST + n, f"人{n}", at) for n in range(chats)),
        )
        raw.executemany(
            "INSERT INTO slots (chat_id, minute, next_push_at) VALUES (?, ?, ?)",
            ((FIRST + n, _minute(at), at) for n in range(chats)),
        )
    raw.close()


def _minute(at: int) -> int:
    """The minute of the day in Shanghai: what is due now must be what was planned, or it is another day's."""
    return (at // 60 + 8 * 60) % (24 * 60)


async def _made(path: Path) -> None:
    async with open_database(f"sqlite:///{path}"):
        pass
