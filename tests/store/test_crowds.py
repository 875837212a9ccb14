"""Large boards: their ranks are counted otherwise, and are the same."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Select, func, select

from bot.core.calendar import Period
from bot.core.people import Person
from bot.store import crowds, members, neighbours, people, scores, worldwide
from bot.store.database import Tx
from bot.store.tables_group import scores as table
from bot.store.tables_group import standings, turnouts

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PERIODS = (Period.ALL, Period.day(TODAY), Period.week(TODAY))
GROUP, OTHER, MOVED = -100, -200, -1000000000100
CHATS = (GROUP, OTHER, scores.GLOBAL)


@pytest.fixture(autouse=True)
def _soon_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five people are a large board."""
    monkeypatch.setattr(crowds, "LARGE", 5)


def _numbers(tx: Tx, pairs: Select[int, int]) -> dict[int, int]:
    return {key: number for key, number in tx.execute(pairs)}  # noqa: C416 - rows are no pairs to mypy


def _hold(tx: Tx, *chats: int) -> None:
    """What is kept about these chats' crowds is what their lines say."""
    for chat in chats:
        here = (table.c.chat_id == chat,)
        counted = select(table.c.period, func.count()).where(*here).group_by(table.c.period)
        kept = select(turnouts.c.period, turnouts.c.people).where(turnouts.c.chat_id == chat, turnouts.c.people > 0)
        sizes = _numbers(tx, counted)
        assert _numbers(tx, kept) == sizes
        for period in (period for period, number in sizes.items() if number >= crowds.LARGE):
            _hold_board(tx, chat, period)


def _hold_board(tx: Tx, chat: int, period: int) -> None:
    lines = scores.lines(tx, chat, Period(period))
    points = [line.points for line in lines]
    kept = select(standings.c.points, standings.c.people)
    rows = kept.where(standings.c.chat_id == chat, standings.c.period == period, standings.c.people != 0)
    assert _numbers(tx, rows) == {value: points.count(value) for value in points}
    assert [scores.own(tx, chat, Period(period), line.person_id) for line in lines] == list(lines)


def _step(tx: Tx, chance: random.Random) -> None:
    """Something happens to somebody."""
    who, chat = chance.randint(1, 9), chance.choice((GROUP, OTHER))
    what = chance.randrange(8)
    if what < 4:
        for board in (chat, scores.GLOBAL) if people.is_worldwide(tx, who) else (chat,):
            scores.add(tx, board, PERIODS, who, points=chance.choice((0, 10, 15)), answered=1)
    elif what == 4:
        people.change_person(tx, who, hidden=chance.random() < 0.5)
    elif what == 5:
        members.note(tx, chat, who, NOON, here=chance.random() < 0.5)
    elif what == 6:
        keys = [period.key for period in PERIODS]
        scores.change(tx, chat, keys, who, points=0, answered=chance.choice((-1, 1)))
    else:
        joins = chance.random() < 0.7
        people.change_person(tx, who, worldwide=joins)
        (worldwide.enter if joins else worldwide.leave)(tx, who)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_the_crowds_are_those_of_the_lines(tx: Tx, seed: int) -> None:
    """Answers, voids, hiding, leaving, joining everybody's board, erasing, moving."""
    chance = random.Random(seed)
    for person_id in range(1, 10):
        people.see_person(tx, Person(person_id, f"P{person_id}"), NOON)
    for _ in range(120):
        _step(tx, chance)
    _hold(tx, *CHATS)

    people.move_chat(tx, OTHER, MOVED, NOON)
    scores.add(tx, OTHER, PERIODS[:1], 3, points=10, answered=1)
    _hold(tx, GROUP, MOVED, OTHER)


def test_two_groups_that_become_one_have_one_crowd(tx: Tx) -> None:
    """Who answered in both is one person there; a board that becomes large so is counted whole."""
    for chat, who in ((OTHER, 1), (OTHER, 2), (OTHER, 3), (MOVED, 3), (MOVED, 4), (MOVED, 5)):
        scores.add(tx, chat, [PERIODS[0], PERIODS[2]], who, points=10, answered=1)
    people.move_chat(tx, OTHER, MOVED, NOON)

    assert scores.people_on(tx, MOVED, Period.ALL, Period.ALL) == {Period.ALL.key: 5}
    _hold(tx, MOVED, OTHER)


def test_who_is_erased_is_counted_no_more(tx: Tx) -> None:
    """Neither on the boards nor among those who answered; the others' ranks are theirs."""
    for who in range(1, 8):
        scores.add(tx, GROUP, [PERIODS[0], PERIODS[2]], who, points=10 * who, answered=1)
    people.erase_person(tx, 7)
    people.erase_person(tx, 1)

    _hold(tx, GROUP)
    assert [line.rank for line in scores.top(tx, GROUP, Period.ALL)] == [1, 2, 3, 4, 5]


def test_many_equals_stand_by_number(tx: Tx, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody reads a thousand names: beyond a number of equals the order is their ids', and neighbours agree."""
    monkeypatch.setattr(scores, "TIED", 3)
    for who, points in ((1, 30), (2, 10), (3, 10), (4, 10), (5, 10), (6, 5)):
        people.see_person(tx, Person(who, f"P{9 - who}"), NOON)
        scores.add(tx, GROUP, [Period.ALL], who, points=points, answered=1)

    assert [line.person_id for line in scores.top(tx, GROUP, Period.ALL, 4)] == [1, 2, 3, 4]
    around = {who: [line.person_id for line in neighbours.around(tx, GROUP, Period.ALL, who)] for who in (1, 2, 4, 6)}
    assert around == {1: [1, 2, 3], 2: [1, 2, 3], 4: [3, 4, 5], 6: [4, 5, 6]}


def test_lines_of_days_long_over_are_dropped(tx: Tx) -> None:
    """The person's next new day takes those of a week ago along; how many answered then stays known."""
    days = [date(2026, 11, day) for day in (1, 9, 23)]
    for day in days:
        scores.add(tx, GROUP, [Period.day(day)], 1, points=10, answered=1)

    assert [scores.points_of(tx, GROUP, Period.day(day), 1) for day in days] == [0, 0, 10]
    assert set(scores.people_on(tx, GROUP, Period.day(days[0]), Period.day(days[2])).values()) == {1}
    scores.change(tx, GROUP, [Period.day(days[0]).key], 1, points=-10, answered=-1)
    assert scores.points_of(tx, GROUP, Period.day(days[0]), 1) == 0
