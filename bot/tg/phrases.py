"""Phrases that several features say: streaks, a reminder that is no more, and from which day to which."""

from __future__ import annotations

from datetime import date

from bot.core.bank import Language
from bot.core.hours import clock
from bot.core.streaks import Streak
from bot.core.text import NOTHING, Text
from bot.tg.words import Words


def streak_text(words: Words, language: Language, key: str, streak: Streak) -> Text:
    """A streak and how many days more it may miss; nothing before it has begun."""
    if not streak.length:
        return NOTHING
    spare = words.said(language, "streak-spare", count=streak.freezes, days=str(streak.freezes))
    return words(language, key, count=streak.length, days=str(streak.length), spare=spare if streak.freezes else "")


def unreminded(words: Words, language: Language, minute: int | None) -> Text:
    """That the reminder at that minute of the day is no more; nothing if none was lost."""
    return NOTHING if minute is None else words(language, "daily-unreminded", time=clock(minute))


def days_text(words: Words, language: Language, first: date, last: date) -> str:
    """From the first to the last day; one day is said once."""
    months = [words.said(language, "month-name", month=day.month) for day in (first, last)]
    values = {"first": str(first.day), "last": str(last.day), "month": months[0], "next": months[1]}
    key = "days-one" if first == last else "days-within" if first.month == last.month else "days-across"
    return words.said(language, key, **values)


def weekday_text(words: Words, language: Language, day: date, today: date) -> str:
    """A day with its weekday, so that somebody who meant another Friday sees it; its year where that is not today's."""
    return words.said(language, "day-of-week", day=_dated(words, language, day, today), weekday=day.isoweekday())


def _dated(words: Words, language: Language, day: date, today: date) -> str:
    said = days_text(words, language, day, day)
    return said if day.year == today.year else words.said(language, "day-in-year", day=said, year=str(day.year))
