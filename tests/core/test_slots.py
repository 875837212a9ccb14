"""What the words behind /daily mean, in both languages and in any order."""

from __future__ import annotations

import pytest

from bot.core.slots import Hour, NoHour, Off, Pins, slot_meant, too_close
from bot.core.topics import Unknown
from tests.practice_bench import LIBRARY

NINE, NIGHT = 9 * 60, 21 * 60 + 30


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("09:00", Hour(NINE)),
        ("9 am attention", Hour(NINE, "attention")),
        ("09:00 注意力 工作日 讨论", Hour(NINE, "attention", weekdays=True, kind="card")),
        ("工作日 早上 9 点 讨论题 Attention", Hour(NINE, "attention", weekdays=True, kind="card")),
        ("０９：００，BERT 家族，每天，测验", Hour(NINE, "bert")),
        ("晚上 9 点 半 maths weekdays", Hour(NIGHT, "#maths", weekdays=True)),
        ("09:00 Card Mon-Fri", Hour(NINE, None, weekdays=True, kind="card")),
        ("quiz 9", Hour(NINE)),
        ("注意力 09:00", Hour(NINE, "attention")),
        ("attention weekdays 9 am", Hour(NINE, "attention", weekdays=True)),
        ("工作日9点 讨论 关于 注意力", Hour(NINE, "attention", weekdays=True, kind="card")),
        ("at 9 on weekdays about attention", Hour(NINE, "attention", weekdays=True)),
    ],
)
def test_an_hour_with_what_is_asked_then(typed: str, hour: Hour) -> None:
    """Topic, days and kind may stand anywhere; what is not said is any topic, every day, a quiz."""
    assert slot_meant(LIBRARY, typed) == hour


@pytest.mark.parametrize(
    ("typed", "minute"),
    [("off", None), ("关", None), ("09:00 off", NINE), ("off 9", NINE), ("取消 早上 9 点", NINE), ("9点 关闭", NINE)],
)
def test_an_hour_to_drop_or_all(typed: str, minute: int | None) -> None:
    """With an hour that hour, without one every hour."""
    assert slot_meant(LIBRARY, typed) == Off(minute)


@pytest.mark.parametrize(
    ("typed", "wanted"), [("pin", True), ("置顶", True), ("Unpin", False), ("取消置顶", False), ("取消 置顶", False)]
)
def test_a_pin(typed: str, wanted: bool) -> None:
    """Wanted or not; to take the pin away is not to take the hour away."""
    assert slot_meant(LIBRARY, typed) == Pins(wanted)


@pytest.mark.parametrize(
    "typed", ["25:00", "attention", "weekdays", "attention off", "?", "09:00 12:30 21:00", "12:30 pin"]
)
def test_what_names_no_hour(typed: str) -> None:
    """Nothing can be planned without one."""
    assert slot_meant(LIBRARY, typed) == NoHour(typed)


def test_a_word_that_is_nothing_is_told_with_what_is_close() -> None:
    """A slip in a topic's name is not taken for another wish."""
    slip = slot_meant(LIBRARY, "09:00 atention weekdays")
    assert isinstance(slip, Unknown)
    assert (slip.wanted, [topic.id for topic in slip.close]) == ("atention", ["attention"])


@pytest.mark.parametrize(
    ("other", "close"), [(540, True), (569, True), (570, False), (511, True), (510, False), (0, False)]
)
def test_half_an_hour_apart(other: int, close: bool) -> None:
    """Counted both ways."""
    assert too_close(NINE, other) is close
    assert too_close(other, NINE) is close


def test_midnight_lies_between_its_neighbours() -> None:
    """23:45 and 00:05 are twenty minutes apart."""
    assert too_close(23 * 60 + 45, 5)
    assert not too_close(23 * 60 + 45, 15)


def test_a_whole_message_names_no_hour() -> None:
    """To look for one in thousands of words would hold up everybody for minutes."""
    assert slot_meant(LIBRARY, "9 " * 2000) == NoHour("9 " * 2000)
