"""Closing polls: whatever happens to one, the others get their results, each told once."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import NetworkError, TimedOut

from bot import app
from bot.core.people import Chat
from bot.flows import closing as flow
from bot.store import rounds
from bot.store.database import Database
from bot.tg import closing, pushing
from bot.tg import rounds as feature
from bot.tg.delivery import Delivery
from bot.tg.unhurried import Unhurried
from tests.group_bench import TEN_MINUTES, Clock, Front, desk_for
from tests.practice_bench import choice_question, library
from tests.tg.fake_api import Call, FakeApi
from tests.tg.pushes.bench import NINE, choose, home_of

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both

LONG = "\n\n".join(f"第 {number} 句话说的是方差。" for number in range(900))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def front(database: Database, clock: Clock) -> Front:
    """A group before the bot; the answers are long."""
    telegram = FakeApi()
    bank = library(replace(choice_question("a1", "attention", 1), answer=LONG))
    desk = desk_for(database, telegram, clock, bank)
    return Front(desk, telegram, feature.handlers(desk))


async def polls(front: Front, count: int, first: int = 0) -> None:
    """So many groups ask."""
    for number in range(first, first + count):
        await front.says("/quiz", chat=Chat(-1000 - number, "supergroup", f"G{number}"))


async def ticks(front: Front, clock: Clock, count: int) -> None:
    """So many minutes pass."""
    for _ in range(count):
        clock.now += MINUTE
        await closing.tick(front.desk)


async def test_polls_that_cannot_be_closed_keep_none_waiting(front: Front, clock: Clock) -> None:
    """More of them than are claimed at once: those behind them are closed in the same tick."""
    await polls(front, 60)

    def away(call: Call) -> None:
        if call.chat_id > -1055:
            raise NetworkError("away")

    front.telegram.trouble = away
    clock.now += TEN_MINUTES
    await closing.tick(front.desk)
    assert sorted(call.chat_id for call in front.telegram.sent("stopPoll")) == [-1059, -1058, -1057, -1056, -1055]


async def test_a_result_of_several_messages_begins_once(front: Front, clock: Clock) -> None:
    """Its second message is refused for an hour: the first is not told again."""
    await polls(front, 1)
    begun = len(front.telegram.calls)

    def refuse(call: Call) -> tuple[int, str] | None:
        told = front.telegram.sent()
        return (429, "Too Many Requests: retry after 5") if call.method == "sendMessage" and told else None

    front.telegram.trouble = refuse
    clock.now += TEN_MINUTES
    await ticks(front, clock, 5)
    assert [call.method for call in front.telegram.calls[begun:]] == ["stopPoll", "sendMessage"]
    (ended,) = await front.desk.read(_rounds)
    assert (ended.state, ended.result_id) == ("closed", len(front.telegram.calls) + 1000)


async def test_a_result_without_an_answer_is_told_a_few_times_at_the_most(front: Front, clock: Clock) -> None:
    """Telegram takes it and its answers are lost for hours."""
    await polls(front, 1)

    def lost(call: Call) -> None:
        if call.method == "sendMessage":
            raise TimedOut

    front.telegram.after = lost
    clock.now += TEN_MINUTES
    await ticks(front, clock, 60)
    assert 2 <= len(front.telegram.sent()) <= 4
    (ended,) = await front.desk.read(_rounds)
    assert ended.state == "closed"


async def test_what_closing_sends_goes_the_way_of_scheduled_sends(
    front: Front, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All polls of an hour may end in one minute: stopping and telling keep to the pace of sends to many."""
    await polls(front, 1)
    lanes: list[object] = []
    bot: Any = front.desk.delivery._bot
    real = bot.rate_limiter.process_request

    async def noting(*args: Any) -> Any:
        lanes.append(args[-1])
        return await real(*args)

    monkeypatch.setattr(bot.rate_limiter, "process_request", noting)
    clock.now += TEN_MINUTES
    await closing.tick(front.desk)
    assert len(lanes) >= 3
    assert set(lanes) == {"bulk"}


async def test_while_telegram_tells_no_votes_results_wait(front: Front, clock: Clock) -> None:
    """They may be on their way; after ten minutes the result is told all the same."""
    await polls(front, 1)

    async def deaf() -> bool:
        return False

    front.desk, hearing = replace(front.desk, heard=deaf), front.desk
    clock.now += TEN_MINUTES
    await ticks(front, clock, 9)
    assert front.telegram.sent() == []
    await closing.tick(hearing)
    assert front.telegram.sent()
    await polls(front, 1, first=1)
    clock.now += TEN_MINUTES
    told = len(front.telegram.sent())
    await ticks(front, clock, 11)
    assert len(front.telegram.sent()) > told


@pytest.mark.parametrize("slip", ["hangs", "breaks"])
async def test_a_poll_that_cannot_be_closed_delays_no_push(
    front: Front, clock: Clock, monkeypatch: pytest.MonkeyPatch, slip: str
) -> None:
    """Its chat is slow, or the database cannot write down that it was refused: others get their daily question."""
    await polls(front, 2)
    await choose(front.desk, home_of(7)[1], NINE)
    clock.now += timedelta(hours=21)
    pushed = asyncio.Event()
    front.telegram.after = lambda call: pushed.set() if call.chat_id == 7 else None

    async def hang(_self: Delivery, chat_id: int, _message_id: int, *, bulk: bool) -> None:
        async with asyncio.timeout(5):
            await pushed.wait()

    async def write(use_case: Any, /, *args: Any, **kwargs: Any) -> Any:
        if use_case in (flow.closed, flow.untold):
            raise LookupError("database is locked")
        return await front.desk.write(use_case, *args, **kwargs)

    if slip == "hangs":
        monkeypatch.setattr(Delivery, "stop_poll", hang)
    else:
        front.telegram.trouble = lambda call: (400, "Bad Request: new") if call.method == "stopPoll" else None
    desk = replace(front.desk, write=write)
    async with Unhurried(lambda: pushing.tick(desk)) as pushes:
        await app._tick(desk, pushes)
    assert pushed.is_set()


async def test_a_step_that_takes_too_long_is_left_to_the_next_tick(
    front: Front, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chat that Telegram answers slowly holds the tick up for so long and no longer."""
    await polls(front, 1)
    monkeypatch.setattr(closing, "PATIENCE", 0.01)

    async def hang(*_args: object, **_more: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(Delivery, "stop_poll", hang)
    clock.now += TEN_MINUTES
    await closing.tick(front.desk)
    assert front.telegram.sent() == []
    monkeypatch.undo()
    await closing.tick(front.desk)
    assert front.telegram.sent()


async def test_two_processes_tell_each_result_once(front: Front, clock: Clock) -> None:
    """Both see what is over; a poll may be stopped by both, which does no harm."""
    await polls(front, 60)
    clock.now += TEN_MINUTES
    await asyncio.gather(*(closing.tick(front.desk) for _ in range(2)))
    told = Counter((call.chat_id, call.text) for call in front.telegram.sent())
    assert {chat_id for chat_id, _text in told} == {-1000 - number for number in range(60)}
    assert set(told.values()) == {1}


def _rounds(tx: Any) -> list[rounds.Round]:
    """The rounds there are."""
    return [found for number in range(1, 9) if (found := rounds.by_id(tx, number))]
