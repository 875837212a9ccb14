"""Pinning, which in a group takes an admin with the right to."""

from __future__ import annotations

from typing import Any

from bot.playground import shapes
from bot.playground.actions import tell
from bot.playground.errors import bad
from bot.playground.methods import target
from bot.playground.miniature import Miniature
from bot.playground.rights import bot_may
from bot.playground.wire import Params
from bot.playground.world import Chat

Json = dict[str, Any]


def pin_chat_message(mini: Miniature, asked: Params) -> bool:
    """Pin a message; a line in the chat tells of it, to the bot too. A pinned one stays as it is."""
    place = _pinnable(mini, asked)
    sent = target.message(place, asked, "pin")
    if sent.id in place.pinned:
        return True
    place.pinned.append(sent.id)
    mini.show_chat(place)
    shown = shapes.message(mini.world, sent, mini.now(), reply=False)
    said = mini.post(place, shapes.sender_of_bot(mini.world), {"pinned_message": shown}, thread_id=sent.thread_id)
    tell(mini, "message", place, said)
    return True


def unpin_chat_message(mini: Miniature, asked: Params) -> bool:
    """Unpin a message, or the newest pin when none is named."""
    place = _pinnable(mini, asked)
    wanted = asked.number("message_id") or (place.pinned[-1] if place.pinned else 0)
    if wanted not in place.pinned:
        raise bad("message to unpin not found")
    place.pinned.remove(wanted)
    mini.show_chat(place)
    return True


def unpin_all_chat_messages(mini: Miniature, asked: Params) -> bool:
    """Unpin everything."""
    place = _pinnable(mini, asked)
    place.pinned.clear()
    mini.show_chat(place)
    return True


def _pinnable(mini: Miniature, asked: Params) -> Chat:
    place = target.reachable(mini, asked)
    if not bot_may(mini.world, place, "can_pin_messages"):
        raise bad("not enough rights to manage pinned messages in the chat")
    return place
