"""Vacations: study days that count neither for nor against a person, and how what piled up comes back afterwards."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.core.dates import day_meant
from bot.core.numerals import in_digits, up_to

CATCH_UP = 7  # days over which what piled up is spread, at the most
LONGEST = 366  # days ahead that may be asked for, today among them
_DAY = timedelta(days=1)
_OPEN = date.max


@dataclass(frozen=True, slots=True)
class Vacation:
    """From the first to the last study day, both of them away; None: until further notice."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the person is away on that day."""
        return self.first <= day <= (self.last or _OPEN)

    @property
    def run(self) -> tuple[int, int]:
        """The same in ordinals."""
        return self.first.toordinal(), (self.last or _OPEN).toordinal()


@dataclass(frozen=True, slots=True)
class Back:
    """Away no longer, by the person's word."""


@dataclass(frozen=True, slots=True)
class NoVacation:
    """What was typed is none: not understood, no day or too many, a day that is past, an end before the beginning, or
    a day too far away."""

    why: Literal["unknown", "length", "past", "reversed", "far"]


Wish = Vacation | Back
_BACK = frozenset({"off", "end", "back", "stop", "结束", "回来", "回来了", "取消"})
_OPEN_ENDED = frozenset({"on", "开始", "open", "until further notice", "先不定"})
_DAYS = re.compile(
    r"(?P<days>[-−]?\d{1,9})\s*(?:天|日|days?|d)?|(?P<weeks>\d{1,3}|an?|one|two|three)\s*个?(?:周|星期|礼拜|weeks?)"
)
_SOME = {"a": 1, "an": 1} | up_to(3)
_DATE = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*[日号])?")
_FROM = re.compile(r"^(?:从|從|from\b|until\b|till\b|到|至)\s*")
_TO = re.compile(r"\s*(?:到|至|~|—|–|\bto\b|\buntil\b|\btill\b)\s*")
_BETWEEN = re.compile(r"\s*(?:到|至|~|—|–|to|until|-|,|，|、)?\s*", re.IGNORECASE)


def wish_of(typed: str, today: date) -> Wish | NoVacation:
    """What somebody means by the words behind /vacation on that day: a number of days or weeks from today on, until a
    day, from one day to another, until further notice, or back. A date without its year is the next such."""
    said = in_digits(unicodedata.normalize("NFKC", typed).strip().casefold())
    if said in _BACK:
        return Back()
    if said in _OPEN_ENDED:
        return Vacation(today)
    if match := _DAYS.fullmatch(said):
        days = int(match["days"].replace("−", "-")) if match["days"] else 7 * _weeks(match["weeks"])
        return Vacation(today, today + (days - 1) * _DAY) if 1 <= days <= LONGEST else NoVacation("length")
    found = _from_to(said, today)
    return _in_words(said, today) or found if found == NoVacation("unknown") else found


def _weeks(said: str) -> int:
    return _SOME.get(said) or int(said)


def _in_words(said: str, today: date) -> Vacation | NoVacation | None:
    """From one day to another, or until one, as people tell days: 明天到下周五, until Friday. None: not understood."""
    rows = (_TO.split(_FROM.sub("", said)), said.split())
    for row in rows:
        days = [day_meant(words, today) for words in row if words.strip()]
        whole = [day for day in days if day is not None]
        if 1 <= len(days) == len(whole) <= 2:
            return _between(today if len(whole) == 1 else whole[0], whole[-1], today)
    return None


def _between(first: date, last: date, today: date) -> Vacation | NoVacation:
    if min(first, last) < today:
        return NoVacation("past")
    if last < first:
        return NoVacation("reversed")
    return Vacation(first, last) if last < today + LONGEST * _DAY else NoVacation("far")


def _from_to(said: str, today: date) -> Vacation | NoVacation:
    found = list(_DATE.finditer(said))
    rest = _BETWEEN.sub("", _DATE.sub("", said))
    days = [day for match in found if (day := _date(match, today))]
    if not 1 <= len(days) == len(found) <= 2 or rest:
        return NoVacation("unknown")
    first, last = days if len(days) == 2 else [today, *days]
    furthest = today + (LONGEST - 1) * _DAY
    if today <= last < first and found[-1][1] is None:  # from December to January
        wrapped = _next(last.month, last.day, first)
        return Vacation(first, wrapped) if wrapped and wrapped <= furthest else NoVacation("reversed")
    return _between(first, last, today)


def _date(match: re.Match[str], today: date) -> date | None:
    year, month, day = match.groups()
    if year is None:
        return _next(int(month), int(day), today)
    return _real(int(year), int(month), int(day))


def _next(month: int, day: int, since: date) -> date | None:
    """The next such day, that one included."""
    years = (_real(since.year + more, month, day) for more in range(2))
    return next((found for found in years if found is not None and found >= since), None)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Absence:
    """A person's vacations, in their order, as seen from the study day `today`, whose number is 0."""

    vacations: tuple[Vacation, ...]
    today: date

    def away(self, number: int) -> bool:
        """Whether the person is away on the day of that number."""
        day = self.today + number * _DAY
        return any(one.covers(day) for one in self.vacations)

    def studied(self, days: int) -> tuple[int, ...]:
        """The numbers of those of the next so many days, today among them, on which the person is not away."""
        return tuple(number for number in range(days) if not self.away(number))

    def catching_up(self, number: int) -> int:
        """For how many days, that one among them, what piled up is still spread."""
        day = self.today + number * _DAY
        last = next((one for one in reversed(self.vacations) if one.last is not None and one.last < day), None)
        return catching_up(last, day)


AT_HOME = Absence((), date.min)
"""Of somebody who is never away."""


def without(
    runs: Iterable[tuple[int, int]], away: Iterable[tuple[int, int]], today: int
) -> tuple[list[tuple[int, int]], int]:
    """Study days and today as if the days away had never been: runs of ordinals, both sorted and apart, with the days
    away cut out and all that follows moved up. Today, if away, is the day on which the person comes back.

    The first day away is none where it was studied: who leaves in the evening keeps that day."""
    runs = list(runs)
    away = _after_leaving(runs, sorted(away))
    kept = [piece for run in runs for piece in _outside(run, away)]
    return [(_moved(first, away), _moved(last, away)) for first, last in kept], _moved(today, away)


def _after_leaving(runs: Iterable[tuple[int, int]], away: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The days away, less the first of each where it lies in a run."""
    left = ((begin + any(first <= begin <= last for first, last in runs), end) for begin, end in away)
    return [(begin, end) for begin, end in left if begin <= end]


def _outside(run: tuple[int, int], away: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of a run lies outside the days away."""
    first, last = run
    pieces = []
    for begin, end in away:
        if end >= first and begin <= last:
            pieces.append((first, begin - 1))
            first = end + 1
    return [piece for piece in (*pieces, (first, last)) if piece[0] <= piece[1]]


def _moved(day: int, away: Iterable[tuple[int, int]]) -> int:
    """The day less the days away before it."""
    return day - sum(min(end, day - 1) - begin + 1 for begin, end in away if begin < day)


def catching_up(last: Vacation | None, today: date) -> int:
    """For how many days, today among them, what piled up is still spread: as many as the person was away, a week at
    the most. `last` is the vacation that ended last."""
    if last is None or last.last is None or today <= last.last:
        return 0
    spread = min(CATCH_UP, (last.last - last.first).days + 1)
    return max(0, spread - (today - last.last - _DAY).days)


def portion(due: int, done: int, days: int) -> int:
    """How many reviews of what is due come by themselves today, `done` of today's being among them, so that each of
    the days left brings as many."""
    return max(0, -(-(due + done) // days) - done)


def spread(ahead: Iterable[int], days: int, done: int = 0) -> tuple[int, ...]:
    """What comes by itself on each of the next days, where what is due there piles up for so many of them; `done` of
    today's are no longer among it."""
    carried, shares = 0, []
    for number, due in enumerate(ahead):
        carried += due
        shares.append(portion(carried, done if days and not number else 0, max(1, days - number)))
        carried -= shares[-1]
    return tuple(shares)
