"""Every study day has its push, whatever clocks and zones do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.core.calendar import study_day
from bot.core.people import Chat, find_zone
from bot.flows import chats
from bot.store import rounds
from bot.store.database import Database
from bot.tg import pushing as tick_of
from bot.tg.desk import Desk
from tests.group_bench import ADA, DEFAULTS, GROUP, LIBRARY, Clock, desk_for
from tests.practice_bench import library, recall_question
from tests.tg.fake_api import Call, FakeApi
from tests.tg.pushes.bench import (
    DAY,
    HALF_AN_HOUR,
    HOUR,
    MINUTE,
    NINE,
    choose,
    choose_zone,
    home_of,
    ledger,
    pass_time,
)


async def test_a_private_chat_gets_one_question_at_its_hour(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """With its buttons, at nine and not before, once."""
    await choose(desk, home_of(7)[1], NINE)
    clock.now = datetime(2026, 3, 3, 0, 59, tzinfo=UTC)
    await tick_of.tick(desk)
    assert telegram.calls == []
    clock.now += MINUTE
    for _ in range(3):
        await tick_of.tick(desk)
    (call,) = telegram.sent()
    assert "q00" in call.text
    assert len(call.fields["reply_markup"]["inline_keyboard"][0]) == 5
    assert "disable_notification" not in call.fields
    assert await ledger(desk, 7, clock.now) == ["sent"]


async def test_a_group_gets_a_poll_that_stays_until_the_next(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Votes on it are known by the poll's id, and it closes when tomorrow's comes."""
    await choose(desk, GROUP, NINE)
    await pass_time(desk, clock, DAY)
    (call,) = telegram.sent("sendPoll")
    assert call.fields["protect_content"] is True
    (opened,) = await desk.read(rounds.open_in, GROUP.id, ("poll",))
    assert (opened.state, opened.closes_at) == ("open", datetime(2026, 3, 4, 1, tzinfo=UTC))
    assert opened.poll_id is not None


async def test_a_daily_poll_ends_when_the_next_comes_even_if_it_came_late(
    desk: Desk, telegram: FakeApi, clock: Clock
) -> None:
    """Three hours late it stays for the other twenty-one, so that the old result never follows the new poll."""
    await choose(desk, GROUP, NINE)
    clock.now = datetime(2026, 3, 3, 4, tzinfo=UTC)
    telegram.after = lambda _call: setattr(clock, "now", clock.now + MINUTE)  # Telegram is slow
    await tick_of.tick(desk)
    (opened,) = await desk.read(rounds.open_in, GROUP.id, ("poll",))
    assert opened.closes_at == datetime(2026, 3, 4, 1, tzinfo=UTC)


async def test_a_group_without_choices_gets_a_card(database: Database, telegram: FakeApi, clock: Clock) -> None:
    """A recall question is a card with one button."""
    desk = desk_for(database, telegram, clock, library(recall_question("r1", "training")))
    await choose(desk, GROUP, NINE)
    await pass_time(desk, clock, DAY)
    (call,) = telegram.sent()
    assert "讨论题" in call.text


async def test_nothing_due_says_nothing(database: Database, telegram: FakeApi, clock: Clock) -> None:
    """Where there is nothing to ask the push is settled without a message."""
    desk = desk_for(database, telegram, clock, type(LIBRARY)())
    for chat in (home_of(7)[1], GROUP):
        await choose(desk, chat, NINE)
    await pass_time(desk, clock, DAY)
    assert telegram.calls == []
    assert [await ledger(desk, chat, clock.now) for chat in (7, GROUP.id)] == [["nothing"], ["nothing"]]


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Asia/Shanghai", datetime(2026, 3, 6, 12, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 3, 27, 12, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 23, 12, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 3, 6, 12, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 10, 30, 12, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize("minute", [2 * 60 + 30, 3 * 60 + 30, NINE])
async def test_every_study_day_has_its_push_through_clock_changes(
    desk: Desk, telegram: FakeApi, clock: Clock, zone: str, start: datetime, minute: int
) -> None:
    """Four days, one push each, at the local minute unless the clock skipped it."""
    clock.now = start
    await choose(desk, home_of(7)[1], minute, zone)
    times: list[datetime] = []
    telegram.after = lambda _call: times.append(clock.now)
    await pass_time(desk, clock, 4 * DAY, HALF_AN_HOUR)
    where = find_zone(zone)
    assert where is not None
    days = [study_day(at, where, 4) for at in times]
    assert len(days) == 4
    assert len(set(days)) == 4
    local = {(at.astimezone(where).hour * 60 + at.astimezone(where).minute - minute) % 1440 for at in times}
    assert local <= {0, 30}  # half past two is skipped once, and comes at three


async def test_an_hour_that_the_clock_skips_up_to_the_start_of_the_day(
    desk: Desk, telegram: FakeApi, clock: Clock
) -> None:
    """Helsinki's half past three comes at four once, where a new study day begins: neither day loses its push."""
    clock.now = datetime(2026, 3, 26, 12, tzinfo=UTC)
    await choose(desk, home_of(7)[1], 3 * 60 + 30, "Europe/Helsinki")
    helsinki = find_zone("Europe/Helsinki")
    times: list[str] = []
    telegram.after = lambda _call: times.append(f"{clock.now.astimezone(helsinki):%d %H:%M}")
    await pass_time(desk, clock, 5 * DAY, HALF_AN_HOUR)
    assert times == ["27 03:30", "28 03:30", "29 04:00", "30 03:30", "31 03:30"]


async def test_a_clock_that_was_ahead_costs_a_push_and_no_more(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """It ran a year ahead for a minute: once it is right again, so is the plan."""
    await choose(desk, home_of(7)[1], NINE)
    right = clock.now
    clock.now = right + 400 * DAY
    await tick_of.tick(desk)
    clock.now, before = right, len(telegram.sent())
    await pass_time(desk, clock, 14 * DAY, HOUR)
    assert 13 <= len(telegram.sent()) - before <= 14


async def test_a_group_that_moved_is_pushed_though_its_old_chat_went_quiet(
    desk: Desk, telegram: FakeApi, clock: Clock
) -> None:
    """Telegram tells of the bot's leaving the old chat before it tells of the move."""
    old, new = Chat(-5, "group", "G"), Chat(-1005, "supergroup", "G")
    await choose(desk, old, NINE)
    await desk.write(chats.visit, ADA, new, clock(), DEFAULTS)
    await desk.write(chats.rest, old.id, clock())
    await desk.write(chats.move, old.id, new.id, clock(), DEFAULTS)
    await pass_time(desk, clock, 2 * DAY, HOUR)
    assert [call.chat_id for call in telegram.sent("sendPoll")] == [new.id] * 2


async def test_zones_crossed_at_any_hour_never_make_two_pushes_a_day(
    desk: Desk, telegram: FakeApi, clock: Clock
) -> None:
    """A traveller who changes the zone every few hours gets at most one push a study day, and misses few."""
    chat = home_of(7)[1]
    await choose(desk, chat, NINE, "Asia/Shanghai")
    days: list[Any] = []
    zones = ["Asia/Shanghai", "America/Los_Angeles", "Europe/Berlin", "Pacific/Auckland"]
    here = zones[0]

    def note(_call: Call) -> None:
        zone = find_zone(here)
        assert zone is not None
        days.append(study_day(clock.now, zone, 4))

    telegram.after = note
    for leg in range(40):
        await pass_time(desk, clock, 7 * HOUR, HOUR)
        here = zones[leg % 4]
        await choose_zone(desk, chat, here)
    assert len(days) == len(set(days))
    assert len(days) >= 6
