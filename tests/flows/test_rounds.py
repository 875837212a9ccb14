"""A group's rounds: whose turn a question is, one poll at a time, votes that count once, and the result."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.core.people import Person
from bot.flows import boards, chats, opening, results, rounds
from bot.flows.opening import Opening
from bot.flows.results import Result
from bot.flows.rounds import Busy, Closing, Done, Flipped, Lapsed, NoQuestion
from bot.store import answers, cards, parked, people, scores, studies
from bot.store import rounds as store
from bot.store.database import Database
from tests.group_bench import ADA, BOB, DEFAULTS, GROUP, LIBRARY, LIN, NOON, TEN_MINUTES, Study
from tests.practice_bench import choice_question, library, recall_question

RIGHT, WRONG = 2, 0


@pytest.fixture
def study(database: Database) -> Study:
    """An empty group."""
    return Study(database)


async def result_of(study: Study, opened: Opening) -> Result:
    """How the round stands."""
    result = await study.database.read(results.result, study.library, opened.round.id, study.now, DEFAULTS)
    assert result is not None
    return result


async def test_a_quiz_is_a_poll_of_ten_minutes(study: Study) -> None:
    """The first question of the bank, worth its points, open ten minutes, counted as sent once."""
    opened = await study.quiz()
    assert isinstance(opened, Opening)
    assert (opened.round.kind, opened.round.ref, opened.round.points) == ("poll", Ref("nlp", "a1"), 10)
    assert opened.round.closes_at == NOON + TEN_MINUTES
    stored = await study.database.read(store.by_id, opened.round.id)
    assert stored is not None
    assert (stored.state, stored.sends) == ("sending", 1)


async def test_every_question_has_its_turn(study: Study) -> None:
    """Never asked goes first in the bank's order, then what was asked longest ago; and so again and again."""
    asked = []
    for _ in range(12):
        opened = await study.quiz()
        assert isinstance(opened, Opening)
        asked.append(opened.round.ref.id)
        await study.finish(opened)
        study.now += timedelta(minutes=11)
    turn = ["a1", "a2", "a3", "b1", "r1"]
    assert asked == [*turn, *turn, "a1", "a2"]


async def test_a_question_added_later_is_next_and_then_waits_its_turn(study: Study) -> None:
    """A new question comes first, and does not come again before the others."""
    study.library = library(choice_question("a1", "attention", 1), choice_question("a2", "attention", 2))
    asked = []
    for number in range(7):
        if number == 4:
            study.library = library(*(choice_question(key, "attention", 1) for key in ("a1", "a2", "a3")))
        opened = await study.quiz()
        asked.append(opened.round.ref.id)
        await study.finish(opened)
        study.now += timedelta(minutes=11)
    assert asked == ["a1", "a2", "a1", "a2", "a3", "a1", "a2"]


@pytest.mark.parametrize(("wanted", "ref"), [("训练", "r1"), ("bert", "b1"), ("maths", "a2")])
async def test_a_topic_or_tag_limits_the_question(study: Study, wanted: str, ref: str) -> None:
    """`/quiz topic` asks within that topic or tag."""
    opened = await study.quiz(wanted=wanted)
    assert opened.round.ref.id == ref


async def test_an_unknown_topic_is_said(study: Study) -> None:
    """What is called by no topic comes back with those close to it."""
    answer = await study.quiz(wanted="atention")
    assert isinstance(answer, NoQuestion)
    assert answer.unknown is not None
    assert [topic.id for topic in answer.unknown.close] == ["attention"]


async def test_an_empty_bank_has_nothing_to_ask(study: Study) -> None:
    """Without questions there is no round."""
    study.library = type(LIBRARY)()
    assert await study.quiz() == NoQuestion("zh")


async def test_one_open_poll_a_thread(study: Study) -> None:
    """A second /quiz is told of the first, until that is over; another thread has its own."""
    opened, _poll = await study.poll()
    study.now += timedelta(minutes=1)
    busy = await study.quiz()
    assert isinstance(busy, Busy)
    assert (busy.message_id, busy.closes_at) == (500 + opened.round.id, NOON + TEN_MINUTES)
    assert isinstance(await study.quiz(thread=7), Opening)
    study.now = NOON + TEN_MINUTES
    assert isinstance(await study.quiz(), Opening)


async def test_a_pushed_poll_is_in_nobodys_way(study: Study) -> None:
    """The daily poll stays open for a day, and /quiz works beside it."""
    await study.database.write(chats.visit, ADA, GROUP, NOON, DEFAULTS)
    await study.database.write(
        opening.open_round,
        LIBRARY,
        GROUP,
        thread_id=None,
        about=None,
        origin="p540.1",
        language="zh",
        now=NOON,
        closes_at=NOON + timedelta(days=1),
    )
    assert isinstance(await study.quiz(), Opening)


async def test_two_quizzes_at_once_make_one_poll(study: Study) -> None:
    """However they interleave, one gets the round and the others hear of it."""
    answers = await asyncio.gather(*(study.quiz(number) for number in range(1, 9)))
    assert sorted(type(answer).__name__ for answer in answers) == ["Busy"] * 7 + ["Opening"]


async def test_a_redelivered_quiz_sends_its_own_round_again(study: Study) -> None:
    """Cut short before Telegram answered: the same round once more, and the orphan is counted."""
    first = await study.quiz(message_id=40)
    again = await study.quiz(message_id=40)
    assert again.round.id == first.round.id
    stored = await study.database.read(store.by_id, first.round.id)
    assert stored is not None
    assert stored.sends == 2


async def test_a_redelivered_quiz_whose_poll_stands_there_does_nothing(study: Study) -> None:
    """It is neither posted again nor busy with itself."""
    await study.poll(message_id=40)
    assert await study.quiz(message_id=40) == Done("zh", forbidden=False)


async def test_a_poll_that_was_slow_to_send_still_has_its_ten_minutes(study: Study) -> None:
    """The time counts from when it stands in the chat."""
    opened = await study.quiz()
    study.now += timedelta(hours=1)
    await study.posted(opened)
    stored = await study.database.read(store.by_id, opened.round.id)
    assert stored is not None
    assert stored.closes_at == study.now + TEN_MINUTES


async def test_a_second_poll_of_a_round_that_stands_is_an_orphan(study: Study) -> None:
    """Another process has sent it, too: the first one, in which people have voted, stays the round's."""
    opened = await study.quiz()
    assert isinstance(opened, Opening)
    first = await study.posted(opened, "poll-1")
    await study.vote(ADA, first, RIGHT)
    await study.posted(opened, "poll-2")
    stored = await study.database.read(store.by_id, opened.round.id)
    assert stored is not None
    assert stored.poll_id == "poll-1"
    await study.vote(BOB, "poll-2", RIGHT)
    assert (await result_of(study, opened)).answered == 1


async def test_a_round_that_could_not_be_posted_was_never_asked(study: Study) -> None:
    """Where polls are forbidden the question keeps its turn, and the same message says so again."""
    opened = await study.quiz(message_id=40)
    await study.database.write(opening.withdraw, opened.round.id, NOON)
    assert await study.quiz(message_id=40) == Done("zh", forbidden=True)
    assert (await study.quiz()).round.ref == opened.round.ref


async def test_a_first_vote_counts_and_no_other(study: Study) -> None:
    """Points once a person and round, whatever comes after."""
    opened, poll = await study.poll()
    for choice in (RIGHT, RIGHT, WRONG):
        await study.vote(ADA, poll, choice)
    await study.vote(BOB, poll, WRONG)
    await study.vote(BOB, poll, RIGHT)
    result = await result_of(study, opened)
    assert (result.answered, [answer.name for answer in result.right]) == (2, ["Ada"])
    top = await study.database.read(scores.top, GROUP.id, Period.ALL)
    assert [(row.name, row.points, row.right, row.answered) for row in top] == [("Ada", 10, 1, 1), ("Bob", 0, 0, 1)]


async def test_votes_at_the_same_moment_all_count_once(study: Study) -> None:
    """Thirty people voting twice at once leave thirty answers."""
    opened, poll = await study.poll()
    voters = [Person(number, f"P{number}") for number in range(1000, 1030)]
    await asyncio.gather(*(study.vote(voter, poll, RIGHT) for voter in voters * 2))
    assert (await result_of(study, opened)).answered == 30
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
    assert (await result_of(study, opened)).answered == 0
    await study.posted(opened, "poll-x")
    assert [answer.name for answer in (await result_of(study, opened)).right] == ["Lin"]
    assert await study.database.write(parked.take, "poll-x") == ()


async def test_a_vote_on_an_orphan_is_never_scored(study: Study) -> None:
    """A poll whose id never became known earns nobody anything."""
    opened = await study.quiz(message_id=40)
    await study.vote(ADA, "orphan", RIGHT)
    await study.quiz(message_id=40)
    await study.posted(opened)
    assert (await result_of(study, opened)).answered == 0


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


async def test_rounds_are_claimed_when_their_time_is_over(study: Study) -> None:
    """Not before; and again for as long as no result has been told."""
    opened, _poll = await study.poll()
    assert await study.database.write(rounds.claim_closing, NOON + TEN_MINUTES - timedelta(seconds=1)) == ()
    ended = (Closing(opened.round.id, GROUP.id, 500 + opened.round.id, NOON + TEN_MINUTES),)
    for _ in range(2):
        assert await study.database.write(rounds.claim_closing, NOON + TEN_MINUTES) == ended
    await study.finish(opened)
    assert await study.database.write(rounds.claim_closing, NOON + TEN_MINUTES) == ()
    assert await study.database.read(results.result, LIBRARY, opened.round.id, NOON, DEFAULTS) is None


async def test_the_result_names_the_most_tempting_choice_and_the_leaders(study: Study) -> None:
    """Most chosen among the wrong ones, none where several tempted equally; this week's best three."""
    opened, poll = await study.poll()
    people_ = [Person(number, f"P{number}") for number in range(100, 108)]
    for who, choice in zip(people_, (3, 1, 1, 3, RIGHT, RIGHT, RIGHT, RIGHT), strict=True):
        await study.vote(who, poll, choice)
    result = await result_of(study, opened)
    assert result.tempting is None
    await study.vote(LIN, poll, 1)
    assert (await result_of(study, opened)).tempting == 1
    assert [leader.score.name for leader in result.leaders] == ["P104", "P105", "P106"]
    assert result.topic == "注意力"


async def test_a_card_is_flipped_once(study: Study) -> None:
    """A question without choices is a card: its answer is told by that message, and again by no other press."""
    study.library = library(recall_question("r1", "training"))
    opened = await study.quiz()
    assert (opened.round.kind, opened.round.points, opened.round.closes_at) == ("card", 0, None)
    await study.database.write(opening.posted, opened.round.id, 77, "", NOON, DEFAULTS)
    flip = (study.library, BOB, GROUP, opened.round.id, 77, NOON, DEFAULTS)
    first = await study.database.write(rounds.flip, *flip)
    assert isinstance(first, Flipped)
    assert not first.told
    await study.database.write(rounds.closed, opened.round.id, 77, NOON)
    second = await study.database.write(rounds.flip, *flip)
    assert isinstance(second, Flipped)
    assert second.told


async def test_another_chat_s_card_cannot_be_flipped(study: Study) -> None:
    """A round's number from elsewhere, or of a poll, unfolds nothing."""
    opened, _poll = await study.poll()
    other = replace(GROUP, id=-200)
    for chat, number in ((other, opened.round.id), (GROUP, opened.round.id), (GROUP, 10**15)):
        flipped = await study.database.write(rounds.flip, LIBRARY, BOB, chat, number, 77, NOON, DEFAULTS)
        assert flipped == Lapsed("zh")


async def test_a_question_that_changed_is_not_sent_again(study: Study) -> None:
    """Its right choice is another one now: the round is withdrawn and the message may ask anew by another."""
    await study.quiz(message_id=40)
    study.library = type(LIBRARY)()
    assert await study.quiz(message_id=40) == NoQuestion("zh")


async def test_a_group_that_becomes_a_supergroup_keeps_its_poll_and_points(study: Study) -> None:
    """Moved once or twice, either way round: votes go on counting, and the result is told in the new chat."""
    opened, poll = await study.poll()
    await study.vote(ADA, poll, RIGHT)
    for _ in range(2):
        await study.database.write(chats.move, GROUP.id, -900, NOON)
    await study.vote(BOB, poll, RIGHT)
    result = await result_of(study, opened)
    assert (result.round.chat_id, result.round.message_id, result.answered) == (-900, None, 2)
    new = replace(GROUP, id=-900)
    board = await study.database.write(boards.board, LIBRARY, ADA, new, boards.Span.ALL, NOON, DEFAULTS)
    assert isinstance(board, boards.Board)
    assert [row.points for row in board.rows] == [10, 10]
    assert await study.database.read(people.find_chat, GROUP.id) is None


async def test_a_poll_left_behind_by_a_move_takes_no_vote_after_its_result(study: Study) -> None:
    """Nobody can stop it, and its answer has been told: whoever votes now has read it."""
    opened, poll = await study.poll()
    await study.database.write(chats.move, GROUP.id, -900, NOON)
    await study.vote(ADA, poll, RIGHT)
    await study.database.write(rounds.closed, opened.round.id, 77, NOON + TEN_MINUTES)
    await study.vote(BOB, poll, RIGHT)
    given = await study.database.read(answers.to, opened.round.id)
    assert [one.person_id for one in given] == [ADA.id]


async def test_a_poll_that_ended_before_a_move_takes_the_votes_that_come_late(study: Study) -> None:
    """It was stopped: whoever voted did so in time."""
    opened, poll = await study.poll()
    await study.database.write(rounds.closed, opened.round.id, 77, NOON + TEN_MINUTES)
    await study.database.write(chats.move, GROUP.id, -900, NOON)
    await study.vote(BOB, poll, RIGHT)
    given = await study.database.read(answers.to, opened.round.id)
    assert [one.person_id for one in given] == [BOB.id]
