"""SQLite's side of a unit of work. Every function here but `path_of` runs on the thread that owns the connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine

from bot.core.errors import StartError
from bot.store import schema
from bot.store.trouble import is_transient

T = TypeVar("T")
Raw = sqlite3.Connection
Outcome = tuple[Any, Exception | None]
"""What a unit of work returned, or what it raised."""
BEGIN_WRITE = "BEGIN IMMEDIATE"  # a deferred BEGIN would fail where two read first and then write
BEGIN_READ = "BEGIN"
_LONG_LOG = 1000  # pages of 4 kB
_LOCK_SECONDS = 5.0  # becomes busy_timeout: how long to wait for another process
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is deleted is overwritten with zeros; not every build of SQLite does that unasked
)


def path_of(url: URL) -> Path:
    """The file that the address names, which need not exist yet. Raises StartError if it names none."""
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise StartError("DATABASE_URL names no file, so every score would be lost; write sqlite:///var/kaoguan.db.")
    path = Path(url.database)
    if path.exists() and not path.is_file():
        raise StartError(f"The database {path} is no file: name one, as sqlite:///var/kaoguan.db does.")
    return path


def connect(path: Path, *extra: str) -> Raw:
    """The driver's connection, without transactions of its own; `extra` pragmas hold for it. Raises sqlite3.Error."""
    raw = sqlite3.connect(path, timeout=_LOCK_SECONDS, isolation_level=None)
    try:
        for pragma in (*_PRAGMAS, *extra):
            raw.execute(f"PRAGMA {pragma}")
    except BaseException:
        raw.close()
        raise
    return raw


def engine(raw: Callable[[], Raw]) -> Engine:
    """An engine over that very connection, which it never opens, closes or disposes of.

    Errors leave the parameters out, here and there: they are people's names and words, and errors are kept.
    """
    return create_engine("sqlite://", creator=raw, poolclass=StaticPool, hide_parameters=True)


def units(tx: Connection, begin: str, works: Sequence[Callable[[Connection], Any]]) -> list[Outcome]:
    """What each of `works` returned or raised: all in one transaction, so that one commit puts them all on the disk.

    Where one raises, or the commit fails, nothing of the transaction stays, and each is run again in one of its own:
    so a unit that fails takes none with it. What may pass by itself (a lock, a full disk) would stop each in its turn.
    """
    try:
        return [(result, None) for result in unit(tx, begin, lambda: [work(tx) for work in works])]
    except Exception as error:  # noqa: BLE001 - it is the callers', who wait for it
        if len(works) == 1 or is_transient(error):
            return [(None, error)] * len(works)
    return [outcome for work in works for outcome in units(tx, begin, (work,))]


def checkpoint(raw: Raw) -> None:
    """Copy what the log holds into the database, as far as nobody is in the way; nobody waits for it.

    A log that grows meanwhile is never begun anew. A long one therefore keeps the writer out for the few pages that
    have come since, which takes some milliseconds.
    """
    _busy, pages, _copied = raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    if pages > _LONG_LOG:
        raw.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()


def wipe(raw: Raw) -> bool:
    """Copy all that the log holds into the database and cut the log to nothing, so that no file has what was erased;
    whether nobody was in the way. It waits for who reads or writes, as for any lock."""
    busy, _pages, _copied = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def unit(tx: Connection, begin: str, work: Callable[[], T]) -> T:
    """`work` in a transaction of the driver's: committed when it returns, rolled back when it raises.

    SQLAlchemy's own idea of a transaction follows: it would take one for ended after a COMMIT that failed.
    """
    raw = raw_of(tx)
    try:
        raw.execute(begin)
        result = work()
        raw.commit()
    finally:
        raw.rollback()  # does nothing after a commit
        if tx.in_transaction():
            tx.rollback()
    return result


def raw_of(tx: Connection) -> Raw:
    """The driver's connection below."""
    raw = tx.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def migrate(engine: Engine, migrations: Path = schema.MIGRATIONS, revision: str = "head") -> None:
    """Bring the schema up to date. Foreign keys are off meanwhile: a table made anew would delete what refers to it.

    That switch does nothing inside a transaction, so it stands around it. Raises StartError; then nothing has changed.
    """
    with engine.connect() as tx:
        tx.exec_driver_sql("PRAGMA foreign_keys=OFF")
        try:
            tx.exec_driver_sql(BEGIN_WRITE)
            schema.upgrade(tx, migrations, revision)
            _check_references(tx)
            tx.commit()
        finally:
            tx.connection.rollback()
            tx.exec_driver_sql("PRAGMA foreign_keys=ON")


def _check_references(tx: Connection) -> None:
    broken = tx.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StartError(
            f"The database was not brought up to date: a row of {broken[0]} refers to none of {broken[2]}."
        )
