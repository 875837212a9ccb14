"""Streaks: study days in a row, and the freezes that bridge the days missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.core.calendar import week_of

FREEZES = 2  # kept at the most
EARNED_AFTER = 7  # study days of a streak for each
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Streak:
    """`length` counts the days studied, not those bridged; `freezes` is how many more days may be missed."""

    length: int = 0
    freezes: int = 0


NO_STREAK = Streak()


def streak(days: Iterable[date], today: date) -> Streak:
    """The streak of these study days as it stands on `today`, which is not missed before it is over.

    Each seventh day of a streak earns a freeze, two are kept; a missed day uses one up, and without one the
    streak is over. Days after `today` (answered in a zone further east) are left out.
    """
    standing, last = NO_STREAK, today
    for day in sorted({day for day in days if day <= today}):
        standing, last = _studied(_bridged(standing, last, day)), day
    return _bridged(standing, last, today)


def broken(days: Iterable[date], first: date, today: date) -> bool:
    """Whether days were missed, from `first` to `today`, that no freezes could bridge: nothing before counts then."""
    ends = [first - _DAY, *sorted({day for day in days if first <= day <= today}), today]
    return any((later - earlier).days - 1 > FREEZES for earlier, later in pairwise(ends))


def lively(people_on: Mapping[date, int], week_before: Mapping[date, int]) -> tuple[date, ...]:
    """The days on which a group studied: at least half of the last week's active members answered, and somebody did.

    `people_on` counts who answered on a day, `week_before` who answered in a week, by its Monday.
    """
    return tuple(
        day for day, people in people_on.items() if people and 2 * people >= week_before.get(week_of(day - _WEEK)[0], 0)
    )


def _bridged(before: Streak, last: date, day: date) -> Streak:
    missed = max(0, (day - last).days - 1)
    return Streak(before.length, before.freezes - missed) if missed <= before.freezes else NO_STREAK


def _studied(before: Streak) -> Streak:
    length = before.length + 1
    earned = length % EARNED_AFTER == 0
    return Streak(length, min(FREEZES, before.freezes + earned))
