"""A group's daily hours: how many, how far apart, on which days, and who may have which."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.core.calendar import study_day
from bot.core.people import Chat, find_zone
from bot.core.slots import Hour, Off, Pins
from bot.flows import chats, daily, schedule
from bot.flows.daily import Plan
from bot.store import people, pushes
from bot.store.database import Tx
from tests.group_bench import ADA, BOB, DEFAULTS, GROUP, NOON

NINE = 9 * 60
HOME = Chat(ADA.id, "private", "Ada")


def wish(
    tx: Tx, wanted: Hour | Off | Pins, chat: Chat = GROUP, now: datetime = NOON, thread: int | None = None
) -> Plan:
    """What Ada types behind /daily."""
    return daily.change(tx, ADA, chat, wanted, thread, now, DEFAULTS)


def minutes(plan: Plan) -> list[int]:
    """The hours of the plan."""
    return [hour.minute for hour in plan.hours]


def test_a_group_has_several_hours_and_a_private_chat_one(tx: Tx) -> None:
    """A second one is added in a group and takes the first one's place in private."""
    for minute in (NINE, 12 * 60 + 30):
        group, home = wish(tx, Hour(minute)), wish(tx, Hour(minute), HOME)
    assert minutes(group) == [NINE, 12 * 60 + 30]
    assert minutes(home) == [12 * 60 + 30]


def test_the_same_wish_again_changes_nothing(tx: Tx) -> None:
    """A redelivered update leaves every slot as it was."""
    rich = Hour(NINE, "attention", weekdays=True, kind="card")
    wish(tx, rich, thread=33)
    before = pushes.slots_of(tx, GROUP.id)
    assert wish(tx, rich, thread=33).refused is None
    assert pushes.slots_of(tx, GROUP.id) == before
    assert (before[0].about, before[0].kind, before[0].thread_id, before[0].set_by) == ("attention", "card", 33, ADA.id)


def test_an_hour_said_again_is_as_it_is_said_now(tx: Tx) -> None:
    """What is not repeated is as if it had never been said; the hour counts once."""
    wish(tx, Hour(NINE, "attention", weekdays=True, kind="card"))
    assert wish(tx, Hour(NINE)).hours == (Hour(NINE),)


def test_hours_are_half_an_hour_apart_and_six_at_most(tx: Tx) -> None:
    """What is refused leaves the others alone; an hour that is there may be changed all the same."""
    for number in range(6):
        assert wish(tx, Hour(NINE + 30 * number)).refused is None
    assert wish(tx, Hour(NINE + 15)).refused == "close"
    full = wish(tx, Hour(20 * 60))
    assert (full.refused, len(full.hours)) == ("many", 6)
    assert wish(tx, Hour(NINE, kind="card")).refused is None
    assert wish(tx, Hour(NINE - 29), HOME).refused is None


def test_one_hour_goes_or_all(tx: Tx) -> None:
    """An hour that is not there is gone already."""
    for minute in (NINE, 600, 660):
        wish(tx, Hour(minute))
    for _ in range(2):
        assert minutes(wish(tx, Off(600))) == [NINE, 660]
    assert minutes(wish(tx, Off(None))) == []


def test_pins_are_a_setting_of_the_group(tx: Tx) -> None:
    """On and off, as often as it is said."""
    assert wish(tx, Pins(wanted=True)).chat.pins
    assert wish(tx, Pins(wanted=True)).chat.pins
    assert not wish(tx, Pins(wanted=False)).chat.pins


def test_kind_and_days_are_changed_by_themselves(tx: Tx) -> None:
    """Topic, thread and hour stay; an hour that has gone meanwhile stays gone."""
    wish(tx, Hour(NINE, "attention"), thread=33)
    daily.adjust(tx, BOB, GROUP, NINE, "card", None, NOON, DEFAULTS)
    plan = daily.adjust(tx, BOB, GROUP, NINE, None, True, NOON, DEFAULTS)
    assert plan.hours == (Hour(NINE, "attention", weekdays=True, kind="card"),)
    assert pushes.slots_of(tx, GROUP.id)[0].thread_id == 33
    assert daily.adjust(tx, BOB, GROUP, 600, "card", None, NOON, DEFAULTS).hours == plan.hours


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Asia/Shanghai", NOON),
        ("Europe/Berlin", datetime.fromisoformat("2026-03-27T12:00+00:00")),
        ("Europe/Berlin", datetime.fromisoformat("2026-10-23T12:00+00:00")),
        ("America/New_York", datetime.fromisoformat("2026-10-30T12:00+00:00")),
    ],
)
@pytest.mark.parametrize("minute", [150, NINE, 23 * 60 + 50])
def test_weekdays_skip_every_weekend_whatever_the_clock_does(tx: Tx, zone: str, start: datetime, minute: int) -> None:
    """Ten pushes in a row lie on ten weekdays in a row, no Saturday or Sunday among their study days."""
    where = find_zone(zone)
    assert where is not None
    chats.set_zone(tx, ADA, GROUP, zone, start, DEFAULTS)
    wish(tx, Hour(minute, weekdays=True), now=start)
    days = []
    for _ in range(10):
        (slot,) = pushes.slots_of(tx, GROUP.id)
        assert slot.next_push_at is not None
        days.append(study_day(slot.next_push_at, where, 4))
        due = schedule.next_free(tx, people.find_chat(tx, GROUP.id), slot, slot.next_push_at, DEFAULTS)
        pushes.reschedule(tx, GROUP.id, minute, due)
    assert [day.isoweekday() for day in days] == [(days[0].isoweekday() - 1 + n) % 5 + 1 for n in range(10)]
    assert days[-1] - days[0] <= timedelta(days=13)


def test_a_change_of_zone_on_a_friday_keeps_the_weekend_free(tx: Tx) -> None:
    """Planned for Monday in Shanghai, it is planned for Monday in Los Angeles, too."""
    friday = datetime.fromisoformat("2026-03-06T04:00+00:00")
    wish(tx, Hour(NINE, weekdays=True), now=friday)
    chats.set_zone(tx, ADA, GROUP, "America/Los_Angeles", friday + timedelta(hours=22), DEFAULTS)
    (slot,) = pushes.slots_of(tx, GROUP.id)
    assert slot.next_push_at == datetime.fromisoformat("2026-03-09T16:00+00:00")


def test_weekdays_chosen_on_a_saturday_wait_for_monday(tx: Tx) -> None:
    """And every day again means tomorrow."""
    saturday = datetime.fromisoformat("2026-03-07T04:00+00:00")
    wish(tx, Hour(NINE), now=saturday)
    plan = daily.adjust(tx, ADA, GROUP, NINE, None, True, saturday, DEFAULTS)
    assert plan.next_at == datetime.fromisoformat("2026-03-09T01:00+00:00")
    plan = daily.adjust(tx, ADA, GROUP, NINE, None, False, saturday, DEFAULTS)
    assert plan.next_at == datetime.fromisoformat("2026-03-08T01:00+00:00")
