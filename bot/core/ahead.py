"""Days told from today on: tomorrow, 三周后, in a month, Friday, 下周五, the 20th, 月底, end of December."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

from bot.core.numerals import in_digits, up_to

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august"
MONTH += r"|september|october|november|december)\.?"
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY = r"(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?"
WEEKDAY += r"|sun(?:day)?|(?:周|星期|礼拜)[1-6日天])"
_SIMPLER = str.maketrans("後週號個禮這來", "后周号个礼这来")
_NEAR = {
    "yesterday": -1,
    "昨天": -1,
    "today": 0,
    "今天": 0,
    "tomorrow": 1,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
}
_NEAR |= {"dayaftertomorrow": 2, "thedayaftertomorrow": 2}
_WORDS = {"zero": 0, "a": 1, "an": 1} | up_to(10)
_DAYS = {"day": 1, "天": 1, "日": 1, "week": 7, "周": 7, "星期": 7, "礼拜": 7, "fortnight": 14}
_MONTHS_OF = {"month": 1, "月": 1, "year": 12, "年": 12}
_UNIT = rf"(?P<unit>{'|'.join([*_DAYS, *_MONTHS_OF])})s?"
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_AHEAD = tuple(
    re.compile(form)
    for form in (rf"in{_NUMBER}{_UNIT}", rf"{_NUMBER}{_UNIT}fromnow", rf"{_NUMBER}个?{_UNIT}(?:之|以)?后")
)
_NAMED = re.compile(
    rf"(?:on|this|thiscoming)?{WEEKDAY}|(?P<week>next|这个?|本|(?:下个?){{1,3}}){WEEKDAY.replace('weekday', 'then')}"
    rf"|{WEEKDAY.replace('weekday', 'after')}nextweek"
)
_DAY_OF_MONTH = re.compile(r"(?:onthe|the)?(?P<day>\d{1,2})(?:st|nd|rd|th)|(?P<next>下个?月)?(?P<of>\d{1,2})[日号]")
_END = re.compile(
    rf"(?:本|这个)?月[底末]|(?P<next>下个?月[底末]|(?:the)?endofnextmonth)|(?:the)?endof(?:the|this)?month"
    rf"|(?P<year>年[底末]|(?:the)?endof(?:the|this)?year)|(?P<number>\d{{1,2}})月[底末]|(?:the)?endof{MONTH}"
)


def plainly(typed: str) -> str:
    """As it is read: in small letters without blanks, numerals as digits, Traditional characters as Simplified ones."""
    plain = "".join(unicodedata.normalize("NFKC", typed).casefold().split())
    return in_digits(plain.translate(_SIMPLER))


def day_ahead(plain: str, today: date) -> date | None:
    """The day that words read `plainly` tell from today on; None if they tell none."""
    if plain in _NEAR:
        return today + timedelta(days=_NEAR[plain])
    return _in_some_time(plain, today) or _named(plain, today) or _of_month(plain, today) or _end(plain, today)


def month_named(said: str) -> int:
    """1 to 12, of a number or an English name; whatever number was said."""
    return int(said) if said.isdecimal() else _MONTHS.index(said[:3]) + 1


def some_day(year: int, month: int, day: int) -> date | None:
    """The day, where the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_some_time(plain: str, today: date) -> date | None:
    match = next((found for form in _AHEAD if (found := form.fullmatch(plain))), None)
    if match is None:
        return None
    said, unit = match["number"], match["unit"]
    number = _WORDS[said] if said in _WORDS else int(said)
    return _months_later(today, number * _MONTHS_OF[unit]) if unit in _MONTHS_OF else _days_later(today, number, unit)


def _days_later(today: date, number: int, unit: str) -> date:
    return today + timedelta(days=number * _DAYS[unit])


def _months_later(today: date, months: int) -> date:
    """The same day of that month, or its last where it has none such: a month after 31 January is 28 February."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _named(plain: str, today: date) -> date | None:
    """A day of the week. Alone it is the next such day after today. Weeks begin on Monday: 本周五 is of today's, `next
    Friday`, as 下周五, of the one after, be it five days away or eleven. Some mean by it the first Friday to come: so
    whoever answers must show the date and its weekday."""
    match = _NAMED.fullmatch(plain)
    if match is None:
        return None
    weekday = _weekday(match["weekday"] or match["then"] or match["after"])
    if match["weekday"]:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    week = match["week"] or "next"
    weeks = 1 if week == "next" else week.count("下")
    return today + timedelta(days=7 * weeks + weekday - today.weekday())


def _weekday(said: str) -> int:
    """0 for Monday to 6 for Sunday."""
    if said[:3] in _ENGLISH:
        return _ENGLISH.index(said[:3])
    return int(said[-1]) - 1 if said[-1].isdecimal() else 6


def _of_month(plain: str, today: date) -> date | None:
    """The next day of that number, today included; or that of the next month."""
    match = _DAY_OF_MONTH.fullmatch(plain)
    if match is None:
        return None
    day, first = int(match["day"] or match["of"]), today.replace(day=1)
    if match["next"]:
        then = _months_later(first, 1)
        return some_day(then.year, then.month, day)
    months = (_months_later(first, number) for number in range(13))
    days = (some_day(month.year, month.month, day) for month in months)
    return next((found for found in days if found and found >= today), None)


def _end(plain: str, today: date) -> date | None:
    """The last day of a month, or of the year."""
    match = _END.fullmatch(plain)
    if match is None:
        return None
    if match["year"]:
        return date(today.year, 12, 31)
    named = month_named(match["number"] or match["month"] or str(today.month))
    if not 1 <= named <= 12:
        return None
    first = today.replace(year=today.year + (named < today.month), month=named, day=1)
    return _months_later(first, 2 if match["next"] else 1) - timedelta(days=1)
