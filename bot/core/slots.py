"""What a person means by the words behind /daily: an hour and what is asked then, an hour to drop, or a pin.

Words come in any order, in Chinese or English: `09:00 attention weekdays card`, `工作日 晚上 9 点 讨论`, `9 off`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.core.bank import Library
from bot.core.calendar import MINUTES_A_DAY
from bot.core.hours import hour_meant
from bot.core.topics import Unknown, find

Kind = Literal["quiz", "card", "remind"]  # remind: a private chat's second one a day, if the first is not done
MOST = 6  # hours a group may have
APART = 30  # minutes between two of them, also across midnight
_LONGEST, _MOST_WORDS = 200, 6  # characters in all, words of an hour: to look at every row of words takes minutes
_GAP = re.compile(r"[\s,，、;；]+")
_WEEKDAYS = dict.fromkeys(("weekdays", "weekday", "workdays", "mon-fri", "工作日", "平日", "周一到周五"), True)
_DAYS = _WEEKDAYS | dict.fromkeys(("daily", "everyday", "每天", "每日"), False)
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("quiz", "poll", "测验", "投票", "选择题"), "quiz"),
    **dict.fromkeys(("card", "discussion", "discuss", "讨论", "讨论题"), "card"),
}
_FILLERS = frozenset({"at", "on", "about", "关于"})
_GLUED = re.compile("(工作日|平日|每天|每日|周一到周五)")  # people write 工作日9点
_PINS = {"pin": True, "置顶": True, "unpin": False, "取消置顶": False, "不置顶": False}


@dataclass(frozen=True, slots=True)
class Hour:
    """A daily hour: `minute` of the local day (0..1439), what it asks `about` (a topic's id, or `#` and a tag; None:
    anything), on weekdays only or every day, as a quiz poll or as a card to discuss."""

    minute: int
    about: str | None = None
    weekdays: bool = False
    kind: Kind = "quiz"


@dataclass(frozen=True, slots=True)
class Off:
    """Ask no more at that minute of the day, or never again for None."""

    minute: int | None


@dataclass(frozen=True, slots=True)
class Pins:
    """Whether the daily question is to be pinned."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class NoHour:
    """What was typed names no hour."""

    typed: str


def slot_meant(library: Library, typed: str) -> Hour | Off | Pins | NoHour | Unknown:
    """What the words behind /daily ask for; Unknown: the words beside the hour are no topic and nothing else."""
    if len(typed) > _LONGEST:
        return NoHour(typed)
    words = [word for word in _GAP.split(_GLUED.sub(r" \1 ", unicodedata.normalize("NFKC", typed))) if word]
    pins = _PINS.get("".join(words).casefold())
    if pins is not None:
        return Pins(pins)
    minute, rest = _hour_among([word for word in words if not _option(word)])
    if any(hour_meant(word) == "off" for word in words):
        return NoHour(typed) if rest else Off(minute)
    if minute is None:
        return NoHour(typed)
    meant = _hour(library, minute, rest, [word.casefold() for word in words])
    more = _hour_among(rest)[0] is not None or any(word.casefold() in _PINS for word in rest)
    return NoHour(typed) if more and isinstance(meant, Unknown) else meant  # one hour, or one pin, at a time


def too_close(minute: int, other: int) -> bool:
    """Whether two minutes of the day are less than half an hour apart, by the shorter way round the clock."""
    apart = (minute - other) % MINUTES_A_DAY
    return min(apart, MINUTES_A_DAY - apart) < APART


def comes_after(minute: int, other: int, day_start: int) -> bool:
    """Whether a minute of the day comes after another on the same study day, which starts at `day_start` o'clock."""
    began = day_start * 60
    return (minute - began) % MINUTES_A_DAY > (other - began) % MINUTES_A_DAY


def _hour(library: Library, minute: int, rest: Sequence[str], words: Sequence[str]) -> Hour | Unknown:
    found = find(library, " ".join(rest)) if rest else None
    if isinstance(found, Unknown):
        return found
    weekdays = next((_DAYS[word] for word in words if word in _DAYS), False)
    kind: Kind = next((_KINDS[word] for word in words if word in _KINDS), "quiz")
    return Hour(minute, found.about if found else None, weekdays, kind)


def _option(word: str) -> bool:
    plain = word.casefold()
    return plain in _DAYS or plain in _KINDS or plain in _FILLERS or hour_meant(word) == "off"


def _hour_among(words: Sequence[str]) -> tuple[int | None, Sequence[str]]:
    """The first hour that a row of words means, the longest such row (9 pm; 晚上 9 点 半), and the other words."""
    for start in range(len(words)):
        for end in range(min(len(words), start + _MOST_WORDS), start, -1):
            minute = hour_meant("".join(words[start:end]))
            if isinstance(minute, int):
                return minute, [*words[:start], *words[end:]]
    return None, words
