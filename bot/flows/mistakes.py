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

FILES = 2  # of an export: one to read, one for a spreadsheet


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
    """All of a person's, the newest first; `zone` is where they live. `exported` is how often their files were sent by
    the button under the message that shows them: what the button asks for next."""

    language: Language
    zone: ZoneInfo
    wrong: tuple[Wrong, ...]
    exported: int = 0


def mistakes(tx: Tx, caller: Caller, shown_by: int | None = None) -> Mistakes:
    """Those whose questions are in the bank; `shown_by` is the message that shows them already."""
    caller = arrive(tx, caller)
    found = (_wrong(tx, caller, one) for one in stored.of(tx, caller.person.id))
    exported = stored.files_sent(tx, caller.person.id, shown_by) // FILES if shown_by else 0
    return Mistakes(caller.language, caller.zone, tuple(wrong for wrong in found if wrong), exported)


def files_due(tx: Tx, caller: Caller, message_id: int, export: int) -> range:
    """Which of the files that export (0 is the first under that message) has still to send: none, if it was done."""
    done = stored.files_sent(tx, caller.person.id, message_id) - export * FILES
    return range(min(max(done, 0), FILES), FILES)


def file_sent(tx: Tx, person_id: int, message_id: int, export: int, file: int) -> None:
    """That file of that export stands in the chat."""
    stored.keep_files_sent(tx, person_id, message_id, export * FILES + file + 1)


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
