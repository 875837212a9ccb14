"""Boards and study days."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.core.people import Person
from bot.store import people, rounds, scores
from bot.store.database import Tx
from bot.store.scores import Score

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WEEK = Period.week(date(2026, 11, 23))
GROUP = -100


def test_an_answer_counts_for_each_period(tx: Tx) -> None:
    """Points, right ones and answers add up in every period given, and in no other chat."""
    scores.add(tx, GROUP, [Period.ALL, WEEK], 1, points=15, right=True)
    scores.add(tx, GROUP, [Period.ALL], 1, points=0, right=False)
    scores.add(tx, GROUP, [Period.ALL], 1, points=0, right=None)
    scores.add(tx, GROUP, [], 1, points=99, right=True)

    assert scores.own(tx, GROUP, Period.ALL, 1) == Score(1, 1, "?", 15, right=1, answered=3)
    assert scores.own(tx, GROUP, WEEK, 1) == Score(1, 1, "?", 15, right=1, answered=1)
    assert scores.own(tx, -200, Period.ALL, 1) is None


def test_ties_share_a_rank(tx: Tx) -> None:
    """Ranks go 1 2 2 4; equal ones stand by name; whoever answered stands there, with no points too."""
    for person_id, name, points in ((1, "Ada", 10), (2, "Lin", 20), (3, "Bob", 20), (4, "Eve", 30), (5, "Zoe", 0)):
        people.see_person(tx, Person(person_id, name), NOON)
        scores.add(tx, GROUP, [WEEK], person_id, points=points, right=points > 0)

    board = scores.top(tx, GROUP, WEEK)

    assert [(line.rank, line.name) for line in board] == [(1, "Eve"), (2, "Bob"), (2, "Lin"), (4, "Ada"), (5, "Zoe")]
    assert scores.own(tx, GROUP, WEEK, 2) == board[2]
    assert scores.own(tx, GROUP, WEEK, 5) == board[4]
    assert len(scores.top(tx, GROUP, WEEK, limit=3)) == 3


def test_a_rename_keeps_one_line(tx: Tx) -> None:
    """The board shows names as last seen."""
    for name in ("Ada", "Ada Lovelace"):
        people.see_person(tx, Person(1, name), NOON)
        scores.add(tx, GROUP, [WEEK], 1, points=10, right=True)

    assert scores.top(tx, GROUP, WEEK) == (Score(1, 1, "Ada Lovelace", 20, 2, 2),)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(points=st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_the_own_rank_is_the_boards(tx: Tx, points: list[int]) -> None:
    """Whatever the points, a person's own line is the one that the board shows for them."""
    with tx.begin_nested() as example:
        for person_id, earned in enumerate(points):
            scores.add(tx, GROUP, [WEEK], person_id, points=earned, right=None)

        board = scores.top(tx, GROUP, WEEK, limit=20)

        assert [scores.own(tx, GROUP, WEEK, line.person_id) for line in board] == list(board)
        assert [line.rank for line in board] == [1 + sum(other > line.points for other in points) for line in board]
        example.rollback()


def test_a_persons_points_are_summed_over_chats(tx: Tx) -> None:
    """Private chat and groups together, of that period."""
    for chat_id, points in ((GROUP, 10), (-200, 15), (1, 20)):
        scores.add(tx, chat_id, [Period.ALL], 1, points=points, right=True)
    scores.add(tx, GROUP, [Period.ALL], 2, points=99, right=True)

    assert (scores.earned(tx, 1, Period.ALL), scores.earned(tx, 1, WEEK)) == (45, 0)


def test_study_days_come_newest_first(tx: Tx) -> None:
    """Each day once, however much was answered on it."""
    for day in (date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 23)):
        scores.note_study_day(tx, 1, day)
    scores.note_study_day(tx, 2, date(2026, 1, 1))

    assert scores.study_days_of(tx, 1) == (date(2026, 11, 23), date(2026, 11, 22))


def test_answers_are_counted_by_question(tx: Tx) -> None:
    """In private and in groups together: how often answered and how often right."""
    mask, nsp = Ref("bert", "mask"), Ref("bert", "nsp")
    for number, (chat_id, ref, right) in enumerate(
        [(1, mask, True), (GROUP, mask, False), (1, mask, None), (GROUP, nsp, True)]
    ):
        begun = _round(tx, chat_id, ref, f"m{number}")
        rounds.save_answer(tx, begun.id, 1, choice=0, right=right, points=0, at=NOON)
        rounds.save_answer(tx, begun.id, 2, choice=0, right=True, points=0, at=NOON)

    assert scores.answered_refs(tx, 1) == ((mask, 3, 1), (nsp, 1, 1))
    assert scores.answered_refs(tx, 3) == ()
    assert scores.graded(tx, 1) == (3, 2)
    assert scores.graded(tx, 3) == (0, 0)


def _round(tx: Tx, chat_id: int, ref: Ref, origin: str) -> rounds.Round:
    return rounds.start(
        tx,
        chat_id=chat_id,
        thread_id=None,
        ref=ref,
        kind="choice",
        origin=origin,
        language="zh",
        choices="",
        right=0,
        points=10,
        opened_at=NOON,
        closes_at=None,
    )
