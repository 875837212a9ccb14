"""The simulated Telegram refuses as the real one does, and the load of the broadcast makes each of its limits bind."""

from __future__ import annotations

from collections import Counter

import pytest
from telegram.error import RetryAfter

from bench.broadcast import at_least, messages
from bench.far_end import Telegram
from bot.tg.pauses import seconds_of


class _Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def _refused(telegram: Telegram, chat_id: int) -> float:
    """Seconds that the chat is told to wait."""
    with pytest.raises(RetryAfter) as refusal:
        telegram.arrives(chat_id)
    return seconds_of(refusal.value)


@pytest.mark.parametrize(("chat_id", "calls", "seconds", "kind"), [(7, 5, 5.0, "private"), (-7, 20, 60.0, "group")])
def test_a_chat_that_gets_too_much_is_closed_for_as_long_as_it_is_told(
    chat_id: int, calls: int, seconds: float, kind: str
) -> None:
    """3 to 35 seconds, and what is left of them to whoever comes meanwhile."""
    telegram = Telegram(bucket=False, clock=(clock := _Clock()))
    for _ in range(calls):
        telegram.arrives(chat_id)
    told = _refused(telegram, chat_id)
    assert 3 <= told <= 35
    clock.now += 1
    assert _refused(telegram, chat_id) == told - 1
    clock.now += max(told, seconds)
    telegram.arrives(chat_id)
    assert telegram.refused == {kind: 2}


@pytest.mark.parametrize("bucket", [False, True])
def test_too_much_in_total_closes_nothing(bucket: bool) -> None:
    """Thirty in a second, to whomever; in the next second the next."""
    telegram = Telegram(bucket, clock=(clock := _Clock()))
    for chat_id in range(1, 31):
        telegram.arrives(chat_id)
    assert 3 <= _refused(telegram, 31) <= 35
    clock.now += 1
    telegram.arrives(31)
    assert telegram.refused == {"total": 1}


def test_the_load_has_groups_and_people_who_get_more_than_passes_at_once() -> None:
    """Every chat gets something, some groups more than 20 within the minute, some people more than five in a row."""
    load = messages(10_000)
    got = Counter(load)
    assert len(got) == 10_000
    assert max(count for chat, count in got.items() if chat < 0) == 25
    assert max(count for chat, count in got.items() if chat > 0) == 8
    busiest = max(got, key=lambda chat: got[chat] if chat < 0 else 0)
    places = [at for at, chat in enumerate(load) if chat == busiest]
    assert (places[-1] - places[0]) / 30 <= 80  # its numbers of fifty seconds, and the others' messages among them


def test_no_limiter_needs_less_than_the_busiest_chat() -> None:
    """A group's 21st message comes a minute after its first; else it is the total that counts."""
    assert at_least(list(range(1, 61)), 30) == 2
    assert at_least([*range(1, 31), *[-1] * 21], 30) == 61
