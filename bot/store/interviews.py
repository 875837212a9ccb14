"""Interviews and their turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, insert, select, update

from bot.core.bank import Ref
from bot.core.review import Rating
from bot.store.database import Tx
from bot.store.instants import instant, instant_or_none, seconds, seconds_or_none
from bot.store.questions import question_id, ref_of
from bot.store.tables import questions
from bot.store.tables_interviews import interviews, turns

Phase = Literal["asking", "waiting", "hearing", "judging", "ending", "over"]
"""A question is about to be sent; waits for words; words have come; they are all and to be judged; the verdict is about
to be sent; it is told."""


@dataclass(frozen=True, slots=True)
class Interview:
    """One interview; instants are aware UTC. `step` is the turn it has got to."""

    id: int
    person_id: int
    message_id: int
    thread_id: int | None
    about: str | None
    phase: Phase
    step: int
    began_at: datetime
    last_at: datetime
    act_at: datetime | None
    verdict_id: int | None
    planned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of it; `asked` are the points that were asked on for, in their order."""

    step: int
    ref: Ref
    round_id: int | None
    asked: tuple[str, ...]
    aloud: bool
    rating: Rating | None


def begin(
    tx: Tx,
    person_id: int,
    message_id: int,
    thread_id: int | None,
    about: str | None,
    refs: Sequence[Ref],
    now: datetime,
) -> Interview:
    """A new interview of these questions, about to ask the first one."""
    row = {"person_id": person_id, "message_id": message_id, "thread_id": thread_id, "about": about, "phase": "asking"}
    times = {"began_at": seconds(now), "last_at": seconds(now)}
    number = int(tx.execute(insert(interviews).values(row | times).returning(interviews.c.id)).scalar_one())
    key = {"person_id": person_id, "interview_id": number}
    tx.execute(insert(turns), [key | {"step": at, "question_id": question_id(tx, ref)} for at, ref in enumerate(refs)])
    return find(tx, number) or _lost(number)


def find(tx: Tx, interview_id: int) -> Interview | None:
    """The interview of that number."""
    return _interview(tx.execute(select(interviews).where(interviews.c.id == interview_id)).first())


def begun_by(tx: Tx, person_id: int, message_id: int) -> Interview | None:
    """The interview that this message began."""
    mine = (interviews.c.person_id == person_id) & (interviews.c.message_id == message_id)
    return _interview(tx.execute(select(interviews).where(mine)).first())


def newest(tx: Tx, person_id: int) -> Interview | None:
    """The person's last interview."""
    mine = select(interviews).where(interviews.c.person_id == person_id)
    return _interview(tx.execute(mine.order_by(interviews.c.id.desc()).limit(1)).first())


def overdue(tx: Tx, now: datetime, limit: int) -> tuple[int, ...]:
    """The interviews in which the bot goes on by itself, the longest due first."""
    due = select(interviews.c.id).where(interviews.c.act_at.is_not(None), interviews.c.act_at <= seconds(now))
    return tuple(tx.scalars(due.order_by(interviews.c.act_at, interviews.c.id).limit(limit)))


def move(tx: Tx, interview_id: int, phase: Phase, act_at: datetime | None, **columns: Any) -> None:  # noqa: ANN401
    """It is in that phase from now on, and goes on by itself at `act_at`; `columns` by their names, instants too."""
    values = {name: seconds(value) if isinstance(value, datetime) else value for name, value in columns.items()}
    values |= {"phase": phase, "act_at": seconds_or_none(act_at)}
    tx.execute(update(interviews).where(interviews.c.id == interview_id).values(values))


def turns_of(tx: Tx, interview: Interview) -> tuple[Turn, ...]:
    """Its turns in their order, those that have not come yet too."""
    mine = (turns.c.person_id == interview.person_id) & (turns.c.interview_id == interview.id)
    rows = tx.execute(
        select(turns, questions.c.bank, questions.c.key).join(questions).where(mine).order_by(turns.c.step)
    )
    return tuple(map(_turn, rows))


def change(tx: Tx, interview: Interview, step: int, **columns: Any) -> None:  # noqa: ANN401
    """Set columns of a turn by their names."""
    mine = (turns.c.person_id == interview.person_id) & (turns.c.interview_id == interview.id)
    tx.execute(update(turns).where(mine, turns.c.step == step).values(columns))


def ask_on(tx: Tx, interview: Interview, turn: Turn, point: str) -> None:
    """That point is asked for, too."""
    change(tx, interview, turn.step, asked="\n".join((*turn.asked, point)))


def of_round(tx: Tx, person_id: int, round_id: int) -> Interview | None:
    """The interview in which that round is a turn of the person's."""
    mine = (turns.c.person_id == person_id) & (turns.c.round_id == round_id)
    number = tx.scalar(select(turns.c.interview_id).where(mine))
    return None if number is None else find(tx, int(number))


def asked_lately(tx: Tx, person_id: int, limit: int) -> set[Ref]:
    """The questions of the person's last so many interviews."""
    mine = select(interviews.c.id).where(interviews.c.person_id == person_id)
    last = mine.order_by(interviews.c.id.desc()).limit(limit).subquery()
    asked = select(questions.c.bank, questions.c.key).join(turns).join(last, last.c.id == turns.c.interview_id)
    return {ref_of(row) for row in tx.execute(asked.where(turns.c.person_id == person_id))}


def _interview(row: Row[Any] | None) -> Interview | None:
    if row is None:
        return None
    times = {"began_at": instant(row.began_at), "last_at": instant(row.last_at)}
    later = {"act_at": instant_or_none(row.act_at), "planned_at": instant_or_none(row.planned_at)}
    return Interview(**(row._asdict() | times | later))


def _turn(row: Row[Any]) -> Turn:
    rating = None if row.rating is None else Rating(row.rating)
    asked = tuple(row.asked.split("\n")) if row.asked else ()
    return Turn(row.step, ref_of(row), row.round_id, asked, row.aloud, rating)


def _lost(number: int) -> Interview:
    raise LookupError(f"interview {number} is gone as it begins")
