"""What is noted when a grade has been shown, of an answer that another process has gone on with meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.review import Rating
from bot.flows import typed, writing
from bot.flows.writing import Written
from bot.store import typed as store
from bot.store.database import Database
from bot.store.typed import Typed
from tests.flows.test_missing import BANK, SATURATED, asked_again, done
from tests.interview_bench import THIN
from tests.typed_bench import PARTLY, RESULT, Writer

OTHER = RESULT + 5


async def told(writer: Writer, written: Written, message_id: int | None = RESULT) -> int | None:
    """Note that this message shows it; the one to be made the same."""
    return await writer.database.write(typed.told, written, message_id, writer.now)


async def row(writer: Writer, written: Written) -> Typed:
    """How far its answer has got."""
    stands = await writer.database.read(store.find, written.asked.round.id)
    assert stands is not None
    return stands


@pytest.fixture
async def writer(database: Database) -> Writer:
    """Ada, who writes."""
    return Writer(database)


async def finished(writer: Writer) -> Written:
    """Said to be all, and graded by nobody yet."""
    asked = await writer.asked()
    await writer.says(PARTLY, 101)
    written = await writer.database.write(typed.finish, writer.caller, asked.round.id)
    assert isinstance(written, Written)
    return written


async def test_what_stands_is_told_once(writer: Writer) -> None:
    """Nothing is due after that; nor where nobody can be told."""
    written = await finished(writer)
    assert (await row(writer, written)).retry_at is not None
    assert await told(writer, written, None) is None
    assert (await row(writer, written)).retry_at is None
    assert await told(writer, written) is None
    assert (await row(writer, written)).result_id == RESULT
    assert await writer.database.read(typed.overdue, writer.now + timedelta(days=1), 10) == ()


async def test_what_was_edited_is_graded_anew(writer: Writer) -> None:
    """By the next tick, in the message that was just sent; what the editor has sent is right already."""
    written = await finished(writer)
    edited = await writer.database.write(typed.edit, writer.caller, 101, f"{PARTLY}还有一句。")
    assert edited is not None
    assert await told(writer, edited, OTHER) is None
    assert await told(writer, written) is None
    assert (await row(writer, written)).result_id == RESULT
    assert await writer.database.read(typed.overdue, writer.now, 10) == (written.asked.round.id,)


async def test_and_so_is_what_was_claimed(writer: Writer) -> None:
    """I did say that: a grade without it is not the last."""
    written = await finished(writer)
    claimed = await writer.database.write(typed.override, writer.caller, written.asked.round.id, "gradient", PARTLY)
    assert isinstance(claimed, Written)
    await told(writer, written)
    assert (await row(writer, written)).retry_at == writer.now
    await told(writer, claimed)
    assert (await row(writer, written)).retry_at is None


async def test_what_was_rated_is_not(writer: Writer) -> None:
    """Nothing changes any more."""
    written = await finished(writer)
    await writer.rates(written.asked, Rating.GOOD)
    assert await told(writer, written) is None
    assert (await row(writer, written)).retry_at is None


async def test_nor_is_it_shown_unrated(writer: Writer) -> None:
    """By whoever took it before it was rated; the same words otherwise show what is claimed by now."""
    written = await finished(writer)
    claimed = await writer.database.write(typed.override, writer.caller, written.asked.round.id, "gradient", PARTLY)
    stands = await writer.database.read(writing.still, written)
    assert stands is not None
    assert isinstance(claimed, Written)
    assert stands.overridden == claimed.overridden == {"gradient"}
    await writer.rates(written.asked, Rating.GOOD)
    assert await writer.database.read(writing.still, written) is None


async def test_the_message_of_the_other_is_made_the_same(writer: Writer) -> None:
    """Of two that were sent, neither knowing of the other; also where the rest is still to come."""
    written = await finished(writer)
    assert await told(writer, written, OTHER) is None
    assert await writer.database.write(typed.shown, written, RESULT) == OTHER
    assert await told(writer, written, OTHER) == RESULT


async def test_the_points_are_not_shown_once_the_whole_is_asked_for(database: Database) -> None:
    """Whoever graded them meanwhile says nothing."""
    ada = Writer(database, bank=BANK)
    again = await asked_again(ada, database)
    await ada.says(SATURATED)
    points = await done(ada, database, again)
    assert await database.read(writing.still, points) is not None
    assert isinstance(await database.write(typed.whole, ada.caller, again.round.id), Written)
    assert await database.read(writing.still, points) is None


async def test_the_points_are_no_grade_of_the_whole(database: Database) -> None:
    """More was written while they were shown: it still waits for its end, and gets a message of its own."""
    ada = Writer(database, bank=BANK)
    again = await asked_again(ada, database)
    await ada.says(SATURATED)
    points = await done(ada, database, again)
    more = await ada.says(THIN)
    assert more is not None
    assert (more.only, more.done) == ((), False)
    assert await told(ada, points) is None
    stands = await row(ada, points)
    assert (stands.result_id, stands.done) == (None, False)
    assert stands.retry_at is not None
    assert stands.retry_at > ada.now
