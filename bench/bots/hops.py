"""One hop undone: a unit of work runs on the event loop, and each of its statements is sent to SQLite's thread.

That is what aiosqlite's own interface does, and SQLAlchemy's over it; a greenlet lets plain functions wait there. One
hop is counted for each statement, BEGIN and COMMIT, though aiosqlite makes another for each cursor and each fetch.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy.util import await_only, greenlet_spawn

from bot.store import sqlite_lanes


class _Connection(sqlite3.Connection):
    """Whatever is run on it goes to its thread, unless that is where it is run from."""

    submit: Callable[[Callable[[], Any]], asyncio.Future[Any]]

    def cursor(self, *_factory: Any) -> Any:
        return super().cursor(_Cursor)

    def execute(self, *statement: Any) -> Any:
        return self.hop(super().execute, *statement)

    def executemany(self, *statement: Any) -> Any:
        return self.hop(super().executemany, *statement)

    def commit(self) -> None:
        self.hop(super().commit)

    def rollback(self) -> None:
        if self.in_transaction:  # as after each commit: nothing to do is no hop
            self.hop(super().rollback)

    def hop(self, call: Callable[..., Any], *arguments: Any) -> Any:
        """What the call returns, made on the thread."""
        if asyncio._get_running_loop() is None:
            return call(*arguments)
        return await_only(self.submit(partial(call, *arguments)))


class _Cursor(sqlite3.Cursor):
    """SQLAlchemy's statements come by cursors."""

    connection: _Connection

    def execute(self, *statement: Any) -> Any:
        return self.connection.hop(super().execute, *statement)

    def executemany(self, *statement: Any) -> Any:
        return self.connection.hop(super().executemany, *statement)


class _OnTheLoop:
    """In the place of a lane's thread: work is done on the loop, beside other tasks."""

    def __init__(self, thread: Any) -> None:
        self._thread = thread
        thread.raw.submit = thread.submit

    @property
    def raw(self) -> sqlite3.Connection:
        """The driver's connection."""
        return self._thread.raw  # type: ignore[no-any-return]

    def submit(self, work: Callable[[], Any]) -> asyncio.Future[Any]:
        """The outcome of the work."""
        return asyncio.ensure_future(greenlet_spawn(work))


def undo() -> None:
    """From now on databases are opened so."""
    opened: Callable[..., sqlite3.Connection] = sqlite3.connect
    made = sqlite_lanes.SqliteLane.__init__

    def connect(*place: Any, **how: Any) -> sqlite3.Connection:
        return opened(*place, **how, factory=_Connection, check_same_thread=False)

    def begin(self: sqlite_lanes.SqliteLane, thread: Any, *more: Any) -> None:
        made(self, _OnTheLoop(thread), *more)  # type: ignore[arg-type]

    sqlite3.connect = connect  # type: ignore[assignment]
    sqlite_lanes.SqliteLane.__init__ = begin  # type: ignore[method-assign, assignment]
