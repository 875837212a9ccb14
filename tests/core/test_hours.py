"""Hours as people type them, in two languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.hours import clock, hour_meant


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("9", "09:00"),
        ("09:00", "09:00"),
        ("9:30", "09:30"),
        ("09：00", "09:00"),
        ("９：３０", "09:30"),
        ("0930", "09:30"),
        ("9.30", "09:30"),
        ("9点", "09:00"),
        ("9点半", "09:30"),
        ("9點5分", "09:05"),
        ("21点", "21:00"),
        ("晚上9点", "21:00"),
        ("晚上九点半", "21:30"),
        ("晚上12点", "00:00"),
        ("晚上1点", "01:00"),
        ("凌晨1点", "01:00"),
        ("中午12点", "12:00"),
        ("中午1点", "13:00"),
        ("下午3点一刻", "15:15"),
        ("上午十一点三刻", "11:45"),
        ("二十一点", "21:00"),
        ("9pm", "21:00"),
        ("9:15 P.M.", "21:15"),
        ("12am", "00:00"),
        ("12 pm", "12:00"),
        ("24:00", "00:00"),
        ("noon", "12:00"),
        ("12 noon", "12:00"),
        ("正午", "12:00"),
        ("上午12点", "12:00"),
        ("上午9点", "09:00"),
        ("Midnight", "00:00"),
        ("12 midnight", "00:00"),
        ("午夜", "00:00"),
        ("凌晨12点", "00:00"),
        ("930", "09:30"),
        ("每天9点", "09:00"),
        ("每天晚上九点半", "21:30"),
        ("every day at 9", "09:00"),
    ],
)
def test_hours_are_understood(typed: str, shown: str) -> None:
    """What people write for an hour of the day is that minute of it."""
    minute = hour_meant(typed)
    assert isinstance(minute, int)
    assert clock(minute) == shown


@pytest.mark.parametrize("typed", ["off", "OFF", "关", "关闭", "不用", " never "])
def test_off_is_understood(typed: str) -> None:
    """Not at all is an answer too."""
    assert hour_meant(typed) == "off"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "25:00",
        "9:60",
        "9:5",
        "-1",
        "noonish",
        "960",
        "上午13点",
        "每天",
        "1e3",
        "早上13点",
        "0pm",
        "24:30",
        "9:00:00",
    ],
)
def test_what_is_no_hour_is_not_guessed(typed: str) -> None:
    """Anything else is not understood rather than turned into some hour."""
    assert hour_meant(typed) is None


@settings(deadline=None)
@given(st.integers(0, 1439))
def test_a_clock_reads_back(minute: int) -> None:
    """Every minute of the day is understood as it is shown."""
    assert hour_meant(clock(minute)) == minute


@settings(deadline=None)
@given(st.text(max_size=12))
def test_no_text_breaks_it(typed: str) -> None:
    """Whatever is typed comes to a minute of the day, off or nothing."""
    meant = hour_meant(typed)
    assert meant in {None, "off"} or (isinstance(meant, int) and 0 <= meant < 1440)
