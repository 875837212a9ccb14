"""The plan for an exam: what of a bank to ask on which day before it, and what will be left of it on the day.

Nothing here knows a database: what a person remembers goes in, a plan comes out. It is simulated day by day with the
scheduler that plans the reviews (`review`): each day what is due, the longest due first, then new questions, within
what the person does in a day. A review comes out as is more likely by then: Good, or Again below one half.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush

from bot.core.bank import Library, Ref
from bot.core.dates import day_meant
from bot.core.learners import Learner, Ration
from bot.core.review import Card, Rating, Review, recall_chance, replay, review
from bot.core.topics import Unknown, find

FURTHEST = 730  # days; a plan for longer says nothing
_DAY = timedelta(days=1)
_MOST_WORDS, _LONGEST = 4, 200
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
    """What was typed names no day that can be planned for: it is none at all, past (or today), or too far away."""

    typed: str
    why: str  # none, past, far


@dataclass(frozen=True, slots=True)
class Situation:
    """What a plan starts from, `now` (aware UTC).

    `logs` are the reviews of the questions that were asked before, oldest first; `fresh` those never asked, in their
    order, `begun` how many of the new ones were asked for the first time today. `today` is what the person's own limits
    leave of this day, `ends` when it is over, `days` how many study days there are before the exam, this one included,
    and `at` an instant on its day. `first` is how first answers come out.
    """

    logs: Mapping[Ref, tuple[Review, ...]]
    fresh: Sequence[Ref]
    learner: Learner
    today: Ration
    days: int
    now: datetime
    ends: datetime
    at: datetime
    begun: int = 0
    first: Rating = Rating.GOOD


@dataclass(frozen=True, slots=True)
class Day:
    """How many questions a day has."""

    new: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Each day before the exam, today first.

    `unasked` new questions find no day, nor do `undone` reviews. `chances` tells of each question that is asked by then
    how likely it is remembered on the day, the least likely first.
    """

    days: tuple[Day, ...]
    unasked: int
    undone: int
    chances: tuple[tuple[Ref, float], ...]

    @property
    def fits(self) -> bool:
        """Whether everything is asked, and reviewed when it is due."""
        return not self.unasked and not self.undone

    @property
    def forgotten(self) -> float:
        """How many of those asked are likely not remembered on the day."""
        return sum(1 - chance for _ref, chance in self.chances)

    @property
    def busiest(self) -> int:
        """The most reviews of a day."""
        return max((day.reviews for day in self.days), default=0)


def exam_meant(library: Library, typed: str, today: date) -> Exam | Off | NoDay | Unknown:
    """What the words behind /exam ask for: a day, and perhaps what it is about, in any order."""
    words = unicodedata.normalize("NFKC", typed).split()
    if "".join(words).casefold() in _OFF:
        return Off()
    day, rest = _day_among(words, today) if len(typed) <= _LONGEST else (None, words)
    if day is None:
        return NoDay(typed, "none")
    if day <= today:
        return NoDay(typed, "past")
    if (day - today).days > FURTHEST:
        return NoDay(typed, "far")
    found = find(library, " ".join(rest)) if rest else None
    return found if isinstance(found, Unknown) else Exam(day, found.about if found else None)


def share(fresh: int, days: int, begun: int = 0) -> int:
    """How many new questions today has still to have, that all find their day and no day has more than the one before:
    `fresh` are left, `begun` were asked today, and there are `days` with this one."""
    return max(0, -(-(fresh + begun) // max(days, 1)) - begun)


def plan(situation: Situation) -> Plan:
    """What comes on which day."""
    return _Simulation(situation).run()


def enough(situation: Situation) -> Learner:
    """What a person has to do in a day, at the most, for everything to fit: new questions, reviews."""
    free = _without_limits(situation)
    return Learner(situation.learner.retention, share(len(situation.fresh) + situation.begun, situation.days), free)


def later(situation: Situation) -> int | None:
    """How many days it takes with the new questions a person does in a day; None if it never ends."""
    most = situation.learner.new_a_day
    if most is None:
        return situation.days
    return -(-(len(situation.fresh) + situation.begun) // most) if most else None


def first_answers(logs: Mapping[Ref, tuple[Review, ...]]) -> Rating:
    """How a person's first answers mostly come out: Good, unless more than half were Again."""
    missed = sum(log[0].rating is Rating.AGAIN for log in logs.values())
    return Rating.AGAIN if 2 * missed > len(logs) else Rating.GOOD


def _without_limits(situation: Situation) -> int:
    free = Learner(situation.learner.retention, None, None)
    return plan(replace(situation, learner=free, today=Ration(None, None))).busiest


@dataclass
class _Simulation:
    """The days before the exam as they will go; `due` is a heap of what was asked, by when it comes back."""

    of: Situation
    due: list[tuple[datetime, int, Ref]] = field(default_factory=list)
    cards: dict[Ref, Card] = field(default_factory=dict)

    def run(self) -> Plan:
        """Day after day."""
        fresh = list(self.of.fresh)
        for ref, log in self.of.logs.items():
            card = replay(log, self.of.learner.retention)
            if card is not None:
                self.cards[ref] = card
        self.due = [(card.due, at, ref) for at, (ref, card) in enumerate(self.cards.items())]
        heapify(self.due)
        days = [self._day(number, fresh) for number in range(self.of.days)]
        last_end = self.of.ends + (self.of.days - 1) * _DAY
        undone = sum(due < last_end for due, _at, _ref in self.due) if self.of.days else 0
        chances = sorted(((ref, recall_chance(card, self.of.at)) for ref, card in self.cards.items()), key=_by_chance)
        return Plan(tuple(days), len(fresh), undone, tuple(chances))

    def _day(self, number: int, fresh: list[Ref]) -> Day:
        """What that day (0 is today) has; its new questions are taken from `fresh`."""
        at, ends = self.of.now + number * _DAY, self.of.ends + number * _DAY
        limits = self.of.today if number == 0 else Ration(self.of.learner.new_a_day, self.of.learner.reviews_a_day)
        reviews = 0
        while self.due and self.due[0][0] < ends and (limits.reviews is None or reviews < limits.reviews):
            _due, _at, ref = heappop(self.due)
            card = self.cards[ref]
            self._put(ref, card, Rating.GOOD if recall_chance(card, at) >= 0.5 else Rating.AGAIN, at)
            reviews += 1
        wanted = share(len(fresh), self.of.days - number, self.of.begun if number == 0 else 0)
        new = wanted if limits.new is None else min(wanted, limits.new)
        for ref in fresh[:new]:
            self._put(ref, None, self.of.first, at)
        del fresh[:new]
        return Day(new, reviews)

    def _put(self, ref: Ref, card: Card | None, rating: Rating, at: datetime) -> None:
        after = review(card, rating, at, self.of.learner.retention)
        self.cards[ref] = after
        heappush(self.due, (after.due, len(self.cards), ref))


def _by_chance(one: tuple[Ref, float]) -> float:
    return one[1]


def _day_among(words: Sequence[str], today: date) -> tuple[date | None, Sequence[str]]:
    """The first day that a row of words means, the longest such row (20 Dec 2026), and the other words."""
    for start in range(len(words)):
        for end in range(min(len(words), start + _MOST_WORDS), start, -1):
            day = day_meant(" ".join(words[start:end]), today)
            if day is not None:
                return day, [*words[:start], *words[end:]]
    return None, words
