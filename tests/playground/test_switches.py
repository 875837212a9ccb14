"""The switches of what goes wrong, as the page sets them over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
import telegram
from telegram.error import InvalidToken, RetryAfter

from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground

Json = dict[str, Any]
Switch = Callable[..., Awaitable[Json]]


@pytest.fixture
async def switch(playground: Playground) -> AsyncIterator[Switch]:
    """Posts to the page's API; a refusal is {error}."""
    async with aiohttp.ClientSession(playground.url) as session:

        async def post(name: str, **fields: Any) -> Json:
            async with session.post(f"/api/{name}", json=fields) as answer:
                body: Json = await answer.json()
                assert answer.status == (400 if "error" in body else 200)
                return body

        yield post


async def test_a_fault_waits_hits_and_is_told(
    playground: Playground, bot: telegram.Bot, group: ChatHandle, switch: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits and what has hit is shown; the record tells a scripted 429 from any other."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    events = playground.mini.events.open()
    set_up = await switch("fault", method="sendmessage", kind="429", count=2, seconds=7)
    (waiting,) = set_up["waiting"]
    assert waiting == {"number": 1, "method": "sendMessage", "kind": "429", "left": 2, "seconds": 7, "hits": 0}
    with pytest.raises(RetryAfter):
        await bot.send_message(group.id, "spoilt")
    told = [event async for event in drained(events)]
    (after,) = (event["switches"] for event in told if event["kind"] == "switches" and event["switches"]["hits"])
    assert [(one["left"], one["hits"]) for one in after["waiting"]] == [(1, 1)]
    assert after["hits"] == [{"method": "sendMessage", "kind": "429", "count": 1}]
    (line,) = [event["call"] for event in told if event["kind"] == "call" and event["call"]["method"] == "sendMessage"]
    assert (line["status"], line["fault"]) == (429, "429")
    called_off = await switch("calloff", number=1)
    assert (called_off["waiting"], called_off["hits"]) == ([], after["hits"])
    await bot.send_message(group.id, "fine")
    assert playground.record.outcomes["sendMessage", 429, "429"] == playground.record.outcomes["sendMessage", 200, ""]


async def drained(events: Any) -> AsyncIterator[Json]:
    """Every event so far."""
    while not events.empty():
        yield events.get_nowait()


async def test_limits_go_on_and_off_while_it_runs(
    playground: Playground, bot: telegram.Bot, group: ChatHandle, switch: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty in a minute pass; off again, all pass; and what was sent before does not count."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    for count in range(21):
        await bot.send_message(group.id, str(count))
    assert (await switch("limits", on=True))["limits"]
    for count in range(20):
        await bot.send_message(group.id, str(count))
    with pytest.raises(RetryAfter):
        await bot.send_message(group.id, "too much")
    assert playground.record.outcomes["sendMessage", 429, ""] == 1
    assert not (await switch("limits", on=False))["limits"]
    await bot.send_message(group.id, "fine")


async def test_a_revoked_token_opens_nothing_until_it_is_back(
    playground: Playground, bot: telegram.Bot, switch: Switch, xiaozhou: Person
) -> None:
    """Every call is 401, and uses up no other fault; what waited is there afterwards."""
    await xiaozhou.send(None, "/start")
    await switch("fault", kind="500")
    assert (await switch("token", revoked=True))["revoked"]
    for call in (bot.get_me, bot.get_updates):
        with pytest.raises(InvalidToken):
            await call()
    assert playground.record.of("getUpdates")[-1].status == 401
    back = await switch("token", revoked=False)
    assert [one["kind"] for one in back["waiting"]] == ["500"]
    assert {(hit["method"], hit["kind"]) for hit in back["hits"]} == {("getMe", "revoked"), ("getUpdates", "revoked")}
    await switch("calloff")
    assert len(await bot.get_updates()) == 1


async def test_what_was_confirmed_comes_again(
    playground: Playground, bot: telegram.Bot, switch: Switch, xiaozhou: Person
) -> None:
    """The newest of them, whatever offset the bot names, once."""
    for text in ("one", "two", "three"):
        await xiaozhou.send(None, text)
    given = await bot.get_updates()
    offset = given[-1].update_id + 1
    assert await bot.get_updates(offset=offset) == ()
    assert (await switch("redeliver", count=2))["again"] == 2
    assert [update.to_dict() for update in await bot.get_updates(offset=offset)] == [one.to_dict() for one in given[1:]]
    assert await bot.get_updates(offset=offset) == ()
    assert playground.mini.switches["hits"] == [{"method": "getUpdates", "kind": "redelivered", "count": 2}]


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("fault", {"kind": "418"}, "There is no fault '418'."),
        ("fault", {"kind": "500", "method": "sendDice"}, "There is no method 'sendDice'."),
        ("fault", {"kind": "twice", "method": "sendMessage"}, "There is no kind of update 'sendMessage'."),
        ("fault", {"kind": "500", "count": 0}, "The count must be from 1 to 100000."),
        ("fault", {"kind": "delay", "seconds": 601}, "The seconds must be from 0 to 600."),
        ("fault", {"method": "sendMessage"}, "The field 'kind' is missing."),
        ("redeliver", {"count": 0}, "Count and seconds must be more than 0."),
    ],
)
async def test_what_could_never_hit_is_refused(
    playground: Playground, switch: Switch, name: str, fields: Json, words: str
) -> None:
    """In a sentence, and nothing waits."""
    assert await switch(name, **fields) == {"error": words}
    assert playground.faults.waiting == []


async def test_the_switches_tell_what_can_be_chosen(playground: Playground) -> None:
    """Methods, kinds of updates, and both sorts of faults."""
    async with aiohttp.ClientSession(playground.url) as session, session.get("/api/switches") as answer:
        shown = await answer.json()
    assert {"sendMessage", "getUpdates"} <= set(shown["methods"])
    assert "poll_answer" in shown["updates"]
    assert {"truncated", "late", "502"} <= set(shown["kinds"])
    assert shown["update_kinds"] == ["twice", "shuffled"]
    assert (shown["limits"], shown["revoked"]) == (False, False)
