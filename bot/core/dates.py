"""What a person means by a day: 2026-12-20, 12/20, 12月20日, 20 Dec, December 20th, tomorrow, 三周后, in 10 days."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august"
_MONTH += r"|september|october|november|december)\.?"
_YEAR, _DAY = r"(?P<year>\d{4})", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}([-/.])(?P<month>\d{{1,2}})\2{_DAY}",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号號]?",
        rf"{_DAY}(?:of)?{_MONTH},?{_YEAR}?",
        rf"{_MONTH}{_DAY},?{_YEAR}?",
    )
)
_NEAR = {"today": 0, "今天": 0, "tomorrow": 1, "明天": 1, "后天": 2, "大后天": 3}
_NUMERALS = {numeral: number for number, numeral in enumerate("零一二三四五六七八九十")} | {"两": 2}
_UNITS = {"day": 1, "days": 1, "天": 1, "日": 1, "week": 7, "weeks": 7, "周": 7, "星期": 7, "个星期": 7}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_AHEAD = re.compile(
    rf"in(?P<number>\d{{1,3}})(?P<unit>{_UNIT})|(?P<many>\d{{1,3}}|[一二两三四五六七八九十])(?P<of>{_UNIT})后"
)
_FAR = re.compile(r"\d{1,3}")


def day_meant(typed: str, today: date) -> date | None:
    """The day, or None: not understood, or no day at all (30 February). Without a year it is the next such day, today
    included."""
    plain = "".join(unicodedata.normalize("NFKC", typed).casefold().split())
    if plain in _NEAR:
        return today + timedelta(days=_NEAR[plain])
    ahead = _AHEAD.fullmatch(plain)
    if ahead is not None:
        return today + timedelta(days=_days(ahead))
    matches = (form.fullmatch(plain) for form in _FORMS)
    return next((_day(match.groupdict(), today) for match in matches if match), None)


def _days(ahead: re.Match[str]) -> int:
    number = ahead["number"] or ahead["many"]
    unit = _UNITS[ahead["unit"] or ahead["of"]]
    return unit * (int(number) if _FAR.fullmatch(number) else _NUMERALS[number])


def _day(said: dict[str, str | None], today: date) -> date | None:
    month, day = _month(said["month"] or ""), int(said["day"] or 0)
    year = said.get("year")
    if year:
        return _made(int(year), month, day)
    coming = (_made(today.year + years, month, day) for years in range(9))  # 29 February may be eight years away
    return next((found for found in coming if found is not None and found >= today), None)


def _month(said: str) -> int:
    return int(said) if said.isdecimal() else _MONTHS.index(said[:3]) + 1


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
