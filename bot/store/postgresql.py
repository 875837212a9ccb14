"""PostgreSQL's side of a unit of work: SERIALIZABLE, and run again when two of them clash."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError

from bot.core.errors import StartError
from bot.store import schema
from bot.store.trouble import clashes

T = TypeVar("T")
_TRIES_AMONG_OTHERS, _TRIES_ALONE = 5, 15
_LONGEST_PAUSE = 0.25  # seconds
_MIGRATION_LOCK = 0x4B616F6775616E  # any number of our own: "Kaoguan"


class Unit:
    """Runs functions in transactions of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._random = random.Random()  # noqa: S311 - spreads retries, keeps no secret
        self._alone = threading.Lock()

    def run(self, work: Callable[[Connection], T]) -> T:
        """`work` in a transaction, again from the start while it clashes with others, up to twenty times in all.

        One that has lost five times holds up those that have not begun: among many it would lose for ever.
        """
        with self._alone:
            pass  # whoever is to be alone goes first
        try:
            return self._tried(work, _TRIES_AMONG_OTHERS)
        except DBAPIError as error:
            if not clashes(error):
                raise
        with self._alone:
            return self._tried(work, _TRIES_ALONE)

    def _tried(self, work: Callable[[Connection], T], times: int) -> T:
        for attempt in range(1, times):
            try:
                return self._once(work)
            except DBAPIError as error:
                if not clashes(error):
                    raise
            time.sleep(self._random.uniform(0, min(_LONGEST_PAUSE, 0.002 * 2**attempt)))
        return self._once(work)

    def _once(self, work: Callable[[Connection], T]) -> T:
        with self._engine.begin() as tx:
            return work(tx)


def engine(url: URL, *, connections: int) -> Engine:
    """An engine for units of work. It connects when first used. Raises StartError without the driver."""
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            isolation_level="SERIALIZABLE",
            pool_size=connections,
            max_overflow=0,
            hide_parameters=True,
            connect_args={"connect_timeout": 5},
        )
    except ImportError as error:
        raise StartError("PostgreSQL needs its driver: pip install 'kaoguan[postgres]'.") from error


def reading(engine: Engine) -> Engine:
    """The same connections, for units that only read: one snapshot, no clashes."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def migrate(engine: Engine, migrations: Path = schema.MIGRATIONS, revision: str = "head") -> None:
    """Bring the schema up to date, one process at a time. Raises StartError; then nothing has changed.

    READ COMMITTED, as a snapshot taken before the lock was granted would not show what its holder did.
    """
    with engine.execution_options(isolation_level="READ COMMITTED").begin() as tx:
        tx.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
        schema.upgrade(tx, migrations, revision)
