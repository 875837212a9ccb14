"""What a person means by a day: 2026-12-20, 12/20, 20.12., 12月20日, 20 Dec, and the days that `ahead` knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.core.ahead import MONTH, WEEKDAY, day_ahead, month_named, plainly, some_day

_YEAR, _DAY, _NUMBER = r"(?P<year>\d{4})", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<month>\d{1,2})"
_ORDERS = (  # where the first that is a day is meant: 3/4 is 4 March, 3.4. is 3 April, and 20/12 can but be 20 December
    rf"{_YEAR}([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}})",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    rf"(?P<day>\d{{1,2}})\.{_NUMBER}\.{_YEAR}?",
    rf"{_NUMBER}[-/.](?P<day>\d{{1,2}})",
    rf"{_NUMBER}([-/])(?P<day>\d{{1,2}})\2{_YEAR}",
    rf"(?P<day>\d{{1,2}})[-/.]{_NUMBER}",
    rf"(?P<day>\d{{1,2}})([-/]){_NUMBER}\2{_YEAR}",
    rf"(?:{_YEAR}年)?{_NUMBER}月(?P<day>\d{{1,2}})[日号]?",
    rf"(?:the)?{_DAY}(?:of)?{MONTH},?{_YEAR}?",
    rf"{MONTH}(?:the)?{_DAY},?{_YEAR}?",
)
_FORMS = tuple(re.compile(form) for form in _ORDERS)
_BESIDE = re.compile(rf"(?:on)?(?:{WEEKDAY},?)?(?P<date>.+?)(?:\(?{WEEKDAY.replace('weekday', 'after')}\)?)?")


def day_meant(typed: str, today: date) -> date | None:
    """The day, or None: not understood, or no day at all (30 February). Without a year it is the next such day, today
    included. A day of the week beside a date is passed over, as whoever reads the answer sees which it is."""
    plain = plainly(typed)
    found = day_ahead(plain, today) or _in_calendar(plain, today)
    beside = None if found else _BESIDE.fullmatch(plain)
    return _in_calendar(beside["date"], today) if beside else found


def _in_calendar(plain: str, today: date) -> date | None:
    matches = (form.fullmatch(plain) for form in _FORMS)
    days = (_day(match.groupdict(), today) for match in matches if match)
    return next((day for day in days if day), None)


def _day(said: Mapping[str, str | None], today: date) -> date | None:
    month, day = month_named(said["month"] or ""), int(said["day"] or 0)
    year = said.get("year")
    if year:
        return some_day(int(year), month, day)
    coming = (some_day(today.year + years, month, day) for years in range(9))  # 29 February may be eight years away
    return next((found for found in coming if found is not None and found >= today), None)
