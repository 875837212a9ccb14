"""Undo: the last answer in private is taken back, and its question is open again.

One step back, once: what is older, what was answered in a group and what has been undone stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.bank import Language
from bot.flows import asking, retracting
from bot.flows.asking import Asked
from bot.flows.callers import Caller, arrive
from bot.store import answers, cards, rounds, undos
from bot.store.database import Tx
from bot.store.rounds import Round

Why = Literal["none", "group", "interview", "older", "twice", "lapsed"]


@dataclass(frozen=True, slots=True)
class Undone:
    """The answer is gone and the question open again; `again` where this very wish has come before."""

    asked: Asked
    again: bool = False


@dataclass(frozen=True, slots=True)
class Stays:
    """Nothing is undone, and why: nothing is answered, it was in a group or an interview, answers came after it, it has
    been undone already, or its question has left the bank."""

    language: Language
    why: Why


def undo_answer(tx: Tx, caller: Caller, round_id: int, answered_at: int) -> Undone | Stays:
    """The button under a result: that answer (by its Unix second), if it is the person's last one."""
    caller = arrive(tx, caller)
    pressed = asking.round_in(tx, caller.chat.id, round_id)
    if pressed is None:
        return Stays(caller.language, "older")
    gone = undos.undone_at(tx, caller.person.id, round_id)
    if gone is not None and int(gone.timestamp()) == answered_at:
        return _repeated(tx, caller, pressed, gone, None)
    given, last = answers.by(tx, round_id, caller.person.id), cards.last_review(tx, caller.person.id)
    if given is None or last is None or last[0] != round_id or int(given.answered_at.timestamp()) != answered_at:
        return Stays(caller.language, "older")
    return _undo(tx, caller, pressed, None)


def undo_last(tx: Tx, caller: Caller, message_id: int) -> Undone | Stays:
    """/undo: the person's last answer; a message that comes again undoes no other one."""
    caller = arrive(tx, caller)
    before = undos.undone_by(tx, caller.person.id, message_id)
    gone = undos.undone_at(tx, caller.person.id, before) if before else None
    if before is not None and gone is not None and (done := asking.round_in(tx, caller.chat.id, before)):
        return _repeated(tx, caller, done, gone, message_id)
    last = cards.last_review(tx, caller.person.id)
    if last is None:
        return Stays(caller.language, "none")
    found = asking.round_in(tx, caller.chat.id, last[0])
    return _undo(tx, caller, found, message_id) if found else Stays(caller.language, _elsewhere(tx, last[0]))


def _elsewhere(tx: Tx, round_id: int) -> Why:
    """Where it was answered that cannot be undone."""
    there = rounds.by_id(tx, round_id)
    return "interview" if there is not None and there.kind == "interview" else "group"


def _undo(tx: Tx, caller: Caller, last: Round, message_id: int | None) -> Undone | Stays:
    """`last` has the person's last review."""
    given, gone = answers.by(tx, last.id, caller.person.id), undos.last_undone(tx, caller.person.id)
    if given is None:
        return Stays(caller.language, "older")
    if gone is not None and gone >= given.answered_at:
        return Stays(caller.language, "twice")
    if not asking.still_asked(caller.library, last):
        return Stays(caller.language, "lapsed")
    retracting.retract(tx, last, given, message_id)
    return _again(tx, caller, last, again=False)


def _repeated(tx: Tx, caller: Caller, undone: Round, gone: datetime, message_id: int | None) -> Undone | Stays:
    """The very wish comes again. After a kill the answer of before may have come again with it, and is undone again; if
    it is a newer one, that comes again after this."""
    person_id = caller.person.id
    given, last = answers.by(tx, undone.id, person_id), cards.last_review(tx, person_id)
    if given is not None and last is not None and last[0] == undone.id and asking.still_asked(caller.library, undone):
        retracting.retract(tx, undone, given, message_id)
        undos.note(tx, person_id, undone.id, gone, message_id)
    return _again(tx, caller, undone)


def _again(tx: Tx, caller: Caller, pressed: Round, *, again: bool = True) -> Undone | Stays:
    """The question as it stands since: open, or answered anew."""
    now_there = asking.round_in(tx, caller.chat.id, pressed.id)
    if now_there is None or now_there.state == "closed":
        return Stays(caller.language, "twice")
    shown = asking.show(tx, caller.library, now_there, caller.language, caller.now, again=again)
    return Undone(shown, again) if isinstance(shown, Asked) else Stays(caller.language, "lapsed")
