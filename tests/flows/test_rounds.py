"""A group's rounds: whose turn a question is, one poll at a time, and when a round ends."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.bank import Ref
from bot.flows import chats, closing, opening, rounds
from bot.flows.opening import Opening
from bot.flows.rounds import Busy, Done, Flipped, Lapsed, NoQuestion
from bot.store import rounds as store
from tests.group_bench import ADA, BOB, DEFAULTS, GROUP, LIBRARY, NOON, RIGHT, TEN_MINUTES, Study
from tests.practice_bench import choice_question, library, recall_question


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
    assert (await study.result(opened)).answered == 1


async def test_a_round_that_could_not_be_posted_was_never_asked(study: Study) -> None:
    """Where polls are forbidden the question keeps its turn, and the same message says so again."""
    opened = await study.quiz(message_id=40)
    await study.database.write(opening.withdraw, opened.round.id, NOON)
    assert await study.quiz(message_id=40) == Done("zh", forbidden=True)
    assert (await study.quiz()).round.ref == opened.round.ref


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
    await study.database.write(closing.closed, opened.round.id, 77, NOON)
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
