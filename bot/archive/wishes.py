"""What an export says of how its person studies: settings, suspended questions, the day of an exam."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.archive.errors import Trouble, UnreadableError
from bot.core.bank import Ref
from bot.core.exams import Exam
from bot.core.learners import MODES, PORTIONS, RETENTIONS

MOST = 10_000  # suspended questions
_LONGEST = 200  # characters of a name
_NO_LIMIT = -1  # as the table keeps it
_LIMITS = range(_NO_LIMIT, 1001)  # an exam's plan sets others than the settings offer
# What goes to somebody else's machine is wanted there and here, each for itself: `opinions` is not among these.
_CHOICES: Mapping[str, Collection[int | str]] = {
    "retention": RETENTIONS,
    "new_a_day": _LIMITS,
    "reviews_a_day": _LIMITS,
    "mode": MODES,
    "portion": PORTIONS,
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """Study settings by their names in Learner, of which only what is chosen stands there and can be chosen here; the
    questions not to be asked; the exam."""

    study: Mapping[str, int | str | None] = field(default_factory=dict)
    suspended: frozenset[Ref] = frozenset()
    exam: Exam | None = None


def of_tables(tables: Mapping[str, Any]) -> Wishes:
    """The wishes in an export's tables; tables that are missing wish nothing. Raises UnreadableError."""
    try:
        study = [_study(row) for row in _rows(tables, "learners")]
        suspended = frozenset(_ref(row) for row in _rows(tables, "withheld") if row["until"] is None)
        exams = [Exam(date.fromisoformat(row["day"]), _about(row["about"])) for row in _rows(tables, "exams")]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableError(Trouble.BROKEN) from error
    return Wishes(next(iter(study), {}), suspended, next(iter(exams), None))


def _rows(tables: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    rows = tables.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise TypeError(name)
    if len(rows) > MOST:
        raise UnreadableError(Trouble.LARGE)
    return rows


def _study(row: Mapping[str, Any]) -> dict[str, int | str | None]:
    found = {name: row.get(name) for name in _CHOICES}
    chosen = {name: value for name, value in found.items() if type(value) in {int, str} and value in _CHOICES[name]}
    return {name: None if value == _NO_LIMIT else value for name, value in chosen.items()}


def _ref(row: Mapping[str, Any]) -> Ref:
    return Ref(_name(row["bank"]), _name(row["question"]))


def _about(value: Any) -> str | None:  # noqa: ANN401 - any JSON
    return None if value is None else _name(value)


def _name(value: Any) -> str:  # noqa: ANN401 - any JSON
    if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= _LONGEST:
        raise TypeError("not a name")
    return value
