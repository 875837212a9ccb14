"""Votes: each that Telegram took counts once, whenever it arrives, and whatever became of the bot meanwhile."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from bot.app import Running
from bot.playground.errors import NotPossibleError
from bot.playground.handles import ChatHandle, Person
from bot.playground.methods.polling import stop_poll
from bot.playground.methods.table import METHODS
from bot.playground.miniature import Miniature
from bot.playground.server import Playground
from bot.playground.wire import Params
from tests.e2e.acting import CLOSES, Json, right_of, say, settled, worked_off
from tests.e2e.conftest import Start
from tests.e2e.rig_audit import sound
from tests.e2e.rig_faults import again, handled

CROWD = 500
HOUR = 3600


def results(chat: ChatHandle) -> list[str]:
    """The results told there."""
    return [text for text in chat.texts if "作答" in text]


async def board(playground: Playground, person: Person, chat: ChatHandle) -> str:
    """The board's text."""
    return str((await say(playground, person, "/leaderboard", chat))["text"])


def held_back(playground: Playground) -> Json:
    """The vote just cast, on its way to the bot for as long as the test likes."""
    (vote,) = [update["poll_answer"] for update in playground.updates.pending if "poll_answer" in update]
    playground.updates.drop()
    return dict(vote)


async def test_quizzes_asked_at_once_in_two_threads_make_one_poll_each(
    playground: Playground, bot: Running, zhou: Person
) -> None:
    """Two people in each: one poll a thread, and a pointer to it for whoever came second."""
    lin = playground.person("Lin")
    forum = playground.add_group("论坛", zhou, lin, supergroup=True)
    for thread in (7, 8):
        await zhou.send(forum, "/quiz", thread_id=thread)
        await lin.send(forum, "/quiz@kaoguan_bot", thread_id=thread)
    await playground.wait_for(lambda: len(forum.from_bot) == 4)
    await settled(playground)
    assert sorted(poll["message_thread_id"] for poll in forum.polls) == [7, 8]
    pointers = [message for message in forum.from_bot if "poll" not in message]
    assert sorted(message["message_thread_id"] for message in pointers) == [7, 8]
    assert all("还没结束" in message["text"] for message in pointers)
    assert forum.polls[0]["poll"]["question"] != forum.polls[1]["poll"]["question"]


async def test_a_vote_just_before_the_stop_is_in_the_result_and_none_comes_after_it(
    playground: Playground, bot: Running, group: ChatHandle, zhou: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cast while the bot's stopPoll was on its way; the moment after, Telegram takes no more."""
    lin = playground.person("Lin")
    late: list[str] = []

    async def stop(mini: Miniature, asked: Params) -> Any:
        await zhou.vote(poll, right_of(poll))
        stopped = stop_poll(mini, asked)
        try:
            await lin.vote(poll, right_of(poll))
        except NotPossibleError as refused:
            late.append(str(refused))
        return stopped

    monkeypatch.setitem(METHODS, "stopPoll", stop)
    poll = await say(playground, zhou, "/quiz", group)
    await playground.clock.advance(CLOSES)
    await playground.wait_for(lambda: results(group))
    assert "1 人作答，1 人答对" in results(group)[0]
    assert late == ["This poll is closed."]


async def test_a_vote_that_arrives_after_the_result_counts_all_the_same(
    playground: Playground, bot: Running, group: ChatHandle, zhou: Person, tmp_path: Path
) -> None:
    """It was cast in time. The result stays as it was told, the board has the points."""
    poll = await say(playground, zhou, "/quiz", group)
    await playground.person("Ada").vote(poll, (right_of(poll) + 1) % 4)
    await handled(playground)
    await zhou.vote(poll, right_of(poll))
    vote = held_back(playground)
    await playground.clock.advance(CLOSES)
    await playground.wait_for(lambda: results(group))
    playground.updates.put("poll_answer", vote)
    await handled(playground)
    assert len(results(group)) == 1
    assert "1 人作答，0 人答对" in results(group)[0]
    assert "小周" in await board(playground, zhou, group)
    sound(playground, tmp_path)


async def test_a_vote_delivered_twice_counts_once(
    playground: Playground, bot: Running, group: ChatHandle, zhou: Person, tmp_path: Path
) -> None:
    """The same update again, before the close and after it."""
    poll = await say(playground, zhou, "/quiz", group)
    await playground.person("Ada").vote(poll, (right_of(poll) + 1) % 4)
    await handled(playground)
    await zhou.vote(poll, right_of(poll))
    vote = next(update for update in playground.updates.pending if "poll_answer" in update)
    await handled(playground)
    await again(playground, vote)
    await playground.clock.advance(CLOSES)
    await playground.wait_for(lambda: results(group))
    await again(playground, vote)
    assert "2 人作答，1 人答对" in results(group)[0]
    assert "（1/1）" in await board(playground, zhou, group)
    sound(playground, tmp_path)


async def test_five_hundred_votes_at_once_all_count(
    playground: Playground, bot: Running, zhou: Person, tmp_path: Path
) -> None:
    """Everybody taps within a second: the result counts each, names ten, and fits a screen."""
    people = [playground.add_person(f"P{number}") for number in range(CROWD)]
    crowd = playground.add_group("大群", zhou, *people, supergroup=True)
    poll = await say(playground, zhou, "/quiz", crowd)
    for number, person in enumerate(people):
        await person.vote(poll, (right_of(poll) + number % 2) % 4)
    began = perf_counter()
    await worked_off(playground, bot)
    print(f"{CROWD} votes handled in {perf_counter() - began:.1f} s")  # noqa: T201 - pytest -s shows it
    await playground.clock.advance(CLOSES)
    await playground.wait_for(lambda: results(crowd))
    assert f"{CROWD} 人作答，{CROWD // 2} 人答对" in results(crowd)[0]
    assert f"{CROWD // 2} 人（各" in results(crowd)[0]
    assert len(results(crowd)[0].splitlines()) < 25
    sound(playground, tmp_path)


async def test_a_vote_after_a_restart_counts(
    playground: Playground, start: Start, group: ChatHandle, zhou: Person, tmp_path: Path
) -> None:
    """The bot remembers its open poll, closes it in time, and tells its result once."""
    async with start():
        poll = await say(playground, zhou, "/quiz", group)
    async with start():
        await zhou.vote(poll, right_of(poll))
        await playground.person("Ada").vote(poll, (right_of(poll) + 1) % 4)
        await settled(playground)
        await playground.clock.advance(CLOSES)
        await playground.wait_for(lambda: results(group))
        await settled(playground)
        assert len(results(group)) == 1
        assert "2 人作答，1 人答对" in results(group)[0]
    sound(playground, tmp_path)


async def test_of_the_votes_cast_while_it_was_down_those_of_the_last_day_count(
    playground: Playground, start: Start, group: ChatHandle, zhou: Person
) -> None:
    """Nobody closed the poll, so people went on voting; Telegram kept what they did for 24 hours."""
    ada, lin = playground.person("Ada"), playground.person("Lin")
    async with start():
        poll = await say(playground, zhou, "/quiz", group)
    await ada.vote(poll, right_of(poll))
    await playground.clock.advance(2 * HOUR)
    await zhou.vote(poll, right_of(poll))
    await lin.vote(poll, (right_of(poll) + 1) % 4)
    await playground.clock.advance(23 * HOUR)
    async with start():
        await playground.wait_for(lambda: results(group))
        await settled(playground)
        assert "2 人作答，1 人答对" in results(group)[0]
        shown = await board(playground, zhou, group)
        assert ("小周" in shown, "Ada" in shown) == (True, False)
        assert "poll" in await say(playground, zhou, "/quiz", group)
