"""What a right allows in a group, and what its lack forbids: to admins, to members, to the bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import telegram
from telegram.error import BadRequest

from bot.playground.errors import NotPossibleError
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground

Calls = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]


@pytest.mark.parametrize(
    ("right", "method", "params", "what"),
    [
        ("can_send_messages", "sendMessage", {"text": "?"}, "text messages"),
        ("can_send_polls", "sendPoll", {"question": "?", "options": ["a", "b"]}, "polls"),
        ("can_send_photos", "sendPhoto", {"photo": "https://example.org/a.png"}, "photos"),
        ("can_send_documents", "sendDocument", {"document": "https://example.org/a.zip"}, "documents"),
    ],
)
async def test_each_right_is_taken_by_itself(
    playground: Playground, call: Calls, group: ChatHandle, right: str, method: str, params: dict[str, Any], what: str
) -> None:
    """A restricted bot is told which kind of message it may not send, and still sends the others."""
    playground.member(group, None, "restricted", **{right: False})
    refused = await call(method, {"chat_id": group.id, **params})
    assert refused["description"] == f"Bad Request: not enough rights to send {what} to the chat"
    playground.member(group, None, "restricted")
    assert (await call(method, {"chat_id": group.id, **params}))["ok"]


async def test_an_admin_lacks_single_rights(
    playground: Playground, judged: telegram.Bot, group: ChatHandle, ada: Person
) -> None:
    """Pinning and deleting are rights of their own."""
    said = await ada.send(group, "hello")
    playground.member(group, None, "administrator", can_pin_messages=False, can_delete_messages=False)
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
        await judged.pin_chat_message(group.id, said["message_id"])
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await judged.delete_message(group.id, said["message_id"])
    playground.member(group, None, "administrator")
    await judged.pin_chat_message(group.id, said["message_id"])
    await judged.delete_message(group.id, said["message_id"])
    assert group.pinned == []


async def test_ones_own_message_can_be_deleted_for_two_days(
    playground: Playground, judged: telegram.Bot, group: ChatHandle
) -> None:
    """After that only an admin may."""
    sent = await judged.send_message(group.id, "old")
    await playground.clock.advance(48 * 3600 + 1)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await judged.delete_message(group.id, sent.message_id)
    playground.member(group, None, "administrator")
    await judged.delete_message(group.id, sent.message_id)


async def test_slow_mode_holds_members_but_not_admins(
    playground: Playground, judged: telegram.Bot, call: Calls, group: ChatHandle, ada: Person
) -> None:
    """The bot is told how long to wait; edits are free; getChat tells the delay."""
    playground.slow_mode(group, 30)
    sent = await judged.send_message(group.id, "one")
    await ada.send(group, "one")
    refused = await call("sendMessage", {"chat_id": group.id, "text": "two"})
    assert refused["error_code"] == 429
    assert refused["parameters"]["retry_after"] in {29, 30}
    with pytest.raises(NotPossibleError, match="Slow mode"):
        await ada.send(group, "two")
    await sent.edit_text("one and a half")
    assert (await call("getChat", {"chat_id": group.id}))["result"]["slow_mode_delay"] == 30
    await playground.clock.advance(30)
    await ada.send(group, "two")
    await judged.send_message(group.id, "two")
    playground.member(group, None, "administrator")
    await judged.send_message(group.id, "three")


async def test_a_silenced_person_does_not_write(playground: Playground, group: ChatHandle, ada: Person) -> None:
    """Restricted without can_send_messages: they read and vote, no more."""
    playground.member(group, ada, "restricted", can_send_messages=False)
    with pytest.raises(NotPossibleError, match="may not write"):
        await ada.send(group, "hello")


async def test_hidden_members_are_told_to_admins_alone(
    playground: Playground, judged: telegram.Bot, group: ChatHandle, ada: Person
) -> None:
    """A plain bot still learns its own place and who the admins are."""
    playground.hide_members(group)
    with pytest.raises(BadRequest, match="Member list is inaccessible"):
        await judged.get_chat_member(group.id, ada.id)
    assert (await judged.get_chat_member(group.id, judged.id)).status == "member"
    assert len(await judged.get_chat_administrators(group.id)) == 1
    playground.member(group, None, "administrator")
    assert (await judged.get_chat_member(group.id, ada.id)).status == "member"
