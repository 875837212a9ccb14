"""What a person has studied."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.core.review import Rating
from bot.store import answers, cards, scores, studies
from bot.store.database import Tx
from bot.store.studies import Studied
from bot.store.tables_group import study_days
from tests.store.asking import NOON, round_of

MONDAY = NOON.date()
GROUP = -100


def test_study_days_come_newest_first(tx: Tx) -> None:
    """Each day once, however much was answered on it."""
    for day in (date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 23)):
        studies.note_day(tx, 1, day)
    studies.note_day(tx, 2, date(2026, 1, 1))

    assert studies.days_of(tx, 1) == (date(2026, 11, 23), date(2026, 11, 22))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(days=st.lists(st.integers(0, 12), max_size=14))
def test_days_in_whatever_order_are_kept_once_and_those_in_a_row_as_one_line(tx: Tx, days: list[int]) -> None:
    """However they come: late votes and other zones bring days before the last one."""
    with tx.begin_nested() as example:
        for day in days:
            studies.note_day(tx, 1, MONDAY + timedelta(days=day))

        expected = sorted(set(days), reverse=True)
        assert studies.days_of(tx, 1) == tuple(MONDAY + timedelta(days=day) for day in expected)
        gaps = sum(day - 1 not in days for day in expected)
        assert tx.scalar(select(func.count()).select_from(study_days)) == gaps
        example.rollback()


def test_the_days_of_those_on_a_board_come_some_at_a_time(tx: Tx) -> None:
    """Most points first, each with their days in a row; one without days, and nobody from another board."""
    week = Period.week(MONDAY)
    for person_id, points in ((1, 10), (2, 30), (3, 10)):
        scores.add(tx, GROUP, [week], person_id, points=points, answered=1)
    scores.add(tx, -200, [week], 4, points=50, answered=1)
    for back in (0, 1, 5):
        studies.note_day(tx, 1, MONDAY - timedelta(days=back))
    today = MONDAY.toordinal()

    first = studies.runs_on(tx, GROUP, week, 2)
    rest = studies.runs_on(tx, GROUP, week, 2, (first[-1].points, first[-1].person_id))

    assert [(one.person_id, one.runs) for one in first] == [(2, ()), (3, ())]
    assert rest == (Studied(1, "?", 10, ((today - 5, today - 5), (today - 1, today))),)
    assert studies.runs_on(tx, GROUP, week, 2, (10, 1)) == ()


def test_answers_are_counted_by_question(tx: Tx) -> None:
    """In private and in groups together: how often answered, how often by a choice, and how often right."""
    mask, nsp = Ref("bert", "mask"), Ref("bert", "nsp")
    for number, (chat_id, ref, right) in enumerate(
        [(1, mask, True), (GROUP, mask, False), (1, mask, None), (GROUP, nsp, True)]
    ):
        begun = round_of(tx, chat_id, ref, f"m{number}")
        for who, hit in ((1, right), (2, True)):
            answers.save(tx, begun.id, who, choice=0, right=hit, points=0, at=NOON, day=NOON.date())
            cards.log_review(tx, who, ref, begun.id, Rating.GOOD, NOON)

    assert studies.answered_refs(tx, 1) == ((mask, 3, 2, 1), (nsp, 1, 1, 1))
    assert studies.answered_refs(tx, 3) == ()
    assert studies.graded(tx, 1) == (3, 2)
    assert studies.graded(tx, 3) == (0, 0)
