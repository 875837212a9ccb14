"""The plan for an exam: what of a bank to ask on which day before it, and what will be left of it on the day.

Nothing here knows a database: what a person remembers goes in, a plan comes out. It is simulated day by day with the
scheduler that plans the reviews (`review`): each day what is due, the longest due first, then new questions, within
what the person does in a day. A review comes out as is more likely by then: Good, or Again below one half. On days
away nothing is studied, and what has piled up on them is spread as it will be (`vacations`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import islice

from bot.core.bank import Ref
from bot.core.learners import Learner, Ration
from bot.core.review import Card, Rating, Review, recall_chance, replay, review
from bot.core.vacations import AT_HOME, Absence, portion

_DAY = timedelta(days=1)
_EVER = 10_000  # days; nobody's exam is further


@dataclass(frozen=True, slots=True)
class Situation:
    """What a plan starts from, `now` (aware UTC).

    `logs` are the reviews of the questions that were asked before, oldest first; `fresh` those never asked, in their
    order, `begun` how many of the new ones were asked for the first time today. `today` is what the person's own limits
    leave of this day, `ends` when it is over, `days` how many study days there are before the exam, this one included,
    and `at` an instant on its day. `first` is how first answers come out. `absence` tells on which of the days the
    person is away; what is `buried` does not come before tomorrow.
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
    absence: Absence = AT_HOME
    buried: Collection[Ref] = frozenset()

    @property
    def studied(self) -> tuple[int, ...]:
        """The numbers of the days, 0 being today, on which the person is not away."""
        return self.absence.studied(self.days)

    def coming(self, refs: Sequence[Ref]) -> Sequence[Ref]:
        """Those of the questions that there is a day for, before the exam."""
        last = max(self.studied, default=None)
        if last is None:
            return ()
        return refs if last else [ref for ref in refs if ref not in self.buried]


@dataclass(frozen=True, slots=True)
class Day:
    """How many questions a day has."""

    new: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Each day before the exam, today first.

    For `unasked` new questions, and for `undone` reviews, the limits leave no room. `missed` counts the questions that
    no limit keeps from coming, but that there is no day for: the person is away, or has buried them and tomorrow is
    too late. `chances` tells of each question that is asked by then how likely it is remembered on the day, the least
    likely first.
    """

    days: tuple[Day, ...]
    unasked: int
    undone: int
    missed: int
    chances: tuple[tuple[Ref, float], ...]

    @property
    def fits(self) -> bool:
        """Whether the limits leave room for all that a day before the exam can have."""
        return not self.unasked and not self.undone

    @property
    def forgotten(self) -> float:
        """How many of those asked are likely not remembered on the day."""
        return sum(1 - chance for _ref, chance in self.chances)

    @property
    def busiest(self) -> int:
        """The most reviews of a day."""
        return max((day.reviews for day in self.days), default=0)


def share(fresh: int, days: int, begun: int = 0) -> int:
    """How many new questions today has still to have, that all find their day and no day has more than the one before:
    `fresh` are left, `begun` were asked today, and there are `days` with this one."""
    return max(0, -(-(fresh + begun) // max(days, 1)) - begun)


def plan(situation: Situation) -> Plan:
    """What comes on which day."""
    return _Simulation(situation).run()


def enough(situation: Situation) -> Learner:
    """What a person has to do in a day, at the most, for everything to fit that can: new questions, reviews."""
    studied, free = situation.studied, _without_limits(situation)
    fresh = situation.coming(situation.fresh)
    new = share(len(fresh) + (situation.begun if 0 in studied else 0), len(studied))
    if 0 in studied:  # what is buried has the other days
        new = max(new, share(sum(ref in situation.buried for ref in fresh), len(studied) - 1))
    return replace(situation.learner, new_a_day=new, reviews_a_day=free)


def later(situation: Situation) -> int | None:
    """How many days it takes with the new questions a person does in a day, days away among them; None if it never
    ends."""
    most = situation.learner.new_a_day
    if most is None:
        return situation.days
    left = len(situation.fresh) - _possible_today(situation)
    if not left:
        return 1
    ahead = (number for number in range(1, _EVER) if not situation.absence.away(number))
    last = next(islice(ahead, -(-left // most) - 1, None), None) if most else None
    return None if last is None else last + 1


def first_answers(logs: Mapping[Ref, tuple[Review, ...]]) -> Rating:
    """How a person's first answers mostly come out: Good, unless more than half were Again."""
    missed = sum(log[0].rating is Rating.AGAIN for log in logs.values())
    return Rating.AGAIN if 2 * missed > len(logs) else Rating.GOOD


def _possible_today(situation: Situation) -> int:
    """How many new questions may still be asked today."""
    there = sum(ref not in situation.buried for ref in situation.fresh)
    room = situation.today.new
    return 0 if situation.absence.away(0) else there if room is None else min(there, room)


def _without_limits(situation: Situation) -> int:
    free = replace(situation.learner, new_a_day=None, reviews_a_day=None)
    return plan(replace(situation, learner=free, today=Ration(None, None))).busiest


@dataclass
class _Simulation:
    """The days before the exam as they will go; `due` is a heap of what was asked, by when it comes back, `put_off`
    what would be due today but is buried."""

    of: Situation
    due: list[tuple[datetime, int, Ref]] = field(default_factory=list)
    cards: dict[Ref, Card] = field(default_factory=dict)
    put_off: set[Ref] = field(default_factory=set)

    def run(self) -> Plan:
        """Day after day."""
        self._begin()
        fresh, studied = list(self.of.fresh), self.of.studied
        days = {number: self._day(number, len(studied) - nth, fresh) for nth, number in enumerate(studied)}
        unasked = len(self.of.coming(fresh))
        undone, missed = self._left_over(studied)
        chances = sorted(((ref, self._chance(card, self.of.at)) for ref, card in self.cards.items()), key=_by_chance)
        every = tuple(days.get(number, Day(0, 0)) for number in range(self.of.days))
        return Plan(every, unasked, undone, len(fresh) - unasked + missed, tuple(chances))

    def _begin(self) -> None:
        """What was asked before comes back when it is due, or not before tomorrow."""
        for ref, log in self.of.logs.items():
            card = replay(log, self.of.learner.preset)
            if card is not None:
                self.cards[ref] = card
        self.put_off = {ref for ref in self.of.buried if ref in self.cards and self.cards[ref].due < self.of.ends}
        comes = ((self.of.ends if ref in self.put_off else card.due, ref) for ref, card in self.cards.items())
        self.due = [(due, at, ref) for at, (due, ref) in enumerate(comes)]
        heapify(self.due)

    def _left_over(self, studied: Sequence[int]) -> tuple[int, int]:
        """The reviews not done: by the end of the last day that is studied, and those there was no day for."""
        until, last_end = self._end(studied[-1]) if studied else self.of.now, self._end(self.of.days - 1)
        undone = sum(due < until for due, _at, _ref in self.due) if studied else 0
        every = sum(due < last_end or ref in self.put_off for due, _at, ref in self.due) if self.of.days else 0
        return undone, every - undone

    def _day(self, number: int, left: int, fresh: list[Ref]) -> Day:
        """What that day (0 is today) has, one of `left` that are studied; its new questions are taken from `fresh`."""
        at, ends, limits = self.of.now + number * _DAY, self._end(number), self._limits(number, left)
        reviews = 0
        while self.due and self.due[0][0] < ends and (limits.reviews is None or reviews < limits.reviews):
            _due, _at, ref = heappop(self.due)
            card = self.cards[ref]
            self._put(ref, card, Rating.GOOD if self._chance(card, at) >= 0.5 else Rating.AGAIN, at)
            reviews += 1
        wanted = share(len(fresh), left, self.of.begun if number == 0 else 0)
        most = wanted if limits.new is None else min(wanted, limits.new)
        new = [ref for ref in fresh if number or ref not in self.of.buried][:most]
        for ref in new:
            self._put(ref, None, self.of.first, at)
            fresh.remove(ref)
        return Day(len(new), reviews)

    def _limits(self, number: int, left: int) -> Ration:
        """What that day may have; after days away its share of what has piled up, all of it before the exam."""
        if number == 0:
            return self.of.today
        limits = Ration(self.of.learner.new_a_day, self.of.learner.reviews_a_day)
        days = min(self.of.absence.catching_up(number), left)
        if not days:
            return limits
        share_of_it = portion(sum(due < self._end(number) for due, _at, _ref in self.due), 0, days)
        return Ration(limits.new, share_of_it if limits.reviews is None else min(share_of_it, limits.reviews))

    def _chance(self, card: Card, at: datetime) -> float:
        return recall_chance(card, at, self.of.learner.preset)

    def _end(self, number: int) -> datetime:
        """When that day is over."""
        return self.of.ends + number * _DAY

    def _put(self, ref: Ref, card: Card | None, rating: Rating, at: datetime) -> None:
        after = review(card, rating, at, self.of.learner.preset)
        self.cards[ref] = after
        self.put_off.discard(ref)
        heappush(self.due, (after.due, len(self.cards), ref))


def _by_chance(one: tuple[Ref, float]) -> float:
    return one[1]
