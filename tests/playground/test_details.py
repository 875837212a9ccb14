"""Small print of Telegram that a bot may depend on."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
import telegram
from telegram.error import Conflict

from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground


async def test_a_bot_deletes_what_a_person_wrote_in_private(bot: telegram.Bot, ada: Person) -> None:
    """In a private chat no rights are needed."""
    sent = await ada.send(None, "/start")
    assert await bot.delete_message(ada.id, sent["message_id"])
    assert ada.chat.messages == []


async def test_a_doubled_option_arrives_doubled(judged: telegram.Bot, group: ChatHandle, ada: Person) -> None:
    """Some apps send one option twice; it counts once."""
    await judged.send_poll(group.id, "q", ["a", "b"], is_anonymous=False)
    await ada.vote(group.last, 1, 1)
    answer = (await judged.get_updates())[-1].poll_answer
    assert answer is not None
    assert answer.option_ids == (1, 1)
    assert group.last["poll"]["options"][1]["voter_count"] == 1


@pytest.mark.parametrize(
    "params",
    [
        {"reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}},
        {"reply_to_message_id": 99, "allow_sending_without_reply": True},
    ],
)
@pytest.mark.provokes("an older client says it in parameters that are outdated")
async def test_a_reply_to_nothing_is_sent_where_that_is_allowed(
    call: Any, group: ChatHandle, params: dict[str, Any]
) -> None:
    """The message then answers nothing."""
    assert (await call("sendMessage", {"chat_id": group.id, "text": "x"} | params))["ok"]
    assert "reply_to_message" not in group.last


async def test_a_reply_carries_one_message_and_not_its_own_reply(group: ChatHandle, ada: Person) -> None:
    """Of a chain of replies the bot sees one link."""
    first = await ada.send(group, "/one")
    second = await ada.send(group, "/two", reply_to=first)
    third = await ada.send(group, "/three", reply_to=second)
    assert third["reply_to_message"]["text"] == "/two"
    assert "reply_to_message" not in third["reply_to_message"]


async def test_nobody_polls_beside_a_webhook(bot: telegram.Bot) -> None:
    """getUpdates conflicts until the webhook is deleted."""
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_query_and_form_add_up(playground: Playground, group: ChatHandle) -> None:
    """Parameters may come on both ways at once."""
    url = f"{playground.url}/bot{playground.token}/sendMessage?chat_id={group.id}"
    async with aiohttp.ClientSession() as session, session.post(url, data={"text": "both"}) as answer:
        assert (await answer.json())["ok"]
    assert group.texts == ["both"]


async def test_the_button_named_exactly_is_pressed(bot: telegram.Bot, playground: Playground, ada: Person) -> None:
    """A beginning counts only where no button has the whole name."""
    await ada.send(None, "/start")
    row = [telegram.InlineKeyboardButton(name, callback_data=name.lower()) for name in ("AB", "A")]
    await bot.send_message(ada.id, "?", reply_markup=telegram.InlineKeyboardMarkup([row]))
    await ada.press(ada.chat.last, "A")
    await ada.press(ada.chat.last, "AB")
    assert [action.details["data"] for action in playground.record.actions if action.kind == "press"] == ["a", "ab"]
