"""Units of work: whole or not at all, whoever else is working, whatever happens to the caller."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.core.bank import Ref
from bot.store import answers as store_answers
from bot.store import questions, sqlite
from bot.store.database import Database, Tx, open_database
from bot.store.tables import answers
from bot.store.tables_group import scores
from bot.store.trouble import is_transient
from tests.postgresql import Cluster


def _points(tx: Tx) -> int:
    return tx.scalar(select(scores.c.points)) or 0


def _begin_at(tx: Tx, points: int) -> None:
    tx.execute(insert(scores).values(chat_id=1, period=0, person_id=1, points=points, right=0, answered=0))


def _one_more(tx: Tx) -> int:
    """A read-modify-write, done the way that loses updates where transactions are too weak."""
    found = _points(tx)
    tx.execute(update(scores).values(points=found + 1))
    return found + 1


def _then_fail(tx: Tx) -> NoReturn:
    _one_more(tx)
    raise LookupError("on purpose")


async def test_a_unit_of_work_returns_what_its_function_returns(database: Database) -> None:
    """Arguments go in, the result comes out, and the next unit sees what was written."""
    number = await database.write(questions.question_id, Ref("bert", "mask"))

    assert await database.write(questions.question_id, ref=Ref("bert", "mask")) == number


async def test_fifty_concurrent_changes_all_stay(database: Database) -> None:
    """Of 50 concurrent read-modify-writes none is lost."""
    await database.write(_begin_at, 0)

    results = await asyncio.gather(*(database.write(_one_more) for _ in range(50)))

    assert await database.read(_points) == 50
    assert sorted(results) == list(range(1, 51))


async def test_the_same_first_use_twice_at_once_gives_one_number(database: Database) -> None:
    """Units that find a question missing and add it, side by side, all come to the same row."""
    numbers = await asyncio.gather(*(database.write(questions.question_id, Ref("bert", "mask")) for _ in range(20)))

    assert len(set(numbers)) == 1


async def test_an_exception_rolls_back(database: Database) -> None:
    """What a unit wrote before it raised is gone, its exception arrives, and the next unit works."""
    await database.write(_begin_at, 7)

    with pytest.raises(LookupError, match="on purpose"):
        await database.write(_then_fail)

    assert await database.write(_one_more) == 8


async def test_units_that_wait_together_fail_alone(database: Database) -> None:
    """One that raises takes none of those with it that share its transaction."""
    await database.write(_begin_at, 0)

    async def tried(fails: bool) -> object:
        try:
            return await database.write(_then_fail if fails else _one_more)
        except LookupError as error:
            return str(error)

    results = await asyncio.gather(*(tried(number % 10 == 3) for number in range(40)))

    assert [result for result in results if isinstance(result, str)] == ["on purpose"] * 4
    assert sorted(result for result in results if isinstance(result, int)) == list(range(1, 37))
    assert await database.read(_points) == 36


async def test_those_that_wait_share_a_commit(tmp_path: Path) -> None:
    """Forty changes asked for at once are on the disk after a few commits, not forty."""
    said: list[str] = []
    async with open_database(f"sqlite:///{tmp_path / 'shared.db'}") as shared:
        await shared.write(_begin_at, 0)
        await shared.write(lambda tx: sqlite.raw_of(tx).set_trace_callback(said.append))

        await asyncio.gather(*(shared.write(_one_more) for _ in range(40)))

        assert await shared.read(_points) == 40
    assert 2 <= said.count("COMMIT") <= 5


async def test_a_stray_stop_iteration_arrives_as_an_error(database: Database) -> None:
    """A StopIteration, which no future can carry, does not leave its caller waiting."""

    def exhausted(tx: Tx) -> None:
        next(iter(()))

    with pytest.raises(RuntimeError, match="StopIteration"):
        await database.write(exhausted)


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


async def test_foreign_keys_hold(database: Database) -> None:
    """An answer to a round that does not exist is refused."""
    at = _noon()
    with pytest.raises((IntegrityError, sqlite3.IntegrityError)):
        await database.write(store_answers.save, 404, 1, choice=0, right=True, points=0, at=at, day=at.date())


async def test_a_write_goes_on_while_a_read_runs(database: Database) -> None:
    """A long read holds no write up, and sees one snapshot from its beginning to its end."""
    await database.write(_begin_at, 1)
    reading, written = threading.Event(), threading.Event()

    def slow(tx: Tx) -> tuple[int, int]:
        before = _points(tx)
        reading.set()
        written.wait(5)
        return before, _points(tx)

    read = asyncio.ensure_future(database.read(slow))
    await asyncio.to_thread(reading.wait, 5)
    assert await database.write(_one_more) == 2
    written.set()

    assert await read == (1, 1)
    assert await database.read(_points) == 2


async def test_a_read_cannot_write(database: Database) -> None:
    """A use case sent the wrong way fails, and is no trouble that passes by itself."""
    await database.write(_begin_at, 1)

    with pytest.raises(DBAPIError):
        await database.read(_one_more)

    assert await database.read(_points) == 1


async def test_a_cancelled_caller_goes_when_its_work_is_done(database: Database) -> None:
    """The function runs whole although nobody waits for it any more, and its transaction is over by then."""
    await database.write(_begin_at, 1)
    begun, finish = threading.Event(), threading.Event()

    def slow(tx: Tx) -> int:
        begun.set()
        finish.wait(5)
        return _one_more(tx)

    task = asyncio.ensure_future(database.write(slow))
    await asyncio.to_thread(begun.wait, 5)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    finish.set()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await database.write(_one_more) == 3


async def test_a_cancelled_caller_of_failing_work_leaves_nothing_behind(database: Database) -> None:
    """Work that fails after its caller was cancelled is rolled back, without a word to the event loop."""
    await database.write(_begin_at, 1)
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: complaints.append(context))

    task = asyncio.ensure_future(database.write(_then_fail))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await database.write(_one_more) == 2
    assert complaints == []


async def test_two_processes_share_a_database(database: Database, database_url: str) -> None:
    """Two Database objects over the same data lose no change to each other."""
    await database.write(_begin_at, 0)

    async with open_database(database_url) as other:
        await asyncio.gather(*(one.write(_one_more) for one in (database, other) * 20))

        assert await other.read(_points) == 40
    assert await database.read(_points) == 40


async def test_what_was_written_is_there_after_reopening(database_url: str) -> None:
    """Closing loses nothing, and opening an up-to-date database changes nothing."""
    async with open_database(database_url) as first:
        await first.write(_begin_at, 5)

    async with open_database(database_url) as second:
        assert await second.read(_points) == 5


async def test_a_closed_database_says_so(database_url: str) -> None:
    """A call after closing raises instead of waiting forever."""
    async with open_database(database_url) as closed:
        pass

    with pytest.raises((ValueError, RuntimeError)):
        await closed.write(_points)


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
        await cut.write(_begin_at, 1)

        def cut_off(tx: Tx) -> int:
            tx.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
            return _one_more(tx)

        with pytest.raises(DBAPIError) as caught:
            await cut.write(cut_off)

        assert is_transient(caught.value)
        assert await cut.write(_one_more) == 2
    cluster.drop(url)


async def test_a_full_disk_passes(tmp_path: Path) -> None:
    """With no room a write fails as transient trouble and changes nothing; with room again the next one works."""
    async with open_database(f"sqlite:///{tmp_path / 'full.db'}") as full:
        await full.write(_begin_at, 1)
        pages = await full.write(_limit_to, 1)

        with pytest.raises((OperationalError, sqlite3.OperationalError)) as caught:
            await full.write(_fill_up)

        assert is_transient(caught.value)
        await full.write(_limit_to, pages * 100)
        assert await full.write(_one_more) == 2
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
            await mine.write(_begin_at, 1)
        release.set()
        await held

        assert is_transient(caught.value)
        await mine.write(_begin_at, 1)


def _limit_to(tx: Tx, pages: int) -> int:
    """Let the file have no more pages (it keeps those it has); tells how many that comes to."""
    return int(tx.exec_driver_sql(f"PRAGMA max_page_count={pages}").scalar_one())


def _fill_up(tx: Tx) -> None:
    for number in range(200):
        questions.question_id(tx, Ref("bert", f"{number}" * 100))


def _noon() -> datetime:
    return datetime(2026, 11, 23, 12, tzinfo=UTC)


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
