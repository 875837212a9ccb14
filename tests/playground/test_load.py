"""People whom the page does not show, and the bot they keep busy."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from random import Random
from typing import Any

import aiohttp
import pytest

from bot.playground import actions
from bot.playground.defaults import MOST, lively
from bot.playground.load import Load
from bot.playground.server import Playground

Json = dict[str, Any]
Call = Callable[..., Awaitable[Any]]
THINK = 0.02  # seconds


class Echo:
    """A bot: a question for /quiz, its answer for a letter, the next question for Next; a poll in a group."""

    def __init__(self, call: Call) -> None:
        self._call = call

    async def live(self) -> None:
        """Answer until cancelled."""
        offset = 0
        while True:
            for update in await self._call("getUpdates", offset=offset, timeout=5):
                offset = update["update_id"] + 1
                await self._heard(update)

    async def _heard(self, update: Json) -> None:
        if "message" in update:
            chat = update["message"]["chat"]
            await (self._ask(chat["id"]) if chat["type"] == "private" else self._poll(chat["id"]))
        elif "callback_query" in update:
            query = update["callback_query"]
            place = {"chat_id": query["from"]["id"], "message_id": query["message"]["message_id"]}
            await self._call("answerCallbackQuery", callback_query_id=query["id"])
            if query["data"] == "next":
                await self._ask(place["chat_id"])
            else:
                await self._call("editMessageText", **place, text=f"{query['data']}!", reply_markup=keys("Next"))

    async def _ask(self, chat_id: int) -> None:
        await self._call("sendMessage", chat_id=chat_id, text="?", reply_markup=keys("A", "B", "Settings"))

    async def _poll(self, chat_id: int) -> None:
        more = {"type": "quiz", "correct_option_ids": [0], "is_anonymous": False}
        await self._call("sendPoll", chat_id=chat_id, question="q", options=[{"text": "a"}, {"text": "b"}], **more)


def keys(*labels: str) -> Json:
    """A row of buttons."""
    return {"inline_keyboard": [[{"text": label, "callback_data": label.lower()} for label in labels]]}


@asynccontextmanager
async def busy(count: int, think: float = THINK, seed: int = 7, keep: int = 500) -> AsyncIterator[Playground]:
    """So many unseen people on a playground, and the bot."""
    here = Playground(seed=seed, cast=lively(MOST + count, seed, think), keep=keep)
    async with here as playground, aiohttp.ClientSession() as session, asyncio.TaskGroup() as tasks:

        async def call(method: str, **params: Any) -> Any:
            address = f"{playground.url}/bot{playground.token}/{method}"
            async with session.post(address, json=params) as answer:
                return (await answer.json()).get("result")  # a world that was reset knows no chat of before

        bot = tasks.create_task(Echo(call).live())
        yield playground
        bot.cancel()


def pressed(playground: Playground) -> Counter[str]:
    """What was pressed, how often."""
    return Counter(action.details["data"] for action in playground.record.actions if action.kind == "press")


async def test_they_practise_press_choices_and_go_on() -> None:
    """Letters and Next, and no other button where there is one of these; each wait is measured."""
    async with busy(20) as playground:
        await playground.wait_for(lambda: pressed(playground)["next"] > 40)
        assert set(pressed(playground)) == {"a", "b", "next"}
        assert {(row["action"], row["reaction"]) for row in playground.latencies.rows} >= {
            ("send", "reply"),
            ("press", "edit"),
            ("press", "reply"),
            ("press", "toast"),
        }
        assert {who for who in playground.mini.world.unseen if who > 0} >= {
            action.user_id for action in playground.record.actions
        }


async def test_two_thousand_think_and_practise_and_each_wait_is_in_the_table() -> None:
    """All of them are asked a question; then they rest. What they wrote and pressed was answered, each once, and the
    table has as many waits of each kind as there were, with percentiles in their order."""
    many = 2000
    async with busy(many, think=1.0, keep=200_000) as playground:
        world, latencies = playground.mini.world, playground.latencies
        people = [world.chats[who] for who in world.unseen if who > 0]
        assert len(people) == many
        await playground.wait_for(lambda: all(len(chat.messages) > 1 for chat in people), timeout=60)
        playground.mini.busy.clear()
        await playground.wait_for(lambda: not playground.updates.pending, timeout=60)
        did = Counter(action.kind for action in playground.record.actions)
        wrote = {action.user_id for action in playground.record.actions if action.kind == "send"}
        shown = latencies.shown()

    assert len(wrote & world.unseen) >= many
    counted = {(row["action"], row["reaction"]): row["count"] for row in shown["rows"]}
    assert counted["send", "reply"] == did["send"] >= many
    assert counted["press", "toast"] == counted["press", "edit"] + counted["press", "reply"] == did["press"] > many / 4
    assert (shown["waiting"], shown["unanswered"]) == (0, {})
    assert all(0 < row["p50"] <= row["p90"] <= row["p99"] <= row["max"] for row in shown["rows"])


async def test_a_group_is_asked_and_its_members_vote() -> None:
    """A poll again and again; a jump of the clock brings the votes, which the bot confirms."""
    async with busy(60) as playground:
        world = playground.mini.world
        groups = [world.chats[one] for one in world.unseen if one < 0]
        assert sorted(len(group.members) for group in groups) == [11, 51]
        await playground.wait_for(lambda: all(any(one.poll for one in group.messages.values()) for group in groups))
        await playground.clock.advance(60)
        voted = {action.user_id for action in playground.record.actions if action.kind == "vote"}
        assert len(voted & world.unseen) > 10
        await playground.wait_for(lambda: any(row["action"] == "vote" for row in playground.latencies.rows))


async def test_the_page_hears_nothing_of_them() -> None:
    """Neither people nor chats nor calls nor toasts; the visible group is as it was."""
    async with busy(20) as playground:
        heard = playground.mini.events.open()
        await playground.wait_for(lambda: pressed(playground)["next"] > 5)
        async with aiohttp.ClientSession(playground.url) as session:
            async with session.get("/api/state") as answer:
                state = await answer.json()
            async with session.get("/api/calls") as answer:
                calls = (await answer.json())["calls"]
            async with session.get("/api/latencies") as answer:
                assert (await answer.json())["unseen"] == 20
        assert len(state["people"]) == MOST + 1
        assert len(state["chats"]) == MOST + 2
        events = [heard.get_nowait() for _ in range(heard.qsize())]
        calls += [event["call"] for event in events if event]
        assert all(call["method"] == "getUpdates" and not call["updates"] for call in calls)
        await playground.person("Ada").send(None, "/start")
        await playground.wait_for(lambda: "sendMessage" in _methods(heard))


def _methods(heard: asyncio.Queue[Json | None]) -> list[str]:
    """What the page is told of, since the last look."""
    events = [heard.get_nowait() for _ in range(heard.qsize())]
    return [event["call"]["method"] for event in events if event and event["kind"] == "call"]


async def test_what_is_kept_of_them_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages of their chats, presses and the record, however long it goes on."""
    monkeypatch.setattr(actions, "_QUERIES", 20)
    async with busy(2, think=0.001) as playground:
        chats = [playground.mini.world.chats[one] for one in playground.mini.world.unseen]
        await playground.wait_for(lambda: all(min(chat.messages, default=0) > 200 for chat in chats), timeout=30)
        assert all(len(chat.messages) <= (8 if chat.private else 60) for chat in chats)
        assert len(playground.record.calls) == 500
        assert len(playground.mini.world.queries) == 20
        assert sum(sent.chat_id in playground.mini.world.unseen for sent in playground.mini.world.polls.values()) <= 60


async def test_a_reset_brings_others_who_go_on() -> None:
    """Nobody of the old world acts in the new one."""
    async with busy(5) as playground:
        await playground.wait_for(lambda: pressed(playground)["next"] > 3)
        before = set(playground.mini.world.unseen)
        playground.mini.reset()
        playground.record.actions.clear()
        await playground.wait_for(lambda: pressed(playground)["next"] > 3)
        assert not before & playground.mini.world.unseen
        assert not before & {action.user_id for action in playground.record.actions}


async def test_they_rest_when_told_to_and_go_on() -> None:
    """By the page: what is under way comes to its end, and nothing new begins."""
    async with busy(10) as playground, aiohttp.ClientSession(playground.url) as session:
        await playground.wait_for(lambda: pressed(playground)["next"] > 5)
        assert (await session.post("/api/load", json={"going": False})).status == 200
        await playground.wait_for(lambda: not playground.updates.pending)
        before = len(playground.record.actions)
        await asyncio.sleep(10 * THINK)
        assert len(playground.record.actions) == before
        await session.post("/api/load", json={"going": True})
        await playground.wait_for(lambda: len(playground.record.actions) > before)


def test_thought_is_log_normal_and_repeats_with_its_seed() -> None:
    """Half of them are shorter than the median; none takes ten times as long, or a tenth."""
    load = Load(Playground().mini, 7, 8.0)
    draw, again = Random("seven"), Random("seven")
    thoughts = [load._thought(draw) for _ in range(2001)]
    assert thoughts == [load._thought(again) for _ in range(2001)]
    assert sorted(thoughts)[1000] == pytest.approx(8, rel=0.1)
    assert 0.8 <= min(thoughts) < 2
    assert 30 < max(thoughts) <= 80


async def test_without_a_bot_nobody_says_anything() -> None:
    """They begin when somebody reads."""
    async with Playground(seed=1, cast=lively(MOST + 5, 1, 0.001)) as playground:
        await asyncio.sleep(0.05)
        assert len(playground.record.actions) == 0
