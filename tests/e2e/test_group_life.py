"""What happens to a group while the bot is at work in it: it moves, throws the bot out, opens threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.app import Running
from bot.playground import membership
from bot.playground.handles import ChatHandle, Person
from bot.playground.methods.polling import send_poll, stop_poll
from bot.playground.methods.table import METHODS
from bot.playground.miniature import Miniature
from bot.playground.server import Playground
from bot.playground.wire import Params
from tests.e2e.acting import CLOSES, TEN, Json, labels, right_of, say, settled, shown, tap
from tests.referee import judge

Happens = Callable[[Miniature, int], object]


def once(monkeypatch: pytest.MonkeyPatch, method: str, happens: Happens, *, after: bool, pause: float = 0) -> None:
    """Have something happen to the chat of the first call of a method, right before or after it took effect there;
    its answer takes `pause` real seconds."""
    plain = {"sendPoll": send_poll, "stopPoll": stop_poll}[method]

    async def call(mini: Miniature, asked: Params) -> Any:
        monkeypatch.setitem(METHODS, method, plain)
        if not after:
            happens(mini, asked.number("chat_id"))
        answer = plain(mini, asked)
        if after:
            happens(mini, asked.number("chat_id"))
        await asyncio.sleep(pause)
        return answer

    monkeypatch.setitem(METHODS, method, call)


def kicks(mini: Miniature, chat_id: int) -> None:
    """Throw the bot out."""
    membership.change(mini, chat_id, int(mini.world.bot["id"]), "kicked")


def moves_and_tells_backwards(mini: Miniature, chat_id: int) -> None:
    """Make a supergroup; its own news of that come first, so that the bot need not be done with the old group."""
    membership.migrate(mini, chat_id)
    queue = mini.updates._queue
    old, new = queue[-2:]
    queue[-2:] = [replace(old, payload=new.payload), replace(new, payload=old.payload)]


def moved(playground: Playground, group: ChatHandle) -> ChatHandle:
    """The supergroup that a group has become."""
    found = playground.mini.world.chat(group.id).migrated_to
    assert found is not None
    return playground.chat(found)


async def result_in(playground: Playground, chat: ChatHandle) -> Json:
    """The result, once it stands there."""
    await playground.wait_for(lambda: any("人作答" in text for text in chat.texts))
    await settled(playground)
    (result,) = [message for message in chat.from_bot if "人作答" in message.get("text", "")]
    return result


async def test_a_group_that_moves_before_a_poll_arrives_gets_it_where_it_is_now(
    playground: Playground, bot: Running, group: ChatHandle, zhou: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One poll, in the supergroup, whose result answers it."""
    once(monkeypatch, "sendPoll", membership.migrate, after=False)
    await zhou.send(group, "/quiz")
    await playground.wait_for(lambda: moved(playground, group).polls if METHODS["sendPoll"] is send_poll else None)
    bigger = moved(playground, group)
    (poll,) = bigger.polls
    await zhou.vote(poll, right_of(poll))
    await settled(playground)
    await playground.clock.advance(CLOSES)
    result = await result_in(playground, bigger)
    assert "1 人作答，1 人答对" in result["text"]
    assert result["reply_to_message"]["message_id"] == poll["message_id"]
    judge(playground.record)


async def test_a_group_that_moves_before_the_bot_knows_that_its_poll_arrived(
    playground: Playground, bot: Running, group: ChatHandle, zhou: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The poll's number means another message in the supergroup: nothing is stopped or answered there by it."""
    once(monkeypatch, "sendPoll", moves_and_tells_backwards, after=True, pause=0.5)
    await playground.person("Lin").send(group, "/quiz")
    await playground.wait_for(lambda: group.polls)
    await settled(playground, 0.7)
    (poll,), bigger = group.polls, moved(playground, group)
    await zhou.vote(poll["poll"]["id"], right_of(poll))
    await settled(playground)
    await playground.clock.advance(CLOSES)
    result = await result_in(playground, bigger)
    assert "1 人作答，1 人答对" in result["text"]
    assert "reply_to_message" not in result
    assert not playground.record.of("stopPoll")


async def test_a_group_that_moves_between_stop_and_result_hears_the_result(
    playground: Playground, bot: Running, group: ChatHandle, zhou: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, in the supergroup; points and board go along."""
    once(monkeypatch, "stopPoll", membership.migrate, after=True)
    poll = await say(playground, zhou, "/quiz", group)
    await zhou.vote(poll, right_of(poll))
    await settled(playground)
    await playground.clock.advance(CLOSES)
    bigger = moved(playground, group)
    assert "1 人作答，1 人答对" in (await result_in(playground, bigger))["text"]
    assert not any("人作答" in text for text in group.texts)
    assert "小周" in (await say(playground, zhou, "/leaderboard", bigger))["text"]


async def test_a_daily_poll_on_its_way_while_the_group_moves_arrives_once(
    playground: Playground, bot: Running, group: ChatHandle, zhou: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the supergroup; and it is not sent again when the time for retries has come."""
    await say(playground, zhou, "/daily 10:00", group)
    once(monkeypatch, "sendPoll", membership.migrate, after=False)
    await playground.clock.jump_to(TEN)
    bigger = moved(playground, group)
    await playground.wait_for(lambda: bigger.polls)
    for _ in range(3):
        await playground.clock.advance(180)
        await settled(playground)
    assert len(bigger.polls) == 1
    await playground.clock.advance(24 * 3600)
    await playground.wait_for(lambda: len(bigger.polls) == 2)


async def test_thrown_out_between_stop_and_result_and_taken_back(
    playground: Playground, bot: Running, group: ChatHandle, zhou: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The result finds nobody; the points count, and the next question can be asked."""
    once(monkeypatch, "stopPoll", kicks, after=True)
    poll = await say(playground, zhou, "/quiz", group)
    await zhou.vote(poll, right_of(poll))
    await settled(playground)
    await playground.clock.advance(CLOSES)
    await settled(playground)
    playground.member(group, None, "administrator")
    await settled(playground)
    assert not any("人作答" in text for text in group.texts)
    assert "（1/1）" in (await say(playground, zhou, "/leaderboard", group))["text"]
    assert (await say(playground, zhou, "/quiz", group))["poll"]["question"] != poll["poll"]["question"]


async def test_thrown_out_while_a_poll_is_on_its_way_the_question_is_not_used_up(
    playground: Playground, bot: Running, group: ChatHandle, zhou: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken back, the bot asks what it could not ask."""
    other = playground.add_group("另一个小组", zhou)
    first = (await say(playground, zhou, "/quiz", other))["poll"]["question"]
    once(monkeypatch, "sendPoll", kicks, after=False)
    await zhou.send(group, "/quiz")
    await playground.wait_for(lambda: METHODS["sendPoll"] is send_poll)
    await settled(playground)
    playground.member(group, None, "restricted")
    await settled(playground)
    assert (await say(playground, zhou, "/quiz", group))["poll"]["question"] == first


async def test_threads_that_are_switched_on_have_polls_and_results_of_their_own(
    playground: Playground, bot: Running, zhou: Person
) -> None:
    """What was asked before ends in General, which has no thread; each thread has one open poll; the hour stays."""
    forum = playground.add_group("论坛", zhou, playground.person("Lin"), supergroup=True)
    await say(playground, zhou, "/daily 10:00", forum)
    await say(playground, zhou, "/quiz", forum)
    for _ in range(2):
        await zhou.send(forum, "/quiz", thread_id=77)
    await playground.wait_for(lambda: len(forum.from_bot) == 4)
    await settled(playground)
    in_general, in_thread = forum.polls
    assert "message_thread_id" not in in_general
    assert in_thread["message_thread_id"] == 77
    assert "还没结束" in forum.last["text"]
    await zhou.vote(in_thread, right_of(in_thread))
    await settled(playground)
    await playground.clock.advance(CLOSES)
    await playground.wait_for(lambda: len(forum.from_bot) == 6)
    threads = {message["reply_to_message"]["message_id"]: message for message in forum.from_bot[-2:]}
    assert "没有人作答" in threads[in_general["message_id"]]["text"]
    assert "message_thread_id" not in threads[in_general["message_id"]]
    assert threads[in_thread["message_id"]]["message_thread_id"] == 77
    await playground.clock.jump_to(TEN)
    await playground.wait_for(lambda: len(forum.polls) == 3)
    assert "message_thread_id" not in forum.polls[-1]


async def test_two_groups_of_the_same_people_know_nothing_of_each_other(
    playground: Playground, bot: Running, group: ChatHandle, zhou: Person
) -> None:
    """Each has its polls, its points, its language; a person's own memory has both."""
    lin = playground.person("Lin")
    other = playground.add_group("另一个小组", lin, zhou)
    await tap(playground, lin, await say(playground, lin, "/language", other), "English")
    here, there = await say(playground, zhou, "/quiz", group), await say(playground, zhou, "/quiz", other)
    asked = [shown(bot, poll["poll"]["question"]) for poll in (here, there)]
    assert [(question.ref, question.language) for question in asked] == [(asked[0].ref, "zh"), (asked[0].ref, "en")]
    await zhou.vote(here, right_of(here))
    await lin.vote(there, right_of(there))
    await settled(playground)
    ours = await say(playground, zhou, "/leaderboard", group)
    theirs = await say(playground, zhou, "/leaderboard", other)
    assert ("小周" in ours["text"], "Lin" in ours["text"]) == (True, False)
    assert ("小周" in theirs["text"], "Lin" in theirs["text"]) == (False, True)
    assert labels(theirs) != labels(ours)  # the other group speaks English
    playground.member(group, None, "kicked")
    await settled(playground)
    await playground.clock.advance(CLOSES)
    await playground.wait_for(lambda: any("1 answer, 1 right" in text for text in other.texts))
