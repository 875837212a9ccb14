"""Which question comes next in a private chat: what is due first, then what is new, within what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.core.bank import Library, Ref
from bot.core.calendar import day_end, moment, next_push, study_day
from bot.core.exams import Exam
from bot.core.learners import Ration, ration
from bot.core.people import Chat
from bot.core.topics import refs_about
from bot.core.vacations import catching_up, portion
from bot.flows import preparing
from bot.flows.preparing import Day
from bot.store import cards, history, learners, pushes, rounds, vacations, withheld
from bot.store.database import Tx
from bot.store.pushes import Slot
from bot.store.rounds import Kind

KINDS: tuple[Kind, ...] = ("choice", "recall", "typed")  # of private rounds that are reviews
UNLIMITED = Ration(None, None)
_SECOND = timedelta(seconds=1)
_EVER = timedelta(days=365 * 200)  # further than any card is planned


def due_today(tx: Tx, library: Library, person_id: int, day_ends: datetime) -> tuple[Ref, ...]:
    """The questions whose review is due before `day_ends`, by due time; those that left the bank aside."""
    return tuple(ref for ref, _at in cards.due(tx, person_id, day_ends) if library.question(ref, "zh"))


def ration_of(tx: Tx, library: Library, at: Day, exam: Exam | None) -> Ration:
    """What may still come by itself today: what the person's own limits leave, of new questions no more than the
    plan for their exam has today, and after a vacation what falls to this day of all that has piled up."""
    done = cards.done_since(tx, at.person_id, at.began)
    left = ration(learners.of(tx, at.person_id), done)
    days = catching_up(vacations.ended(tx, at.person_id, at.today), at.today)
    if days:
        share = portion(len(due_today(tx, library, at.person_id, at.ends)), done.reviews, days)
        left = Ration(left.new, share if left.reviews is None else min(share, left.reviews))
    if exam is None:
        return left
    planned = preparing.new_today(tx, library, at, exam)
    return Ration(planned if left.new is None else min(left.new, planned), left.reviews)


@dataclass(frozen=True, slots=True)
class Look:
    """One look for a question: who asks where, within what, in the sitting that began then, and how many may come."""

    tx: Tx
    library: Library
    person_id: int
    chat: Chat
    about: str | None
    now: datetime
    began: datetime
    zone: ZoneInfo
    ration: Ration = UNLIMITED
    exam: Exam | None = None  # the one whose plan is followed

    def choose(self) -> Ref | None:
        """The first due review, else the first new question, not asked in this sitting."""
        asked = history.since(self.tx, self.chat.id, self.began)
        unwanted = asked | withheld.now(self.tx, self.person_id, self.now)
        open_to = [ref for ref in refs_about(self.library, self.about) if ref not in unwanted]
        due = self._due()
        within = set(open_to) if due else set()
        first = next((ref for ref in due if ref in within and not self._reviewed(ref)), None)
        return first or (None if self.ration.new == 0 else self._new(open_to))

    def waiting(self) -> int:
        """How many questions of this sitting and within `about` stand there without an answer."""
        open_rounds, within = rounds.open_in(self.tx, self.chat.id, KINDS), set(refs_about(self.library, self.about))
        within -= withheld.now(self.tx, self.person_id, self.now)
        return sum(one.opened_at >= self.began and one.ref in within for one in open_rounds)

    def next_at(self) -> datetime | None:
        """When the next review comes: at the first daily hour of its study day, else when that day begins."""
        within = set(refs_about(self.library, self.about))
        planned = cards.due(self.tx, self.person_id, self.now + _EVER)
        due = next((at for ref, at in planned if ref in within and at >= self._day_ends()), None)
        if due is None:
            return None
        opens = moment(study_day(due, self.zone, self.chat.day_start), self.chat.day_start * 60, self.zone)
        hours = pushes.slots_of(self.tx, self.chat.id)
        return min(map(partial(self._comes, opens), hours), default=opens)

    def _due(self) -> tuple[Ref, ...]:
        if self.ration.reviews == 0:
            return ()
        due = due_today(self.tx, self.library, self.person_id, self._day_ends())
        first = self._examined
        return tuple(sorted(due, key=lambda ref: ref not in first))

    def _reviewed(self, ref: Ref) -> bool:
        """In this sitting, which may go on past the end of a day."""
        return cards.reviewed_since(self.tx, self.person_id, ref, self.began)

    def _new(self, open_to: list[Ref]) -> Ref | None:
        within = self._examined
        open_to = [ref for ref in open_to if not within or ref in within]
        known = cards.known(self.tx, self.person_id)
        counts = history.counts(self.tx, self.chat.id)
        never = next((ref for ref in open_to if ref not in known and ref not in counts), None)
        fresh = (ref for ref in open_to if ref not in known)
        return never or min(fresh, key=lambda ref: counts.get(ref, 0), default=None)

    @property
    def _examined(self) -> frozenset[Ref]:
        """What the exam is about: it comes before all else. None at all where there is no exam."""
        return frozenset(refs_about(self.library, self.exam.about)) if self.exam else frozenset()

    def _comes(self, opens: datetime, slot: Slot) -> datetime:
        """The hour's first push at or after `opens`."""
        start = self.chat.day_start
        return next_push(opens - _SECOND, slot.minute, self.zone, weekdays=slot.weekdays, day_start=start)

    def _day_ends(self) -> datetime:
        return day_end(self.now, self.zone, self.chat.day_start)
