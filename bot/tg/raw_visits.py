"""Visits and persons from an update as Telegram writes it; the same as `desk` makes of the library's objects."""

from __future__ import annotations

from typing import Any

from bot.core.people import Chat, Person
from bot.tg.visits import KINDS, Visit, argument_of

Json = dict[str, Any]


def visit_of(message: Json, user: Json, press_id: str = "") -> Visit:
    """The visit that a message is, or a press under it. Raises KeyError or TypeError for what is not written so."""
    chat, thread = message["chat"], message.get("message_thread_id") if message.get("is_topic_message") else None
    reply = message.get("reply_to_message") or {}
    return Visit(
        Chat(_number(chat["id"]), KINDS[chat["type"]], chat.get("title") or _name(chat)),
        person_of(user),
        _number(message["message_id"]),
        thread,
        argument_of(message.get("text") or ""),
        None if "forum_topic_created" in reply else reply.get("message_id"),
        press_id=_text(press_id),
    )


def person_of(user: Json) -> Person:
    """A user as last seen. Raises KeyError or TypeError for what is not written so."""
    return Person(
        _number(user["id"]), _name(user), _text_or_none(user, "username"), _text_or_none(user, "language_code")
    )


def _name(who: Json) -> str:
    first, last = _text(who.get("first_name") or ""), _text(who.get("last_name") or "")
    return f"{first} {last}" if last else first


def _number(value: object) -> int:
    if type(value) is not int or abs(value) >= 2**62:  # bool is an int, and no id
        raise TypeError("no number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _text_or_none(who: Json, name: str) -> str | None:
    value = who.get(name)
    return None if value is None else _text(value)
