"""Votes of a group's rounds: each counts once, whenever it comes, and is in the result."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.core.calendar import Period
from bot.core.people import Person
from bot.flows import boards, chats, closing
from bot.store import answers, cards, parked, people, scores, studies
from tests.group_bench import ADA, BOB, DEFAULTS, GROUP, LIBRARY, LIN, NOON, RIGHT, TEN_MINUTES, WRONG, Study
from tests.practice_bench import choice_question, library


async def test_a_first_vote_counts_and_no_other(study: Study) -> None:
    """Points once a person and round, whatever comes after."""
    opened, poll = await study.poll()
    for choice in (RIGHT, RIGHT, WRONG):
        await study.vote(ADA, poll, choice)
    await study.vote(BOB, poll, WRONG)
    await study.vote(BOB, poll, RIGHT)
    result = await study.result(opened)
    assert (result.answered, [answer.name for answer in result.right]) == (2, ["Ada"])
    top = await study.database.read(scores.top, GROUP.id, Period.ALL)
    assert [(row.name, row.points, row.right, row.answered) for row in top] == [("Ada", 10, 1, 1), ("Bob", 0, 0, 1)]


async def test_votes_at_the_same_moment_all_count_once(study: Study) -> None:
    """Thirty people voting twice at once leave thirty answers."""
    opened, poll = await study.poll()
    voters = [Person(number, f"P{number}") for number in range(1000, 1030)]
    await asyncio.gather(*(study.vote(voter, poll, RIGHT) for voter in voters * 2))
    assert (await study.result(opened)).answered == 30
    top = await study.database.read(scores.top, GROUP.id, Period.ALL, limit=100)
    assert {row.points for row in top} == {10}


@pytest.mark.parametrize(("difficulty", "points"), [(1, 10), (2, 15), (3, 20)])
async def test_harder_questions_earn_more(study: Study, difficulty: int, points: int) -> None:
    """10 points by difficulty 1, 1.5 and 2."""
    study.library = library(choice_question("x", "attention", difficulty))
    _opened, poll = await study.poll()
    await study.vote(ADA, poll, RIGHT)
    await study.vote(BOB, poll, WRONG)
    own = await study.database.read(scores.own, GROUP.id, Period.ALL, ADA.id)
    assert own is not None
    assert own.points == points


async def test_a_vote_faster_than_the_poll_s_id_waits_for_it(study: Study) -> None:
    """It is kept until sendPoll's answer names the poll, and counted then, by the name it came with."""
    opened = await study.quiz()
    await study.vote(LIN, "poll-x", RIGHT)
    await study.vote(LIN, "poll-x", WRONG)
    assert (await study.result(opened)).answered == 0
    await study.posted(opened, "poll-x")
    assert [answer.name for answer in (await study.result(opened)).right] == ["Lin"]
    assert await study.database.write(parked.take, "poll-x") == ()


async def test_a_vote_on_an_orphan_is_never_scored(study: Study) -> None:
    """A poll whose id never became known earns nobody anything."""
    opened = await study.quiz(message_id=40)
    await study.vote(ADA, "orphan", RIGHT)
    await study.quiz(message_id=40)
    await study.posted(opened)
    assert (await study.result(opened)).answered == 0


async def test_a_vote_that_arrives_after_the_close_still_counts(study: Study) -> None:
    """Telegram took it while the poll was open, so the board does too."""
    opened, poll = await study.poll()
    await study.vote(BOB, poll, WRONG)
    await study.finish(opened)
    await study.vote(ADA, poll, RIGHT)
    own = await study.database.read(scores.own, GROUP.id, Period.ALL, ADA.id)
    assert own is not None
    assert own.points == 10


async def test_an_answer_in_the_group_plans_the_person_s_own_review(study: Study) -> None:
    """Voting makes a card; wrong comes back sooner than right."""
    opened, poll = await study.poll()
    await study.vote(ADA, poll, RIGHT)
    await study.vote(BOB, poll, WRONG)
    ada, bob = [await study.database.read(cards.card_of, who.id, opened.round.ref) for who in (ADA, BOB)]
    assert ada is not None
    assert bob is not None
    assert bob.due < ada.due


async def test_the_study_day_follows_the_person_s_own_zone(study: Study) -> None:
    """20:30 UTC is tomorrow in Shanghai, still today for one who lives in New York."""
    _opened, poll = await study.poll()
    study.now = NOON.replace(hour=20, minute=30)
    home = replace(GROUP, id=BOB.id, kind="private", title="Bob")
    await study.database.write(chats.set_zone, BOB, home, "America/New_York", study.now, DEFAULTS)
    for who in (ADA, BOB):
        await study.vote(who, poll, RIGHT)
    days = [await study.database.read(studies.days_of, who.id) for who in (ADA, BOB)]
    assert [day.day for (day,) in days] == [3, 2]


async def test_the_result_names_the_most_tempting_choice_and_the_leaders(study: Study) -> None:
    """Most chosen among the wrong ones, none where several tempted equally; this week's best three."""
    opened, poll = await study.poll()
    people_ = [Person(number, f"P{number}") for number in range(100, 108)]
    for who, choice in zip(people_, (3, 1, 1, 3, RIGHT, RIGHT, RIGHT, RIGHT), strict=True):
        await study.vote(who, poll, choice)
    result = await study.result(opened)
    assert result.tempting is None
    await study.vote(LIN, poll, 1)
    assert (await study.result(opened)).tempting == 1
    assert [leader.score.name for leader in result.leaders] == ["P104", "P105", "P106"]
    assert result.topic == "注意力"


async def test_a_group_that_becomes_a_supergroup_keeps_its_poll_and_points(study: Study) -> None:
    """Moved once or twice, either way round: votes go on counting, and the result is told in the new chat."""
    opened, poll = await study.poll()
    await study.vote(ADA, poll, RIGHT)
    for _ in range(2):
        await study.database.write(chats.move, GROUP.id, -900, NOON, DEFAULTS)
    await study.vote(BOB, poll, RIGHT)
    result = await study.result(opened)
    assert (result.round.chat_id, result.round.message_id, result.answered) == (-900, None, 2)
    new = replace(GROUP, id=-900)
    board = await study.database.write(boards.board, LIBRARY, ADA, new, boards.Span.ALL, NOON, DEFAULTS)
    assert isinstance(board, boards.Board)
    assert [row.points for row in board.rows] == [10, 10]
    assert await study.database.read(people.find_chat, GROUP.id) is None


async def test_a_poll_left_behind_by_a_move_takes_no_vote_after_its_result(study: Study) -> None:
    """Nobody can stop it, and its answer has been told: whoever votes now has read it."""
    opened, poll = await study.poll()
    await study.database.write(chats.move, GROUP.id, -900, NOON, DEFAULTS)
    await study.vote(ADA, poll, RIGHT)
    await study.database.write(closing.closed, opened.round.id, 77, NOON + TEN_MINUTES)
    await study.vote(BOB, poll, RIGHT)
    given = await study.database.read(answers.to, opened.round.id)
    assert [one.person_id for one in given] == [ADA.id]


async def test_a_poll_that_ended_before_a_move_takes_the_votes_that_come_late(study: Study) -> None:
    """It was stopped: whoever voted did so in time."""
    opened, poll = await study.poll()
    await study.database.write(closing.closed, opened.round.id, 77, NOON + TEN_MINUTES)
    await study.database.write(chats.move, GROUP.id, -900, NOON, DEFAULTS)
    await study.vote(BOB, poll, RIGHT)
    given = await study.database.read(answers.to, opened.round.id)
    assert [one.person_id for one in given] == [BOB.id]
