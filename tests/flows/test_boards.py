"""Boards: ranks, spans and names; a topic's board, everybody's, and who is shown on none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core.people import Person
from bot.flows import boards, members, results, voids
from bot.flows.boards import Board, NoTopic, Span
from tests.flows.boards_bench import HOME, LATER, PEOPLE, board_of, points_of, scored
from tests.group_bench import ADA, BOB, DEFAULTS, GROUP, LIBRARY, LIN, RIGHT, WRONG, Study


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


async def test_a_day_and_a_month_have_boards(study: Study) -> None:
    """Yesterday's points are this month's, and not today's."""
    await scored(study, (ADA, RIGHT), (BOB, RIGHT))
    study.now += timedelta(days=1)
    await scored(study, (BOB, RIGHT))
    assert await points_of(study, Span.DAY) == {"Bob": 15}
    assert await points_of(study, Span.MONTH) == {"Bob": 25, "Ada": 10}
    assert (await board_of(study, Span.DAY)).days == (date(2026, 3, 3), date(2026, 3, 3))
    assert (await board_of(study, Span.MONTH)).days == (date(2026, 3, 1), date(2026, 3, 31))


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
    await scored(study, (ADA, RIGHT), (BOB, WRONG))
    study.now += timedelta(days=7)
    other = replace(GROUP, id=-200, title="别的组")
    opened, poll = await study.poll(chat=other)
    await study.vote(BOB, poll, RIGHT)
    await study.vote(ADA, poll, RIGHT)
    assert opened.round.chat_id == other.id
    mine = await study.database.write(boards.mine, ADA, HOME, study.now, DEFAULTS)
    assert (mine.week, mine.all_time, mine.streak.length) == (10, 20, 1)
    listed = [(group.title, group.week.rank if group.week else None) for group in mine.groups]
    assert listed == [("别的组", 1), ("读书小组", None)]


async def test_a_topic_has_a_board_of_its_own(study: Study) -> None:
    """By name or tag; what is called nothing is said."""
    await scored(study, (ADA, RIGHT), (BOB, RIGHT))
    for wanted, points in (("注意力", [10, 10]), ("bert", [])):
        board = await study.database.write(boards.board, LIBRARY, ADA, GROUP, Span.ALL, study.now, DEFAULTS, wanted)
        assert isinstance(board, Board)
        assert [row.points for row in board.rows] == points
    none = await study.database.write(boards.board, LIBRARY, ADA, GROUP, Span.ALL, study.now, DEFAULTS, "zzzz")
    assert isinstance(none, NoTopic)


async def test_whoever_hides_is_nowhere_and_comes_back_with_everything(study: Study) -> None:
    """Points go on being earned meanwhile."""
    await scored(study, (ADA, RIGHT), (BOB, RIGHT))
    for _time in range(2):
        await study.database.write(boards.hide, ADA, GROUP, study.now, DEFAULTS, hidden=True)
    await scored(study, (ADA, RIGHT), (BOB, WRONG))
    assert await points_of(study) == {"Bob": 10}
    place = await study.database.write(boards.place, LIBRARY, ADA, GROUP, Span.ALL, None, study.now, DEFAULTS)
    assert (place.lines, place.hidden) == ((), True)
    for _time in range(2):
        await study.database.write(boards.hide, ADA, GROUP, study.now, DEFAULTS, hidden=False)
    assert await points_of(study) == {"Ada": 25, "Bob": 10}


async def test_who_has_left_is_not_shown_and_comes_back_with_their_points(study: Study) -> None:
    """Whatever tells of it: Telegram, or the person by writing again."""
    await scored(study, (ADA, RIGHT), (BOB, RIGHT))
    await study.database.write(members.heard, GROUP.id, BOB, study.now, here=False)
    assert await points_of(study) == {"Ada": 10}
    await board_of(study, Span.ALL, BOB)
    assert await points_of(study) == {"Ada": 10, "Bob": 10}


async def test_everybody_s_board(study: Study) -> None:
    """Who joins brings all they have, goes on scoring there, and takes it along when leaving."""
    await scored(study, (ADA, RIGHT), (BOB, RIGHT))
    shown = (LIBRARY, ADA, HOME, boards.EVERYBODY, Span.ALL, study.now, DEFAULTS)
    assert await study.database.write(boards.elsewhere, *shown) is None
    await study.database.write(boards.join, ADA, HOME, study.now, DEFAULTS, worldwide=True)
    await scored(study, (ADA, RIGHT), (BOB, WRONG))
    board = await study.database.write(boards.elsewhere, *shown)
    assert board is not None
    assert [(row.name, row.points, row.answered) for row in board.rows] == [("Ada", 25, 2)]
    await study.database.write(boards.join, ADA, HOME, study.now, DEFAULTS, worldwide=False)
    assert await study.database.write(boards.elsewhere, *shown) is None
    assert await points_of(study) == {"Ada": 25, "Bob": 10}


async def test_a_group_s_board_is_shown_in_private_to_its_people_alone(study: Study) -> None:
    """Whoever has answered there and not left."""
    await scored(study, (ADA, RIGHT), (BOB, RIGHT))
    flow, args = study.database.write, (GROUP.id, Span.ALL, study.now, DEFAULTS)
    seen = await flow(boards.elsewhere, LIBRARY, ADA, HOME, *args)
    assert seen is not None
    assert len(seen.rows) == 2
    assert await flow(boards.elsewhere, LIBRARY, LIN, replace(HOME, id=LIN.id), *args) is None
    await flow(members.heard, GROUP.id, ADA, study.now, here=False)
    assert await flow(boards.elsewhere, LIBRARY, ADA, HOME, *args) is None


async def test_arrows_are_for_what_the_round_did_on_that_very_board(study: Study) -> None:
    """A vote after Sunday's study day lifts nobody in last week's line, and a voided round lifts nobody at all."""
    study.now = datetime(2026, 3, 8, 13, tzinfo=UTC)
    await scored(study, (BOB, RIGHT), (ADA, WRONG))
    opened, poll = await study.poll()
    study.now += timedelta(days=1)
    await study.vote(ADA, poll, RIGHT)
    await study.vote(BOB, poll, WRONG)
    told = await study.database.read(results.result, LIBRARY, opened.round.id, study.now, DEFAULTS)
    assert told is not None
    assert [(leader.score.name, leader.up) for leader in told.leaders] == [("Bob", 0), ("Ada", 0)]


async def test_one_s_place_on_a_topic_s_board_is_that_board_s(study: Study) -> None:
    """Between the neighbours there; the voided rounds under a topic's board are the topic's."""
    await scored(study, (ADA, RIGHT), (BOB, WRONG))
    await study.database.write(voids.void, LIBRARY, ADA, GROUP, LATER, None, study.now, DEFAULTS)
    await scored(study, (BOB, RIGHT), (ADA, RIGHT), (LIN, WRONG))
    args = (ADA, GROUP, Span.ALL)
    for about, ranks in (("attention", [1, 1, 3]), ("bert", [])):
        place = await study.database.write(boards.place, LIBRARY, *args, about, study.now, DEFAULTS)
        assert [line.rank for line in place.lines] == ranks
        board = await study.database.write(boards.board, LIBRARY, *args, study.now, DEFAULTS, about)
        assert isinstance(board, Board)
        assert board.voided == (1 if ranks else 0)
