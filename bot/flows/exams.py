"""`/exam`: the day a person prepares for. The plan itself is the core's, and is made outside any unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.core.bank import Language
from bot.core.exams import Exam, NoDay, Off, exam_meant
from bot.core.planning import Situation
from bot.core.topics import Unknown
from bot.flows import portions, preparing
from bot.flows.callers import Caller, TooOld, arrive
from bot.flows.preparing import Day
from bot.store import exams, learners, pushes
from bot.store.database import Tx

MOST = 500  # questions a day that a button may set
Limit = Literal["new_a_day", "reviews_a_day"]


@dataclass(frozen=True, slots=True)
class Standing:
    """The exam and what its plan starts from, on the study day `today`; `pushed`: there is a daily hour."""

    language: Language
    today: date
    exam: Exam
    situation: Situation
    pushed: bool


@dataclass(frozen=True, slots=True)
class NoExam:
    """There is none: it was called `off`, is `over`, or was never named."""

    language: Language
    today: date
    off: bool = False
    over: Exam | None = None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What was typed is no exam that can be planned for."""

    language: Language
    today: date
    why: NoDay | Unknown


def exam(tx: Tx, caller: Caller, typed: str) -> Standing | NoExam | NotTaken:
    """`/exam [day] [topic]`: name it, call it off, or see how it stands."""
    caller = arrive(tx, caller)
    if not typed:
        return _standing(tx, caller)
    meant = exam_meant(caller.library, typed, caller.study_day())
    if isinstance(meant, (NoDay, Unknown)):
        return NotTaken(caller.language, caller.study_day(), meant)
    if isinstance(meant, Off):
        exams.end(tx, caller.person.id, date.max)
        return NoExam(caller.language, caller.study_day(), off=True)
    exams.keep(tx, caller.person.id, meant)
    return _standing(tx, caller)


def allow(tx: Tx, caller: Caller, limit: Limit, number: int) -> Standing | NoExam | TooOld:
    """The person does that many a day from now on; the plan by that."""
    caller = arrive(tx, caller)
    if not 0 < number <= MOST:
        return TooOld(caller.language)
    learners.change(tx, caller.person.id, limit, number)
    return _standing(tx, caller)


def _standing(tx: Tx, caller: Caller) -> Standing | NoExam:
    """How it stands; one that is over is over once that has been said."""
    at = Day(caller.person.id, caller.chat, caller.zone, caller.now)
    named = exams.of(tx, caller.person.id)
    if named is None or named.day < at.today:
        exams.end(tx, caller.person.id, at.today)
        return NoExam(caller.language, at.today, over=named)
    today = portions.room(tx, caller.library, at, named)
    situation = preparing.situation(tx, caller.library, at, named, today)
    return Standing(caller.language, at.today, named, situation, bool(pushes.slots_of(tx, caller.chat.id)))
