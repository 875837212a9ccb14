"""The queue behind getUpdates."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.playground.clock import PlaygroundClock
from bot.playground.errors import RefusedError
from bot.playground.faults import Faults
from bot.playground.updates import Updates


@pytest.fixture
def clock() -> PlaygroundClock:
    return PlaygroundClock(datetime(2026, 3, 1, tzinfo=UTC))


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def updates(clock: PlaygroundClock, faults: Faults) -> Updates:
    return Updates(clock, faults, first=10)


def ids(found: list[dict[str, int]]) -> list[int]:
    return [update["update_id"] for update in found]


async def test_an_update_comes_again_until_it_is_confirmed(updates: Updates) -> None:
    """An offset confirms everything below it and nothing else."""
    for text in "abc":
        updates.put("message", {"text": text})
    assert ids(await updates.get(0, 100, 0)) == [10, 11, 12]
    assert ids(await updates.get(10, 100, 0)) == [10, 11, 12]
    assert ids(await updates.get(12, 100, 0)) == [12]
    assert ids(await updates.get(0, 100, 0)) == [12]


async def test_a_limit_and_a_negative_offset_are_kept(updates: Updates) -> None:
    """A limit cuts the batch; a negative offset keeps the newest and forgets the rest."""
    for text in "abc":
        updates.put("message", {"text": text})
    assert ids(await updates.get(0, 2, 0)) == [10, 11]
    assert ids(await updates.get(-1, 100, 0)) == [12]
    assert ids(updates.pending) == [12]


async def test_a_long_poll_ends_with_the_first_update(updates: Updates) -> None:
    """A waiting reader is woken by an update, long before its timeout."""
    reader = asyncio.ensure_future(updates.get(0, 100, 50))
    await asyncio.sleep(0)
    updates.put("message", {"text": "here"})
    async with asyncio.timeout(5):
        assert ids(await reader) == [10]


async def test_the_older_of_two_readers_is_sent_away(updates: Updates) -> None:
    """A second reader takes over; the first is answered 409 in Telegram's words."""
    older = asyncio.ensure_future(updates.get(0, 100, 50))
    await asyncio.sleep(0)
    newer = asyncio.ensure_future(updates.get(0, 100, 50))
    with pytest.raises(RefusedError, match="terminated by other getUpdates request") as refused:
        await older
    assert refused.value.code == 409
    updates.put("message", {"text": "yours"})
    assert ids(await newer) == [10]


async def test_presses_die_after_150_seconds_and_messages_after_a_day(updates: Updates, clock: PlaygroundClock) -> None:
    """What was not fetched in its time is never delivered."""
    updates.put("callback_query", {"id": "1"})
    updates.put("message", {"text": "still here"})
    await clock.advance(151)
    assert ids(await updates.get(0, 100, 0)) == [11]
    await clock.advance(24 * 3600)
    assert await updates.get(0, 100, 0) == []


async def test_only_kinds_that_were_asked_for_are_kept(updates: Updates) -> None:
    """allowed_updates lasts until it is given again; an empty list means the default, without chat_member."""
    assert updates.put("chat_member", {}) is None
    updates.allow(["message"])
    assert updates.put("poll_answer", {}) is None
    updates.allow(None)
    assert updates.put("poll_answer", {}) is None
    updates.allow([])
    assert updates.put("poll_answer", {}) is not None


async def test_an_update_can_be_delivered_twice_verbatim(updates: Updates) -> None:
    """A test redelivers an update under its old id, even after it was confirmed."""
    updates.put("message", {"text": "once"})
    (update,) = await updates.get(0, 100, 0)
    await updates.get(11, 100, 0)
    updates.repeat(update)
    assert await updates.get(0, 100, 0) == [update]


async def test_an_update_comes_twice_after_it_was_confirmed(updates: Updates, faults: Faults) -> None:
    """The second time too it stays until it is confirmed; the next one comes once."""
    faults.add("message", kind="twice")
    updates.put("callback_query", {})
    updates.put("message", {"text": "a"})
    updates.put("message", {"text": "b"})
    assert ids(await updates.get(0, 100, 0)) == [10, 11, 12]
    assert ids(await updates.get(13, 100, 0)) == [11]
    assert ids(await updates.get(11, 100, 0)) == [11]
    assert ids(await updates.get(12, 100, 0)) == []
    assert faults.hits == {("message", "twice"): 1}


async def test_updates_come_in_another_order_and_none_is_lost(updates: Updates, faults: Faults) -> None:
    """They are held until all are there; a limit and an offset in their midst lose none of them."""
    faults.add("*", 3, kind="shuffled", seconds=60)
    for text in "ab":
        updates.put("message", {"text": text})
    assert await updates.get(0, 100, 0) == []
    assert ids(updates.pending) == [10, 11]
    updates.put("message", {"text": "c"})
    assert ids(await updates.get(0, 1, 0)) == [12]
    assert ids(await updates.get(13, 100, 0)) == [11, 10]
    assert ids(await updates.get(13, 100, 0)) == []


async def test_too_few_to_be_shuffled_are_let_go_in_time(updates: Updates, faults: Faults) -> None:
    """After the fault's seconds they come as they are; a waiting reader gets them."""
    faults.add("*", 5, kind="shuffled", seconds=0.01)
    updates.put("message", {"text": "a"})
    updates.put("message", {"text": "b"})
    assert ids(await updates.get(0, 100, 50)) == [11, 10]


async def test_what_was_handed_out_comes_again_as_far_back_as_asked(updates: Updates, clock: PlaygroundClock) -> None:
    """By seconds or by count; in its place in the queue; what is still there does not come twice."""
    updates.put("message", {"text": "old"})
    await updates.get(0, 100, 0)
    await clock.advance(60)
    for text in "bc":
        updates.put("message", {"text": text})
    await updates.get(11, 100, 0)
    await updates.get(12, 100, 0)
    assert updates.redeliver(seconds=30) == 1
    assert ids(await updates.get(13, 100, 0)) == [11]
    assert await updates.get(13, 100, 0) == []
    assert updates.redeliver(count=2) == 2
    assert updates.redeliver() == 1
    assert ids(await updates.get(13, 100, 0)) == [10, 11, 12]
    updates.drop()
    assert updates.redeliver() == 0
