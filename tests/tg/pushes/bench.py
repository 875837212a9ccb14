"""Chats with hours, time that passes, and trouble, for the tests of the daily tick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from telegram.error import NetworkError

from bot.core.calendar import study_day
from bot.core.people import Chat, Person, find_zone
from bot.core.slots import Hour, Off, Pins
from bot.flows import chats, daily
from bot.store import pushes
from bot.tg import closing
from bot.tg import pushing as tick_of
from bot.tg.desk import Desk
from tests.group_bench import ADA, DEFAULTS, Clock
from tests.practice_bench import choice_question, library
from tests.tg.fake_api import Call

NINE = 9 * 60
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HALF_AN_HOUR = timedelta(minutes=30)
MANY = library(*(choice_question(f"q{number:02}", "attention", 1) for number in range(40)))


class Killed(BaseException):
    """The process dies here: nothing after it runs."""


def home_of(number: int) -> tuple[Person, Chat]:
    """A person and their private chat."""
    return Person(number, f"P{number}", None, "zh"), Chat(number, "private", f"P{number}")


async def choose(desk: Desk, chat: Chat, minute: int | None, zone: str | None = None) -> None:
    """The chat's hour (and zone), chosen now."""
    person = Person(chat.id, chat.title, None, "zh") if chat.private else ADA
    if zone:
        await desk.write(chats.set_zone, person, chat, zone, desk.clock(), DEFAULTS)
    await wish(desk, chat, Off(None) if minute is None else Hour(minute), person)


async def wish(
    desk: Desk, chat: Chat, wanted: Hour | Off | Pins, person: Person = ADA, thread: int | None = None
) -> None:
    """What is typed behind /daily now."""
    await desk.write(daily.change, person, chat, wanted, thread, desk.clock(), DEFAULTS)


async def pass_time(desk: Desk, clock: Clock, span: timedelta, step: timedelta = 10 * MINUTE) -> None:
    """Let the clock run, ticking on the way."""
    end = clock.now + span
    while clock.now < end:
        clock.now += step
        await tick_of.tick(desk)


async def live(desk: Desk, clock: Clock, span: timedelta, step: timedelta = HOUR) -> None:
    """Let the clock run, ticking on the way: results first, then pushes; the bot runs them side by side."""
    end = clock.now + span
    while clock.now < end:
        clock.now += step
        await closing.tick(desk)
        await tick_of.tick(desk)


async def ledger(desk: Desk, chat_id: int, first: datetime, days: int = 1) -> list[str | None]:
    """What became of nine o'clock on each study day (in Shanghai) from that of `first` on."""
    shanghai = find_zone("Asia/Shanghai")
    assert shanghai is not None
    day = study_day(first, shanghai, 4)
    rows = [await desk.read(pushes.find_push, chat_id, NINE, day + DAY * number) for number in range(days)]
    return [row.state if row else None for row in rows]


def failing(kind: str) -> Callable[[Call], tuple[int, str] | None]:
    """Every third chat is in trouble of that kind."""

    def trouble(call: Call) -> tuple[int, str] | None:
        if call.chat_id % 3:
            return None
        if kind == "network":
            raise NetworkError("away")
        return {
            "blocked": (403, "Forbidden: bot was blocked by the user"),
            "flood": (429, "Too Many Requests: retry after 5"),
            "refused": (400, "Bad Request: something new"),
        }[kind]

    return trouble


async def choose_zone(desk: Desk, chat: Chat, zone: str) -> None:
    """`/timezone` typed now."""
    await desk.write(chats.set_zone, Person(chat.id, chat.title), chat, zone, desk.clock(), DEFAULTS)
