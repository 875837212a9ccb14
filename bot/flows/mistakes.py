"""`/mistakes`: what went wrong when it was last asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.bank import Language, Library, Question
from bot.flows.callers import Caller, arrive
from bot.store import mistakes as stored
from bot.store.database import Tx
from bot.store.mistakes import Mistake


@dataclass(frozen=True, slots=True)
class Wrong:
    """A question that went wrong at that instant (aware UTC); `chosen` is the index of what was chosen, None where
    nothing was, or where the question's choices are others now."""

    question: Question
    at: datetime
    chosen: int | None


@dataclass(frozen=True, slots=True)
class Mistakes:
    """All of a person's, the newest first; `zone` is where they live."""

    language: Language
    zone: ZoneInfo
    wrong: tuple[Wrong, ...]


def mistakes(tx: Tx, caller: Caller) -> Mistakes:
    """Those whose questions are in the bank."""
    caller = arrive(tx, caller)
    found = (_wrong(caller.library, one, caller.language) for one in stored.of(tx, caller.person.id))
    return Mistakes(caller.language, caller.zone, tuple(wrong for wrong in found if wrong))


def _wrong(library: Library, mistake: Mistake, language: Language) -> Wrong | None:
    question = library.question(mistake.ref, language)
    if question is None:
        return None
    asked_so = question.choices and (mistake.choices, mistake.right) == (len(question.choices), question.right)
    return Wrong(question, mistake.at, mistake.choice if asked_so else None)
