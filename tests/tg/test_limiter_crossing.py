"""What all scheduled sends share: thirty a second, evenly, and people before them."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.tg.limiter import EVERYBODY, PAID, Limiter
from tests.tg.fake_time import FakeTime
from tests.tg.limited import A_PLACE, GROUP_ID, Telegram, evenly, most_in_any


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


async def test_more_than_half_at_once_wait_for_one_place_at_the_most() -> None:
    """In the midst of a broadcast, all places taken, a hundred ask within a tenth of a second.

    The first wait for a place that falls free; once they are more than the half of the places that is theirs, nobody
    waits.
    """
    telegram = Telegram(time := FakeTime())
    pushes = [telegram.call(f"push{n}", n, bulk=True) for n in range(1, 200)]
    asked = [round(2 + 0.001 * n, 3) for n in range(100)]
    answers = [telegram.later(at, f"now{n:02}", 5000 + n) for n, at in enumerate(asked)]
    await time.run(*pushes, *answers)
    left = dict(zip(telegram.names(), telegram.times(), strict=True))
    waits = [round(left[f"now{n:02}"] - at, 6) for n, at in enumerate(asked)]
    assert all(0 <= wait <= A_PLACE for wait in waits[:16])
    assert waits[16:] == [0] * 84


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


async def test_sends_that_their_chat_holds_up_cost_no_place() -> None:
    """Ten pushes to a full group give way to those behind them, which leave as if there were only these."""
    telegram = Telegram(time := FakeTime())
    await time.run(*(telegram.call(f"full{n}", GROUP_ID) for n in range(20)), time.sleep(2))
    began = time.now - 1000
    held_up = [telegram.call(f"held{n}", GROUP_ID, bulk=True) for n in range(10)]
    await time.run(*held_up, *(telegram.call(f"push{n}", n + 1, bulk=True) for n in range(60)))
    assert telegram.times("push") == evenly(60, began)
    assert telegram.times("held") == evenly(10, 60.0)


async def test_a_chat_that_is_forgotten_while_its_push_waits_is_still_one_chat() -> None:
    """What idles is forgotten when many chats are known; twenty pushes that wait for a place have left no trace yet."""
    telegram = Telegram(time := FakeTime())
    ahead = [telegram.call(f"ahead{n}", n + 1, bulk=True) for n in range(60)]
    first = [telegram.call(f"group{n}", GROUP_ID, bulk=True) for n in range(20)]
    crowd = [telegram.later(0.5, f"now{n}", 1000 + n) for n in range(1100)]
    second = [telegram.later(0.6, f"group{n}", GROUP_ID, bulk=True) for n in range(20, 40)]
    await time.run(*ahead, *first, *crowd, *second)
    assert most_in_any(telegram.times("group"), 60.0) == 20


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
