"""One unit of work, one hop: `await db.write(use_case, …)` runs a plain function whole on the database's own thread.

SQLite has one thread and connection that writes and one that reads, both owned by aiosqlite. PostgreSQL has a few
threads, each with a connection of the pool. Either way a caller that is cancelled leaves no transaction open: the
function runs to its end, and only then is the caller let go.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError

from bot.core.errors import StartError
from bot.store import postgresql, sqlite, sqlite_lanes
from bot.store.outcomes import outcome
from bot.store.trouble import START_TROUBLE, sentence

Tx = Connection
"""A connection inside an open unit of work."""

P = ParamSpec("P")
T = TypeVar("T")
_THREADS = 4
_SQLITE = "sqlite:///"


class _Lane(Protocol):
    """A way to a thread of the database: SQLite's own, or one of PostgreSQL's few."""

    async def run(self, work: Callable[[Tx], T]) -> T:
        """`work` in a transaction of its own: committed when it returns, rolled back when it raises."""


class Database:
    """Runs plain functions of a transaction, each as one unit of work."""

    def __init__(self, writer: _Lane, reader: _Lane, wiped: Callable[[], Awaitable[None]] | None = None) -> None:
        self._writer = writer
        self._reader = reader
        self._wiped = wiped

    async def write(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, …)` whole and commit, or roll back and raise what it raised.

        On PostgreSQL it may be run more than once, so `fn` touches nothing but its transaction.
        """
        return await self._writer.run(_whole(fn, *args, **kwargs))

    async def read(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, …)` on one consistent snapshot, beside the writes. It cannot change anything."""
        return await self._reader.run(_whole(fn, *args, **kwargs))

    async def wipe(self) -> None:
        """Have nothing left in the files of what was erased before. On PostgreSQL that is its vacuum's work."""
        if self._wiped is not None:
            await self._wiped()


def _whole(fn: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> Callable[[Tx], T]:
    """The call as one function of a transaction. No future carries a StopIteration: its caller would wait forever."""

    def work(tx: Tx) -> T:
        try:
            return fn(tx, *args, **kwargs)
        except StopIteration as stop:
            raise RuntimeError("a unit of work raised StopIteration") from stop

    return work


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """The database at `sqlite:///path` or `postgresql://…`, its schema brought up to date; closed on the way out.

    Raises StartError if it cannot be opened, or was written by a newer version.
    """
    target = _parsed(url)
    async with AsyncExitStack() as stack:
        try:
            database = await (_open_sqlite if target.get_backend_name() == "sqlite" else _open_postgresql)(
                stack, target
            )
        except START_TROUBLE as error:
            shown = target.render_as_string(hide_password=True)
            raise StartError(f"The database {shown} cannot be opened: {sentence(error)}.") from error
        yield database


def _parsed(url: str) -> URL:
    """The address taken apart. Of SQLite's all that follows is a path: a file may have a ? in its name."""
    if url.startswith(_SQLITE):
        return URL.create("sqlite", database=url.removeprefix(_SQLITE))
    try:
        target = make_url(url)
    except (ArgumentError, ValueError):  # its message would show a password
        raise StartError("DATABASE_URL is not a database address; write sqlite:///var/kaoguan.db.") from None
    if target.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StartError(f"DATABASE_URL names {target.get_backend_name()}; Kaoguan knows sqlite and postgresql.")
    return target


class _PostgresqlLane:
    def __init__(self, threads: ThreadPoolExecutor, unit: postgresql.Unit) -> None:
        self._threads = threads
        self._unit = unit

    async def run(self, work: Callable[[Tx], T]) -> T:
        loop = asyncio.get_running_loop()
        return await outcome(loop.run_in_executor(self._threads, self._unit.run, work))


async def _open_sqlite(stack: AsyncExitStack, url: URL) -> Database:
    path = sqlite.path_of(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    return Database(*await sqlite_lanes.lanes(stack, path))


async def _open_postgresql(stack: AsyncExitStack, url: URL) -> Database:
    engine = postgresql.engine(url, connections=_THREADS)
    threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="postgresql")
    stack.callback(threads.shutdown, wait=True)
    loop = asyncio.get_running_loop()
    stack.push_async_callback(lambda: outcome(loop.run_in_executor(threads, engine.dispose)))
    await outcome(loop.run_in_executor(threads, postgresql.migrate, engine))
    return Database(
        _PostgresqlLane(threads, postgresql.Unit(engine)),
        _PostgresqlLane(threads, postgresql.Unit(postgresql.reading(engine))),
    )
