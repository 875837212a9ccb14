"""Forum topics by the bot, which needs to be an admin with the right to."""

from __future__ import annotations

from typing import Any

from bot.playground import shapes, threads
from bot.playground.errors import bad
from bot.playground.methods import target
from bot.playground.miniature import Miniature
from bot.playground.rights import bot_may
from bot.playground.wire import Params
from bot.playground.world import Chat

Json = dict[str, Any]
_NAME = 128


def create_forum_topic(mini: Miniature, asked: Params) -> Json:
    """A new thread."""
    place = _forum(mini, asked, "create a topic")
    name = _name(asked)
    number = threads.create(mini, place, shapes.sender_of_bot(mini.world), name)
    return {"message_thread_id": number, "name": name, "icon_color": threads.COLOUR}


def edit_forum_topic(mini: Miniature, asked: Params) -> bool:
    """Rename a thread."""
    place = _forum(mini, asked, "edit the topic")
    threads.rename(mini, place, shapes.sender_of_bot(mini.world), _known(place, asked), _name(asked))
    return True


def close_forum_topic(mini: Miniature, asked: Params) -> bool:
    """Close an open thread."""
    place = _forum(mini, asked, "edit the topic")
    threads.close(mini, place, shapes.sender_of_bot(mini.world), _known(place, asked, "open"))
    return True


def reopen_forum_topic(mini: Miniature, asked: Params) -> bool:
    """Reopen a closed thread."""
    place = _forum(mini, asked, "edit the topic")
    threads.reopen(mini, place, shapes.sender_of_bot(mini.world), _known(place, asked, "closed"))
    return True


def delete_forum_topic(mini: Miniature, asked: Params) -> bool:
    """Delete a thread with its messages."""
    place = _forum(mini, asked, "delete the topic")
    threads.delete(mini, place, shapes.sender_of_bot(mini.world), _known(place, asked))
    return True


def _forum(mini: Miniature, asked: Params, purpose: str) -> Chat:
    place = target.reachable(mini, asked)
    if not place.forum:
        raise bad("the chat is not a forum")
    if not bot_may(mini.world, place, "can_manage_topics"):
        raise bad(f"not enough rights to {purpose}")
    return place


def _known(place: Chat, asked: Params, state: str | None = None) -> int:
    """The thread that message_thread_id names. Raises RefusedError when it is gone, or not in this state."""
    number = asked.number("message_thread_id")
    if number not in place.threads or place.threads[number].state == "deleted":
        raise bad("TOPIC_ID_INVALID")
    if state is not None and place.threads[number].state != state:
        raise bad("TOPIC_NOT_MODIFIED")
    return number


def _name(asked: Params) -> str:
    name = asked.text("name").strip()
    if not 1 <= len(name) <= _NAME:
        raise bad("TOPIC_TITLE_EMPTY")
    return name
