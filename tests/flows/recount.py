"""A group's boards, streaks and seasons worked out again from its raw answers, by other means than the bot's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAY, SEVEN_DAYS = timedelta(days=1), timedelta(days=7)
Rows = dict[int, tuple[int, int, int]]  # points, right, answered by person


@dataclass
class Given:
    """One answer that was counted, with what it was worth when it came."""

    round: int
    question: str
    person: int
    right: bool
    choice: int
    worth: int
    at: datetime
    day: date
    counts: bool = False


@dataclass
class Recount:
    """The whole truth about one group: its answers in the order they came, and who is hidden, away or void."""

    zone: ZoneInfo
    given: list[Given] = field(default_factory=list)
    asked: list[datetime] = field(default_factory=list)
    void: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    away: set[int] = field(default_factory=set)

    def day_of(self, at: datetime) -> date:
        """The local day that began at four."""
        return (at.astimezone(self.zone).replace(tzinfo=None) - timedelta(hours=4)).date()

    def answer(
        self, number: int, question: str, person: int, choice: int, right: bool, points: int, at: datetime
    ) -> None:
        """Somebody's first answer to a round."""
        if any(one.round == number and one.person == person for one in self.given):
            return
        lately = any(self._same(one, question, person) and at - one.at < SEVEN_DAYS for one in self.given)
        new = Given(number, question, person, right, choice, points if right and not lately else 0, at, self.day_of(at))
        week = [one for one in self.given if monday(one.day) == monday(new.day)]
        same = [one for one in self.given if one.round == number]
        self.given.append(new)
        for together in (week, same):
            if any(one.person != person for one in together):
                for one in (*together, new):
                    one.counts = True

    def forget(self, person: int) -> None:
        """The person has had everything erased."""
        self.given = [one for one in self.given if one.person != person]
        self.hidden.discard(person)
        self.away.discard(person)

    def board(self, within: Callable[[date], bool]) -> Rows:
        """Every line that is to be seen, of the answers on the days that lie within."""
        sums: Rows = defaultdict(lambda: (0, 0, 0))
        for one in self.given:
            if within(one.day) and one.round not in self.void and one.person not in self.hidden | self.away:
                points, right, answered = sums[one.person]
                sums[one.person] = (points + (one.worth if one.counts else 0), right + one.right, answered + 1)
        return dict(sums)

    def points(self, person: int) -> int:
        """All that the person has ever earned here, seen or not."""
        mine = (one for one in self.given if one.person == person and one.counts and one.round not in self.void)
        return sum(one.worth for one in mine)

    def people(self, within: Callable[[date], bool]) -> set[int]:
        """Who answered then, whatever became of it."""
        return {one.person for one in self.given if within(one.day)}

    def streak(self, active: Callable[[date], bool], today: date) -> tuple[int, int]:
        """Length and freezes, by walking the calendar from the first answer's day."""
        first = min((one.day for one in self.given), default=today)
        length = freezes = 0
        for day in days(first, today):
            if active(day):
                length += 1
                freezes = min(2, freezes + (length % 7 == 0))
            elif day != today and freezes:
                freezes -= 1
            elif day != today:
                length = freezes = 0
        return (length, freezes) if length else (0, 0)

    def group_streak(self, today: date) -> tuple[int, int]:
        """Days on which at least half of last week's people answered."""

        def lively(day: date) -> bool:
            here = len(self.people(lambda on: on == day))
            last_week = len(self.people(lambda on: monday(on) == monday(day) - SEVEN_DAYS))
            return here > 0 and here >= last_week / 2

        return self.streak(lively, today)

    def own_streak(self, person: int, today: date) -> tuple[int, int]:
        """Days on which the person answered."""
        own = {one.day for one in self.given if one.person == person}
        return self.streak(own.__contains__, today)

    def missed(self, within: Callable[[date], bool]) -> list[tuple[str, int, int]]:
        """The three questions with the greatest share of wrong answers, of two at least."""
        sums: dict[str, list[bool]] = defaultdict(list)
        for one in self.given:
            if within(one.day) and one.round not in self.void:
                sums[one.question].append(one.right)
        counted = [(question, given.count(False), len(given)) for question, given in sums.items() if len(given) >= 2]
        worst = sorted(counted, key=lambda one: (-one[1] / one[2], -one[1], one[0]))
        return [one for one in worst if one[1] and 3 * one[1] >= one[2]][:3]

    def _same(self, one: Given, question: str, person: int) -> bool:
        return one.right and one.question == question and one.person == person and one.round not in self.void


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def days(first: date, last: date) -> Iterable[date]:
    """From the first to the last."""
    return (first + number * DAY for number in range((last - first).days + 1))
