"""Boards: ranks, weeks and names; and that they always agree with a recount of the answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.core.calendar import study_day
from bot.core.people import Chat, Person, find_zone
from bot.flows import boards, chats, opening, rounds
from bot.flows.boards import Board, Span
from bot.flows.opening import Opening
from bot.store.database import Database, Tx
from bot.store.tables import answers
from tests.group_bench import ADA, BOB, DEFAULTS, GROUP, LIBRARY, LIN, NOON, Study

RIGHT, WRONG = 2, 0
PEOPLE = (ADA, BOB, LIN, Person(10, "小周"))


@pytest.fixture
def study(database: Database) -> Study:
    """An empty group."""
    return Study(database)


async def board_of(study: Study, span: Span, caller: Person | None = ADA) -> Board:
    """The group's board as it stands."""
    return await study.database.write(boards.board, caller, GROUP, span, study.now, DEFAULTS)


async def scored(study: Study, *votes: tuple[Person, int]) -> None:
    """One round of the group's with these votes."""
    opened, poll = await study.poll()
    for who, choice in votes:
        await study.vote(who, poll, choice)
    await study.finish(opened)


async def test_ties_share_a_rank(study: Study) -> None:
    """1 2 2 4, the zero included."""
    await scored(study, (ADA, RIGHT), (BOB, RIGHT), (LIN, RIGHT), (PEOPLE[3], WRONG))
    await scored(study, (ADA, RIGHT))
    rows = (await board_of(study, Span.ALL)).rows
    assert [(row.rank, row.name, row.points) for row in rows] == [
        (1, "Ada", 25),
        (2, "Bob", 10),
        (2, "Lin", 10),
        (4, "小周", 0),
    ]


async def test_a_new_week_starts_empty_and_all_time_goes_on(study: Study) -> None:
    """The week is the ISO week of the group's zone, and its days are told."""
    await scored(study, (ADA, RIGHT))
    week = await board_of(study, Span.WEEK)
    assert week.days == (date(2026, 3, 2), date(2026, 3, 8))
    assert len(week.rows) == 1
    study.now += timedelta(days=7)
    assert (await board_of(study, Span.WEEK)).rows == ()
    assert len((await board_of(study, Span.ALL)).rows) == 1


async def test_sunday_night_belongs_to_the_old_week_until_the_study_day_ends(study: Study) -> None:
    """03:59 on Monday in the group's zone is still last week, 04:00 is not."""
    study.now = datetime(2026, 3, 8, 19, 59, tzinfo=UTC)
    await scored(study, (ADA, RIGHT))
    study.now += timedelta(minutes=1)
    await scored(study, (BOB, RIGHT))
    assert [row.name for row in (await board_of(study, Span.WEEK)).rows] == ["Bob"]


async def test_one_s_own_line_is_shown_beyond_the_top(study: Study) -> None:
    """Ten lines, and the caller's rank under them where it is not among them."""
    crowd = [Person(number, f"P{number}") for number in range(100, 111)]
    await scored(study, *((who, RIGHT) for who in crowd), (ADA, WRONG))
    board = await board_of(study, Span.ALL)
    assert len(board.rows) == 10
    assert board.own is not None
    assert (board.own.rank, board.own.name) == (12, "Ada")
    assert (await board_of(study, Span.ALL, crowd[0])).own is None
    assert (await board_of(study, Span.ALL, None)).own is None


async def test_a_new_name_keeps_the_row(study: Study) -> None:
    """People are shown as last seen."""
    await scored(study, (ADA, RIGHT))
    await scored(study, (replace(ADA, name="Ada L."), RIGHT))
    rows = (await board_of(study, Span.ALL, None)).rows
    assert [(row.name, row.answered) for row in rows] == [("Ada L.", 2)]


async def test_in_private_everything_is_added_up(study: Study) -> None:
    """Points of all groups together, this week and ever."""
    await scored(study, (ADA, RIGHT))
    study.now += timedelta(days=7)
    other = replace(GROUP, id=-200)
    opened, poll = await study.poll(chat=other)
    await study.vote(ADA, poll, RIGHT)
    assert opened.round.chat_id == other.id
    home = Chat(ADA.id, "private", "Ada")
    totals = await study.database.write(boards.totals, ADA, home, study.now, DEFAULTS)
    assert (totals.week, totals.all_time) == (10, 20)


votes = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 30))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(st.lists(votes, max_size=5), max_size=6), move=st.booleans())
def test_boards_agree_with_a_recount(tx: Tx, history: list[list[tuple[int, int, int]]], move: bool) -> None:
    """Whatever happened in whatever order, even a move in the middle: the board is what the answers add up to."""
    with tx.begin_nested() as attempt:
        play(tx, history, move)
        attempt.rollback()


def play(tx: Tx, history: Sequence[Sequence[tuple[int, int, int]]], move: bool) -> None:
    """Rounds of votes (who, choice, hours later), a move to a supergroup after the second, and both boards."""
    chat, now = GROUP, NOON
    for number, cast in enumerate(history):
        opened = begun(tx, chat, number, now)
        for who, choice, hours in cast:
            now += timedelta(hours=hours)
            rounds.vote(tx, PEOPLE[who], f"poll{opened.round.id}", choice, now, DEFAULTS)
        rounds.closed(tx, opened.round.id, 900, now)
        if move and number == 1:
            chat = replace(GROUP, id=-900)
            chats.move(tx, GROUP.id, chat.id, now)
    for span in Span:
        board = boards.board(tx, ADA, chat, span, now, DEFAULTS)
        assert {row.person_id: (row.points, row.right, row.answered) for row in board.rows} == recount(tx, span, now)
        assert [row.rank for row in board.rows] == [
            1 + sum(other.points > row.points for other in board.rows) for row in board.rows
        ]


def begun(tx: Tx, chat: Chat, number: int, now: datetime) -> Opening:
    """A poll that stands in the chat."""
    opened = rounds.ask(
        tx,
        LIBRARY,
        ADA,
        chat,
        message_id=number + 1,
        thread_id=None,
        wanted="bert",
        now=now,
        defaults=DEFAULTS,
    )
    assert isinstance(opened, Opening)
    opening.posted(tx, opened.round.id, 500 + number, f"poll{opened.round.id}", now, DEFAULTS)
    return opened


def recount(tx: Tx, span: Span, now: datetime) -> dict[int, tuple[int, int, int]]:
    """Points, right and answered of each person, from the raw answers."""
    sums: dict[int, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for row in tx.execute(select(answers)):
        if span is Span.ALL or week(datetime.fromtimestamp(row.answered_at, UTC)) == week(now):
            points, right, answered = sums[row.person_id]
            sums[row.person_id] = (points + row.points, right + bool(row.right), answered + 1)
    return dict(sums)


def week(at: datetime) -> tuple[int, int]:
    """The ISO week of the study day in Shanghai."""
    zone = find_zone("Asia/Shanghai")
    assert zone is not None
    iso = study_day(at, zone, 4).isocalendar()
    return iso.year, iso.week
