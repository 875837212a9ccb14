"""What is left of a day's portion: of what the daily push has begun, or of what is due.

A round that belongs to one says so in its origin, before what it was asked within. Nothing else is kept: how far
somebody has come is read from the log, so a portion is gone on with at will, and after a crash as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.core.bank import Library, Ref
from bot.core.exams import Exam
from bot.core.learners import Ration, ration
from bot.core.topics import refs_about
from bot.core.vacations import catching_up, portion
from bot.flows import preparing
from bot.flows.preparing import Day
from bot.store import cards, learners, pushes, vacations, withheld
from bot.store.database import Tx

DAILY, REVIEWS = "!", "?"  # what the push has begun; what is due, and nothing new
UNLIMITED = Ration(None, None)


@dataclass(frozen=True, slots=True)
class Portion:
    """How many questions are `left` of it; how many reviews beside it are due and may still be asked today (`more`),
    and how many wait for another day. `daily`: the push has begun it."""

    left: int
    postponed: int
    more: int = 0
    daily: bool = False


def split(within: str | None) -> tuple[str, str | None]:
    """The mark of a portion, or nothing, and what it was asked within: a topic's id, or `#` and a tag."""
    mark = within[0] if within and within[0] in {DAILY, REVIEWS} else ""
    return mark, (within or "")[len(mark) :] or None


def due_today(tx: Tx, library: Library, person_id: int, day_ends: datetime) -> tuple[Ref, ...]:
    """The questions whose review is due before `day_ends`, by due time; those that left the bank aside."""
    return tuple(ref for ref, _at in cards.due(tx, person_id, day_ends) if library.question(ref, "zh"))


def room(tx: Tx, library: Library, at: Day, exam: Exam | None) -> Ration:
    """What the person's own limits still leave of today, and after a vacation what falls to this day of all that has
    piled up: all of it before the exam."""
    done = cards.done_since(tx, at.person_id, at.began)
    left = ration(learners.of(tx, at.person_id), done)
    days = catching_up(vacations.ended(tx, at.person_id, at.today), at.today)
    if not days:
        return left
    days = min(days, max(1, len(preparing.studied(tx, at, exam)))) if exam else days
    share = portion(len(due_today(tx, library, at.person_id, at.ends)), done.reviews, days)
    return Ration(left.new, share if left.reviews is None else min(share, left.reviews))


def ration_of(tx: Tx, library: Library, at: Day, exam: Exam | None) -> Ration:
    """What may still come by itself today: what there is room for, of new questions no more than the plan for their
    exam has today."""
    left = room(tx, library, at, exam)
    if exam is None:
        return left
    planned = preparing.new_today(tx, library, at, exam)
    return Ration(planned if left.new is None else min(left.new, planned), left.reviews)


def portion_of(tx: Tx, library: Library, at: Day, within: str | None) -> Portion | None:
    """What is left of the portion that a round within this belongs to; None if it belongs to none."""
    mark, about = split(within)
    if not mark:
        return None
    exam = preparing.running(tx, at)
    room = ration_of(tx, library, at, exam)
    refs = set(refs_about(library, about))
    due = sum(ref in refs for ref in due_today(tx, library, at.person_id, at.ends))
    reviews = _at_most(room.reviews, due)
    if mark == REVIEWS:
        return Portion(reviews, due - reviews)
    new = _at_most(room.new, _new(tx, at, refs & set(refs_about(library, exam.about)) if exam else refs))
    left = reviews + new if exam else min(to_come(tx, at), reviews + new)  # a plan has its own number of a day
    return Portion(left, due - reviews, reviews - min(reviews, left), daily=True)


def to_come(tx: Tx, at: Day) -> int:
    """How many questions of the day's number are not asked yet: since the push came, or since the day began."""
    pushed = pushes.pushed_on(tx, at.chat.id, at.today)
    done = cards.done_since(tx, at.person_id, pushed or at.began)
    return max(0, learners.of(tx, at.person_id).portion - done.new - done.reviews)


def _new(tx: Tx, at: Day, refs: Iterable[Ref]) -> int:
    known, unwanted = cards.known(tx, at.person_id), withheld.now(tx, at.person_id, at.now)
    return sum(ref not in known and ref not in unwanted for ref in refs)


def _at_most(limit: int | None, count: int) -> int:
    return count if limit is None else min(limit, count)
