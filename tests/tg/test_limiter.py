"""Telegram's limits hold in any history, and nobody waits for what is not theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import BadRequest, RetryAfter

from bot.tg.gates import Gate, Lane, Pace
from bot.tg.limiter import EVERYBODY, GROUP, PAID, PRIVATE, Limiter
from bot.tg.pauses import seconds_of
from tests.tg.fake_time import FakeTime

PERSON, GROUP_ID = 7, -1007
A_PLACE = round(EVERYBODY.seconds / EVERYBODY.calls, 6)  # seconds until the next place falls free


@dataclass
class Telegram:
    """Notes when each call reaches it; may refuse some of them."""

    time: FakeTime
    refuse: Callable[[str, int], float] = lambda _name, _tries: 0.0
    calls: list[tuple[float, str]] = field(default_factory=list)
    latency: float = 0.0

    def __post_init__(self) -> None:
        self.limiter = Limiter(clock=self.time.clock, sleep=self.time.sleep)
        self.tries: dict[str, int] = {}

    async def call(
        self, name: str, chat_id: object = None, *, bulk: bool = False, endpoint: str = "sendMessage"
    ) -> str:
        """One call through the limiter."""

        async def arrive(given_name: str) -> Any:
            self.calls.append((self.time.now, given_name))
            self.tries[name] = self.tries.get(name, 0) + 1
            if self.latency:
                await self.time.sleep(self.latency)
            if wait := self.refuse(name, self.tries[name]):
                raise RetryAfter(timedelta(seconds=wait))
            return given_name

        data = {} if chat_id is None else {"chat_id": chat_id}
        result = await self.limiter.process_request(arrive, (name,), {}, endpoint, data, "bulk" if bulk else None)
        assert isinstance(result, str)
        return result

    async def later(self, seconds: float, name: str, chat_id: object, *, bulk: bool = False) -> str:
        """The same, some seconds from now."""
        await self.time.sleep(seconds)
        return await self.call(name, chat_id, bulk=bulk)

    def times(self, prefix: str = "") -> list[float]:
        """When the calls whose names begin so arrived, from the start."""
        return [round(at - 1000.0, 6) for at, name in self.calls if name.startswith(prefix)]

    def names(self) -> list[str]:
        """The calls in the order they arrived."""
        return [name for _at, name in self.calls]


def evenly(count: int, start: float = 0.0) -> list[float]:
    """When so many scheduled sends leave that nothing holds up."""
    return [round(start + n * EVERYBODY.seconds / EVERYBODY.calls, 6) for n in range(count)]


def most_in_any(times: list[float], seconds: float) -> int:
    """The largest number of calls in any half-open span of so many seconds."""
    return max((sum(1 for t in times if start <= t < start + seconds - 1e-6) for start in times), default=0)


async def test_a_private_chat_takes_a_small_burst_and_then_about_one_a_second() -> None:
    """Four at once, the next four when four seconds are over."""
    telegram = Telegram(time := FakeTime())
    await time.run(*(telegram.call(f"m{n}", PERSON) for n in range(9)))
    assert telegram.times() == [0.0] * 4 + [4.0] * 4 + [8.0]


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
    assert telegram.times() == [0.0] * 4 + [4.0]


async def test_scheduled_sends_go_thirty_a_second() -> None:
    """To a hundred chats: no second sees more than thirty."""
    telegram = Telegram(time := FakeTime())
    await time.run(*(telegram.call(f"b{n}", n, bulk=True) for n in range(1, 101)))
    assert most_in_any(telegram.times(), 1.0) == 30


async def test_scheduled_sends_leave_evenly() -> None:
    """Not thirty at once and then nothing: so whoever asks something finds a free place soon."""
    telegram = Telegram(time := FakeTime())
    await time.run(*(telegram.call(f"b{n}", n, bulk=True) for n in range(1, 101)))
    assert telegram.times() == evenly(100)


@pytest.mark.parametrize("trips", [(0.05,), (0.04, 0.06, 0.05)])
async def test_what_travels_long_costs_little(trips: tuple[float, ...]) -> None:
    """Telegram never sees more than thirty, and what unevenness does not force us to give away is used."""
    time, arrived = FakeTime(), list[float]()
    limiter = Limiter(clock=time.clock, sleep=time.sleep)

    async def push(number: int) -> None:
        async def call() -> bool:
            trip = trips[number % len(trips)]
            await time.sleep(trip / 2)
            arrived.append(time.now)
            await time.sleep(trip / 2)
            return True

        await limiter.process_request(call, (), {}, "sendMessage", {"chat_id": number + 1}, "bulk")

    await time.run(*(push(number) for number in range(1500)))
    assert most_in_any(arrived, EVERYBODY.seconds) == EVERYBODY.calls
    given_away = sum(trips) / len(trips) - 0.9 * min(trips)
    most = EVERYBODY.calls / (1 + given_away)
    assert 0.985 * most <= 1499 / (arrived[-1] - arrived[0]) <= most


async def test_interactive_calls_count_and_go_before_scheduled_ones() -> None:
    """Beside pushes all the while: together they are never too many, and nobody waits longer than a place takes."""
    telegram = Telegram(time := FakeTime())
    pushes = [telegram.call(f"push{n}", n, bulk=True) for n in range(1, 400)]
    asked = [round(2 + 0.37 * n, 2) for n in range(20)]
    answers = [telegram.later(at, f"now{n:02}", 5000 + n) for n, at in enumerate(asked)]
    await time.run(*pushes, *answers)
    assert most_in_any(telegram.times(), 1.0) == 30
    assert max(telegram.times()) == evenly(419)[-1]  # 399 pushes and 20 answers, and no place is lost
    waits = [round(at - wanted, 6) for at, wanted in zip(telegram.times("now"), asked, strict=True)]
    assert all(0 <= wait <= A_PLACE for wait in waits)


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


async def test_paid_broadcasts_go_a_thousand_a_second() -> None:
    """Where the operator pays for them."""
    time = FakeTime()
    telegram = Telegram(time)
    telegram.limiter = Limiter(everybody=PAID, clock=time.clock, sleep=time.sleep)
    await time.run(*(telegram.call(f"b{n}", n, bulk=True) for n in range(1, 3001)))
    assert most_in_any(telegram.times(), 1.0) == 1000
    assert telegram.times() == [round(n / 1000, 6) for n in range(3000)]


async def test_sends_that_travel_unevenly_are_not_too_many_where_they_arrive() -> None:
    """The first ones take their time and the next none: Telegram counts arrivals, not departures."""
    time, arrived = FakeTime(), list[float]()
    limiter = Limiter(clock=time.clock, sleep=time.sleep)

    async def push(number: int) -> None:
        async def call() -> bool:
            await time.sleep(0.4 if number < 30 else 0.0)
            arrived.append(round(time.now - 1000, 6))
            return True

        await limiter.process_request(call, (), {}, "sendMessage", {"chat_id": number + 1}, "bulk")

    await time.run(*(push(number) for number in range(90)))
    assert arrived == evenly(90, 0.4)


async def test_interactive_calls_never_wait_for_scheduled_ones() -> None:
    """A thousand pushes wait; a thousand answers go at once and take half of their places for a second."""
    telegram = Telegram(time := FakeTime())
    pushes = [telegram.call(f"push{n}", n, bulk=True) for n in range(1, 1001)]
    await time.run(*pushes, *(telegram.call(f"now{n}", 5000 + n) for n in range(1000)))
    assert set(telegram.times("now")) == {0.0}
    assert telegram.times("push") == [*evenly(15), *evenly(985, 1.0)]


async def test_in_one_chat_an_interactive_call_overtakes_scheduled_ones() -> None:
    """A full group: whoever asks now is answered before the pushes that already wait there."""
    telegram = Telegram(time := FakeTime())
    full = [telegram.call(f"full{n}", GROUP_ID) for n in range(20)]
    pushes = [telegram.call(f"push{n}", GROUP_ID, bulk=True) for n in range(3)]
    asked = [telegram.later(10, f"now{n}", GROUP_ID) for n in range(2)]
    await time.run(*full, *pushes, *asked)
    assert telegram.names()[20:] == ["now0", "now1", "push0", "push1", "push2"]
    assert telegram.times("now") == [60.0] * 2
    assert telegram.times("push") == evenly(3, 60.0)


async def test_a_429_pauses_exactly_that_chat() -> None:
    """For as long as Telegram said, and the refused call goes first when the time is over."""
    telegram = Telegram(time := FakeTime())
    telegram.refuse = lambda name, tries: 35.0 if name == "a0" and tries == 1 else 0.0
    same = [telegram.call("a0", PERSON), telegram.later(1, "a1", PERSON), telegram.later(2, "a2", PERSON)]
    others = [telegram.later(5, f"b{n}", 100 + n) for n in range(10)]
    pushes = [telegram.later(5, f"c{n}", 200 + n, bulk=True) for n in range(10)]
    await time.run(*same, *others, *pushes)
    assert [(at - 1000, name) for at, name in telegram.calls if name[0] == "a"] == [
        (0.0, "a0"), (35.0, "a0"), (35.0, "a1"), (35.0, "a2"),
    ]  # fmt: skip
    assert set(telegram.times("b")) == {5.0}
    assert telegram.times("c") == evenly(10, 5.0)


async def test_a_refused_call_goes_before_those_that_came_after_it() -> None:
    """It takes the front of the queue again, so that a chat's messages keep their order."""
    telegram = Telegram(time := FakeTime(), latency=0.5)
    telegram.refuse = lambda name, tries: 10.0 if name == "m3" and tries == 1 else 0.0
    await time.run(*(telegram.call(f"m{n}", PERSON) for n in range(6)))
    assert telegram.names()[4:] == ["m3", "m4", "m5"]


async def test_no_call_that_succeeds_ends_a_pause() -> None:
    """Another call of the same chat that was under way comes back well: the pause holds all the same."""
    telegram = Telegram(time := FakeTime(), latency=0.5)
    telegram.refuse = lambda name, tries: 2.0 if name == "refused" and tries == 1 else 0.0
    await time.run(telegram.call("refused", PERSON), telegram.call("fine", PERSON), telegram.later(0.6, "next", PERSON))
    assert telegram.times("next") == [2.5]


@pytest.mark.parametrize("pause", [20.0, 7200.0])
async def test_a_429_of_one_scheduled_send_holds_up_no_other_chat(pause: float) -> None:
    """However long Telegram tells that chat to wait: the others get their pushes at once."""
    telegram = Telegram(time := FakeTime(), refuse=lambda name, _tries: pause if name == "refused" else 0.0)
    pushes = [telegram.later(1, f"push{n}", n, bulk=True) for n in range(2, 30)]
    first, *others = await time.run(telegram.call("refused", 1, bulk=True), *pushes, errors=True)
    assert isinstance(first, RetryAfter)
    assert others == [f"push{n}" for n in range(2, 30)]
    assert telegram.times("push") == evenly(28, 1.0)


async def test_when_three_chats_are_refused_all_scheduled_sends_pause() -> None:
    """Then the bot is too fast, not a chat: the other pushes wait as long as the one that waits least, people not."""
    waits = {"refused1": 7200.0, "refused2": 20.0, "refused3": 300.0}
    telegram = Telegram(time := FakeTime(), refuse=lambda name, tries: waits.get(name, 0.0) if tries == 1 else 0.0)
    refused = [telegram.call(f"refused{n}", n, bulk=True) for n in range(1, 4)]
    pushes = [telegram.later(1, f"push{n}", n, bulk=True) for n in range(4, 14)]
    results = await time.run(*refused, *pushes, telegram.later(1, "now", 99), errors=True)
    assert results[3:] == [*(f"push{n}" for n in range(4, 14)), "now"]
    assert telegram.times("refused3") == [0.1]  # the third: from here on it is a flood
    assert telegram.times("refused2") == [0.033333, 20.1]
    assert telegram.times("push") == evenly(11, 20.1)[1:]
    assert telegram.times("now") == [1.0]


async def test_refusals_far_apart_are_no_flood() -> None:
    """Three chats in a minute are three chats."""
    telegram = Telegram(time := FakeTime(), refuse=lambda name, _tries: 7200.0 if name.startswith("refused") else 0.0)
    refused = [telegram.later(20 * n, f"refused{n}", n, bulk=True) for n in range(1, 4)]
    await time.run(*refused, telegram.later(61, "push", 9, bulk=True), errors=True)
    assert telegram.times("push") == [61.0]


@pytest.mark.parametrize(("bulk", "tries"), [(False, 3), (True, 3)])
async def test_retries_are_bounded(bulk: bool, tries: int) -> None:
    """Two more tries; then the refusal is told."""
    telegram = Telegram(time := FakeTime(), refuse=lambda _name, _tries: 10.0)
    (error,) = await time.run(telegram.call("m", PERSON, bulk=bulk), errors=True)
    assert isinstance(error, RetryAfter)
    assert telegram.times() == [10.0 * n for n in range(tries)]


async def test_a_429_without_a_chat_is_waited_out() -> None:
    """Setting the commands, or answering a press, is tried again after the pause."""
    telegram = Telegram(time := FakeTime(), refuse=lambda _name, tries: 3.0 if tries == 1 else 0.0)
    await time.run(telegram.call("commands", endpoint="setMyCommands"))
    assert telegram.times() == [0.0, 3.0]


async def test_nobody_waits_for_an_hour() -> None:
    """A pause beyond patience is told at once, to the call that met it and to those that come later."""
    telegram = Telegram(time := FakeTime(), refuse=lambda _name, _tries: 3600.0)
    first, second = await time.run(telegram.call("m1", PERSON), telegram.later(600, "m2", PERSON), errors=True)
    assert isinstance(first, RetryAfter)
    assert isinstance(second, RetryAfter)
    assert seconds_of(second) == 3000
    assert telegram.names() == ["m1"]
    assert time.now == 1600.0


async def test_other_errors_pass_untouched() -> None:
    """A refusal of another kind is not tried again and pauses nobody."""
    time = FakeTime()
    limiter = Limiter(clock=time.clock, sleep=time.sleep)

    async def fail() -> Any:
        raise BadRequest("Chat not found")

    async def work() -> Any:
        return True

    call: Callable[..., Awaitable[Any]] = limiter.process_request
    with pytest.raises(BadRequest):
        await call(fail, (), {}, "sendMessage", {"chat_id": PERSON}, None)
    assert await call(work, (), {}, "sendMessage", {"chat_id": PERSON}, None)


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
    assert telegram.times("third") == [4.0]


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


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 40)), max_size=12))
def test_no_second_sees_more_than_thirty_scheduled_sends(waves: list[tuple[int, int]]) -> None:
    """Waves of pushes to different chats, at any times."""

    async def live() -> None:
        telegram = Telegram(time := FakeTime())
        chats = iter(range(1, 10_000))
        pushes = [telegram.later(at / 10, "push", next(chats), bulk=True) for at, size in waves for _ in range(size)]
        await time.run(*pushes)
        assert most_in_any(telegram.times(), EVERYBODY.seconds) <= EVERYBODY.calls
        assert len(telegram.calls) == len(pushes)

    asyncio.run(live())
