"""Telegram's flood limits."""

from __future__ import annotations

import pytest
import telegram
from telegram.error import RetryAfter

from bot.playground.errors import RefusedError
from bot.playground.limits import Limits
from bot.playground.server import Playground


def sent(limits: Limits, chat_id: int, times: list[float]) -> int:
    """How many of these sends pass before the first refusal."""
    for count, now in enumerate(times):
        try:
            limits.check(chat_id, now)
        except RefusedError:
            return count
    return len(times)


def test_a_private_chat_takes_a_burst_and_then_one_a_second() -> None:
    """Five at once, then about one a second for as long as one likes."""
    assert sent(Limits(), 1, [0.0] * 10) == 5
    assert sent(Limits(), 1, [float(second) for second in range(100)]) == 100


def test_a_group_takes_twenty_in_any_minute() -> None:
    """The window slides: the 21st passes once the first is a minute old."""
    assert sent(Limits(), -1, [0.0] * 30) == 20
    assert sent(Limits(), -1, [float(second) for second in range(0, 300, 3)]) == 100
    assert sent(Limits(), -1, [0.0] + [30.0] * 19 + [60.1] * 2) == 21


def test_all_chats_together_take_thirty_a_second() -> None:
    """The overall limit counts every chat."""
    limits = Limits()
    assert sum(sent(limits, chat, [0.0]) for chat in range(1, 41)) == 30


async def test_a_flood_is_answered_429_and_passes_when_the_clock_has_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits run by the playground's clock and name the seconds to wait."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with Playground(limits=True) as playground, telegram.Bot(playground.token, f"{playground.url}/bot") as bot:
        xiaozhou = playground.person("小周")
        await xiaozhou.send(None, "/start")
        for count in range(5):
            await bot.send_message(xiaozhou.id, str(count))
        with pytest.raises(RetryAfter):
            await bot.send_message(xiaozhou.id, "too much")
        refused = playground.record.of("sendMessage")[-1].answer
        assert refused["description"] == f"Too Many Requests: retry after {refused['parameters']['retry_after']}"
        await playground.clock.advance(refused["parameters"]["retry_after"])
        await bot.send_message(xiaozhou.id, "now")
