"""For the tests of what goes wrong: logs that are searched, updates that come twice, a disk that is full."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
import structlog
from sqlalchemy import Connection

from bot.logs import set_up_logs
from bot.playground.server import Playground
from bot.store import sqlite
from tests.e2e.acting import settled

Json = dict[str, Any]
T = TypeVar("T")


@contextmanager
def logging_to(stream: io.StringIO, token: str) -> Iterator[None]:
    """Log as the process does, to `stream`; afterwards all is as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    set_up_logs("INFO", "json", secrets=(token,), stream=stream)
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def leaks(playground: Playground, log: str) -> list[str]:
    """What stands in the log and must not: the token, and anything that was said in a chat."""
    said = [text for chat in playground.mini.world.chats.values() for text in _texts(chat.messages.values())]
    parts = {part.strip() for text in said for part in text.splitlines() if len(part.strip()) > 3}
    secret = playground.token.partition(":")[2]
    return [part for part in (secret, *parts) if part in log]


def _texts(messages: Any) -> Iterator[str]:
    for message in messages:
        yield str(message.body.get("text", ""))
        if message.poll is not None:
            yield from (message.poll.question, *message.poll.options)


async def redelivered(playground: Playground, act: Callable[[], Awaitable[object]]) -> Json:
    """Do it, have it handled, and let Telegram deliver that very update once more; gives the update."""
    await act()
    update = playground.updates.pending[-1]  # nothing has run since: the bot has not fetched it yet
    await handled(playground)
    await again(playground, update)
    return update


async def again(playground: Playground, update: Json) -> None:
    """Deliver an update once more, and have it handled."""
    playground.updates.repeat(update)
    await handled(playground)


async def handled(playground: Playground) -> None:
    """Wait until nothing is left to handle and the bot is silent."""
    await playground.wait_for(lambda: not playground.updates.pending, timeout=20)
    await settled(playground)


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch, seconds: float | None = None) -> Iterator[list[str]]:
    """SQLite finds no room for as long as that, or all the while; yields what it raised, a transaction each, from its
    own connection."""
    raised: list[str] = []
    room = asyncio.Event()
    if seconds is not None:
        asyncio.get_running_loop().call_later(seconds, room.set)
    unit = sqlite.unit

    def crowded(tx: Connection, begin: str, work: Callable[[], T]) -> T:
        if room.is_set() or begin != sqlite.BEGIN_WRITE:
            return unit(tx, begin, work)
        try:
            return unit(tx, begin, lambda: _burst(tx, work))
        except Exception as error:
            raised.append(str(error))
            raise

    with monkeypatch.context() as patched:
        patched.setattr(sqlite, "unit", crowded)
        yield raised


def _burst(tx: Connection, work: Callable[[], T]) -> T:
    """Do the work, and then write more than the file may hold: all of it is lost."""
    most = tx.exec_driver_sql("PRAGMA max_page_count").scalar_one()
    pages = tx.exec_driver_sql("PRAGMA page_count").scalar_one()
    try:
        result = work()
        tx.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        tx.exec_driver_sql("CREATE TABLE more AS SELECT zeroblob(10000000) AS much")
        return result
    finally:
        tx.exec_driver_sql(f"PRAGMA max_page_count={most}")
