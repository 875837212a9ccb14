"""Where a message goes, and what it answers."""

from __future__ import annotations

from typing import Any

from bot.playground import keyboards
from bot.playground.entities import formatted
from bot.playground.errors import RefusedError, bad, forbidden
from bot.playground.limits import flood
from bot.playground.links import linked
from bot.playground.miniature import Miniature
from bot.playground.pace import wait_left
from bot.playground.rights import bot_may
from bot.playground.wire import Params
from bot.playground.world import Chat, Message

Json = dict[str, Any]
LONGEST_TEXT = 4096
LONGEST_RAW = 32 * 1024  # bytes


def chat(mini: Miniature, asked: Params) -> Chat:
    """The chat that chat_id names. Raises RefusedError for an unknown or upgraded one."""
    if not asked.has("chat_id"):
        raise bad("chat_id is empty")
    name = asked.text("chat_id")
    if not name.removeprefix("-").isdecimal() or int(name) not in mini.world.chats:
        raise bad("chat not found")
    found = mini.world.chats[int(name)]
    if found.migrated_to is not None:
        raise bad("group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": found.migrated_to})
    return found


def reachable(mini: Miniature, asked: Params) -> Chat:
    """The same, and the bot may speak there. Raises RefusedError otherwise."""
    found = chat(mini, asked)
    refusal = _private_refusal(mini, found) if found.private else _group_refusal(mini, found)
    if refusal is not None:
        raise refusal
    return found


def _private_refusal(mini: Miniature, place: Chat) -> RefusedError | None:
    account = mini.world.accounts[place.id]
    if account.deleted:
        return forbidden("user is deactivated")
    if account.blocked:
        return forbidden("bot was blocked by the user")
    return None if account.started else forbidden("bot can't initiate conversation with a user")


def _group_refusal(mini: Miniature, place: Chat) -> RefusedError | None:
    if place.deleted:
        return forbidden("the group chat was deleted")
    bot = mini.world.bot_member(place)
    if bot.status == "kicked":
        return forbidden(f"bot was kicked from the {place.type} chat")
    return None if bot.present else forbidden(f"bot is not a member of the {place.type} chat")


def message(place: Chat, asked: Params, purpose: str) -> Message:
    """The message that message_id names. Raises RefusedError "message to … not found"."""
    if not asked.has("message_id"):
        raise bad("message identifier is not specified")
    found = place.messages.get(asked.number("message_id"))
    if found is None:
        raise bad(f"message to {purpose} not found")
    return found


def allowed(mini: Miniature, place: Chat, right: str) -> None:
    """Whether the bot may send this kind of thing there. Raises RefusedError otherwise."""
    if not bot_may(mini.world, place, right):
        what = right.removeprefix("can_send_").replace("messages", "text messages")
        raise bad(f"not enough rights to send {what} to the chat")


def throttle(mini: Miniature, place: Chat, *, new: bool = True) -> None:
    """Count a message (`new`, else an edit) against slow mode and Telegram's limits. Raises 429."""
    left = wait_left(place, int(mini.world.bot["id"]), mini.now()) if new else 0
    if left:
        raise flood(left)
    mini.limits.check(place.id, mini.clock.now().timestamp())


def reply(place: Chat, asked: Params) -> int | None:
    """The id of the message answered. Raises RefusedError when it is gone and must not be."""
    said = asked.object("reply_parameters")
    wanted = Params(said).number("message_id") or asked.number("reply_to_message_id") or None
    if wanted is None or wanted in place.messages:
        return wanted
    if said.get("allow_sending_without_reply") or asked.flag("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def thread(mini: Miniature, place: Chat, asked: Params, answered: int | None) -> int | None:
    """The forum topic: named, or that of the message answered. Raises RefusedError for an unknown or closed one."""
    wanted = asked.number("message_thread_id") or None
    if wanted is None and answered is not None:
        wanted = place.messages[answered].thread_id
    if wanted is None:
        return None
    if wanted not in place.threads or place.threads[wanted].state == "deleted":
        raise bad("message thread not found")
    if place.threads[wanted].state == "closed" and not bot_may(mini.world, place, "can_manage_topics"):
        raise bad("TOPIC_CLOSED")
    return wanted


def content(asked: Params, name: str = "text", *, too_long: str = "message is too long") -> Json:
    """The text of a message with its entities, automatic ones too. Raises RefusedError."""
    raw = asked.text(name)
    if len(raw.encode()) > LONGEST_RAW:
        raise bad(too_long)
    text, entities = formatted(raw, asked.decoded("entities"), asked.text("parse_mode"))
    if not text:
        raise bad("message text is empty")
    if len(text) > LONGEST_TEXT:
        raise bad(too_long)
    found = linked(text, entities)
    return {"text": text} | ({"entities": found} if found else {})


def extras(asked: Params) -> Json:
    """The fields of a sent message that only repeat what was asked."""
    shown: Json = {}
    if asked.flag("protect_content"):
        shown["has_protected_content"] = True
    if asked.has("message_effect_id"):
        shown["effect_id"] = asked.text("message_effect_id")
    return shown


def preview(asked: Params) -> Json:
    """link_preview_options, if any."""
    options = asked.object("link_preview_options")
    return {"link_preview_options": options} if options else {}


def keyboard(asked: Params, *, inline_only: bool = False) -> Json | None:
    """The inline keyboard of reply_markup. Raises RefusedError."""
    return keyboards.checked(asked.decoded("reply_markup"), inline_only=inline_only)
