"""What a person means by an hour of the day: 09:00, 9, 9：30, 晚上9点半, 9 pm; or by none: off, 关."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from bot.core.numerals import in_digits

Off = Literal["off"]
_QUIET_FROM, _QUIET_TO = 22 * 60, 8 * 60
_OFF = frozenset({"off", "no", "never", "none", "stop", "关", "关闭", "关掉", "停", "停止", "不用", "取消"})
_BY_NAME = {"noon": 12 * 60, "midday": 12 * 60, "正午": 12 * 60, "midnight": 0, "午夜": 0}
_EVERY_DAY = re.compile(r"^(?:每天|每日|everyday|daily)?(?:at)?")
_PARTS = {
    "morning": ("早上", "早晨", "清晨", "凌晨", "早", "am", "a.m."),
    "forenoon": ("上午",),
    "noon": ("中午", "noon"),
    "afternoon": ("下午", "傍晚", "pm", "p.m."),
    "night": ("晚上", "夜里", "半夜", "午夜", "晚", "midnight"),
}
_PART_OF = {word: part for part, words in _PARTS.items() for word in words}
_WORDS = "|".join(re.escape(word) for word in sorted(_PART_OF, key=len, reverse=True))
_QUARTERS = {"半": 30, "1刻": 15, "3刻": 45, "整": 0}
_HOUR = re.compile(
    rf"(?P<before>{_WORDS})?(?P<hour>\d{{1,2}})"
    rf"(?:[:.h](?P<minute>\d\d)|h|[点點时時](?:(?P<quarter>半|[13]刻|整)|(?P<minutes>\d{{1,2}})分?)?)?"
    rf"(?P<after>{_WORDS})?"
)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d\d)")


def hour_meant(typed: str) -> int | Off | None:
    """The minute of the day (0..1439), "off", or None: not understood. Full-width digits and signs count as plain."""
    plain = _EVERY_DAY.sub("", "".join(unicodedata.normalize("NFKC", typed).casefold().split()))
    if plain in _OFF:
        return "off"
    if plain in _BY_NAME:
        return _BY_NAME[plain]
    match = _CLOCK.fullmatch(plain) or _HOUR.fullmatch(in_digits(plain))
    return _minute(match.groupdict()) if match else None


def clock(minute: int) -> str:
    """A minute of the day as a clock shows it: 09:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def quiet(minute: int) -> bool:
    """Whether a message at that minute of the local day may wake somebody: from 22:00 to 8:00."""
    return minute >= _QUIET_FROM or minute < _QUIET_TO


def _minute(said: dict[str, str | None]) -> int | None:
    hour = _hour(int(said["hour"] or 0), _PART_OF.get(said.get("before") or said.get("after") or ""))
    minute = _QUARTERS.get(said.get("quarter") or "", int(said.get("minute") or said.get("minutes") or 0))
    if hour is None or minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    return hour % 24 * 60 + minute


def _hour(hour: int, part: str | None) -> int | None:
    """The hour of 24 that an hour in a part of the day is; None where the two cannot both be meant."""
    if part == "morning":
        return hour % 12 if hour <= 12 else None
    if part == "forenoon":  # 上午12点 is noon
        return hour if hour <= 12 else None
    if part == "noon":
        return hour + 12 if hour < 3 else hour
    if part == "afternoon":
        return None if hour == 0 else _twelve_later(hour, from_hour=1)
    if part == "night":  # twelve at night is midnight, one at night is small hours
        return 0 if hour == 12 else _twelve_later(hour, from_hour=5)
    return hour


def _twelve_later(hour: int, *, from_hour: int) -> int:
    """The small numbers of the second half of the day."""
    return hour + 12 if from_hour <= hour < 12 else hour
