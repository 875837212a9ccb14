"""What one chat refuses or breaks, the others never notice."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram.error import TimedOut

from bot.core.people import Chat
from bot.core.slots import Hour
from bot.flows import pushing
from bot.store import history, rounds
from bot.tg import pushing as tick_of
from bot.tg.desk import Desk
from tests.group_bench import ADA, GROUP, Clock
from tests.tg.fake_api import Call, FakeApi, nothing
from tests.tg.pushes.bench import (
    DAY,
    HOUR,
    MINUTE,
    NINE,
    choose,
    failing,
    home_of,
    ledger,
    pass_time,
    wish,
)


@pytest.mark.parametrize(
    ("kind", "state"), [("network", "later"), ("blocked", "gone"), ("flood", "later"), ("refused", "later")]
)
async def test_one_chat_s_failure_never_stops_the_rest(
    desk: Desk, telegram: FakeApi, clock: Clock, kind: str, state: str
) -> None:
    """Of a hundred chats a third fails: the others get theirs, once, and each outcome is written down."""
    for number in range(1, 101):
        await choose(desk, home_of(number)[1], NINE)
    telegram.trouble = failing(kind)
    clock.now = datetime(2026, 3, 3, 1, tzinfo=UTC)
    await tick_of.tick(desk)
    healthy = {number for number in range(1, 101) if number % 3}
    assert Counter(call.chat_id for call in telegram.sent()) == Counter(healthy)
    states = {number: (await ledger(desk, number, clock.now))[0] for number in range(1, 101)}
    assert {number for number, is_ in states.items() if is_ == state} == set(range(1, 101)) - healthy
    telegram.trouble = nothing
    await pass_time(desk, clock, 2 * HOUR)
    wanted = healthy if state == "gone" else set(range(1, 101))
    assert Counter(call.chat_id for call in telegram.sent()) == Counter(wanted)


async def test_a_chat_that_stays_in_trouble_is_given_up_after_the_grace(
    desk: Desk, telegram: FakeApi, clock: Clock
) -> None:
    """Tried again every few minutes, then missed; the next day is a new one."""
    await choose(desk, home_of(3)[1], NINE)
    telegram.trouble = failing("network")
    clock.now = datetime(2026, 3, 3, 1, tzinfo=UTC)
    first = clock.now
    await pass_time(desk, clock, 8 * HOUR)
    assert await ledger(desk, 3, first) == ["missed"]
    telegram.trouble = nothing
    await pass_time(desk, clock, DAY)
    assert await ledger(desk, 3, first, 2) == ["missed", "sent"]


async def test_what_is_put_off_in_one_tick_comes_back_in_several(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """A hundred chats, refused at once: from two minutes on, within two more, and never most of them at once."""
    for number in range(3, 303, 3):
        await choose(desk, home_of(number)[1], NINE)
    telegram.trouble = failing("flood")
    clock.now = datetime(2026, 3, 3, 1, tzinfo=UTC)
    await tick_of.tick(desk)
    telegram.trouble = nothing
    arrived = []
    for _half_minute in range(8):
        before = len(telegram.sent())
        await pass_time(desk, clock, MINUTE / 2, MINUTE / 2)
        arrived.append(len(telegram.sent()) - before)
    assert arrived[:3] == [0, 0, 0]
    assert sum(arrived) == 100
    assert all(10 <= count <= 40 for count in arrived[4:])


@pytest.mark.parametrize("chat", [home_of(3)[1], GROUP], ids=["private", "group"])
async def test_a_push_without_an_answer_is_sent_three_times_at_the_most(
    desk: Desk, telegram: FakeApi, clock: Clock, chat: Chat
) -> None:
    """Telegram takes it and its answer is lost: with growing pauses, then it is settled; the next day is a new one."""
    await choose(desk, chat, NINE)
    times: list[datetime] = []

    def lost(call: Call) -> None:
        times.append(clock.now)
        raise TimedOut

    telegram.after = lost
    first = clock.now = datetime(2026, 3, 3, 1, tzinfo=UTC)
    await tick_of.tick(desk)
    await pass_time(desk, clock, 7 * HOUR, MINUTE)
    assert times == [first, first + 5 * MINUTE, first + 15 * MINUTE]
    assert await ledger(desk, chat.id, first) == ["missed"]
    telegram.after = nothing
    await pass_time(desk, clock, DAY)
    assert await ledger(desk, chat.id, first, 2) == ["missed", "sent"]


async def test_a_broken_use_case_hits_one_chat_only(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """An exception while claiming is logged; that chat stays due, the others are served."""
    for number in (1, 2):
        await choose(desk, home_of(number)[1], NINE)
    whole = desk.write

    async def broken(use_case: Any, /, *args: Any, **kwargs: Any) -> Any:
        if use_case is pushing.claim and args[1].chat_id == 1:
            raise LookupError("a slip in the code")
        return await whole(use_case, *args, **kwargs)

    clock.now = datetime(2026, 3, 3, 1, tzinfo=UTC)
    await tick_of.tick(Desk(broken, *(getattr(desk, name) for name in Desk.__slots__[1:])))
    assert [call.chat_id for call in telegram.sent()] == [2]
    await tick_of.tick(desk)
    assert [call.chat_id for call in telegram.sent()] == [2, 1]


async def test_where_polls_are_forbidden_one_sentence_says_so(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """The push is settled, its question keeps its turn."""
    await choose(desk, GROUP, NINE)
    telegram.trouble = lambda call: (
        (400, "Bad Request: not enough rights to send polls to the chat") if call.method == "sendPoll" else None
    )
    await pass_time(desk, clock, DAY)
    (call,) = telegram.sent()
    assert "投票" in call.text
    assert await desk.read(history.counts, GROUP.id) == {}


@pytest.mark.parametrize("chat", [home_of(ADA.id)[1], GROUP], ids=["private", "group"])
async def test_a_closed_thread_is_left_for_the_chat(desk: Desk, telegram: FakeApi, clock: Clock, chat: Chat) -> None:
    """The hour was set in a thread that is gone: the question goes to the chat itself."""
    await wish(desk, chat, Hour(NINE), thread=77)
    telegram.trouble = lambda call: (
        (400, "Bad Request: message thread not found") if "message_thread_id" in call.fields else None
    )
    await pass_time(desk, clock, DAY)
    assert len([call for call in telegram.calls if "问什么？" in call.text]) == 1
    (asked,) = await desk.read(rounds.open_in, chat.id, ("poll", "choice"))
    assert (asked.state, asked.thread_id) == ("open", None)


async def test_off_stops_a_push_that_waits_to_be_tried_again(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Nothing comes after /daily off."""
    await choose(desk, home_of(3)[1], NINE)
    telegram.trouble = failing("network")
    clock.now = datetime(2026, 3, 3, 1, tzinfo=UTC)
    await tick_of.tick(desk)
    telegram.trouble = nothing
    await choose(desk, home_of(3)[1], None)
    await pass_time(desk, clock, HOUR)
    assert telegram.sent() == []


async def test_a_group_that_moves_during_the_push_gets_it_in_its_new_chat(
    desk: Desk, telegram: FakeApi, clock: Clock
) -> None:
    """Everything moves in the middle of the send, and tomorrow's push goes there by itself."""
    await choose(desk, GROUP, NINE)

    def moved(call: Call) -> tuple[int, str] | None:
        if call.chat_id == GROUP.id:
            return 400, "Bad Request: group chat was upgraded to a supergroup chat"
        return None

    telegram.trouble, telegram.migrated_to = moved, -900
    await pass_time(desk, clock, 2 * DAY)
    assert [call.chat_id for call in telegram.sent("sendPoll")] == [-900, -900]
    newest = await desk.read(history.recent, -900, 5)
    assert len(newest) == 2


@pytest.mark.parametrize(("polls", "state"), [(True, "sent"), (False, "refused")])
async def test_what_became_of_it_is_written_down_where_the_group_has_gone(
    desk: Desk, telegram: FakeApi, clock: Clock, polls: bool, state: str
) -> None:
    """The row went along with the group: it says at once what happened, also where the new chat takes no polls."""
    await choose(desk, GROUP, NINE)

    def moved(call: Call) -> tuple[int, str] | None:
        telegram.migrated_to = -900 if call.chat_id == GROUP.id else None
        if telegram.migrated_to:
            return 400, "Bad Request: group chat was upgraded to a supergroup chat"
        forbidden = call.method == "sendPoll" and not polls
        return (400, "Bad Request: not enough rights to send polls to the chat") if forbidden else None

    telegram.trouble = moved
    clock.now = datetime(2026, 3, 3, 1, tzinfo=UTC)
    await tick_of.tick(desk)
    assert await ledger(desk, -900, clock.now) == [state]
    await pass_time(desk, clock, HOUR)
    assert await ledger(desk, -900, clock.now) == [state]
