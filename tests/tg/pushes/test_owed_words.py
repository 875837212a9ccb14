"""What keeps a group's pushes away is told although the word about it was held up, too; with the real limiter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.ext import ExtBot

from bot.core.slots import Hour
from bot.flows import daily
from bot.store import people
from bot.tg.delivery import Delivery
from bot.tg.desk import Desk
from bot.tg.limiter import Limiter
from tests.group_bench import DEFAULTS, GROUP, NOON, Clock
from tests.tg.fake_api import TOKEN, Call, FakeApi
from tests.tg.pushes.bench import DAY, MINUTE, NINE, live

SLOW_S = 120


def limited(desk: Desk, telegram: FakeApi, clock: Clock) -> Desk:
    """The desk behind the real limiter, which goes by the test's clock and by what it has slept."""
    slept = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal slept
        slept += seconds + 0.001

    limiter = Limiter(clock=lambda: (clock.now - NOON).total_seconds() + slept, sleep=sleep)
    bot: ExtBot[Any] = ExtBot(TOKEN, request=telegram, get_updates_request=telegram, rate_limiter=limiter)
    old = desk.delivery
    return replace(desk, delivery=Delivery(bot, moved=old._moved, gone=old._gone))


async def anonymous_hour(desk: Desk) -> None:
    """Nine o'clock, set by nobody who can be written to."""
    await desk.write(daily.change, None, GROUP, Hour(NINE), None, desk.clock(), DEFAULTS)


def words(telegram: FakeApi) -> list[str]:
    """What the group was told of slow mode."""
    return [call.text for call in telegram.sent() if call.chat_id == GROUP.id and "慢速" in call.text]


async def test_a_slow_group_without_a_known_admin_is_told_once(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """The 429 has closed the very chat that the word goes to; every day's poll arrives all the same."""
    desk = limited(desk, telegram, clock)
    await anonymous_hour(desk)
    telegram.slow_mode, days = SLOW_S, set[str]()

    def first_of_the_day(call: Call) -> tuple[int, str] | None:
        today = clock.now.date().isoformat()
        if call.method != "sendPoll" or today in days:
            return None
        days.add(today)
        raise RetryAfter(SLOW_S)

    telegram.trouble = first_of_the_day
    await live(desk, clock, 4 * DAY, 2 * MINUTE)
    assert len(telegram.sent("sendPoll")) == 4
    assert len(words(telegram)) == 1


@pytest.mark.parametrize(("error", "times"), [(NetworkError, 1), (TimedOut, 0)])
async def test_what_may_have_arrived_is_not_told_again(
    desk: Desk, telegram: FakeApi, clock: Clock, error: Callable[[str], Exception], times: int
) -> None:
    """The first word fails: what surely did not arrive is told with the next push, what got no answer stays told."""
    await anonymous_hour(desk)
    failed: list[Call] = []

    def trouble(call: Call) -> tuple[int, str] | None:
        if call.method == "sendPoll":
            return 400, "Bad Request: not enough rights to send polls to the chat"
        if call.method == "sendMessage" and not failed:
            failed.append(call)
            raise cast("Any", error)("away")
        return None

    telegram.trouble = trouble
    await live(desk, clock, DAY)
    chat = await desk.read(people.find_chat, GROUP.id)
    assert chat is not None
    assert chat.trouble == ("polls?" if times else "polls")
    await live(desk, clock, 3 * DAY)
    assert len(telegram.sent()) == times
