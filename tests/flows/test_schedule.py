"""When a chat is pushed next: a new hour, a new zone, waking, and never twice on a study day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.people import Chat
from bot.core.slots import Hour, Off
from bot.flows import chats, schedule
from bot.store import people, pushes
from bot.store.database import Database
from tests.group_bench import ADA, DEFAULTS, NOON

HOME = Chat(ADA.id, "private", "Ada")
NINE = 9 * 60


def utc(*parts: int) -> datetime:
    """An instant from its UTC parts."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.fixture
async def home(database: Database) -> Database:
    """Ada has come by, at noon in Shanghai."""
    await database.write(schedule.arrive, ADA, HOME, NOON, DEFAULTS)
    return database


async def planned(database: Database) -> list[tuple[int, datetime | None]]:
    """Ada's hours and when each comes next."""
    return [(slot.minute, slot.next_push_at) for slot in await database.read(pushes.slots_of, ADA.id)]


async def set_hour(database: Database, minute: int, now: datetime = NOON) -> None:
    """Ada wants a question at that minute of the day."""
    assert await database.write(schedule.set_hour, HOME, Hour(minute), None, ADA.id, now, DEFAULTS) is None


async def pushed(database: Database, day: date) -> None:
    """The ledger says that nine o'clock of that study day is done."""
    row = pushes.Push(ADA.id, NINE, day, "sent", NOON, NOON)
    await database.write(pushes.claim, row)


async def test_an_hour_is_planned_in_the_chat_s_zone(home: Database) -> None:
    """Nine in Shanghai is one o'clock UTC, tomorrow."""
    await set_hour(home, NINE)
    assert await planned(home) == [(NINE, utc(2026, 3, 3, 1))]


async def test_a_new_hour_replaces_the_old(home: Database) -> None:
    """There is one hour a chat, and none after off."""
    for minute in (NINE, 21 * 60):
        await set_hour(home, minute)
    assert await planned(home) == [(21 * 60, utc(2026, 3, 2, 13))]
    await home.write(schedule.choose, ADA, HOME, Off(None), None, NOON, DEFAULTS)
    assert await planned(home) == []


async def test_setting_the_hour_again_loses_no_push_that_is_due(home: Database) -> None:
    """Between the minute and its tick the same hour may be set again."""
    await set_hour(home, 12 * 60 + 1)
    for again in (True, False):
        late = NOON + timedelta(minutes=1, seconds=5)
        if again:
            await set_hour(home, 12 * 60 + 1, late)
        else:
            await home.write(schedule.replan, ADA.id, late, DEFAULTS)
        assert await planned(home) == [(12 * 60 + 1, NOON + timedelta(minutes=1))]


async def test_a_day_that_had_its_push_gets_no_second_one_in_another_zone(home: Database) -> None:
    """Pushed at nine in Shanghai, then away to Los Angeles, where it is the evening before: that nine is skipped."""
    await set_hour(home, NINE)
    await pushed(home, date(2026, 3, 3))
    await home.write(pushes.reschedule, ADA.id, NINE, utc(2026, 3, 4, 1))
    flight = utc(2026, 3, 3, 2)
    await home.write(chats.set_zone, ADA, HOME, "America/Los_Angeles", flight, DEFAULTS)
    assert await planned(home) == [(NINE, utc(2026, 3, 4, 17))]


async def test_the_same_hour_after_off_is_tomorrow_once_pushed(home: Database) -> None:
    """Off and on again on the same day brings no second push that day."""
    await pushed(home, date(2026, 3, 2))
    await set_hour(home, NINE, utc(2026, 3, 2, 0))
    assert await planned(home) == [(NINE, utc(2026, 3, 3, 1))]


async def test_a_chat_that_wakes_is_planned_again(home: Database) -> None:
    """Blocked, its hours rest; with the next message they are planned from then on."""
    await set_hour(home, NINE)
    await home.write(people.quiet_chat, ADA.id, NOON)
    assert await planned(home) == [(NINE, None)]
    later = NOON + timedelta(days=30)
    stored = await home.write(schedule.arrive, ADA, HOME, later, DEFAULTS)
    assert stored.quiet_since is None
    assert await planned(home) == [(NINE, utc(2026, 4, 2, 1))]


@pytest.mark.parametrize(
    ("zone", "minute", "now", "expected"),
    [
        ("Europe/Berlin", 150, utc(2026, 3, 28, 12), utc(2026, 3, 29, 1)),
        ("Europe/Berlin", 150, utc(2026, 10, 24, 12), utc(2026, 10, 25, 0, 30)),
        ("America/New_York", 150, utc(2026, 3, 7, 12), utc(2026, 3, 8, 7)),
        ("America/New_York", NINE, utc(2026, 3, 7, 20), utc(2026, 3, 8, 13)),
    ],
)
async def test_clock_changes_are_planned_for(
    home: Database, zone: str, minute: int, now: datetime, expected: datetime
) -> None:
    """A skipped hour comes after the gap, a repeated one the first time, and nine stays nine."""
    await home.write(chats.set_zone, ADA, HOME, zone, now, DEFAULTS)
    await set_hour(home, minute, now)
    assert await planned(home) == [(minute, expected)]
