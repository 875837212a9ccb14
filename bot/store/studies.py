"""What a person has studied: the days, and how their answers came out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import bindparam, case, delete, func, select, true, tuple_

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.store.answers import REVIEWED
from bot.store.board_statements import NAME
from bot.store.board_statements import board as here
from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.questions import REFS, ref_of
from bot.store.tables import answers, people, questions, reviews
from bot.store.tables_group import scores, study_days
from bot.store.upsert import put

_NEAR = Prepared(
    select(study_days.c.study_day, study_days.c.last_day)
    .where(study_days.c.person_id == bindparam("person"), study_days.c.study_day <= bindparam("next"))
    .order_by(study_days.c.study_day.desc())
    .limit(2)
)


def note_day(tx: Tx, person_id: int, day: date) -> tuple[tuple[int, int], ...] | None:
    """The person has answered on that study day: it joins the days before and after it, if there are any. The runs that
    it joined, by their first and last days' ordinals; None if it is no new day."""
    number = day.toordinal()
    near = _NEAR.all(tx, {"person": person_id, "next": number + 1})
    if any(row.study_day <= number <= row.last_day for row in near):
        return None
    after = next((row for row in near if row.study_day == number + 1), None)
    first = next((row.study_day for row in near if row.last_day == number - 1), number)
    if after is not None:
        row_after = (study_days.c.person_id == person_id, study_days.c.study_day == after.study_day)
        tx.execute(delete(study_days).where(*row_after))
    last = after.last_day if after is not None else number
    put(tx, study_days, {"person_id": person_id, "study_day": first, "last_day": last})
    return tuple((row.study_day, row.last_day) for row in near if number in (row.study_day - 1, row.last_day + 1))


def forget_day(tx: Tx, person_id: int, day: date, joined: Iterable[tuple[int, int]]) -> None:
    """The person has not answered on that study day after all: the runs that it joined stand by themselves again."""
    around = (study_days.c.study_day <= day.toordinal(), study_days.c.last_day >= day.toordinal())
    tx.execute(delete(study_days).where(study_days.c.person_id == person_id, *around))
    for first, last in joined:
        put(tx, study_days, {"person_id": person_id, "study_day": first, "last_day": last})


def days_of(tx: Tx, person_id: int) -> tuple[date, ...]:
    """The study days on which the person answered, newest first."""
    mine = select(study_days).where(study_days.c.person_id == person_id).order_by(study_days.c.study_day.desc())
    runs = (range(row.last_day, row.study_day - 1, -1) for row in tx.execute(mine))
    return tuple(date.fromordinal(day) for run in runs for day in run)


@dataclass(frozen=True, slots=True)
class Studied:
    """Somebody on a board with their study days: the first and last ordinal of each run, in their order."""

    person_id: int
    name: str
    points: int
    runs: tuple[tuple[int, int], ...]


def runs_on(
    tx: Tx, chat_id: int, period: Period, limit: int, after: tuple[int, int] | None = None
) -> tuple[Studied, ...]:
    """Those on a board, most points first, from the one `after` (points and person's id) on."""
    keys = (scores.c.points, scores.c.person_id)
    further = tuple_(*keys) < tuple_(*after) if after else true()
    board = select(*keys).where(*here(chat_id, period), scores.c.listed.is_(True), further)
    some = board.order_by(*(key.desc() for key in keys)).limit(limit).subquery()
    known = some.outerjoin(people, people.c.id == some.c.person_id).outerjoin(
        study_days, study_days.c.person_id == some.c.person_id
    )
    whole = select(some, NAME.label("name"), study_days.c.study_day, study_days.c.last_day).select_from(known)
    rows = tx.execute(whole.order_by(some.c.points.desc(), some.c.person_id.desc(), study_days.c.study_day))
    each = groupby(rows, key=lambda row: (row.person_id, row.name, row.points))
    return tuple(
        Studied(*who, tuple((row.study_day, row.last_day) for row in runs if row.last_day)) for who, runs in each
    )


def graded(tx: Tx, person_id: int) -> tuple[int, int]:
    """How often the person answered questions with choices anywhere, and how often right."""
    right = func.sum(case((answers.c.right.is_(True), 1), else_=0))
    mine = (reviews.c.person_id == person_id, answers.c.right.is_not(None))
    times, hits = tx.execute(select(func.count(), right).select_from(REVIEWED).where(*mine)).one()
    return times, int(hits or 0)


def answered_refs(tx: Tx, person_id: int) -> tuple[tuple[Ref, int, int, int], ...]:
    """Each question the person has answered anywhere: how often, how often by a choice, and how often right."""
    chosen, right = (
        func.sum(case((held, 1), else_=0)) for held in (answers.c.right.is_not(None), answers.c.right.is_(True))
    )
    whole = REFS.add_columns(func.count().label("times"), chosen.label("chosen"), right.label("right_times"))
    asked = REVIEWED.join(questions, questions.c.id == reviews.c.question_id)
    mine = whole.select_from(asked).where(reviews.c.person_id == person_id)
    rows = tx.execute(mine.group_by(questions.c.bank, questions.c.key).order_by(questions.c.bank, questions.c.key))
    return tuple((ref_of(row), row.times, int(row.chosen), int(row.right_times)) for row in rows)
