"""The exam that a person names: its day, and what it is about. What comes before it is planned in `planning`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.bank import Library
from bot.core.dates import day_meant
from bot.core.topics import Unknown, find

FURTHEST = 730  # days; a plan for longer says nothing
_MOST_WORDS, _LONGEST = 6, 200  # words of a day; characters of all
_OFF = frozenset({"off", "stop", "cancel", "none", "关", "关闭", "关掉", "停", "停止", "取消", "不考了"})


@dataclass(frozen=True, slots=True)
class Exam:
    """The day of it, and what it is about: a topic's id, or `#` and a tag; None: everything."""

    day: date
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Off:
    """No exam any more."""


@dataclass(frozen=True, slots=True)
class NoDay:
    """What was typed names no day that can be planned for: it is none at all, past, today, or too far away."""

    typed: str
    why: str  # none, past, today, far


def exam_meant(library: Library, typed: str, today: date) -> Exam | Off | NoDay | Unknown:
    """What the words behind /exam ask for: a day, and perhaps what it is about, in any order."""
    words = unicodedata.normalize("NFKC", typed).split()
    if "".join(words).casefold() in _OFF:
        return Off()
    day, rest = _day_among(words, today) if len(typed) <= _LONGEST else (None, words)
    if day is None:
        return NoDay(typed, "none")
    if day <= today:
        return NoDay(typed, "past" if day < today else "today")
    if (day - today).days > FURTHEST:
        return NoDay(typed, "far")
    found = find(library, " ".join(rest)) if rest else None
    return found if isinstance(found, Unknown) else Exam(day, found.about if found else None)


def _day_among(words: Sequence[str], today: date) -> tuple[date | None, Sequence[str]]:
    """The first day that a row of words means, the longest such row (Sunday, 20 Dec 2026), and the other words."""
    for start in range(len(words)):
        for end in range(min(len(words), start + _MOST_WORDS), start, -1):
            day = day_meant(" ".join(words[start:end]), today)
            if day is not None:
                return day, [*words[:start], *words[end:]]
    return None, words
