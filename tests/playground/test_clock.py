"""The playground's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.playground.clock import PlaygroundClock

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


async def test_the_clock_starts_where_told_and_goes_forward() -> None:
    """A clock runs from its start, and a jump lands on the moment named."""
    clock = PlaygroundClock(START)
    assert START <= clock.now() < START + timedelta(minutes=1)
    assert await clock.jump_to(START + timedelta(days=1)) >= START + timedelta(days=1)
    assert clock.now() < START + timedelta(days=1, minutes=1)


async def test_listeners_have_run_when_a_jump_returns() -> None:
    """Every listener is awaited, in order, and sees the time after the jump."""
    clock, heard = PlaygroundClock(START), []

    async def first(now: datetime) -> None:
        heard.append(("first", now))

    async def second(now: datetime) -> None:
        heard.append(("second", now))

    clock.listen(first)
    clock.listen(second)
    await clock.advance(3600)
    assert [name for name, _ in heard] == ["first", "second"]
    assert all(now >= START + timedelta(hours=1) for _, now in heard)


async def test_the_clock_never_goes_back() -> None:
    """A step back is refused and changes nothing."""
    clock = PlaygroundClock(START)
    with pytest.raises(ValueError, match="forward"):
        await clock.jump_to(START - timedelta(seconds=1))
    assert clock.now() >= START


async def test_a_jump_goes_hour_by_hour_and_ends_at_its_target() -> None:
    """A day is heard of 24 times, an hour apart; the last time is the target itself."""
    clock, heard = PlaygroundClock(START), list[datetime]()

    async def listener(now: datetime) -> None:
        heard.append(now)

    clock.listen(listener)
    target = clock.now() + timedelta(days=1)
    assert await clock.jump_to(target) < target + timedelta(minutes=1)
    hour, slack = timedelta(hours=1), timedelta(seconds=10)
    assert len(heard) == 24
    assert all(later - earlier < hour + slack for earlier, later in pairwise(heard))
    assert target <= heard[-1] < target + slack


async def test_of_a_long_way_the_last_three_days_are_walked() -> None:
    """A year is heard of no more often than three days, and ends where it should."""
    clock, heard = PlaygroundClock(START), list[datetime]()

    async def listener(now: datetime) -> None:
        heard.append(now)

    clock.listen(listener)
    await clock.advance(timedelta(days=365))
    assert len(heard) == 3 * 24
    assert clock.now() >= START + timedelta(days=365)
    assert START + timedelta(days=362) < heard[0] < START + timedelta(days=362, hours=2)
