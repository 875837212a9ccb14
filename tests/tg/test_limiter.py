"""Telegram's limits hold in any history, and nobody waits for what is not theirs."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.tg.gates import Gate, Lane, Pace
from bot.tg.limiter import GROUP, PRIVATE
from tests.tg.fake_time import FakeTime
from tests.tg.limited import GROUP_ID, PERSON, Telegram, most_in_any


async def test_a_private_chat_takes_a_small_burst_and_then_about_one_a_second() -> None:
    """Four at once, the next four when five seconds are over: Telegram never sees more than five in any five."""
    telegram = Telegram(time := FakeTime())
    await time.run(*(telegram.call(f"m{n}", PERSON) for n in range(9)))
    assert telegram.times() == [0.0] * 4 + [5.0] * 4 + [10.0]


@pytest.mark.parametrize("chat_id", [GROUP_ID, "@channel"])
async def test_a_group_takes_twenty_a_minute(chat_id: int | str) -> None:
    """The twenty-first waits until the first is a minute old."""
    telegram = Telegram(time := FakeTime())
    await time.run(*(telegram.call(f"m{n}", chat_id) for n in range(41)))
    assert telegram.times() == [0.0] * 20 + [60.0] * 20 + [120.0]


async def test_the_window_slides() -> None:
    """What was sent at half past the minute still counts in the next."""
    telegram = Telegram(time := FakeTime())
    early = [telegram.call(f"a{n}", GROUP_ID) for n in range(10)]
    late = [telegram.later(30, f"b{n}", GROUP_ID) for n in range(25)]
    await time.run(*early, *late)
    assert telegram.times("b") == [30.0] * 10 + [60.0] * 10 + [90.0] * 5


async def test_one_chat_never_waits_for_another() -> None:
    """A full group leaves private chats and other groups alone."""
    telegram = Telegram(time := FakeTime())
    full = [telegram.call(f"full{n}", GROUP_ID) for n in range(30)]
    await time.run(*full, *(telegram.call(f"p{n}", 100 + n) for n in range(50)), telegram.call("g", -5))
    assert set(telegram.times("p") + telegram.times("g")) == {0.0}


async def test_within_a_chat_calls_go_in_the_order_they_came() -> None:
    """However many wait."""
    telegram = Telegram(time := FakeTime())
    names = [f"m{n:02}" for n in range(50)]
    results = await time.run(*(telegram.call(name, GROUP_ID) for name in names))
    assert telegram.names() == names == results


async def test_answers_to_presses_and_reading_are_free() -> None:
    """They pass a full, even a closed chat; calls without a chat are free as well."""
    telegram = Telegram(time := FakeTime())
    telegram.refuse = lambda name, tries: 50.0 if name == "refused" and tries == 1 else 0.0
    free = ("answerCallbackQuery", "getChatMember", "getChat", "getMe")
    busy = [telegram.call("refused", PERSON), *(telegram.call(f"m{n}", PERSON) for n in range(9))]
    await time.run(
        *busy,
        *(telegram.call(f"f{n}{kind}", PERSON, endpoint=kind) for kind in free for n in range(20)),
        *(telegram.call(f"fcommands{n}", endpoint="setMyCommands") for n in range(20)),
    )
    assert set(telegram.times("f")) == {0.0}


async def test_edits_count_to_their_chat() -> None:
    """An edit is as dear as a message."""
    telegram = Telegram(time := FakeTime())
    await time.run(*(telegram.call(f"e{n}", PERSON, endpoint="editMessageText") for n in range(5)))
    assert telegram.times() == [0.0] * 4 + [5.0]


async def test_an_edit_that_was_overtaken_is_not_sent() -> None:
    """Of three that wait for the same message's turn only the newest is sent; the others count as done."""
    telegram = Telegram(time := FakeTime())
    full = [telegram.call(f"m{n}", PERSON) for n in range(4)]

    async def edit(name: str, message: int) -> Any:
        async def arrive() -> bool:
            telegram.calls.append((time.now, name))
            return True

        data = {"chat_id": PERSON, "message_id": message}
        return await telegram.limiter.process_request(arrive, (), {}, "editMessageText", data, None)

    results = await time.run(*full, edit("old", 1), edit("other", 2), edit("older", 1), edit("new", 1))
    assert telegram.names()[4:] == ["other", "new"]
    assert results[4:] == [True] * 4


async def test_whoever_gives_up_leaves_the_queue() -> None:
    """A cancelled call, first or not, holds up nobody behind it."""
    telegram = Telegram(time := FakeTime())
    await time.run(*(telegram.call(f"full{n}", PERSON) for n in range(4)))
    first, second = (asyncio.ensure_future(telegram.call(name, PERSON)) for name in ("first", "second"))

    async def give_up() -> None:
        await time.sleep(1)
        first.cancel()
        second.cancel()
        await asyncio.gather(first, second, return_exceptions=True)

    await time.run(give_up(), telegram.call("third", PERSON))
    assert telegram.names()[4:] == ["third"]
    assert telegram.times("third") == [5.0]


async def test_idle_chats_are_forgotten_and_busy_ones_are_not() -> None:
    """Memory follows the chats of the last minute, not all there ever were; a pause is remembered."""
    telegram = Telegram(time := FakeTime())
    telegram.refuse = lambda name, _tries: 600.0 if name == "paused" else 0.0
    await time.run(telegram.call("paused", -1), errors=True)
    for hundred in range(50):
        await time.run(*(telegram.call("m", hundred * 100 + n) for n in range(1, 101)), time.sleep(5))
    assert 100 <= len(telegram.limiter._chats) <= 1024  # those that came last; a sweep begins at 1024
    (error,) = await time.run(telegram.call("again", -1), errors=True)
    assert isinstance(error, RetryAfter)


async def test_a_gate_says_how_long_it_stays_shut() -> None:
    """The larger of the pause and the full window."""
    time = FakeTime()
    gate = Gate(Pace(1, 10), time.clock, time.sleep)
    assert gate.idle()
    await gate.enter(Lane(0, 60))
    assert (gate.delay(), gate.idle()) == (10, False)
    gate.close(30)
    gate.close(5)
    assert gate.delay() == 30
    time.now += 30
    assert gate.idle()


HISTORY = st.lists(
    st.tuples(
        st.floats(0, 200, allow_nan=False).map(lambda at: round(at, 1)),
        st.sampled_from([PERSON, 8, GROUP_ID, -1008]),
        st.booleans(),
        st.sampled_from([0, 0, 0, 0, 0, 1, 7, 25]),
    ),
    max_size=120,
)


@settings(max_examples=60, deadline=None)
@given(HISTORY)
def test_no_history_breaks_a_limit(history: list[tuple[float, int, bool, int]]) -> None:
    """Whoever asks, whenever, with refusals in between: the windows hold, pauses hold, and nothing is lost."""
    asyncio.run(_live(history))


async def _live(history: list[tuple[float, int, bool, int]]) -> None:
    time = FakeTime()
    waits = {str(n): float(wait) for n, (_at, _chat, _bulk, wait) in enumerate(history)}
    telegram = Telegram(time, refuse=lambda name, tries: waits[name] if tries == 1 else 0.0)
    calls = [telegram.later(at, str(n), chat, bulk=bulk) for n, (at, chat, bulk, _wait) in enumerate(history)]
    results = await time.run(*calls, errors=True)
    assert results == [str(n) for n in range(len(history))]
    by_chat = {
        chat: [(at, name) for at, name in telegram.calls if history[int(name)][1] == chat]
        for chat in (7, 8, GROUP_ID, -1008)
    }
    for chat, calls_there in by_chat.items():
        pace = PRIVATE if chat > 0 else GROUP
        assert most_in_any([at for at, _name in calls_there], pace.seconds) <= pace.calls
        _pauses_hold(calls_there, waits)


def _pauses_hold(calls: list[tuple[float, str]], waits: dict[str, float]) -> None:
    """After a refused first try nothing reaches that chat until its time is over."""
    seen: set[str] = set()
    for at, name in calls:
        if name not in seen and waits[name]:
            assert not [later for later, _name in calls if at < later < at + waits[name] - 1e-6]
        seen.add(name)
