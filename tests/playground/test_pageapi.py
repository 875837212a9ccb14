"""What the page asks of the server."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import telegram

from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground

Json = dict[str, Any]


class Page:
    """The page's half of the contract."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def state(self) -> Json:
        async with self._session.get("/api/state") as answer:
            state: Json = await answer.json()
            return state

    async def post(self, name: str, **fields: Any) -> Json:
        async with self._session.post(f"/api/{name}", json=fields) as answer:
            body: Json = await answer.json()
            assert answer.status == (400 if "error" in body else 200)
            return body


@pytest.fixture
async def session(playground: Playground) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(playground.url) as opened:
        yield opened


@pytest.fixture
def page(session: aiohttp.ClientSession) -> Page:
    return Page(session)


async def next_event(stream: aiohttp.ClientResponse) -> Json:
    """The next event; heartbeats, blank lines and the inspector's rows passed over."""
    async for line in stream.content:
        event: Json = json.loads(line[6:]) if line.startswith(b"data: ") else {"kind": "call"}
        if event["kind"] != "call":
            return event
    raise AssertionError("the stream ended")


async def test_the_page_itself_is_served(session: aiohttp.ClientSession) -> None:
    """One HTML file at the root."""
    async with session.get("/") as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")


async def test_the_state_tells_everything(page: Page, group: ChatHandle, xiaozhou: Person) -> None:
    """People, chats with members and messages, the bot, commands and the clock."""
    await xiaozhou.send(None, "/start")
    state = await page.state()
    assert [person["first_name"] for person in state["people"]] == ["小周", "Ada", "Lin", "小陈", "Mia"]
    assert {person["blocked"] for person in state["people"]} == {False}
    private = next(chat for chat in state["chats"] if chat["id"] == xiaozhou.id)
    assert [message["text"] for message in private["messages"]] == ["/start"]
    circle = next(chat for chat in state["chats"] if chat["id"] == group.id)
    assert len(circle["members"]) == 6
    assert (circle["title"], circle["pinned"], circle["typing"]) == ("读书小组", [], False)
    assert (state["bot"]["username"], state["commands"]) == ("kaoguan_bot", {})
    assert isinstance(state["now"], float)


async def test_people_write_edit_and_press_through_the_page(page: Page, bot: telegram.Bot, xiaozhou: Person) -> None:
    """Each action changes the state and reaches the bot."""
    me = {"user_id": xiaozhou.id, "chat_id": xiaozhou.id}
    sent = await page.post("send", **me, text="/start")
    await page.post("edit", **me, message_id=sent["message_id"], text="/help")
    button = telegram.InlineKeyboardButton("A", callback_data="a")
    asked = await bot.send_message(xiaozhou.id, "?", reply_markup=telegram.InlineKeyboardMarkup.from_button(button))
    pressed = await page.post("press", **me, message_id=asked.message_id, data="a")
    message, edited, press = await bot.get_updates()
    assert message.message is not None
    assert message.message.entities[0].type == "bot_command"
    assert edited.edited_message is not None
    assert press.callback_query is not None
    assert press.callback_query.id == pressed["callback_query_id"]


async def test_groups_are_run_through_the_page(page: Page, bot: telegram.Bot, group: ChatHandle, ada: Person) -> None:
    """Votes, members, rights, migration, blocking."""
    await bot.send_poll(group.id, "q", ["a", "b"], is_anonymous=False)
    poll_id = group.last["poll"]["id"]
    assert await page.post("vote", user_id=ada.id, poll_id=poll_id, option_ids=[1]) == {}
    assert group.last["poll"]["votes"] == {str(ada.id): [1]}
    bot_id = (await page.state())["bot"]["id"]
    await page.post("member", chat_id=group.id, user_id=bot_id, status="restricted", can_send_polls=False)
    with pytest.raises(telegram.error.BadRequest, match="send polls"):
        await bot.send_poll(group.id, "q", ["a", "b"])
    upgraded = await page.post("migrate", chat_id=group.id)
    assert upgraded["chat_id"] < -1_000_000_000_000
    await page.post("block", user_id=ada.id, blocked=True)
    assert [person["blocked"] for person in (await page.state())["people"]] == [False, True, False, False, False]


async def test_the_clock_goes_forward_alone(page: Page, playground: Playground) -> None:
    """By seconds or to a moment, after the listeners have run; never back."""
    heard: list[float] = []

    async def listen(now: Any) -> None:
        heard.append(now.timestamp())

    playground.clock.listen(listen)
    before = (await page.state())["now"]
    advanced = (await page.post("clock", advance=3600))["now"]
    assert advanced >= before + 3600
    assert len(heard) == 1
    assert (await page.post("clock", to=advanced + 86400))["now"] >= advanced + 86400
    assert await page.post("clock", to=before) == {"error": "That cannot be read: the clock only goes forward."}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("send", {"chat_id": 1, "text": "x"}),
        ("send", {"user_id": 1, "chat_id": 1, "text": "x"}),
        ("send", {"user_id": 5_300_000_001, "chat_id": 5_300_000_002, "text": "x"}),
        ("send", {"user_id": 5_300_000_001, "chat_id": 5_300_000_001, "text": " "}),
        ("send", {"user_id": 5_300_000_001, "chat_id": 5_300_000_001, "text": "x" * 4097}),
        ("send", {"user_id": 5_300_000_001, "chat_id": 5_300_000_001, "text": "x", "reply_to": 9}),
        ("edit", {"user_id": 5_300_000_001, "chat_id": 5_300_000_001, "message_id": 9, "text": "x"}),
        ("press", {"user_id": 5_300_000_001, "chat_id": 5_300_000_001, "message_id": 9, "data": "x"}),
        ("vote", {"user_id": 5_300_000_001, "poll_id": "9", "option_ids": [0]}),
        ("member", {"chat_id": -4_200_000_001, "user_id": 5_300_000_001, "status": "emperor"}),
        ("migrate", {"chat_id": 5_300_000_001}),
        ("clock", {"advance": 1e300}),
        ("clock", {}),
    ],
)
async def test_what_cannot_be_is_refused_in_a_sentence(page: Page, name: str, fields: Json) -> None:
    """400 with {error: sentence}, whatever is wrong."""
    refused = await page.post(name, **fields)
    assert refused["error"].endswith(".")
    assert "Traceback" not in refused["error"]


async def test_events_arrive_live_in_order(
    session: aiohttp.ClientSession, page: Page, playground: Playground, bot: telegram.Bot, ada: Person
) -> None:
    """Numbered from the state's seq on: messages, edits, toasts, typing, deletion, chats, people, clock, commands."""
    state = await page.state()
    async with session.get("/api/events") as stream:
        await ada.send(None, "/start")
        button = telegram.InlineKeyboardButton("A", callback_data="a")
        asked = await bot.send_message(ada.id, "?", reply_markup=telegram.InlineKeyboardMarkup.from_button(button))
        await bot.answer_callback_query(await ada.press(ada.chat.last, "A"))
        await bot.send_chat_action(ada.id, "typing")
        await bot.edit_message_text("!", ada.id, asked.message_id)
        await bot.delete_message(ada.id, asked.message_id)
        await bot.set_my_commands([("quiz", "Ask me")])
        await ada.block()
        await playground.clock.advance(1)
        playground.member(playground.chat("读书小组"), None, "administrator")
        await page.post("reset")
        events = [await next_event(stream) for _ in range(11)]
    kinds = [
        "message",
        "message",
        "toast",
        "typing",
        "message",
        "deleted",
        "commands",
        "person",
        "clock",
        "chat",
        "reset",
    ]
    assert [event["kind"] for event in events] == kinds
    numbers = [event["seq"] for event in events]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == state["seq"] + 1
    toast = events[2]
    assert (toast["user_id"], toast["text"], toast["alert"]) == (ada.id, "", False)
    assert (events[1]["message"]["message_id"], events[4]["message"]["text"]) == (asked.message_id, "!")
    assert events[7]["person"]["blocked"]
    assert next(m for m in events[9]["chat"]["members"] if m["user_id"] == bot.id)["status"] == "administrator"


async def test_a_reset_forgets_everything_but_the_numbers(
    page: Page, playground: Playground, bot: telegram.Bot, ada: Person
) -> None:
    """Messages and pending updates go; everybody and everything has new ids, so that old ones fit nothing."""
    first = await ada.send(None, "/start")
    upgraded = await page.post("migrate", chat_id=-4_200_000_001)
    await page.post("reset")
    again = playground.person("Ada")
    assert again.id != ada.id
    assert await page.post("migrate", chat_id=-4_200_000_002) != upgraded
    assert len(await bot.get_updates()) == 2
    assert again.chat.messages == []
    assert (await again.send(None, "/start"))["message_id"] > first["message_id"]


async def test_a_page_that_cannot_keep_up_fetches_everything_once_more(playground: Playground) -> None:
    """Of what it has missed nothing is kept for it."""
    slow = playground.mini.events.open()
    for number in range(5001):
        playground.mini.events.publish("clock", now=number)
    assert slow.get_nowait() == {"seq": playground.mini.events.seq, "kind": "reset"}
    playground.mini.events.publish("clock", now=0)
    assert (slow.get_nowait() or {})["kind"] == "clock"
    assert slow.empty()


async def test_a_file_is_uploaded(playground: Playground, page: Page) -> None:
    """Its content as base64; what is none is a sentence."""
    zhou = playground.person("小周")
    sent = await page.post(
        "upload", user_id=zhou.id, chat_id=zhou.id, file_name="a.txt", content="aGk=", caption="look"
    )
    document = zhou.chat.message(sent["message_id"])["document"]
    assert playground.mini.world.files[document["file_id"]] == b"hi"
    refused = await page.post("upload", user_id=zhou.id, chat_id=zhou.id, file_name="a.txt", content="?")
    assert refused["error"].startswith("That cannot be read")
