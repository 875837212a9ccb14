"""What the words behind /exam mean."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.exams import Exam, NoDay, Off, exam_meant
from bot.core.topics import Unknown
from tests.practice_bench import LIBRARY

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-20", Exam(date(2026, 12, 20))),
        ("20 Dec 2026 attention", Exam(date(2026, 12, 20), "attention")),
        ("注意力 12月20日", Exam(date(2026, 12, 20), "attention")),
        ("Fri 20 Dec 2026 attention", Exam(date(2026, 12, 20), "attention")),
        ("下周五 注意力", Exam(date(2026, 12, 4), "attention")),
        ("on the last day of next month", NoDay("on the last day of next month", "none")),
        ("the end of next month", Exam(date(2026, 12, 31))),
        ("昨天", NoDay("昨天", "past")),
        ("12/20 maths", Exam(date(2026, 12, 20), "#maths")),
        ("off", Off()),
        ("取消", Off()),
        ("soon", NoDay("soon", "none")),
        ("2026-11-26", NoDay("2026-11-26", "today")),
        ("2025-12-20", NoDay("2025-12-20", "past")),
        ("2030-12-20", NoDay("2030-12-20", "far")),
        ("9" * 300, NoDay("9" * 300, "none")),
    ],
)
def test_what_is_typed(typed: str, meant: object) -> None:
    """A day and perhaps what it is about, in any order; or why it is none."""
    assert exam_meant(LIBRARY, typed, TODAY) == meant


def test_an_unknown_topic() -> None:
    """The day is understood, the rest is no topic."""
    assert isinstance(exam_meant(LIBRARY, "2026-12-20 xyzzy", TODAY), Unknown)
