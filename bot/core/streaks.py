"""Streaks: study days in a row, and the freezes that bridge the days missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.core.vacations import without

FREEZES = 2  # kept at the most
EARNED_AFTER = 7  # study days of a streak for each
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streak:
    """`length` counts the days studied, not those bridged; `freezes` is how many more days may be missed."""

    length: int = 0
    freezes: int = 0


NO_STREAK = Streak()


def streak(days: Iterable[date], today: date, away: Iterable[tuple[int, int]] = ()) -> Streak:
    """The streak of these study days as it stands on `today`, which is not missed before it is over.

    Each seventh day of a streak earns a freeze, two are kept; a missed day uses one up, and without one the
    streak is over. Days after `today` (answered in a zone further east) are left out. Days `away` (the ordinals of the
    first and last of each vacation) count neither for nor against it.
    """
    return streak_of_runs(((day, day) for day in sorted({day.toordinal() for day in days})), today, away)


def streak_of_runs(runs: Iterable[tuple[int, int]], today: date, away: Iterable[tuple[int, int]] = ()) -> Streak:
    """The same of days in a row: the ordinals of the first and last day of each run, in their order."""
    runs, now = without(runs, away, today.toordinal())
    length, freezes, last = 0, 0, now
    for first, end in runs:
        if first > now:
            break
        length, freezes = _bridged(length, freezes, first - last - 1)
        before, last = length, min(end, now)
        length += last - first + 1
        freezes = min(FREEZES, freezes + length // EARNED_AFTER - before // EARNED_AFTER)
    length, freezes = _bridged(length, freezes, now - last - 1)
    return Streak(length, freezes) if length else NO_STREAK


def _bridged(length: int, freezes: int, missed: int) -> tuple[int, int]:
    """A streak's length and freezes after so many days missed."""
    if missed <= 0:
        return length, freezes
    return (length, freezes - missed) if missed <= freezes else (0, 0)


def broken(days: Iterable[date], first: date, today: date) -> bool:
    """Whether days were missed, from `first` to `today`, that no freezes could bridge: nothing before counts then."""
    ends = [first - _DAY, *sorted({day for day in days if first <= day <= today}), today]
    return any((later - earlier).days - 1 > FREEZES for earlier, later in pairwise(ends))


def lively(people_on: Mapping[date, int], week_before: Mapping[date, int]) -> tuple[date, ...]:
    """The days on which a group studied: at least half of the last week's active members answered, and somebody did.

    `people_on` counts who answered on a day, `week_before` who answered in a week, by its Monday.
    """
    before = {monday.toordinal(): people for monday, people in week_before.items()}

    def needed(day: int) -> int:
        return before.get(day - (day - 1) % 7 - 7, 0)  # the first day of all is a Monday

    return tuple(day for day, people in people_on.items() if people and 2 * people >= needed(day.toordinal()))
