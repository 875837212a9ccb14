"""What can go wrong with a database: what passes by itself, and how to say it in a sentence."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

START_TROUBLE = (SQLAlchemyError, sqlite3.Error, OSError)
_SQLITE_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        # These last until somebody mends the file or its rights; what cannot be written down waits for that.
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    }
)
# Classes of SQLSTATE: connection, read only (a standby), resources (disk full), lock not available, operator
# intervention, system error.
_SQLSTATES_PASSING = ("08", "25006", "53", "55P03", "57", "58")
_SQLSTATES_CLASHING = ("40001", "40P01")


def is_transient(error: BaseException) -> bool:
    """Whether the same unit of work may well succeed later: disk full, locked, read only, connection lost, clash."""
    if isinstance(error, PoolTimeoutError):
        return True
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE_PASSING
    if not isinstance(error, DBAPIError):
        return False
    state = sqlstate(error)
    return error.connection_invalidated or state.startswith(_SQLSTATES_PASSING) or clashes(error) or _lost(error)


def clashes(error: DBAPIError) -> bool:
    """Whether two units of work got in each other's way, and this one should simply be run again."""
    return sqlstate(error) in _SQLSTATES_CLASHING


def sqlstate(error: DBAPIError) -> str:
    """PostgreSQL's five characters, or nothing (SQLite; a connection that broke)."""
    return getattr(error.orig, "sqlstate", None) or ""


def sentence(error: BaseException) -> str:
    """The driver's own reason: its first line, without SQL, link or full stop."""
    cause = getattr(error, "orig", None) or error
    text = cause.strerror or str(cause) if isinstance(cause, OSError) else str(cause)
    return (text.strip().splitlines() or [type(cause).__name__])[0].rstrip(".")


def _lost(error: DBAPIError) -> bool:
    return type(error.orig).__name__ == "OperationalError" and not sqlstate(error)
