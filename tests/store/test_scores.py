"""Boards and study days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.core.people import Person
from bot.store import answers, members, neighbours, people, rounds, scores, worldwide
from bot.store.database import Tx
from bot.store.scores import Score
from tests.store.asking import NOON, round_of

WEEK = Period.week(date(2026, 11, 23))
GROUP = -100


def test_an_answer_counts_for_each_period(tx: Tx) -> None:
    """Points, right ones and answers add up in every period given, and in no other chat."""
    scores.add(tx, GROUP, [Period.ALL, WEEK], 1, points=15, right=1, answered=1)
    scores.add(tx, GROUP, [Period.ALL], 1, points=0, answered=1)
    scores.add(tx, GROUP, [Period.ALL], 1, points=0, answered=1)
    scores.add(tx, GROUP, [], 1, points=99, right=1, answered=1)

    assert scores.own(tx, GROUP, Period.ALL, 1) == Score(1, 1, "?", 15, right=1, answered=3)
    assert scores.own(tx, GROUP, WEEK, 1) == Score(1, 1, "?", 15, right=1, answered=1)
    assert scores.own(tx, -200, Period.ALL, 1) is None


def test_ties_share_a_rank(tx: Tx) -> None:
    """Ranks go 1 2 2 4; equal ones stand by name; whoever answered stands there, with no points too."""
    for person_id, name, points in ((1, "Ada", 10), (2, "Lin", 20), (3, "Bob", 20), (4, "Eve", 30), (5, "Zoe", 0)):
        people.see_person(tx, Person(person_id, name), NOON)
        scores.add(tx, GROUP, [WEEK], person_id, points=points, right=int(points > 0), answered=1)

    board = scores.top(tx, GROUP, WEEK)

    assert [(line.rank, line.name) for line in board] == [(1, "Eve"), (2, "Bob"), (2, "Lin"), (4, "Ada"), (5, "Zoe")]
    assert scores.own(tx, GROUP, WEEK, 2) == board[2]
    assert scores.own(tx, GROUP, WEEK, 5) == board[4]
    assert len(scores.top(tx, GROUP, WEEK, limit=3)) == 3


def test_a_rename_keeps_one_line(tx: Tx) -> None:
    """The board shows names as last seen."""
    for name in ("Ada", "Ada Lovelace"):
        people.see_person(tx, Person(1, name), NOON)
        scores.add(tx, GROUP, [WEEK], 1, points=10, right=1, answered=1)

    assert scores.top(tx, GROUP, WEEK) == (Score(1, 1, "Ada Lovelace", 20, 2, 2),)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(points=st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_the_own_rank_is_the_boards(tx: Tx, points: list[int]) -> None:
    """Whatever the points, a person's own line is the one that the board shows for them."""
    with tx.begin_nested() as example:
        for person_id, earned in enumerate(points):
            scores.add(tx, GROUP, [WEEK], person_id, points=earned, answered=1)

        board = scores.top(tx, GROUP, WEEK, limit=20)

        assert [scores.own(tx, GROUP, WEEK, line.person_id) for line in board] == list(board)
        assert [line.rank for line in board] == [1 + sum(other > line.points for other in points) for line in board]
        example.rollback()


def _crowd(tx: Tx, *points: int, before: int = 0) -> None:
    """People 1, 2, … (or that many later) named A, B, … with these points."""
    for at, earned in enumerate(points, 1):
        people.see_person(tx, Person(before + at, chr(64 + at)), NOON)
        scores.add(tx, GROUP, [WEEK], before + at, points=earned, answered=1)


def test_who_is_hidden_or_gone_is_on_no_board(tx: Tx) -> None:
    """The others move up; back again, everything is as it was."""
    _crowd(tx, 30, 20, 10)
    whole = scores.top(tx, GROUP, WEEK)
    people.change_person(tx, 1, hidden=True)
    members.note(tx, GROUP, 2, NOON, here=False)
    members.note(tx, -200, 3, NOON, here=False)  # another group's news

    assert scores.top(tx, GROUP, WEEK) == (Score(1, 3, "C", 10, 0, 1),)
    assert scores.own(tx, GROUP, WEEK, 3) == Score(1, 3, "C", 10, 0, 1)
    assert scores.own(tx, GROUP, WEEK, 1) is None
    assert scores.points_of(tx, GROUP, WEEK, 1) == 30
    people.change_person(tx, 1, hidden=False)
    members.note(tx, GROUP, 2, NOON, here=True)
    assert scores.top(tx, GROUP, WEEK) == whole == scores.lines(tx, GROUP, WEEK)


@pytest.mark.parametrize("before", [0, 5_300_000_000])
def test_neighbours(tx: Tx, before: int) -> None:
    """The own line in the middle, but at the ends; ties keep their rank and their order, however long Telegram's
    numbers are."""
    _crowd(tx, 50, 40, 40, 20, 10, before=before)

    lines = {who: neighbours.around(tx, GROUP, WEEK, before + who) for who in range(1, 7)}

    around = {who: [line.person_id - before for line in near] for who, near in lines.items()}
    assert around == {1: [1, 2, 3], 2: [1, 2, 3], 3: [2, 3, 4], 4: [3, 4, 5], 5: [3, 4, 5], 6: []}
    assert [line.rank for line in lines[3]] == [2, 2, 4]


def test_somebody_else_is_anybody_who_answered(tx: Tx) -> None:
    """With or without points, in that chat and period."""
    assert not scores.somebody_else(tx, GROUP, WEEK, 1)
    _crowd(tx, 10)
    assert not scores.somebody_else(tx, GROUP, WEEK, 1)
    assert scores.somebody_else(tx, GROUP, WEEK, 2)
    assert not scores.somebody_else(tx, -200, WEEK, 2)


def test_a_topic_s_board_is_recounted_from_the_answers(tx: Tx) -> None:
    """Of its questions and days only; what is voided, or held back, earns nothing there either."""
    mask, nsp = Ref("bert", "mask"), Ref("bert", "nsp")
    for number, (ref, person_id, held) in enumerate(
        [(mask, 1, False), (mask, 2, True), (nsp, 1, False), (mask, 1, False)]
    ):
        begun, day = round_of(tx, GROUP, ref, f"m{number}"), NOON.date()
        answers.save(tx, begun.id, person_id, choice=0, right=True, points=10, at=NOON, day=day, held=held)
    rounds.set_voided(tx, begun.id, NOON)

    board = [(line.rank, line.person_id, line.points, line.answered) for line in scores.about(tx, GROUP, [mask], None)]

    assert board == [(1, 1, 10, 1), (2, 2, 0, 1)]
    assert scores.about(tx, GROUP, [mask], (date(2026, 1, 1), date(2026, 1, 2))) == ()


def test_everybody_s_board_is_for_those_who_want_it(tx: Tx) -> None:
    """Entering brings what was earned everywhere, twice is once, leaving takes it away and leaves the groups."""
    _crowd(tx, 30)
    scores.add(tx, -200, [WEEK], 1, points=5, answered=1)
    for _time in range(2):
        worldwide.enter(tx, 1)

    assert scores.top(tx, scores.GLOBAL, WEEK) == (Score(1, 1, "A", 35, 0, 2),)
    assert scores.earned(tx, 1, WEEK) == 35
    worldwide.leave(tx, 1)
    assert scores.top(tx, scores.GLOBAL, WEEK) == ()
    assert scores.points_of(tx, GROUP, WEEK, 1) == 30


def test_one_s_groups_are_those_one_has_answered_in_and_not_left(tx: Tx) -> None:
    """The most answered first; the private chat and everybody's board are no groups."""
    for chat_id, answered in ((-1, 1), (-2, 5), (-3, 9), (7, 3), (scores.GLOBAL, 3)):
        scores.add(tx, chat_id, [Period.ALL], 7, points=0, answered=answered)
    members.note(tx, -3, 7, NOON, here=False)

    assert scores.chats_of(tx, 7) == (-2, -1)


def test_people_are_counted_by_period(tx: Tx) -> None:
    """Who answered on a day, points or not, in one chat; other kinds of period are not mixed in."""
    days = [Period.day(date(2026, 11, day)) for day in (22, 23, 24)]
    for person_id, day in ((1, days[0]), (2, days[0]), (1, days[1]), (1, days[2]), (1, WEEK)):
        scores.add(tx, GROUP, [day], person_id, points=0)

    assert scores.people_on(tx, GROUP, days[0], days[1]) == {days[0].key: 2, days[1].key: 1}


def test_a_persons_points_are_summed_over_chats(tx: Tx) -> None:
    """Private chat and groups together, of that period."""
    for chat_id, points in ((GROUP, 10), (-200, 15), (1, 20)):
        scores.add(tx, chat_id, [Period.ALL], 1, points=points, right=1, answered=1)
    scores.add(tx, GROUP, [Period.ALL], 2, points=99, right=1, answered=1)

    assert (scores.earned(tx, 1, Period.ALL), scores.earned(tx, 1, WEEK)) == (45, 0)
