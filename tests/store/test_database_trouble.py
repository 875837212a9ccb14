"""A database in trouble: what may pass by itself is told from what does not, and nothing stays half done."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.core.bank import Ref
from bot.store import questions
from bot.store.database import Database, Tx, open_database
from bot.store.tables import answers
from bot.store.trouble import is_transient
from tests.postgresql import Cluster
from tests.store.counting import begin_at, one_more


async def test_a_failed_commit_leaves_nothing_open(database: Database) -> None:
    """A constraint that is only checked at the commit fails the unit, and the next one begins anew."""

    def dangling(tx: Tx) -> None:
        if tx.dialect.name == "sqlite":
            tx.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        else:
            tx.exec_driver_sql("ALTER TABLE answers ALTER CONSTRAINT fk_answers_round_id_rounds DEFERRABLE")
            tx.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
        tx.execute(insert(answers).values(round_id=404, person_id=1, answered_at=0))

    with pytest.raises((IntegrityError, sqlite3.IntegrityError)):
        await database.write(dangling)

    assert await database.write(lambda tx: tx.execute(select(answers)).all()) == []


async def test_errors_tell_no_parameters(database: Database) -> None:
    """Errors are logged and kept, so they leave out people's names and words."""

    def misspelt(tx: Tx) -> None:
        tx.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "Ada Lovelace"})

    with pytest.raises(DBAPIError) as caught:
        await database.write(misspelt)

    assert "Ada" not in str(caught.value)
    assert not is_transient(caught.value)


async def test_a_lost_connection_passes(cluster: Cluster, postgresql_template: str) -> None:
    """A server that cuts the line fails the unit as transient trouble, and the next one works over a new line."""
    url = cluster.create(postgresql_template)
    async with open_database(url) as cut:
        await cut.write(begin_at, 1)

        def cut_off(tx: Tx) -> int:
            tx.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
            return one_more(tx)

        with pytest.raises(DBAPIError) as caught:
            await cut.write(cut_off)

        assert is_transient(caught.value)
        assert await cut.write(one_more) == 2
    cluster.drop(url)


async def test_a_full_disk_passes(tmp_path: Path) -> None:
    """With no room a write fails as transient trouble and changes nothing; with room again the next one works."""
    async with open_database(f"sqlite:///{tmp_path / 'full.db'}") as full:
        await full.write(begin_at, 1)
        pages = await full.write(_limit_to, 1)

        with pytest.raises((OperationalError, sqlite3.OperationalError)) as caught:
            await full.write(_fill_up)

        assert is_transient(caught.value)
        await full.write(_limit_to, pages * 100)
        assert await full.write(one_more) == 2
        await full.write(_fill_up)


async def test_a_locked_database_is_transient_trouble(tmp_path: Path) -> None:
    """Another process that holds the lock for too long fails the write, and the next one works."""
    url = f"sqlite:///{tmp_path / 'locked.db'}"
    async with open_database(url) as mine, open_database(url) as other:
        await mine.write(lambda tx: tx.exec_driver_sql("PRAGMA busy_timeout=1").close())
        holding, release = threading.Event(), threading.Event()

        def hold(_tx: Tx) -> None:
            holding.set()
            release.wait(5)

        held = asyncio.ensure_future(other.write(hold))
        await asyncio.to_thread(holding.wait, 5)
        with pytest.raises(sqlite3.OperationalError) as caught:
            await mine.write(begin_at, 1)
        release.set()
        await held

        assert is_transient(caught.value)
        await mine.write(begin_at, 1)


def _limit_to(tx: Tx, pages: int) -> int:
    """Let the file have no more pages (it keeps those it has); tells how many that comes to."""
    return int(tx.exec_driver_sql(f"PRAGMA max_page_count={pages}").scalar_one())


def _fill_up(tx: Tx) -> None:
    for number in range(200):
        questions.question_id(tx, Ref("bert", f"{number}" * 100))


@pytest.mark.parametrize("trouble", ["read only", "corrupt", "no database"])
async def test_a_file_that_cannot_be_written_is_waited_for(tmp_path: Path, trouble: str) -> None:
    """What cannot be written down must not be confirmed to Telegram: it waits for whoever mends the file."""
    raw = sqlite3.connect(tmp_path / "bad.db", isolation_level=None)
    raw.execute("CREATE TABLE t (x)")
    if trouble == "read only":
        raw.execute("PRAGMA query_only=ON")
    else:
        raw.close()
        with (tmp_path / "bad.db").open("r+b") as file:
            file.seek(100 if trouble == "corrupt" else 0)
            file.write(b"rubbish " * 20)
        raw = sqlite3.connect(tmp_path / "bad.db", isolation_level=None)
    with pytest.raises(sqlite3.Error) as caught:
        raw.execute("INSERT INTO t VALUES (1)")
    raw.close()
    assert is_transient(caught.value)
