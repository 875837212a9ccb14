"""`/mistakes`: what went wrong when it was last asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.bank import Language, Question
from bot.flows.callers import Caller, arrive
from bot.store import marks
from bot.store import mistakes as stored
from bot.store.database import Tx
from bot.store.mistakes import Mistake


@dataclass(frozen=True, slots=True)
class Wrong:
    """A question that went wrong at that instant (aware UTC).

    `chosen` is the index of what was chosen, None where nothing was, or where the question's choices are others now.
    `missed` are the points that an answer in writing left out.
    """

    question: Question
    at: datetime
    chosen: int | None
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistakes:
    """All of a person's, the newest first; `zone` is where they live."""

    language: Language
    zone: ZoneInfo
    wrong: tuple[Wrong, ...]


def mistakes(tx: Tx, caller: Caller) -> Mistakes:
    """Those whose questions are in the bank."""
    caller = arrive(tx, caller)
    found = (_wrong(tx, caller, one) for one in stored.of(tx, caller.person.id))
    return Mistakes(caller.language, caller.zone, tuple(wrong for wrong in found if wrong))


def _wrong(tx: Tx, caller: Caller, mistake: Mistake) -> Wrong | None:
    question = caller.library.question(mistake.ref, caller.language)
    if question is None:
        return None
    asked_so = question.choices and (mistake.choices, mistake.right) == (len(question.choices), question.right)
    return Wrong(question, mistake.at, mistake.choice if asked_so else None, _missed(tx, caller, mistake))


def _missed(tx: Tx, caller: Caller, mistake: Mistake) -> tuple[str, ...]:
    rubric = caller.library.rubric(mistake.ref)
    if rubric is None:
        return ()
    missed = marks.of_round(tx, caller.person.id, mistake.ref, mistake.round_id)["missed"]
    return tuple(point.say[caller.language] for point in rubric.points if point.id in missed)
