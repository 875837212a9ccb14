"""A 429 pauses what it is about, for as long as Telegram said, and nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram.error import BadRequest, RetryAfter

from bot.tg.gates import ClosedError
from bot.tg.limiter import Limiter
from bot.tg.pauses import seconds_of
from tests.test_metrics import counted
from tests.tg.fake_time import FakeTime
from tests.tg.limited import PERSON, Telegram, evenly


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
    assert telegram.times("refused3") == [0.066667]  # the third: from here on it is a flood
    assert telegram.times("refused2") == [0.033333, 20.066667]
    assert telegram.times("push") == evenly(11, 20 + 2 / 30)[1:]
    assert telegram.times("now") == [1.0]


async def test_refusals_far_apart_are_no_flood() -> None:
    """Three chats in a minute are three chats."""
    telegram = Telegram(time := FakeTime(), refuse=lambda name, _tries: 7200.0 if name.startswith("refused") else 0.0)
    refused = [telegram.later(20 * n, f"refused{n}", n, bulk=True) for n in range(1, 4)]
    await time.run(*refused, telegram.later(61, "push", 9, bulk=True), errors=True)
    assert telegram.times("push") == [61.0]


def flooded(time: FakeTime) -> Telegram:
    """It refuses the first send to each of three groups for 40 s, and nothing else."""
    return Telegram(time, refuse=lambda name, tries: 40.0 if name.startswith("refused") and tries == 1 else 0.0)


async def test_a_pause_of_all_ends_when_it_was_said_to_however_many_sends_come_meanwhile() -> None:
    """What we turn away ourselves makes no pause longer: after the 40 s each scheduled send passes, and at once."""
    telegram = flooded(time := FakeTime())
    refused = [telegram.call(f"refused{n}", -n, bulk=True) for n in range(1, 4)]
    pushes = [telegram.later(0.4 * n, f"push{n}", n, bulk=True) for n in range(1, 501)]
    _one, _two, _three, *results = await time.run(*refused, *pushes, errors=True)
    impatient = 25  # until ten seconds are over, more is left than a scheduled send waits out
    assert {type(result) for result in results[:impatient]} == {ClosedError}
    assert results[impatient:] == [f"push{n}" for n in range(impatient + 1, 501)]
    assert telegram.times("push")[:75] == evenly(75, 40 + 2 / 30)  # the third refusal came after two places
    assert telegram.times("push")[-380:] == [round(0.4 * n, 6) for n in range(121, 501)]


async def test_only_what_telegram_refused_is_counted() -> None:
    """Three answers of 429 are three, though a hundred sends are turned away because of them."""
    telegram, before = flooded(time := FakeTime()), counted("floods", kind="scheduled")
    refused = [telegram.call(f"refused{n}", -n, bulk=True) for n in range(1, 4)]
    pushes = [telegram.later(1, f"push{n}", n, bulk=True) for n in range(1, 101)]
    results = await time.run(*refused, *pushes, errors=True)
    assert [type(result) for result in results] == [RetryAfter] * 3 + [ClosedError] * 100
    assert counted("floods", kind="scheduled") == before + 3


async def test_people_are_answered_in_a_chat_whose_push_we_turned_away() -> None:
    """Telegram has nothing against that chat."""
    telegram = flooded(time := FakeTime())
    refused = [telegram.call(f"refused{n}", -n, bulk=True) for n in range(1, 4)]
    push, answer = telegram.later(1, "push", PERSON, bulk=True), telegram.later(1.5, "answer", PERSON)
    *_refused, turned_away, answered = await time.run(*refused, push, answer, errors=True)
    assert (type(turned_away), answered) == (ClosedError, "answer")
    assert telegram.times("answer") == [1.5]


async def test_chats_that_are_closed_already_are_no_flood_when_they_are_pushed_again() -> None:
    """Telegram refused them far apart; that we turn them away within a second says nothing of the bot."""
    telegram = Telegram(time := FakeTime(), refuse=lambda name, _tries: 7200.0 if name.startswith("refused") else 0.0)
    refused = [telegram.later(20 * n, f"refused{n}", -n, bulk=True) for n in range(1, 4)]
    again = [telegram.later(70 + n / 10, f"again{n}", -n, bulk=True) for n in range(1, 4)]
    push = telegram.later(71, "push", 9, bulk=True)
    *closed, pushed = await time.run(*refused, *again, push, errors=True)
    assert [type(error) for error in closed] == [RetryAfter] * 3 + [ClosedError] * 3
    assert (pushed, telegram.times("push")) == ("push", [71.0])


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
