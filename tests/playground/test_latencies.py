"""How long people wait for the bot."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.playground.handles import ChatHandle, Person
from bot.playground.latencies import Latencies
from bot.playground.server import Playground

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")]])


class Watch:
    """A clock that is put forward by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def latencies(watch: Watch) -> Latencies:
    return Latencies(watch)


def counts(playground: Playground) -> dict[tuple[str, str], int]:
    """How many waits of each kind there were."""
    return {(row["action"], row["reaction"]): row["count"] for row in playground.latencies.rows}


def test_percentiles_are_the_nearest_ranks_and_the_longest_is_kept(latencies: Latencies, watch: Watch) -> None:
    """Of a hundred waits of 1 to 100 ms; then of one very long one among them."""
    for wait in range(1, 101):
        watch.now = 10.0 * wait
        latencies.acted("send", 1)
        watch.now += wait / 1000
        latencies.reacted(1, "reply")
    (row,) = latencies.rows
    assert row == {"action": "send", "reaction": "reply", "count": 100, "p50": 50, "p90": 90, "p99": 99, "max": 100}
    latencies.acted("send", 1)
    watch.now += 5
    latencies.reacted(1, "reply")
    assert [(row["count"], row["p99"], row["max"]) for row in latencies.rows] == [(101, 100, 5000)]
    latencies.clear()
    assert latencies.rows == []


def test_who_came_first_is_answered_first_and_who_waits_a_minute_is_not_answered(
    latencies: Latencies, watch: Watch
) -> None:
    """What the bot says later belongs to whoever asked later; nobody waits in another chat for it."""
    latencies.acted("send", 1)
    watch.now = 61
    latencies.acted("press", 1)
    latencies.acted("send", 2)
    watch.now = 61.5
    latencies.reacted(1, "edit")
    latencies.reacted(1, "edit")
    assert [(row["action"], row["reaction"], row["max"]) for row in latencies.rows] == [("press", "edit", 500)]
    assert latencies.shown() == {"rows": latencies.rows, "waiting": 1, "unanswered": {"send": 1}}


def test_words_in_a_toast_may_be_all_that_comes_of_a_press(latencies: Latencies, watch: Watch) -> None:
    """It then neither waits on nor takes what the bot says to the next; a change of its message is still its."""
    latencies.pressed(1, "rank", 7)
    watch.now = 1
    latencies.toasted("rank", "3  Ada  45")
    assert latencies.shown()["waiting"] == 0
    watch.now = 30
    latencies.acted("send", 1)
    watch.now = 31
    latencies.reacted(1, "edit", 7)
    latencies.reacted(1, "reply", 8)
    watch.now = 100
    latencies.pressed(1, "again", 7)
    latencies.toasted("again", "3  Ada  45")
    watch.now = 200
    assert latencies.shown()["unanswered"] == {}
    waits = {(row["action"], row["reaction"]): row["max"] for row in latencies.rows}
    assert waits == {("press", "edit"): 31_000, ("press", "toast"): 1000, ("send", "reply"): 1000}


def test_a_changed_message_is_for_who_pressed_on_it(latencies: Latencies, watch: Watch) -> None:
    """However long others in that chat wait for something else already."""
    latencies.acted("send", 1)
    latencies.pressed(1, "one", 7)
    latencies.pressed(1, "two", 8)
    watch.now = 1
    latencies.reacted(1, "edit", 8)
    watch.now = 2
    latencies.reacted(1, "reply", 9)
    watch.now = 3
    latencies.reacted(1, "edit", 7)
    waits = {(row["action"], row["reaction"]): (row["count"], row["max"]) for row in latencies.rows}
    assert waits == {("send", "reply"): (1, 2000), ("press", "edit"): (2, 3000)}


def test_who_was_never_answered_waits_no_longer(latencies: Latencies, watch: Watch) -> None:
    """Even if nobody does anything there any more."""
    latencies.acted("send", 1)
    watch.now = 61
    assert latencies.shown() == {"rows": [], "waiting": 0, "unanswered": {"send": 1}}


def test_what_waits_is_bounded(latencies: Latencies) -> None:
    """However many votes nobody reads, and presses nobody answers."""
    for number in range(20_001):
        latencies.voted(number)
        latencies.pressed(number % 3 + 1, str(number))
    assert latencies.unanswered == {"vote": 1, "press": 1}
    latencies.confirmed([0])
    assert latencies.rows == []
    latencies.confirmed([1, 2])
    assert [row["count"] for row in latencies.rows] == [2]
    assert latencies.shown()["waiting"] == 300 + 19_998


async def test_every_action_is_measured_by_what_is_seen_of_it(
    playground: Playground, bot: telegram.Bot, ada: Person, group: ChatHandle
) -> None:
    """A reply, an edit, a toast, and for a vote that the bot has confirmed it; talk in a group awaits nothing."""
    await ada.send(None, "/start")
    asked = await bot.send_message(ada.id, "A?", reply_markup=KEYS)
    query = await ada.press(ada.chat.last, "A")
    await bot.edit_message_text("A!", ada.id, asked.message_id)
    await bot.answer_callback_query(query)
    await ada.send(group, "hello")
    await ada.send(group, "/quiz")
    more: dict[str, Any] = {"type": "quiz", "correct_option_ids": [0], "is_anonymous": False}
    poll = await bot.send_poll(group.id, "q", ["a", "b"], **more)
    await bot.send_message(group.id, "unasked")
    assert poll.poll is not None
    await ada.vote(poll.poll.id, 0)
    assert ("vote", "confirmed") not in counts(playground)
    updates = await bot.get_updates()
    await bot.get_updates(offset=updates[-1].update_id + 1)
    assert counts(playground) == {
        ("send", "reply"): 2,
        ("press", "edit"): 1,
        ("press", "toast"): 1,
        ("vote", "confirmed"): 1,
    }
    async with aiohttp.ClientSession(playground.url) as session, session.get("/api/latencies") as answer:
        shown = await answer.json()
    assert shown == playground.latencies.shown() | {"unseen": 0, "going": True}
    playground.mini.reset()
    assert playground.latencies.rows == []
