"""Which question comes next in a private chat: what is due first, then what is new, within what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.core.bank import Library, Ref
from bot.core.calendar import day_end, moment, next_push, study_day
from bot.core.exams import Exam
from bot.core.learners import Ration
from bot.core.people import Chat
from bot.core.topics import refs_about
from bot.flows.portions import REVIEWS, UNLIMITED, due_today
from bot.store import cards, history, pushes, rounds, withheld
from bot.store.database import Tx
from bot.store.pushes import Slot
from bot.store.rounds import Kind

KINDS: tuple[Kind, ...] = ("choice", "recall", "typed")  # of private rounds that are reviews
_SECOND = timedelta(seconds=1)
_EVER = timedelta(days=365 * 200)  # further than any card is planned


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
    portion: str = ""  # the mark of the portion that it belongs to

    def choose(self) -> Ref | None:
        """The first due review, else the first new question, not asked in this sitting."""
        asked = history.since(self.tx, self.chat.id, self.began)
        unwanted = asked | withheld.now(self.tx, self.person_id, self.now)
        open_to = [ref for ref in refs_about(self.library, self.about) if ref not in unwanted]
        due = self._due()
        within = set(open_to) if due else set()
        first = next((ref for ref in due if ref in within and not self._reviewed(ref)), None)
        return first or (None if self.ration.new == 0 or self.portion == REVIEWS else self._new(open_to))

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
        return min(map(partial(self._comes, opens), self._hours), default=opens)

    @property
    def pushed(self) -> bool:
        """Whether questions come by themselves, at an hour."""
        return bool(self._hours)

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

    @property
    def _hours(self) -> tuple[Slot, ...]:
        return pushes.slots_of(self.tx, self.chat.id)

    def _comes(self, opens: datetime, slot: Slot) -> datetime:
        """The hour's first push at or after `opens`."""
        start = self.chat.day_start
        return next_push(opens - _SECOND, slot.minute, self.zone, weekdays=slot.weekdays, day_start=start)

    def _day_ends(self) -> datetime:
        return day_end(self.now, self.zone, self.chat.day_start)
