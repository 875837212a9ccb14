"""How an interview goes on: what its phase says is to be done next, and the steps from one phase to another.

Everything is kept in the phase, so that whatever comes twice, or after a crash, finds by `look` what to do. What
is about to be said is said again when nobody has noted in time that it stands there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core.bank import Language, Question
from bot.core.interviewing import minutes
from bot.core.rubrics import Point, Rubric
from bot.flows import asking, summing
from bot.flows.callers import Caller
from bot.flows.leases import LEASE
from bot.flows.summing import Summing
from bot.store import interviews, rounds, typed
from bot.store.database import Tx
from bot.store.interviews import Interview, Turn
from bot.store.rounds import Round


@dataclass(frozen=True, slots=True)
class Asking:
    """What the interviewer says next: the question, or (`point`) what is asked on about it; the `at`th of `of`.

    `elapsed` and `planned` are whole minutes; `on` counts what has been asked on about it. `message_id` is where the
    question stands already, if it does.
    """

    interview: Interview
    question: Question
    language: Language
    round: Round
    at: int
    of: int
    elapsed: int
    planned: int
    point: Point | None = None
    on: int = 0


@dataclass(frozen=True, slots=True)
class Judging:
    """All that was said to a question, to be graded."""

    interview: Interview
    turn: Turn
    text: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The person has the word."""

    language: Language


Next = Asking | Judging | Waiting | Summing


def look(tx: Tx, caller: Caller, interview: Interview) -> Next:
    """What is to be done next. `caller` has the stored settings."""
    if interview.phase in {"ending", "over"}:
        return summing.summing(tx, caller, interview)
    turn = interviews.turns_of(tx, interview)[interview.step]
    if turn.round_id is None:
        return ask(tx, caller, interview)
    if interview.phase == "judging":
        return Judging(interview, turn, said(tx, turn))
    if interview.phase == "asking":
        return _asking(tx, caller, interview, turn) or go_on(tx, caller, interview)
    return Waiting(caller.language)


def judge(tx: Tx, caller: Caller, there: Interview) -> Next:
    """All is said to its question."""
    seen(tx, there)
    interviews.move(tx, there.id, "judging", caller.now + LEASE, last_at=caller.now)
    return look(tx, caller, again(tx, there))


def seen(tx: Tx, there: Interview) -> None:
    """Who answers has seen the question, though nobody may have come to note where it stands."""
    put = rounds.by_id(tx, interviews.turns_of(tx, there)[there.step].round_id or 0)
    if put is not None and put.state == "sending":
        rounds.posted(tx, put.id, None)


def go_on(tx: Tx, caller: Caller, there: Interview) -> Next:
    """To the next question, or to the end."""
    step = there.step + 1
    if step >= len(interviews.turns_of(tx, there)):
        return end(tx, caller, there)
    interviews.move(tx, there.id, "asking", caller.now + LEASE, step=step)
    return ask(tx, caller, again(tx, there))


def end(tx: Tx, caller: Caller, there: Interview) -> Next:
    """No more questions."""
    seen(tx, there)
    interviews.move(tx, there.id, "ending", caller.now + LEASE, last_at=caller.now)
    return look(tx, caller, again(tx, there))


def ask(tx: Tx, caller: Caller, there: Interview) -> Next:
    """Put the question of its step; one that has left the bank is left out."""
    turn = interviews.turns_of(tx, there)[there.step]
    question = caller.library.question(turn.ref, caller.language)
    if question is None:
        return go_on(tx, caller, there)
    origin = f"i{there.id}.{there.step}"
    put = asking.start(tx, question, there.person_id, origin, there.thread_id, caller.now, "interview")
    interviews.change(tx, there, turn.step, round_id=put.id)
    interviews.move(tx, there.id, "asking", caller.now + LEASE)
    return look(tx, caller, again(tx, there))


def _asking(tx: Tx, caller: Caller, there: Interview, turn: Turn) -> Asking | None:
    """What is about to be said; None if its question has left the bank."""
    put = rounds.by_id(tx, turn.round_id or 0)
    question = caller.library.question(turn.ref, caller.language)
    if put is None or question is None:
        return None
    every = interviews.turns_of(tx, there)
    planned = minutes([one for each in every if (one := caller.library.question(each.ref, caller.language))])
    elapsed = int((caller.now - there.began_at).total_seconds() // 60)
    point = _point(caller.library.rubric(turn.ref), turn)
    on = len(turn.asked)
    return Asking(there, question, caller.language, put, turn.step + 1, len(every), elapsed, planned, point, on)


def _point(rubric: Rubric | None, turn: Turn) -> Point | None:
    """The point that is asked on for just now."""
    last = turn.asked[-1] if turn.asked else None
    return next((point for point in rubric.points if point.id == last), None) if rubric and last else None


def said(tx: Tx, turn: Turn) -> str:
    """What has been said to its question, piece by piece."""
    return typed.words_of(tx, turn.round_id) if turn.round_id else ""


def again(tx: Tx, there: Interview) -> Interview:
    """The interview as it is by now."""
    return interviews.find(tx, there.id) or replace(there, phase="over")
