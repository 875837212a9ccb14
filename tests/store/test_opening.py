"""A database that cannot be opened: one plain sentence, no thread left behind, no password told."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from pathlib import Path

import pytest

from bot.core.errors import StartError
from bot.store import schema
from bot.store.database import Tx, open_database


async def _failure(url: str) -> str:
    """The sentence that opening ends with."""
    with pytest.raises(StartError) as caught:
        async with open_database(url):
            pytest.fail("it opened")
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


@pytest.fixture(autouse=True)
def _no_thread_left() -> object:
    """Whatever happens, no thread of a database outlives the test: it would hang the process at its exit."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(2)
        assert not thread.is_alive() or thread.name.startswith("asyncio")


async def test_the_folder_is_made(tmp_path: Path) -> None:
    """A first start needs no preparation."""
    async with open_database(f"sqlite:///{tmp_path / 'a' / 'b' / 'kaoguan.db'}"):
        pass

    assert (tmp_path / "a" / "b" / "kaoguan.db").is_file()


async def test_a_percent_sign_in_a_path_is_only_a_character(tmp_path: Path) -> None:
    """A path is taken as it is written."""
    async with open_database(f"sqlite:///{tmp_path / '100%(x)s 考官.db'}"):
        pass

    assert (tmp_path / "100%(x)s 考官.db").is_file()


async def test_a_question_mark_in_a_path_is_only_a_character(tmp_path: Path) -> None:
    """Nor does anything after it get lost."""
    async with open_database(f"sqlite:///{tmp_path / 'a b?c#d.db'}"):
        pass

    assert (tmp_path / "a b?c#d.db").is_file()


async def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A device, a pipe, a folder: told without a library's words."""
    os.mkfifo(tmp_path / "pipe")
    for path in (Path("/dev/null"), tmp_path / "pipe", tmp_path):
        assert await _failure(f"sqlite:///{path}") == (
            f"The database {path} is no file: name one, as sqlite:///var/kaoguan.db does."
        )


@pytest.mark.parametrize("url", ["postgresql://u:p@h:abc/x", "postgresql://[::1/x"])
async def test_an_address_that_makes_no_sense_is_refused(url: str) -> None:
    """An impossible port, half a bracket."""
    assert "DATABASE_URL" in await _failure(url)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
async def test_a_database_in_memory_is_refused(url: str) -> None:
    """It would lose every score at the next start."""
    assert "names no file" in await _failure(url)


@pytest.mark.parametrize("url", ["", "kaoguan.db", "//"])
async def test_an_address_that_is_none_is_refused(url: str) -> None:
    """What is not an address is answered with one that is."""
    assert "sqlite:///var/kaoguan.db" in await _failure(url)


async def test_an_unknown_kind_of_database_is_refused() -> None:
    """The sentence names what was asked for and what there is."""
    assert "mysql" in await _failure("mysql://user:secret@host/name")


async def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    """A folder that cannot be made is told with its reason."""
    (tmp_path / "var").write_text("a file")

    assert "exists" in await _failure(f"sqlite:///{tmp_path / 'var' / 'kaoguan.db'}")


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """Somebody's text file is left as it is."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database, " * 100)

    assert "not a database" in await _failure(f"sqlite:///{path}")
    assert path.read_text() == "not a database, " * 100


async def test_a_database_of_something_else(tmp_path: Path) -> None:
    """Tables of another program are not touched."""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE chats (title)")
    other.close()

    assert "already exists" in await _failure(f"sqlite:///{path}")


async def test_a_server_that_is_not_there() -> None:
    """The sentence shows where it was looked for, without the password."""
    sentence = await _failure("postgresql://kaoguan:secret@127.0.0.1:1/kaoguan")

    assert "127.0.0.1" in sentence
    assert "secret" not in sentence


async def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL is an extra, and the sentence says how to install it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)

    assert "kaoguan[postgres]" in await _failure("postgresql://127.0.0.1/kaoguan")


async def test_a_newer_schema_is_refused(database_url: str) -> None:
    """A database that a newer version has written is left alone; the sentence says what to do."""
    async with open_database(database_url) as database:
        await database.write(lambda tx: tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'").close())

    sentence = await _failure(database_url)

    assert "newer Kaoguan" in sentence
    assert "9999" in sentence


async def test_a_body_that_fails_closes_the_database(database_url: str) -> None:
    """The application's own exception comes through as it is, and the threads end all the same."""
    with pytest.raises(OSError, match="port is taken"):
        async with open_database(database_url):
            raise OSError("port is taken")


async def test_the_pragmas_hold(tmp_path: Path) -> None:
    """The log is written ahead and to the disk, foreign keys are on, and a lock is waited for."""
    async with open_database(f"sqlite:///{tmp_path / 'kaoguan.db'}") as database:
        for run in (database.write, database.read):
            found = {name: await run(_pragma, name) for name in ("journal_mode", "synchronous", "busy_timeout")}
            assert found == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 5000}
            assert await run(_pragma, "foreign_keys") == 1


def test_the_migrations_are_part_of_the_package() -> None:
    """They are found beside the module, wherever it is installed."""
    assert schema.MIGRATIONS.is_relative_to(Path(schema.__file__).parent)
    assert (schema.MIGRATIONS / "env.py").is_file()
    assert list((schema.MIGRATIONS / "versions").glob("0001_*.py"))


def _pragma(tx: Tx, name: str) -> object:
    return tx.exec_driver_sql(f"PRAGMA {name}").scalar_one()
