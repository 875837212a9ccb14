"""Who came, where, with what."""

from typing import Any

import pytest
from telegram import Update

from bot.tg.desk import visit

ADA = {"id": 7, "is_bot": False, "first_name": "Ada", "last_name": "L", "username": "ada", "language_code": "en"}
GROUP = {"id": -1009, "type": "supergroup", "title": "读书小组", "is_forum": True}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def message(**more: Any) -> Update:
    """An update with a message."""
    body = {"message_id": 5, "date": 0, "chat": GROUP, "from": ADA, "text": "/quiz  attention heads ", **more}
    update = Update.de_json({"update_id": 1, "message": body}, None)
    assert update is not None
    return update


def test_a_message_tells_person_chat_thread_and_argument() -> None:
    """The command is left out of the argument."""
    came = visit(message(message_thread_id=44, is_topic_message=True))
    assert came is not None
    assert came.person is not None
    assert (came.person.id, came.person.name, came.chat.kind) == (7, "Ada L", "supergroup")
    assert (came.thread_id, came.argument, came.anonymous_admin) == (44, "attention heads", False)


def test_a_reply_outside_of_topics_is_in_no_thread() -> None:
    """Telegram numbers reply threads, too; only forum topics are threads here."""
    came = visit(message(message_thread_id=44))
    assert came is not None
    assert came.thread_id is None


def test_an_anonymous_admin_is_nobody_but_an_admin() -> None:
    """Written in the group's own name; a channel's post is nobody's."""
    came = visit(message(**{"from": ANONYMOUS, "sender_chat": GROUP}))
    assert came is not None
    assert came.person is None
    assert came.anonymous_admin
    channel = {"id": -1005, "type": "channel", "title": "News"}
    came = visit(message(**{"from": ANONYMOUS, "sender_chat": channel}))
    assert came is not None
    assert came.person is None
    assert not came.anonymous_admin


def test_a_press_is_by_who_pressed_not_by_who_wrote() -> None:
    """The message under the button is the bot's."""
    bot = {"id": 1, "is_bot": True, "first_name": "考官"}
    shown = {"message_id": 5, "date": 1, "chat": GROUP, "from": bot, "text": "?"}
    query = {"id": "9", "from": ADA, "chat_instance": "1", "data": "1a:1:0", "message": shown}
    update = Update.de_json({"update_id": 1, "callback_query": query}, None)
    assert update is not None
    came = visit(update)
    assert came is not None
    assert came.person is not None
    assert came.person.id == 7


@pytest.mark.parametrize("chat", [{"id": -1005, "type": "channel", "title": "News"}])
def test_channels_are_not_served(chat: dict[str, Any]) -> None:
    """There is nobody to ask."""
    assert visit(message(chat=chat)) is None
