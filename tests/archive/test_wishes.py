"""How a person wants to study, as a file says it: only what can be chosen here, and nothing that breaks."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

import pytest

from bot.archive import opened
from bot.archive.errors import Trouble, UnreadableError
from bot.archive.wishes import Wishes
from bot.core.bank import Ref
from bot.core.exams import Exam
from tests.archive.making import MASK, NOW, SCALE, document, package, tampered

LEARNER = {"person_id": 1, "retention": 80, "new_a_day": -1, "reviews_a_day": None, "mode": "typed", "opinions": True}


def wished(**tables: Any) -> Wishes:
    """What an export with these tables wishes."""
    return opened.read(document([], tables={"reviews": [], **tables}), NOW).wishes


def test_what_is_wished() -> None:
    """Settings that were chosen, no limit among them; never that answers go elsewhere. Buried is not suspended."""
    away = [
        {"bank": "bert", "question": "mask", "prompt": "?", "person_id": 1, "until": None},
        {"bank": "bert", "question": "scale", "prompt": "?", "person_id": 1, "until": "2026-11-24T20:00:00Z"},
    ]
    exams = [{"person_id": 1, "day": "2026-12-20", "about": "attention"}]
    assert wished(learners=[LEARNER], withheld=away, exams=exams) == Wishes(
        {"retention": 80, "new_a_day": None, "mode": "typed"},
        frozenset({MASK}),
        Exam(date(2026, 12, 20), "attention"),
    )


def test_an_export_from_before_there_were_any() -> None:
    """Wishes nothing."""
    assert wished() == Wishes() == opened.read(document([]), NOW).wishes


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("retention", value) for value in (0, 100, 87, "90", True, [90])),
        *(("new_a_day", value) for value in (-2, 10**9, "x", 1.5)),
        *(("mode", value) for value in ("telepathy", 1, None)),
        *(("portion", value) for value in (0, 10**6)),
    ],
)
def test_what_cannot_be_chosen_is_left_out(name: str, value: Any) -> None:
    """The rest is taken."""
    assert wished(learners=[{"mode": "typed", "retention": 95, name: value}]).study == {
        key: known for key, known in (("retention", 95), ("mode", "typed")) if key != name
    }


@pytest.mark.parametrize(
    "tables",
    [
        {"learners": {}},
        {"learners": [None]},
        {"withheld": [{}]},
        {"withheld": [{"bank": "bert", "question": 1, "until": None}]},
        {"withheld": [{"bank": "bert", "question": "x" * 201, "until": None}]},
        {"exams": [{"day": "soon", "about": None}]},
        {"exams": [{"day": 739000, "about": None}]},
        {"exams": [{"day": "2026-12-20", "about": "a\nb"}]},
    ],
)
def test_what_no_export_has_breaks_the_file(tables: dict[str, Any]) -> None:
    """Nothing of it is taken in."""
    with pytest.raises(UnreadableError) as error:
        wished(**tables)
    assert error.value.trouble is Trouble.BROKEN


def test_too_much_of_it() -> None:
    """Is too large."""
    rows = [{"bank": "bert", "question": f"q{number}", "until": None} for number in range(10_001)]
    with pytest.raises(UnreadableError) as error:
        wished(withheld=rows)
    assert error.value.trouble is Trouble.LARGE


def test_what_is_suspended_in_anki() -> None:
    """Our own cards alone."""

    def suspend(database: sqlite3.Connection) -> None:
        database.execute(
            "UPDATE cards SET queue = -1 WHERE nid = (SELECT id FROM notes WHERE guid = 'kaoguan:bert:scale')"
        )
        database.execute("INSERT INTO notes VALUES (5, 'other', 1, 1, 0, '', 'front', 'front', 0, 0, '')")
        database.execute(f"INSERT INTO cards VALUES (5, 5, 1, 0, 0, 0, 0, -1, {', '.join('0' * 9)}, '')")

    assert opened.read(package(), NOW).wishes == Wishes()
    assert opened.read(tampered(suspend), NOW).wishes == Wishes(suspended=frozenset({SCALE}))
    assert Ref("bert", "new") not in opened.read(tampered(suspend), NOW).log
