"""SQLite's threads: one that writes, one that reads, one that copies the log; each owned by aiosqlite."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

import aiosqlite
import structlog
from sqlalchemy import Connection

from bot.store import sqlite
from bot.store.outcomes import outcome

T = TypeVar("T")
_log = structlog.get_logger(__name__)
_COMMITS = 200  # between two copies of the log: some megabytes
_AT_ONCE = 64  # units of work in one transaction at the most


class _Thread(aiosqlite.Connection):
    """aiosqlite's connection and thread, with a way to run a whole function there."""

    _stopping: asyncio.Future[object] | None = None

    async def __aenter__(self) -> Self:
        """Connected; if that fails the thread has ended, which aiosqlite asks for but does not wait for."""
        try:
            await super().__aenter__()
        except BaseException:
            if self._stopping is not None:
                await asyncio.wait((self._stopping,))
            raise
        return self

    def stop(self) -> asyncio.Future[object] | None:
        """Ask the thread to end once all that was submitted is done."""
        self._stopping = super().stop()
        return self._stopping

    def submit(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """The outcome of `work`, run on the thread after all that was submitted before it."""
        if not self._running or self._connection is None:
            raise ValueError("the database is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._tx.put_nowait((future, work))
        return future

    @property
    def raw(self) -> sqlite.Raw:
        """The driver's connection, which only the thread may use."""
        return self._conn


class SqliteLane:
    """Whatever waits when the thread comes round shares its transaction, so that one commit serves them all."""

    def __init__(self, thread: _Thread, begin: str, copier: _Copier | None = None) -> None:
        self._thread = thread
        self._copier = copier
        self._begin = begin
        self._engine = sqlite.engine(lambda: thread.raw)
        self._waiting: deque[tuple[Callable[[Connection], Any], asyncio.Future[Any]]] = deque()
        self._at_work = False
        self._tx: Connection | None = None  # the thread's own

    async def run(self, work: Callable[[Connection], T]) -> T:
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        self._go_on()
        return await outcome(future)

    async def migrate(self) -> None:
        await outcome(self._thread.submit(partial(sqlite.migrate, self._engine)))

    async def close(self) -> None:
        """Let go of the connection, on its thread, before that closes it."""
        if self._tx is not None:
            await outcome(self._thread.submit(self._tx.close))

    def _go_on(self) -> None:
        """Hand the thread what waits; when that is done, what has come meanwhile. A log that is copied too slowly is
        waited for, lest it grow without end."""
        if not self._waiting or self._at_work or (self._copier and self._copier.holds_up(self._go_on)):
            return
        some = [self._waiting.popleft() for _ in range(min(_AT_ONCE, len(self._waiting)))]
        futures = [future for _work, future in some]
        try:
            done = self._thread.submit(partial(self._units, [work for work, _future in some]))
        except ValueError as closed:
            for future in futures:
                future.set_exception(closed)
            return
        self._at_work = True
        done.add_done_callback(partial(self._tell, futures))

    def _tell(self, futures: list[asyncio.Future[Any]], done: asyncio.Future[list[sqlite.Outcome]]) -> None:
        self._at_work = False
        if self._copier:
            self._copier.committed()
        self._go_on()
        for future, (result, error) in zip(futures, done.result(), strict=True):
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)

    def _units(self, works: list[Callable[[Connection], Any]]) -> list[sqlite.Outcome]:
        if self._tx is None:
            self._tx = self._engine.connect()
        return sqlite.units(self._tx, self._begin, works)


class _Copier:
    """Copies SQLite's log into the database now and then, on a thread of its own: no answer waits for that, unless so
    much is written during one copy that the next is due."""

    def __init__(self, thread: _Thread) -> None:
        self._thread = thread
        self._commits = _COMMITS - 1  # what a killed process has left is copied at the first commit
        self._at_work = False
        self._held_up: Callable[[], None] | None = None

    def holds_up(self, go_on: Callable[[], None]) -> bool:
        """Whether nothing is to be written before the copy at work is done; then `go_on` is called.

        A writer that commits without a pause keeps the end of a copy waiting: SQLite asks for its lock now and then,
        ever more seldom.
        """
        held_up = self._at_work and self._commits >= _COMMITS
        self._held_up = go_on if held_up else None
        return held_up

    def committed(self) -> None:
        """There was a commit."""
        self._commits += 1
        if self._commits >= _COMMITS and not self._at_work:
            self._commits, self._at_work = 0, True
            self._thread.submit(lambda: sqlite.checkpoint(self._thread.raw)).add_done_callback(self._copied)

    async def wipe(self) -> None:
        """Leave nothing in the files of what was erased. Where somebody reads for too long it stays until the log is
        written anew."""
        if not await outcome(self._thread.submit(lambda: sqlite.wipe(self._thread.raw))):
            _log.warning("log_not_wiped")

    def _copied(self, done: asyncio.Future[None]) -> None:
        """One that failed is made up for by the next; the log only grows meanwhile."""
        self._at_work = False
        if error := done.exception():
            _log.warning("log_not_copied", error=type(error).__name__)
        if self._held_up:
            self._held_up()


async def lanes(stack: AsyncExitStack, path: Path) -> tuple[SqliteLane, SqliteLane, Callable[[], Awaitable[None]]]:
    """The way to write to the database at `path`, its schema up to date, the way to read, and what wipes the files of
    what was erased; closed by the stack."""
    copier = _Copier(await _thread(stack, path))
    writer = SqliteLane(await _thread(stack, path, "wal_autocheckpoint=0"), sqlite.BEGIN_WRITE, copier)
    stack.push_async_callback(writer.close)
    await writer.migrate()
    reader = SqliteLane(await _thread(stack, path, "query_only=ON"), sqlite.BEGIN_READ)
    stack.push_async_callback(reader.close)
    return writer, reader, copier.wipe


async def _thread(stack: AsyncExitStack, path: Path, *pragmas: str) -> _Thread:
    return await stack.enter_async_context(_Thread(partial(sqlite.connect, path, *pragmas), iter_chunk_size=64))
