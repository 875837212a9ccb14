"""What graded answers came to, point by point, and where their people disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from sqlalchemy import bindparam, delete, func, select

from bot.core.bank import Ref
from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.questions import MINE, question_id, ref_of
from bot.store.tables import questions
from bot.store.tables_typed import marks, overrides
from bot.store.upsert import put, put_new

Verdict = Literal["hit", "missed", "wrong"]
_MINE = select(marks).join(questions).where(marks.c.person_id == bindparam("person_id"), *MINE)
_LAST = Prepared(_MINE.where(marks.c.round_id < bindparam("before")).order_by(marks.c.round_id.desc()).limit(1))
_EVER = 2**62  # more than any round's number
_OF_ROUND = Prepared(_MINE.where(marks.c.round_id == bindparam("round_id")))
_OVERRIDDEN = Prepared(
    select(overrides.c.point).where(
        overrides.c.person_id == bindparam("person_id"), overrides.c.round_id == bindparam("round_id")
    )
)


class Said(NamedTuple):
    """A sentence that so many people say made the point, where the grader missed it."""

    ref: Ref
    point: str
    sentence: str
    people: int


def keep(tx: Tx, person_id: int, ref: Ref, round_id: int, verdicts: Mapping[Verdict, Iterable[str]]) -> None:
    """What the person's answer in that round came to, in the place of what was kept of it."""
    key = {"person_id": person_id, "question_id": question_id(tx, ref), "round_id": round_id}
    here = [marks.c[name] == value for name, value in key.items()]
    tx.execute(delete(marks).where(*here))
    for verdict, points in verdicts.items():
        for point in points:
            put_new(tx, marks, key | {"verdict": verdict, "point": point})


def of_round(tx: Tx, person_id: int, ref: Ref, round_id: int) -> dict[Verdict, frozenset[str]]:
    """The same, read back: the ids of points and wrong claims."""
    rows = _OF_ROUND.all(tx, {"person_id": person_id, "bank": ref.bank, "key": ref.id, "round_id": round_id})
    verdicts: tuple[Verdict, ...] = ("hit", "missed", "wrong")
    return {verdict: frozenset(row.point for row in rows if row.verdict == verdict) for verdict in verdicts}


def missed_last(tx: Tx, person_id: int, ref: Ref) -> frozenset[str]:
    """The points that the person's last graded answer to the question missed; what they say they said is none."""
    return missed_before(tx, person_id, ref, _EVER)


def missed_before(tx: Tx, person_id: int, ref: Ref, round_id: int) -> frozenset[str]:
    """The same of the last one before that round."""
    last = _LAST.first(tx, {"person_id": person_id, "bank": ref.bank, "key": ref.id, "before": round_id})
    return frozenset() if last is None else of_round(tx, person_id, ref, last.round_id)["missed"]


def override(tx: Tx, person_id: int, ref: Ref, round_id: int, point: str, sentence: str) -> None:
    """The person says that this sentence made the point. Saying so twice is saying so once."""
    key = {"person_id": person_id, "round_id": round_id, "point": point}
    put(tx, overrides, key | {"question_id": question_id(tx, ref), "sentence": sentence})


def take_back(tx: Tx, person_id: int, round_id: int, point: str) -> None:
    """The person does not say so any more."""
    mine = (overrides.c.person_id == person_id) & (overrides.c.round_id == round_id)
    tx.execute(delete(overrides).where(mine, overrides.c.point == point))


def overridden(tx: Tx, person_id: int, round_id: int) -> frozenset[str]:
    """The points that the person says they made in that round."""
    return frozenset(row.point for row in _OVERRIDDEN.all(tx, {"person_id": person_id, "round_id": round_id}))


def sayings(tx: Tx) -> tuple[Said, ...]:
    """Every such sentence, by question and point, what most people say first. Names nobody."""
    named = (questions.c.bank, questions.c.key, overrides.c.point, overrides.c.sentence)
    people = func.count(overrides.c.person_id.distinct()).label("people")
    found = select(*named, people).select_from(overrides.join(questions)).group_by(*named)
    ordered = found.order_by(questions.c.bank, questions.c.key, overrides.c.point, people.desc(), overrides.c.sentence)
    return tuple(Said(ref_of(row), row.point, row.sentence, row.people) for row in tx.execute(ordered))
