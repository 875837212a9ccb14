"""A group where nobody answers is left in peace, and everything wakes it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from telegram.error import NetworkError

from bot.core.calendar import next_push
from bot.core.people import find_zone
from bot.core.slots import Hour
from bot.flows import rounds as flow
from bot.flows.voting import Verdict
from bot.store import people, pushes, rounds
from bot.store.database import Tx
from bot.store.tables import pushes as ledger_table
from bot.tg import chats, closing, daily, pushing
from bot.tg import rounds as group_rounds
from bot.tg.desk import Desk
from tests.group_bench import ADA, BOB, DEFAULTS, GROUP, Clock, Front
from tests.tg.fake_api import Call, FakeApi, nothing
from tests.tg.pushes.bench import DAY, HALF_AN_HOUR, HOUR, MINUTE, NINE, Killed, choose_zone, live, wish

NOTICE = "连续 7 题没有人作答，每日一题先停下。想接着练，发 /quiz，或请管理员点「恢复」。"


def notices(telegram: FakeApi) -> list[Call]:
    """What told that the pushes pause."""
    return [call for call in telegram.sent() if call.text == NOTICE]


def settled(tx: Tx) -> list[str]:
    """The states of the ledger's rows, in their order."""
    return list(tx.scalars(select(ledger_table.c.state).order_by(ledger_table.c.due_at)))


def front_of(desk: Desk, telegram: FakeApi) -> Front:
    """People before the bot; Ada is an admin."""
    telegram.admins.add(ADA.id)
    return Front(desk, telegram, [*group_rounds.handlers(desk), *daily.handlers(desk)])


async def vote(desk: Desk) -> None:
    """Bob answers the poll that is open."""
    (opened,) = await desk.read(rounds.open_in, GROUP.id, ("poll",))
    assert opened.poll_id is not None
    await desk.write(flow.vote, BOB, opened.poll_id, 0, desk.clock(), DEFAULTS, Verdict(here=True))


async def fall_silent(desk: Desk, clock: Clock) -> None:
    """Seven days nobody answers; it is just before the eighth push."""
    await wish(desk, GROUP, Hour(NINE))
    await live(desk, clock, 7 * DAY + 20 * HOUR)


async def pause(desk: Desk, clock: Clock) -> None:
    """Nobody answers until the pushes pause."""
    await fall_silent(desk, clock)
    await live(desk, clock, 2 * HOUR)


async def test_after_seven_silent_polls_one_message_says_so(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Instead of the eighth poll; then nothing comes for a month, and nothing is written down as missed."""
    await fall_silent(desk, clock)
    assert len(telegram.sent("sendPoll")) == 7
    assert notices(telegram) == []
    await live(desk, clock, 30 * DAY, 6 * HOUR)
    (notice,) = notices(telegram)
    assert notice.fields["reply_markup"]["inline_keyboard"][0][0]["text"] == "恢复"
    assert len(telegram.sent("sendPoll")) == 7
    assert await desk.read(settled) == ["sent"] * 7 + ["paused"]
    assert len(telegram.sent()) == 8  # seven results


async def test_one_answer_begins_the_count_anew(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Six silent ones, one answered, six silent ones: still there. The seventh ends it."""
    await wish(desk, GROUP, Hour(NINE))
    await live(desk, clock, 7 * DAY)
    await vote(desk)
    await live(desk, clock, 7 * DAY)
    assert (len(telegram.sent("sendPoll")), notices(telegram)) == (14, [])
    await live(desk, clock, DAY)
    assert (len(telegram.sent("sendPoll")), len(notices(telegram))) == (14, 1)


async def test_cards_do_not_count(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Nobody can answer them."""
    await wish(desk, GROUP, Hour(NINE, kind="card"))
    await live(desk, clock, 20 * DAY, HOUR)
    assert len(telegram.sent()) == 20
    assert notices(telegram) == []


async def test_several_hours_pause_together(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """One message, whichever hour comes first, and no other hour of that day is pushed."""
    for minute in (NINE, 12 * 60, 20 * 60):
        await wish(desk, GROUP, Hour(minute))
    await live(desk, clock, 10 * DAY)
    assert len(telegram.sent("sendPoll")) == 7
    assert len(notices(telegram)) == 1
    assert {slot.next_push_at for slot in await desk.read(pushes.slots_of, GROUP.id)} == {None}


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_crash_never_tells_it_twice(desk: Desk, telegram: FakeApi, clock: Clock, moment: str) -> None:
    """Killed between the send and the write it has been told, and is not told again; it stays paused either way."""
    await fall_silent(desk, clock)

    def kill(call: Call) -> None:
        if call.text == NOTICE:
            raise Killed

    telegram.trouble, telegram.after = (kill, nothing) if moment == "before" else (nothing, kill)
    with pytest.raises(Killed):
        await live(desk, clock, 2 * HOUR)
    telegram.trouble = telegram.after = nothing
    await live(desk, clock, 3 * DAY)
    assert len(notices(telegram)) == (1 if moment == "after" else 0)
    assert len(telegram.sent("sendPoll")) == 7
    assert await desk.read(settled) == ["sent"] * 7 + ["paused"]


async def test_a_network_that_is_away_delays_the_message(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """It is known that it did not get through, so it is tried again until it does, and then no more."""
    await fall_silent(desk, clock)

    def away(call: Call) -> Any:
        if call.text == NOTICE:
            raise NetworkError("away")

    telegram.trouble = away
    await live(desk, clock, 2 * HOUR, MINUTE)
    telegram.trouble = nothing
    await live(desk, clock, 2 * HOUR, MINUTE)
    assert len(notices(telegram)) == 1


async def test_quiz_by_anyone_wakes_it(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """The next hour is pushed as ever, and seven more must be silent before it pauses again."""
    await pause(desk, clock)
    await front_of(desk, telegram).says("/quiz", person=BOB)
    await live(desk, clock, 7 * DAY)
    assert len(telegram.sent("sendPoll")) == 7 + 1 + 7
    assert len(notices(telegram)) == 1
    await live(desk, clock, 2 * DAY)
    assert len(notices(telegram)) == 2


async def test_resume_is_for_admins(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Others get a toast; an admin's press shows on the message when the next one comes, and twice is once."""
    await pause(desk, clock)
    front = front_of(desk, telegram)
    (notice,) = notices(telegram)
    button = notice.fields["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await front.presses(button, person=BOB)
    assert front.toasts() == ["只有管理员能改设置。"]
    await live(desk, clock, DAY)
    assert len(telegram.sent("sendPoll")) == 7
    for _ in range(2):
        await front.presses(button, person=ADA)
    assert "下一题：明天 09:00" in telegram.sent("editMessageText")[-1].text
    await live(desk, clock, DAY)
    assert len(telegram.sent("sendPoll")) == 8


async def test_an_hour_set_wakes_all_of_them(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Who says when wants to be asked."""
    await pause(desk, clock)
    await front_of(desk, telegram).says("/daily 21:00")
    stored = await desk.read(people.find_chat, GROUP.id)
    assert stored is not None
    assert stored.paused_at is None
    assert all(slot.next_push_at for slot in await desk.read(pushes.slots_of, GROUP.id))


async def test_other_settings_do_not_wake_it(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """A new zone, a look, a kind: the hours stay, and none of them is planned."""
    await pause(desk, clock)
    front = front_of(desk, telegram)
    await choose_zone(desk, GROUP, "Europe/Berlin")
    await front.says("/daily")
    assert telegram.sent()[-1].text.endswith("连续 7 题没有人作答，先停着。发 /quiz，或请管理员点「恢复」。")
    await front.presses("1d:2:540:1")
    (slot,) = await desk.read(pushes.slots_of, GROUP.id)
    assert (slot.kind, slot.next_push_at) == ("card", None)
    await live(desk, clock, 2 * DAY)
    assert len(telegram.sent("sendPoll")) == 7


async def test_it_is_told_in_the_chat_where_its_thread_is_closed(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """As the questions were; and /settings says how it stands."""
    await wish(desk, GROUP, Hour(NINE), thread=33)
    telegram.trouble = lambda call: (
        (400, "Bad Request: TOPIC_CLOSED") if call.fields.get("message_thread_id") == 33 else None
    )
    await live(desk, clock, 8 * DAY)
    (notice,) = notices(telegram)
    assert "message_thread_id" not in notice.fields
    await Front(desk, telegram, chats.handlers(desk)).says("/settings")
    assert "每天出题：09:00（没有人作答，先停着）" in telegram.sent()[-1].text


async def test_woken_in_the_middle_it_is_not_told_late(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """The message could not be sent, then somebody asked for a question: nobody is told that it pauses."""
    await fall_silent(desk, clock)

    def away(call: Call) -> Any:
        if call.text == NOTICE:
            raise NetworkError("away")

    telegram.trouble = away
    await live(desk, clock, HOUR + HALF_AN_HOUR)
    telegram.trouble = nothing
    await front_of(desk, telegram).says("/quiz", person=BOB)
    await live(desk, clock, 2 * DAY)
    assert notices(telegram) == []
    assert len(telegram.sent("sendPoll")) == 7 + 1 + 2


async def test_at_night_it_is_told_without_a_sound(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """A late push of the evening; an hour that was chosen is heard."""
    await wish(desk, GROUP, Hour(21 * 60 + 30))
    await live(desk, clock, 7 * DAY + HOUR)
    (slot,) = await desk.read(pushes.slots_of, GROUP.id)
    assert slot.next_push_at is not None
    shanghai = find_zone("Asia/Shanghai")
    assert shanghai is not None
    clock.now = next_push(slot.next_push_at - timedelta(minutes=1), 23 * 60, shanghai)
    await closing.tick(desk)
    await pushing.tick(desk)
    (notice,) = notices(telegram)
    assert notice.fields["disable_notification"] is True
