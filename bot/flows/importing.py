"""What a person brings back: reviews are merged into their log, and their cards rebuilt from it; then how they want to
study, where they have not said so here.

Boards, points, streaks and other people are not touched: only answers given here count for those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.archive.wishes import Wishes
from bot.core.bank import Library, Ref
from bot.core.exams import Exam
from bot.core.review import Review
from bot.flows.callers import Caller, arrive
from bot.store import cards, exams, learners, logs, people, questions, withheld
from bot.store.database import Tx
from bot.store.instants import seconds

Log = Mapping[Ref, tuple[Review, ...]]
_ASKED = "import"
_OPEN = timedelta(hours=1)  # how long /import waits for its file
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
class Adopted:
    """What else was taken in: whether any `study` setting, how many suspended questions, and which exam."""

    study: bool
    suspended: int
    exam: Exam | None


def expect(tx: Tx, caller: Caller) -> Caller:
    """Take the next file that comes in private as an import, for an hour."""
    here = arrive(tx, caller)
    people.change_chat(tx, here.chat.id, asking=f"{_ASKED} {seconds(here.now)}")
    return here


def arrived(tx: Tx, caller: Caller) -> tuple[Caller, bool]:
    """A file has come: who sent it, and whether /import was waiting for one."""
    here = arrive(tx, caller)
    what, _, since = (here.chat.asking or "").partition(" ")
    return here, what == _ASKED and since.isdecimal() and int(since) >= seconds(here.now - _OPEN)


def plan(tx: Tx, person_id: int, library: Library, log: Log, most: int) -> Plan | TooMany:
    """How to take in a log; `most` reviews of one question may be there in the end. Writes nothing."""
    known = {ref: reviews for ref, reviews in log.items() if _known(tx, library, ref)}
    if any(logs.with_these(tx, person_id, ref, reviews) > most for ref, reviews in known.items()):
        return TooMany()
    strange = [reviews for ref, reviews in log.items() if ref not in known]
    return Plan(tuple(_portions(known)), _count(known), sum(map(len, strange)), len(strange))


def merge(tx: Tx, person_id: int, portion: Log) -> int:
    """Log what is not there yet, and plan each question by its whole log; how many reviews were new.

    The same portion once more changes nothing.
    """
    return sum(_merge_one(tx, person_id, ref, reviews) for ref, reviews in portion.items())


def taken(tx: Tx, person_id: int) -> None:
    """The file that /import waited for has come."""
    people.change_chat(tx, person_id, asking=None)


def adopt(tx: Tx, person_id: int, library: Library, wishes: Wishes, today: date) -> Adopted:
    """Take in how the person wants to study, before their reviews, which are planned by it; cards that are there
    already must be planned anew. What they have chosen here stays, and an exam that is over is none. The same once
    more changes nothing."""
    unset = learners.unset(tx, person_id)
    study = {name: value for name, value in wishes.study.items() if name in unset}
    for name, value in study.items():
        learners.change(tx, person_id, name, value)
    away = withheld.suspended_refs(tx, person_id)
    suspended = [ref for ref in wishes.suspended - away if _known(tx, library, ref)]
    for ref in suspended:
        withheld.withhold(tx, person_id, ref, None)
    exam = wishes.exam if wishes.exam and wishes.exam.day >= today and exams.of(tx, person_id) is None else None
    if exam:
        exams.keep(tx, person_id, exam)
    return Adopted(bool(study), len(suspended), exam)


def _known(tx: Tx, library: Library, ref: Ref) -> bool:
    """Whether a bank has the question, or had it when it was asked here: a file gives out no numbers."""
    return library.question(ref, "zh") is not None or questions.is_known(tx, ref)


def _merge_one(tx: Tx, person_id: int, ref: Ref, reviews: tuple[Review, ...]) -> int:
    new = logs.bring(tx, person_id, ref, reviews)
    card = cards.card_of(tx, person_id, ref, learners.of(tx, person_id).retention) if new else None
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
