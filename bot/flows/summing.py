"""The end of an interview: what was said to each question, the ratings that follow, and the reviews they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.bank import Language, Question, Ref
from bot.core.crediting import credited
from bot.core.grades import Grade
from bot.core.replying import asked_for
from bot.core.review import Rating
from bot.core.rubrics import Rubric
from bot.flows import grading, recording
from bot.flows.callers import Caller, TooOld, arrive
from bot.store import cards, interviews, marks, rounds, typed
from bot.store.database import Tx
from bot.store.interviews import Interview, Turn


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of an interview and what was said to it; `asked` are the points that were asked on for. `back_in`
    days it comes back, once that is planned."""

    step: int
    question: Question
    rubric: Rubric | None
    round_id: int
    text: str
    aloud: bool
    rating: Rating | None
    overridden: frozenset[str]
    back_in: int | None
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summing:
    """All of an interview that is over, to be judged; `minutes` it took."""

    interview: Interview
    language: Language
    about: str | None
    minutes: int
    planned: bool
    answers: tuple[Answered, ...]


Grades = Mapping[int, Grade | None]
"""What each answer came to, by its step; None where nobody can say."""


def summing(tx: Tx, caller: Caller, there: Interview) -> Summing:
    """What has been asked and said. `caller` has the stored settings."""
    turns = [turn for turn in interviews.turns_of(tx, there) if turn.round_id and turn.step <= there.step]
    answers = tuple(one for turn in turns if (one := _answered(tx, caller, there, turn)) is not None)
    took = int((there.last_at - there.began_at).total_seconds() // 60)
    return Summing(there, caller.language, there.about, took, there.planned_at is not None, answers)


def find(tx: Tx, caller: Caller, interview_id: int) -> Summing | TooOld:
    """An interview that is over, by its number, if it is the person's."""
    caller = arrive(tx, caller)
    there = interviews.find(tx, interview_id)
    if there is None or there.person_id != caller.person.id or there.phase not in {"ending", "over"}:
        return TooOld(caller.language)
    return summing(tx, caller, there)


def graded(sums: Summing, caller: Caller) -> Grades:
    """Every answer graded, with what its person says they said. Some milliseconds, and no transaction needed."""
    return {one.step: _grade(one, caller) for one in sums.answers}


def told(tx: Tx, interview_id: int, message_id: int | None) -> None:
    """The verdict stands in the chat; None: nobody can be told."""
    interviews.move(tx, interview_id, "over", None, **({"verdict_id": message_id} if message_id else {}))


def rate(tx: Tx, caller: Caller, interview_id: int, step: int, rating: Rating) -> Summing | TooOld:
    """The person says how well they knew one question; not once it is planned."""
    stands = find(tx, caller, interview_id)
    if isinstance(stands, TooOld) or stands.planned or step not in {one.step for one in stands.answers}:
        return stands
    interviews.change(tx, stands.interview, step, rating=int(rating))
    return find(tx, caller, interview_id)


def plan(tx: Tx, caller: Caller, interview_id: int, ratings: Mapping[int, Rating]) -> Summing | TooOld:
    """The ratings, by step, become answers and reviews, each once; those left out are not planned."""
    stands = find(tx, caller, interview_id)
    if isinstance(stands, TooOld) or stands.planned:
        return stands
    caller = arrive(tx, caller)
    for one in stands.answers:
        if one.step in ratings:
            _record(tx, caller, one, ratings[one.step])
    interviews.move(tx, interview_id, "over", None, planned_at=caller.now)
    return find(tx, caller, interview_id)


def _record(tx: Tx, caller: Caller, one: Answered, rating: Rating) -> None:
    put = rounds.by_id(tx, one.round_id)
    if put is None:
        return
    day = caller.study_day()
    recording.record(
        tx,
        put,
        person_id=caller.person.id,
        choice=None,
        right=None,
        rating=rating,
        points=0,
        day=day,
        own_day=day,
        now=caller.now,
    )
    rounds.close_if_open(tx, put.id, caller.now)


def _answered(tx: Tx, caller: Caller, there: Interview, turn: Turn) -> Answered | None:
    question = caller.library.question(turn.ref, caller.language)
    if question is None or turn.round_id is None:
        return None
    return Answered(
        turn.step,
        question,
        caller.library.rubric(turn.ref),
        turn.round_id,
        typed.words_of(tx, turn.round_id),
        turn.aloud,
        turn.rating,
        marks.overridden(tx, there.person_id, turn.round_id),
        _back_in(caller, cards.due_of(tx, there.person_id, turn.ref)) if there.planned_at else None,
        turn.asked,
    )


def _back_in(caller: Caller, due: datetime | None) -> int | None:
    return None if due is None else max(0, (caller.study_day(due) - caller.study_day()).days)


def _grade(one: Answered, caller: Caller) -> Grade | None:
    if one.aloud or one.rubric is None:
        return None
    found = grading.assess(caller.library, Ref(*one.question.ref), one.text, asked=one.asked)
    return credited(found, asked_for(one.rubric, one.asked), one.text, one.overridden) if found else None
