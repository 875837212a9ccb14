"""What counts on a board and what does not: repeats, lonely points, voids, outsiders, and the group's streak."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.people import Person
from bot.flows import boards, members, rounds, voids
from bot.flows.boards import Span
from bot.flows.rounds import Counted
from bot.flows.voids import NoRound, Voided
from bot.flows.voting import Unsure
from bot.store import members as known_members
from bot.store import people
from tests.flows.boards_bench import HOME, LATER, PEOPLE, board_of, points_of, scored
from tests.group_bench import ADA, BOB, DEFAULTS, GROUP, LIBRARY, LIN, RIGHT, WRONG, Study
from tests.practice_bench import choice_question, library


async def test_right_again_within_seven_days_earns_nothing(study: Study) -> None:
    """In the same group; after seven days it earns again, and somebody else's answer is somebody else's."""
    one = Study(study.database, library(choice_question("a1", "attention", 1)))
    await scored(one, (ADA, RIGHT), (BOB, WRONG))
    one.now += timedelta(days=6, hours=23)
    await scored(one, (ADA, RIGHT), (BOB, RIGHT))
    assert await points_of(one) == {"Ada": 10, "Bob": 10}
    one.now += timedelta(days=7, hours=1)
    await scored(one, (ADA, RIGHT), (BOB, WRONG))
    assert await points_of(one) == {"Ada": 20, "Bob": 10}


async def test_alone_the_points_wait_for_a_second_person(study: Study) -> None:
    """Until somebody else answers that week, right or wrong: then all of the week's count, on every board."""
    for _day in range(2):
        await scored(study, (ADA, RIGHT))
        study.now += timedelta(days=1)
    assert await points_of(study) == {"Ada": 0}
    assert (await board_of(study, Span.WEEK)).alone
    await scored(study, (BOB, WRONG))
    assert await points_of(study) == {"Ada": 25, "Bob": 0}
    assert await points_of(study, Span.WEEK) == {"Ada": 25, "Bob": 0}
    assert not (await board_of(study, Span.WEEK)).alone
    study.now += timedelta(days=7)
    await scored(study, (ADA, RIGHT))
    assert await points_of(study) == {"Ada": 25, "Bob": 0}
    assert await points_of(study, Span.WEEK) == {"Ada": 0}


async def test_a_voided_round_is_off_the_boards_and_can_come_back(study: Study) -> None:
    """Points, right ones and answers, twice is once; the board says so."""
    await scored(study, (ADA, RIGHT), (BOB, RIGHT))
    number = await scored(study, (ADA, RIGHT), (BOB, WRONG))
    before = await board_of(study, Span.ALL)
    for _time in range(2):
        done = await study.database.write(voids.void, LIBRARY, ADA, GROUP, LATER, None, study.now, DEFAULTS)
        assert isinstance(done, Voided)
        assert (done.round.id, done.points) == (number, 15)
    board = await board_of(study, Span.ALL)
    assert [(row.name, row.points, row.right, row.answered) for row in board.rows] == [
        ("Ada", 10, 1, 1),
        ("Bob", 10, 1, 1),
    ]
    assert board.voided == 1
    for _time in range(2):
        await study.database.write(voids.switch, LIBRARY, ADA, GROUP, number, study.now, DEFAULTS, off=False)
    assert await board_of(study, Span.ALL) == before


async def test_an_open_round_that_is_voided_earns_nothing(study: Study) -> None:
    """Votes still come and are kept; put back, they count."""
    opened, poll = await study.poll()
    await study.vote(BOB, poll, RIGHT)
    await study.database.write(voids.void, LIBRARY, ADA, GROUP, LATER, 500 + opened.round.id, study.now, DEFAULTS)
    await study.vote(ADA, poll, RIGHT)
    assert await points_of(study) == {}
    await study.database.write(voids.switch, LIBRARY, ADA, GROUP, opened.round.id, study.now, DEFAULTS, off=False)
    assert await points_of(study) == {"Ada": 10, "Bob": 10}


async def test_only_a_poll_of_this_chat_can_be_voided(study: Study) -> None:
    """Named by its message or its result's, else the last one."""
    number = await scored(study, (ADA, RIGHT))
    await scored(study, (ADA, RIGHT))
    elsewhere = replace(GROUP, id=-200)
    flow, args = study.database.write, (study.now, DEFAULTS)
    assert isinstance(await flow(voids.void, LIBRARY, ADA, elsewhere, LATER, None, *args), NoRound)
    assert isinstance(await flow(voids.switch, LIBRARY, ADA, elsewhere, number, *args, off=True), NoRound)
    assert isinstance(await flow(voids.void, LIBRARY, ADA, GROUP, LATER, 12345, *args), NoRound)
    asked = await flow(voids.void, LIBRARY, ADA, GROUP, LATER, 500 + number, *args)
    assert isinstance(asked, Voided)
    assert asked.round.id == number


async def test_an_outsider_s_vote_does_not_count(study: Study) -> None:
    """Nothing is kept of it; where Telegram will not tell, what was last known holds, else the person is in."""
    _opened, poll = await study.poll()
    assert await study.vote(BOB, poll, RIGHT, here=False) is Counted.OUTSIDER
    assert await study.vote(LIN, poll, RIGHT, here=None) is Counted.COUNTED
    assert await study.vote(BOB, poll, RIGHT, here=None) is Counted.OUTSIDER
    assert await points_of(study) == {"Lin": 0}
    assert await study.vote(BOB, poll, RIGHT, here=True) is Counted.COUNTED
    assert await points_of(study) == {"Bob": 10, "Lin": 10}


async def test_membership_is_asked_for_once_a_day(study: Study) -> None:
    """Whoever was seen there within a day is in; who was away is asked for each time."""
    _opened, poll = await study.poll()

    async def bare(person: Person) -> object:
        return await study.database.write(rounds.vote, person, poll, RIGHT, study.now, DEFAULTS)

    assert await bare(ADA) is Counted.COUNTED  # she sent /quiz there
    assert await bare(BOB) == Unsure(GROUP.id)
    await study.database.write(known_members.note, GROUP.id, BOB.id, study.now, here=False)
    assert await bare(BOB) == Unsure(GROUP.id)
    await study.database.write(known_members.note, GROUP.id, BOB.id, study.now, here=True)
    study.now += timedelta(days=1)
    assert await bare(BOB) == Unsure(GROUP.id)
    study.now -= timedelta(seconds=1)
    assert await bare(BOB) is Counted.COUNTED
    study.now += timedelta(days=9)
    assert await bare(BOB) is Counted.COUNTED  # the answer stands; nothing is asked, nothing changes


async def test_the_group_s_streak_counts_days_on_which_half_of_last_week_answered(study: Study) -> None:
    """Four answered last week: on a day of this week two are enough, one is not."""
    await scored(study, *((who, RIGHT) for who in PEOPLE))
    study.now += timedelta(days=7)
    await scored(study, (ADA, RIGHT))
    assert (await board_of(study, Span.WEEK)).streak.length == 0
    await scored(study, (BOB, RIGHT))
    assert (await board_of(study, Span.WEEK)).streak.length == 1


async def test_the_same_command_voids_the_same_round_however_late(study: Study) -> None:
    """A `/void` that is handled again after another poll was asked means the poll above it."""
    first = await scored(study, (ADA, RIGHT), (BOB, RIGHT))
    await scored(study, (ADA, RIGHT), (BOB, RIGHT))
    for _time in range(2):
        between = 900 + first + 1
        done = await study.database.write(voids.void, LIBRARY, ADA, GROUP, between, None, study.now, DEFAULTS)
        assert isinstance(done, Voided)
        assert done.round.id == first


async def test_an_erased_group_counts_nowhere(study: Study) -> None:
    """On everybody's board neither; what was earned elsewhere stays."""
    await study.database.write(boards.join, ADA, HOME, study.now, DEFAULTS, worldwide=True)
    await scored(study, (ADA, RIGHT), (BOB, RIGHT))
    other = replace(GROUP, id=-200)
    _opened, poll = await study.poll(chat=other)
    for who in (BOB, ADA):
        await study.vote(who, poll, RIGHT)
    await study.database.write(people.erase_chat, GROUP.id)
    board = await study.database.write(
        boards.elsewhere, LIBRARY, ADA, HOME, boards.EVERYBODY, Span.ALL, study.now, DEFAULTS
    )
    assert board is not None
    assert [(row.name, row.points, row.answered) for row in board.rows] == [("Ada", 10, 1)]


async def test_who_is_known_to_have_left_does_not_score_by_a_fast_vote(study: Study) -> None:
    """A vote that outran sendPoll's reply is counted without asking Telegram, but not against what is known."""
    await study.database.write(members.heard, GROUP.id, ADA, study.now, here=True)
    opened = await study.quiz()
    for who in (BOB, LIN):
        await study.vote(who, "fast", RIGHT)
    await study.database.write(known_members.note, GROUP.id, BOB.id, study.now, here=False)
    await study.posted(opened, "fast")
    assert await points_of(study) == {"Lin": 0}


async def test_a_round_across_sunday_night_is_nobody_s_alone(study: Study) -> None:
    """One answers on Sunday, another on Monday: both count, though each was the only one in their week."""
    study.now = datetime(2026, 3, 8, 13, tzinfo=UTC)
    _opened, poll = await study.poll()
    await study.vote(ADA, poll, RIGHT)
    assert await points_of(study) == {"Ada": 0}
    study.now += timedelta(days=1)
    await study.vote(BOB, poll, RIGHT)
    assert await points_of(study) == {"Ada": 10, "Bob": 10}
    await scored(study, (BOB, RIGHT))
    assert await points_of(study) == {"Ada": 10, "Bob": 10}
