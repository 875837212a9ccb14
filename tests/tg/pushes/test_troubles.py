"""What keeps a group's pushes away is told once, to whom it concerns, and once more only if it comes again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.core.people import Chat, Person
from bot.core.slots import Hour, Pins
from bot.flows import chats, daily
from bot.store import people
from bot.tg.delivery import Delivery, Outcome
from bot.tg.desk import Desk
from tests.group_bench import ADA, DEFAULTS, GROUP, Clock
from tests.tg.fake_api import Call, FakeApi, nothing
from tests.tg.pushes.bench import DAY, HOUR, MINUTE, NINE, live, wish

Trouble = Callable[[Call], tuple[int, str] | None]


def refusing(words: str, *methods: str, code: int = 400) -> Trouble:
    """These calls are refused in the group (-100)."""

    def trouble(call: Call) -> tuple[int, str] | None:
        return (code, words) if call.method in methods and call.chat_id == GROUP.id else None

    return trouble


def closed_thread(call: Call) -> tuple[int, str] | None:
    """The thread 33 is closed."""
    return (400, "Bad Request: TOPIC_CLOSED") if call.fields.get("message_thread_id") == 33 else None


NO_POLLS = refusing("Bad Request: not enough rights to send polls to the chat", "sendPoll")
NO_WORDS = refusing("Bad Request: not enough rights to send text messages to the chat", "sendPoll", "sendMessage")
NO_PINS = refusing("Bad Request: not enough rights to manage pinned messages in the chat", "pinChatMessage")
SLOW = refusing("Too Many Requests: retry after 60", "sendPoll", code=429)


def told(telegram: FakeApi, chat_id: int) -> list[str]:
    """What was said there that is no result."""
    return [call.text for call in telegram.sent() if call.chat_id == chat_id and "作答" not in call.text]


async def greet(desk: Desk, person: Person = ADA) -> None:
    """The person has written to the bot in private."""
    home = Chat(person.id, "private", person.name)
    await desk.write(chats.visit, person, home, desk.clock(), DEFAULTS)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (NO_POLLS, "每日一题发不出去，因为不允许我发投票。请打开「发送投票」权限，或把这一题改成讨论题。"),
        (NO_WORDS, "每日一题发不出去，因为不允许我发消息。请打开「发送消息」权限。"),
        (NO_PINS, "每日一题照常发，但我没有置顶的权限。请打开「置顶消息」权限，或在群里发 /daily 取消置顶"),
        (closed_thread, "定好每日一题的话题关闭了，或已经删除。打开它，或到别的话题里重新发 /daily 09:00"),
    ],
    ids=["polls", "rights", "pin", "thread"],
)
async def test_the_admin_who_set_the_hour_is_told_once_in_private(
    desk: Desk, telegram: FakeApi, clock: Clock, trouble: Trouble, said: str
) -> None:
    """With the group's name, and not in the group; the days after bring no second word."""
    await greet(desk)
    await wish(desk, GROUP, Hour(NINE), thread=33)
    await wish(desk, GROUP, Pins(wanted=True))
    telegram.trouble = trouble
    await live(desk, clock, 4 * DAY)
    assert told(telegram, ADA.id) == [f"「读书小组」：{said}"]
    assert told(telegram, GROUP.id) == []


async def test_the_group_is_told_where_the_admin_cannot_be(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """They never wrote to the bot, or have blocked it."""
    await greet(desk)
    await wish(desk, GROUP, Hour(NINE))
    telegram.trouble = lambda call: (
        (403, "Forbidden: bot was blocked by the user") if call.chat_id == ADA.id else NO_POLLS(call)
    )
    await live(desk, clock, 2 * DAY)
    (said,) = told(telegram, GROUP.id)
    assert said.startswith("每日一题发不出去")


async def test_an_anonymous_admin_is_told_in_the_group(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Nobody knows who that was."""
    await desk.write(daily.change, None, GROUP, Hour(NINE), None, desk.clock(), DEFAULTS)
    telegram.trouble = NO_POLLS
    await live(desk, clock, 2 * DAY)
    assert len(told(telegram, GROUP.id)) == 1


async def test_where_nothing_may_be_said_nothing_is(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """No right to write and no admin to tell: it is tried once, and the bot is not stopped by it."""
    await wish(desk, GROUP, Hour(NINE))
    telegram.trouble = NO_WORDS
    await live(desk, clock, 2 * DAY)
    assert telegram.sent() == []
    telegram.trouble = nothing
    await live(desk, clock, DAY)
    assert len(telegram.sent("sendPoll")) == 1


async def test_what_comes_again_is_told_again(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """It worked in between."""
    await greet(desk)
    await wish(desk, GROUP, Hour(NINE))
    for trouble in (NO_POLLS, nothing, NO_POLLS):
        telegram.trouble = trouble
        await live(desk, clock, DAY)
    assert len(told(telegram, ADA.id)) == 2
    stored = await desk.read(people.find_chat, GROUP.id)
    assert stored is not None
    assert stored.trouble == "polls"


async def test_a_card_that_works_says_nothing_of_polls(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """A group that may not have polls has a card at noon: its poll of nine is not told of again each day."""
    await greet(desk)
    await wish(desk, GROUP, Hour(NINE))
    await wish(desk, GROUP, Hour(12 * 60, kind="card"))
    telegram.trouble = NO_POLLS
    await live(desk, clock, 4 * DAY)
    assert len(told(telegram, ADA.id)) == 1


async def test_each_closed_thread_is_told_by_itself(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """What works in one thread says nothing of another; the question comes to the chat instead."""
    await greet(desk)
    await wish(desk, GROUP, Hour(NINE), thread=33)
    await wish(desk, GROUP, Hour(12 * 60), thread=44)
    telegram.trouble = closed_thread
    await live(desk, clock, 3 * DAY)
    assert len(told(telegram, ADA.id)) == 1
    assert [call.fields.get("message_thread_id") for call in telegram.sent("sendPoll")] == [None, 44] * 3
    results = [call for call in telegram.sent() if "作答" in call.text]
    assert [call.fields.get("message_thread_id") for call in results] == [None, 44, None, 44, None]


async def test_slow_mode_is_told_once_though_it_lets_every_second_try_through(
    desk: Desk, telegram: FakeApi, clock: Clock
) -> None:
    """Each day the first try is held up and the second gets through."""
    await greet(desk)
    await wish(desk, GROUP, Hour(NINE))
    telegram.slow_mode = 60
    tries = 0

    def every_second(call: Call) -> tuple[int, str] | None:
        nonlocal tries
        tries += call.method == "sendPoll"
        return SLOW(call) if tries % 2 else None

    telegram.trouble = every_second
    await live(desk, clock, 4 * DAY, 10 * MINUTE)
    assert len(telegram.sent("sendPoll")) == 4
    (said,) = told(telegram, ADA.id)
    assert said == "「读书小组」：群里开着慢速模式，每日一题会晚到，也可能发不出去。把我设为管理员就不受限制。"


class Stuck(Delivery):
    """No poll gets through: our own limiter waits for longer than a push may take."""

    def __init__(self, like: Delivery) -> None:
        super().__init__(like._bot, moved=like._moved, gone=like._gone)
        self.lanes: list[bool] = []

    async def poll(self, *_what: Any, bulk: bool = False, **_how: Any) -> Outcome:
        self.lanes.append(bulk)
        raise TimeoutError


async def test_a_slow_group_holds_up_nobody_else(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """The wait shows as a push that takes too long; once that is known the group has no part in the common lane."""
    await greet(desk)
    await wish(desk, GROUP, Hour(NINE))
    telegram.slow_mode = 300
    stuck = Stuck(desk.delivery)
    await live(replace(desk, delivery=stuck), clock, DAY)
    assert stuck.lanes[0]
    assert not any(stuck.lanes[1:])
    assert len(stuck.lanes) > 2
    assert len(told(telegram, ADA.id)) == 1


async def test_a_flood_is_no_slow_mode(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """A 429 in a group without slow mode passes by itself: nobody can do anything about it."""
    await greet(desk)
    await wish(desk, GROUP, Hour(NINE))
    telegram.trouble = SLOW
    await live(desk, clock, DAY)
    assert told(telegram, ADA.id) == []


async def test_setting_the_hour_again_begins_anew(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Somebody tries: if it still fails they hear it."""
    await greet(desk)
    telegram.trouble = NO_POLLS
    for _ in range(2):
        await wish(desk, GROUP, Hour(NINE))
        await live(desk, clock, DAY)
    assert len(told(telegram, ADA.id)) == 2


async def test_a_private_chat_has_no_such_troubles(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Whatever is refused there is between the two."""
    await wish(desk, Chat(ADA.id, "private", "Ada"), Hour(NINE))
    telegram.trouble = lambda _call: (400, "Bad Request: not enough rights to send text messages to the chat")
    await live(desk, clock, DAY)
    telegram.trouble = nothing
    await live(desk, clock, HOUR)
    assert telegram.sent() == []


async def test_it_is_told_in_the_admin_s_own_language(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """The group speaks Chinese, its admin English."""
    eve = Person(11, "Eve", None, "en")
    await greet(desk, eve)
    await wish(desk, GROUP, Hour(NINE), eve)
    telegram.trouble = NO_POLLS
    await live(desk, clock, DAY)
    (said,) = told(telegram, eve.id)
    assert said.startswith("“读书小组”: The daily question cannot be posted")
