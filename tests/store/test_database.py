"""Units of work: whole or not at all, whoever else is working, whatever happens to the caller."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.core.bank import Ref
from bot.core.people import Person
from bot.store import answers as store_answers
from bot.store import people, questions, sqlite
from bot.store.database import Database, Tx, open_database
from tests.store.asking import NOON
from tests.store.counting import begin_at, one_more, points_of, then_fail


async def test_a_unit_of_work_returns_what_its_function_returns(database: Database) -> None:
    """Arguments go in, the result comes out, and the next unit sees what was written."""
    number = await database.write(questions.question_id, Ref("bert", "mask"))

    assert await database.write(questions.question_id, ref=Ref("bert", "mask")) == number


async def test_fifty_concurrent_changes_all_stay(database: Database) -> None:
    """Of 50 concurrent read-modify-writes none is lost."""
    await database.write(begin_at, 0)

    results = await asyncio.gather(*(database.write(one_more) for _ in range(50)))

    assert await database.read(points_of) == 50
    assert sorted(results) == list(range(1, 51))


async def test_the_same_first_use_twice_at_once_gives_one_number(database: Database) -> None:
    """Units that find a question missing and add it, side by side, all come to the same row."""
    numbers = await asyncio.gather(*(database.write(questions.question_id, Ref("bert", "mask")) for _ in range(20)))

    assert len(set(numbers)) == 1


async def test_an_exception_rolls_back(database: Database) -> None:
    """What a unit wrote before it raised is gone, its exception arrives, and the next unit works."""
    await database.write(begin_at, 7)

    with pytest.raises(LookupError, match="on purpose"):
        await database.write(then_fail)

    assert await database.write(one_more) == 8


async def test_units_that_wait_together_fail_alone(database: Database) -> None:
    """One that raises takes none of those with it that share its transaction."""
    await database.write(begin_at, 0)

    async def tried(fails: bool) -> object:
        try:
            return await database.write(then_fail if fails else one_more)
        except LookupError as error:
            return str(error)

    results = await asyncio.gather(*(tried(number % 10 == 3) for number in range(40)))

    assert [result for result in results if isinstance(result, str)] == ["on purpose"] * 4
    assert sorted(result for result in results if isinstance(result, int)) == list(range(1, 37))
    assert await database.read(points_of) == 36


async def test_those_that_wait_share_a_commit(tmp_path: Path) -> None:
    """Forty changes asked for at once are on the disk after a few commits, not forty."""
    said: list[str] = []
    async with open_database(f"sqlite:///{tmp_path / 'shared.db'}") as shared:
        await shared.write(begin_at, 0)
        await shared.write(lambda tx: sqlite.raw_of(tx).set_trace_callback(said.append))

        await asyncio.gather(*(shared.write(one_more) for _ in range(40)))

        assert await shared.read(points_of) == 40
    assert 2 <= said.count("COMMIT") <= 5


async def test_the_log_is_copied_beside_the_writes(tmp_path: Path) -> None:
    """The log that SQLite writes ahead stays small however many commits there are, and the writer never copies it."""
    path = tmp_path / "log.db"
    async with open_database(f"sqlite:///{path}") as database:
        await database.write(begin_at, 0)
        for _ in range(1500):
            await database.write(one_more)
        assert await database.write(_pragma, "wal_autocheckpoint") == 0
        assert path.with_name("log.db-wal").stat().st_size < 8_000_000
        assert await database.read(points_of) == 1500


async def test_a_log_that_is_copied_too_slowly_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one copy is at work two hundred commits go on beside it; the next waits until it is done, or has failed."""
    begun, done, copy = threading.Event(), threading.Event(), sqlite.checkpoint

    def slow(raw: sqlite3.Connection) -> None:
        begun.set()
        done.wait(30)
        copy(raw)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(sqlite, "checkpoint", slow)

    async def writing(database: Database) -> None:
        for _ in range(300):
            await database.write(one_more)

    async with open_database(f"sqlite:///{tmp_path / 'slow.db'}") as database:
        await database.write(begin_at, 0)
        assert await asyncio.to_thread(begun.wait, 30)
        writer = asyncio.ensure_future(writing(database))
        while await database.read(points_of) < 200:
            assert not writer.done()
        await asyncio.wait({writer}, timeout=0.5)
        assert await database.read(points_of) == 200
        done.set()
        async with asyncio.timeout(30):
            await writer
        assert await database.read(points_of) == 300


async def test_a_stray_stop_iteration_arrives_as_an_error(database: Database) -> None:
    """A StopIteration, which no future can carry, does not leave its caller waiting."""

    def exhausted(tx: Tx) -> None:
        next(iter(()))

    with pytest.raises(RuntimeError, match="StopIteration"):
        await database.write(exhausted)


async def test_foreign_keys_hold(database: Database) -> None:
    """An answer to a round that does not exist is refused."""
    at = _noon()
    with pytest.raises((IntegrityError, sqlite3.IntegrityError)):
        await database.write(store_answers.save, 404, 1, choice=0, right=True, points=0, at=at, day=at.date())


async def test_a_write_goes_on_while_a_read_runs(database: Database) -> None:
    """A long read holds no write up, and sees one snapshot from its beginning to its end."""
    await database.write(begin_at, 1)
    reading, written = threading.Event(), threading.Event()

    def slow(tx: Tx) -> tuple[int, int]:
        before = points_of(tx)
        reading.set()
        written.wait(5)
        return before, points_of(tx)

    read = asyncio.ensure_future(database.read(slow))
    await asyncio.to_thread(reading.wait, 5)
    assert await database.write(one_more) == 2
    written.set()

    assert await read == (1, 1)
    assert await database.read(points_of) == 2


async def test_a_read_cannot_write(database: Database) -> None:
    """A use case sent the wrong way fails, and is no trouble that passes by itself."""
    await database.write(begin_at, 1)

    with pytest.raises(DBAPIError):
        await database.read(one_more)

    assert await database.read(points_of) == 1


async def test_a_cancelled_caller_goes_when_its_work_is_done(database: Database) -> None:
    """The function runs whole although nobody waits for it any more, and its transaction is over by then."""
    await database.write(begin_at, 1)
    begun, finish = threading.Event(), threading.Event()

    def slow(tx: Tx) -> int:
        begun.set()
        finish.wait(5)
        return one_more(tx)

    task = asyncio.ensure_future(database.write(slow))
    await asyncio.to_thread(begun.wait, 5)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    finish.set()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await database.write(one_more) == 3


async def test_a_cancelled_caller_of_failing_work_leaves_nothing_behind(database: Database) -> None:
    """Work that fails after its caller was cancelled is rolled back, without a word to the event loop."""
    await database.write(begin_at, 1)
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: complaints.append(context))

    task = asyncio.ensure_future(database.write(then_fail))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await database.write(one_more) == 2
    assert complaints == []


async def test_two_processes_share_a_database(database: Database, database_url: str) -> None:
    """Two Database objects over the same data lose no change to each other."""
    await database.write(begin_at, 0)

    async with open_database(database_url) as other:
        await asyncio.gather(*(one.write(one_more) for one in (database, other) * 20))

        assert await other.read(points_of) == 40
    assert await database.read(points_of) == 40


async def test_what_was_written_is_there_after_reopening(database_url: str) -> None:
    """Closing loses nothing, and opening an up-to-date database changes nothing."""
    async with open_database(database_url) as first:
        await first.write(begin_at, 5)

    async with open_database(database_url) as second:
        assert await second.read(points_of) == 5


async def test_a_closed_database_says_so(database_url: str) -> None:
    """A call after closing raises instead of waiting forever."""
    async with open_database(database_url) as closed:
        pass

    with pytest.raises((ValueError, RuntimeError)):
        await closed.write(points_of)


def _pragma(tx: Tx, name: str) -> int:
    return int(tx.exec_driver_sql(f"PRAGMA {name}").scalar_one())


def _noon() -> datetime:
    return datetime(2026, 11, 23, 12, tzinfo=UTC)


async def test_what_was_erased_is_in_no_file(tmp_path: Path) -> None:
    """Neither in the database nor in its log, though the database stays open: only zeros where it stood."""
    path, words = tmp_path / "erased.db", "a sentence like no other " * 400

    def known(tx: Tx) -> None:
        people.see_person(tx, Person(1, words), NOON)

    def found() -> bool:
        return any(words[:60].encode() in file.read_bytes() for file in tmp_path.iterdir())

    async with open_database(f"sqlite:///{path}") as database:
        await database.write(known)
        await database.wipe()
        assert found()
        await database.write(people.erase_person, 1)
        await database.wipe()
        assert not found()
        assert await database.write(_pragma, "secure_delete") == 1


async def test_a_wipe_beside_a_long_read_gives_up_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads keeps their snapshot; the wipe ends without it."""
    monkeypatch.setattr(sqlite, "_LOCK_SECONDS", 0.05)
    path = tmp_path / "busy.db"
    async with open_database(f"sqlite:///{path}") as database:
        await database.write(begin_at, 0)
        other = sqlite3.connect(path)
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM people").fetchall()
        await database.write(one_more)
        await database.wipe()
        other.close()
        assert await database.read(points_of) == 1
