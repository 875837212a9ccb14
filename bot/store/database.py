"""One unit of work, one hop: `await db.write(use_case, …)` runs a plain function whole on the database's own thread.

SQLite has one thread and connection that writes and one that reads, both owned by aiosqlite. PostgreSQL has a few
threads, each with a connection of the pool. Either way a caller that is cancelled leaves no transaction open: the
function runs to its end, and only then is the caller let go.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, Self, TypeVar

import aiosqlite
from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError

from bot.core.errors import StartError
from bot.store import postgresql, sqlite
from bot.store.trouble import START_TROUBLE, sentence

Tx = Connection
"""A connection inside an open unit of work."""

P = ParamSpec("P")
T = TypeVar("T")
_THREADS = 4
_AT_ONCE = 64  # units of work in one transaction at the most
_SQLITE = "sqlite:///"


class _Lane(Protocol):
    """A way to a thread of the database: SQLite's own, or one of PostgreSQL's few."""

    async def run(self, work: Callable[[Tx], T]) -> T:
        """`work` in a transaction of its own: committed when it returns, rolled back when it raises."""


class Database:
    """Runs plain functions of a transaction, each as one unit of work."""

    def __init__(self, writer: _Lane, reader: _Lane) -> None:
        self._writer = writer
        self._reader = reader

    async def write(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, …)` whole and commit, or roll back and raise what it raised.

        On PostgreSQL it may be run more than once, so `fn` touches nothing but its transaction.
        """
        return await self._writer.run(_whole(fn, *args, **kwargs))

    async def read(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, …)` on one consistent snapshot, beside the writes. It cannot change anything."""
        return await self._reader.run(_whole(fn, *args, **kwargs))


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


class _SqliteLane:
    """Whatever waits when the thread comes round shares its transaction, so that one commit serves them all."""

    def __init__(self, thread: _Thread, begin: str) -> None:
        self._thread = thread
        self._begin = begin
        self._engine = sqlite.engine(lambda: thread.raw)
        self._waiting: deque[tuple[Callable[[Tx], Any], asyncio.Future[Any]]] = deque()
        self._at_work = False
        self._tx: Tx | None = None  # the thread's own

    async def run(self, work: Callable[[Tx], T]) -> T:
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        if not self._at_work:
            self._go_on()
        return await _outcome(future)

    async def migrate(self) -> None:
        await _outcome(self._thread.submit(partial(sqlite.migrate, self._engine)))

    async def close(self) -> None:
        """Let go of the connection, on its thread, before that closes it."""
        if self._tx is not None:
            await _outcome(self._thread.submit(self._tx.close))

    def _go_on(self) -> None:
        """Hand the thread what waits; when that is done, what has come meanwhile."""
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
        if self._waiting:
            self._go_on()
        for future, (result, error) in zip(futures, done.result(), strict=True):
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)

    def _units(self, works: list[Callable[[Tx], Any]]) -> list[sqlite.Outcome]:
        if self._tx is None:
            self._tx = self._engine.connect()
        return sqlite.units(self._tx, self._begin, works)


class _PostgresqlLane:
    def __init__(self, threads: ThreadPoolExecutor, unit: postgresql.Unit) -> None:
        self._threads = threads
        self._unit = unit

    async def run(self, work: Callable[[Tx], T]) -> T:
        loop = asyncio.get_running_loop()
        return await _outcome(loop.run_in_executor(self._threads, self._unit.run, work))


async def _open_sqlite(stack: AsyncExitStack, url: URL) -> Database:
    path = sqlite.path_of(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = await _lane(stack, path, sqlite.BEGIN_WRITE)
    await writer.migrate()
    return Database(writer, await _lane(stack, path, sqlite.BEGIN_READ, query_only=True))


async def _lane(stack: AsyncExitStack, path: Path, begin: str, *, query_only: bool = False) -> _SqliteLane:
    thread = _Thread(partial(sqlite.connect, path, query_only=query_only), iter_chunk_size=64)
    lane = _SqliteLane(await stack.enter_async_context(thread), begin)
    stack.push_async_callback(lane.close)
    return lane


async def _open_postgresql(stack: AsyncExitStack, url: URL) -> Database:
    engine = postgresql.engine(url, connections=_THREADS)
    threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="postgresql")
    stack.callback(threads.shutdown, wait=True)
    loop = asyncio.get_running_loop()
    stack.push_async_callback(lambda: _outcome(loop.run_in_executor(threads, engine.dispose)))
    await _outcome(loop.run_in_executor(threads, postgresql.migrate, engine))
    return Database(
        _PostgresqlLane(threads, postgresql.Unit(engine)),
        _PostgresqlLane(threads, postgresql.Unit(postgresql.reading(engine))),
    )


async def _outcome(future: asyncio.Future[T]) -> T:
    """The result of work that cannot be interrupted; a caller cancelled meanwhile goes when the work is over."""
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        await asyncio.wait((future,))
        future.exception()  # seen, so that asyncio does not report it as forgotten
        raise
