"""What a file brings is merged: reviews into a person's log, and their cards rebuilt from it; before it how they want
to study, where they have not said so here.

Boards, points, streaks and other people are not touched: only answers given here count for those. What is new is
counted with the file, by its message, in the transaction that writes it: done again, it is told as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.archive.wishes import Wishes
from bot.core.bank import Library, Ref
from bot.core.exams import FURTHEST, Exam
from bot.core.review import Review
from bot.core.topics import refs_about
from bot.store import cards, exams, imports, learners, logs, questions, withheld
from bot.store.database import Tx

Log = Mapping[Ref, tuple[Review, ...]]
_PORTION = 400  # reviews in one unit of work: some tens of milliseconds, so that nobody waits for them


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do about a file: reviews in `portions`, each a unit of work; and how many reviews are of how
    many questions that no bank here has."""

    portions: tuple[Log, ...]
    total: int
    unknown_reviews: int = 0
    unknown_questions: int = 0


@dataclass(frozen=True, slots=True)
class TooMany:
    """With what is in the log already, some question would have more reviews than one may have."""


@dataclass(frozen=True, slots=True)
class Merged:
    """All that was taken in of a file: reviews that were `new`, whether any `study` setting, how many suspended
    questions, the day of its exam."""

    new: int
    study: bool = False
    suspended: int = 0
    exam_day: date | None = None


def plan(tx: Tx, person_id: int, library: Library, log: Log, most: int) -> Plan | TooMany:
    """How to take in a log; `most` reviews of one question may be there in the end. Writes nothing."""
    refs = _known(tx, library)
    known = {ref: reviews for ref, reviews in log.items() if ref in refs}
    if any(logs.with_these(tx, person_id, ref, reviews) > most for ref, reviews in known.items()):
        return TooMany()
    strange = [reviews for ref, reviews in log.items() if ref not in known]
    return Plan(tuple(_portions(known)), _count(known), sum(map(len, strange)), len(strange))


def merge(tx: Tx, person_id: int, message_id: int, portion: Log) -> None:
    """Log what is not there yet, and plan each question by its whole log. The same once more changes nothing."""
    new = sum(_merge_one(tx, person_id, ref, reviews) for ref, reviews in portion.items())
    imports.add(tx, person_id, message_id, new)


def adopt(tx: Tx, person_id: int, message_id: int, library: Library, wishes: Wishes, today: date) -> None:
    """Take in how the person wants to study, before their reviews, which are planned by it; cards that are there
    already must be planned anew. What they have chosen here stays, and an exam for which nothing can be planned is
    none. The same once more changes nothing."""
    unset = learners.unset(tx, person_id)
    study = {name: value for name, value in wishes.study.items() if name in unset}
    for name, value in study.items():
        learners.change(tx, person_id, name, value)
    if study:
        imports.change(tx, person_id, message_id, study=True)
    away = (wishes.suspended & _known(tx, library)) - withheld.suspended_refs(tx, person_id)
    for ref in away:
        withheld.withhold(tx, person_id, ref, None)
    imports.add(tx, person_id, message_id, suspended=len(away))
    exam = wishes.exam
    if exam and exams.of(tx, person_id) is None and _can_be_planned(exam, library, today):
        exams.keep(tx, person_id, exam)
        imports.add(tx, person_id, message_id, exam_day=exam.day)


def merged(tx: Tx, person_id: int, message_id: int) -> Merged:
    """What has been taken in of a file, however often it was begun. Raises LookupError for one that is not known."""
    there = imports.find(tx, person_id, message_id)
    if there is None:
        raise LookupError(message_id)
    return Merged(there.new, there.study, there.suspended, there.exam_day)


def _can_be_planned(exam: Exam, library: Library, today: date) -> bool:
    """Whether it is not over, not too far away, and about something that a bank here has."""
    near = today <= exam.day <= today + timedelta(days=FURTHEST)
    return near and bool(refs_about(library, exam.about))


def _known(tx: Tx, library: Library) -> frozenset[Ref]:
    """The questions that a bank has, or had when they were asked here: a file gives out no numbers."""
    return questions.known(tx).union(library.refs)


def _merge_one(tx: Tx, person_id: int, ref: Ref, reviews: tuple[Review, ...]) -> int:
    new = logs.bring(tx, person_id, ref, reviews)
    card = cards.card_of(tx, person_id, ref, learners.of(tx, person_id).preset) if new else None
    if card is not None:
        cards.plan(tx, person_id, ref, card.due)
    return new


def _portions(log: Log) -> Iterator[Log]:
    """The log in parts of not many reviews, each question whole."""
    part: dict[Ref, tuple[Review, ...]] = {}
    for ref, reviews in log.items():
        if part and _count(part) + len(reviews) > _PORTION:
            yield part
            part = {}
        part[ref] = reviews
    if part:
        yield part


def _count(log: Log) -> int:
    return sum(map(len, log.values()))
