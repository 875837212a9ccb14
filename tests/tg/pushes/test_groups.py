"""A group with several hours: each has its push, of its kind, in its thread, until the next one."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.core.slots import Hour, Off
from bot.store import pushes, rounds
from bot.store.database import Database
from bot.tg import closing
from bot.tg import pushing as tick_of
from bot.tg import rounds as results
from bot.tg.desk import Desk
from tests.group_bench import ADA, BOB, GROUP, LIBRARY, Clock, Front, desk_for
from tests.tg.fake_api import FakeApi
from tests.tg.pushes.bench import DAY, HOUR, MINUTE, NINE, ledger, pass_time, wish

NEXT_NINE = datetime(2026, 3, 3, 1, tzinfo=UTC)


async def test_every_hour_has_its_own_push(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Three polls a day in the order of the hours, each with its row in the ledger; a second tick sends none again."""
    for hour in (NINE, 12 * 60, 20 * 60):
        await wish(desk, GROUP, Hour(hour))
    await pass_time(desk, clock, DAY)
    await tick_of.tick(desk)
    assert [call.text[:3] for call in telegram.sent("sendPoll")] == ["q00", "q01", "q02"]
    monday, tuesday = datetime(2026, 3, 2).date(), datetime(2026, 3, 3).date()  # noqa: DTZ001
    rows = [
        await desk.read(pushes.find_push, GROUP.id, minute, day)
        for minute, day in ((20 * 60, monday), (NINE, tuesday), (12 * 60, tuesday))
    ]
    assert [row.state for row in rows if row] == ["sent"] * 3


async def test_a_poll_ends_when_any_other_hour_comes(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Not a day later."""
    await wish(desk, GROUP, Hour(NINE))
    await wish(desk, GROUP, Hour(NINE + 90))
    clock.now = NEXT_NINE
    await tick_of.tick(desk)
    (opened,) = await desk.read(rounds.open_in, GROUP.id, ("poll",))
    assert opened.closes_at == NEXT_NINE + HOUR + 30 * MINUTE


async def test_over_a_weekend_a_poll_ends_after_a_day(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Friday's does not wait for Monday's."""
    await wish(desk, GROUP, Hour(NINE, weekdays=True))
    clock.now = friday = datetime(2026, 3, 6, 1, tzinfo=UTC)
    await tick_of.tick(desk)  # the week's earlier ones are missed
    await pass_time(desk, clock, 2 * DAY)
    assert len(telegram.sent("sendPoll")) == 1
    (opened,) = await desk.read(rounds.open_in, GROUP.id, ("poll",))
    assert opened.closes_at == friday + DAY


async def test_an_hour_asks_about_its_topic_in_its_thread(database: Database, telegram: FakeApi, clock: Clock) -> None:
    """The topic's questions in turn; one that has left the bank is no reason for silence."""
    desk = desk_for(database, telegram, clock, LIBRARY)
    await wish(desk, GROUP, Hour(NINE, "bert"), thread=33)
    await wish(desk, GROUP, Hour(12 * 60, "gone"))
    await pass_time(desk, clock, DAY)
    first, second = telegram.sent("sendPoll")
    assert (first.text[:2], first.fields["message_thread_id"]) == ("b1", 33)
    assert (second.text[:2], "message_thread_id" in second.fields) == ("a1", False)


async def test_a_card_is_put_even_where_there_are_choices(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """No poll, no points: a question to talk about; when its time is over it unfolds its answer, without a message."""
    await wish(desk, GROUP, Hour(NINE, kind="card"))
    clock.now = NEXT_NINE
    await tick_of.tick(desk)
    (card,) = telegram.sent()
    assert "讨论题" in card.text
    assert telegram.sent("sendPoll") == []
    (opened,) = await desk.read(rounds.open_in, GROUP.id, ("card",))
    assert (opened.closes_at, opened.points) == (NEXT_NINE + DAY, 0)
    clock.now += DAY
    for _ in range(2):
        await closing.tick(desk)
    (unfolded,) = telegram.sent("editMessageText")
    assert unfolded.fields["message_id"] == opened.message_id
    assert "q00 的完整答案" in unfolded.text
    assert len(telegram.sent()) == 1
    assert telegram.sent("stopPoll") == []
    assert await desk.read(rounds.open_in, GROUP.id, ("card",)) == ()


async def test_a_pushed_card_that_is_turned_stays_turned(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Somebody wanted the answer before its time was over: nothing happens at the end."""
    await wish(desk, GROUP, Hour(NINE, kind="card"))
    clock.now = NEXT_NINE
    await tick_of.tick(desk)
    (opened,) = await desk.read(rounds.open_in, GROUP.id, ("card",))
    (card,) = telegram.sent()
    front = Front(desk, telegram, results.handlers(desk))
    button = card.fields["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert opened.message_id is not None
    await front.presses(button, person=BOB, message_id=opened.message_id)
    clock.now += DAY
    await closing.tick(desk)
    assert len(telegram.sent("editMessageText")) == 1


async def test_an_hour_added_today_does_not_drop_todays_late_push(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """It is past already, so it begins tomorrow, and nothing else would come today."""
    await wish(desk, GROUP, Hour(NINE))
    clock.now = NEXT_NINE + 2 * HOUR
    await wish(desk, GROUP, Hour(NINE + 60))
    await tick_of.tick(desk)
    assert len(telegram.sent("sendPoll")) == 1
    assert await ledger(desk, GROUP.id, clock.now) == ["sent"]


async def test_after_downtime_a_group_gets_its_newest_hour_alone(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Three hours were missed, and one poll comes: nobody wakes to a pile."""
    for minute in (NINE, NINE + 30, NINE + 60):
        await wish(desk, GROUP, Hour(minute))
    clock.now = NEXT_NINE + 2 * HOUR
    await pass_time(desk, clock, HOUR)
    assert len(telegram.sent("sendPoll")) == 1
    day = datetime(2026, 3, 3).date()  # noqa: DTZ001
    rows = [await desk.read(pushes.find_push, GROUP.id, NINE + late, day) for late in (0, 30, 60)]
    assert [row.state for row in rows if row] == ["missed", "missed", "sent"]


async def test_an_hour_taken_away_is_not_pushed(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """The others are."""
    for minute in (NINE, 12 * 60):
        await wish(desk, GROUP, Hour(minute), ADA)
    await wish(desk, GROUP, Off(NINE))
    await pass_time(desk, clock, DAY)
    (call,) = telegram.sent("sendPoll")
    (slot,) = await desk.read(pushes.slots_of, GROUP.id)
    assert slot.minute == 12 * 60
    assert call.text.startswith("q00")
