"""The day of each person's exam."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, delete, select

from bot.core.exams import Exam
from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.tables_own import exams
from bot.store.upsert import put

_OF = Prepared(select(exams).where(exams.c.person_id == bindparam("person_id")))


def of(tx: Tx, person_id: int) -> Exam | None:
    """The person's exam, if they have named one; it may be over."""
    row = _OF.first(tx, {"person_id": person_id})
    return Exam(date.fromordinal(row.day), row.about) if row else None


def keep(tx: Tx, person_id: int, exam: Exam) -> None:
    """That is the person's exam from now on."""
    put(tx, exams, {"person_id": person_id, "day": exam.day.toordinal(), "about": exam.about})


def end(tx: Tx, person_id: int, until: date) -> None:
    """The person has none any more that is on that day or before."""
    over = delete(exams).where(exams.c.person_id == person_id, exams.c.day <= until.toordinal())
    tx.execute(over)
