"""Updates as Telegram words them, prepared as bytes, without the opening brace and the id: the fake puts them there."""

from __future__ import annotations

import json
from typing import Any

_DATE = 1795400000


def message(person: int, number: int, text: str, chat: int = 0) -> bytes:
    """A message, in private unless a group's id is given."""
    said: dict[str, Any] = {"message_id": number, "date": _DATE, "chat": _chat(chat or person), "from": user(person)}
    said["text"] = text
    if text.startswith("/"):
        said["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    return _update("message", said)


def press(person: int, number: int, data: str, query: str) -> bytes:
    """A press of a button under the bot's message `number`."""
    bot = {"id": 1000000001, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
    under = {"message_id": number, "date": _DATE, "chat": _chat(person), "from": bot, "text": "?"}
    pressed = {"id": query, "from": user(person), "chat_instance": "1", "data": data, "message": under}
    return _update("callback_query", pressed)


def vote(person: int, poll: str, choice: int) -> bytes:
    """A vote in a poll."""
    given = {"poll_id": poll, "user": user(person), "option_ids": [choice], "option_persistent_ids": [str(choice)]}
    return _update("poll_answer", given)


def joined(person: int, chat: int) -> bytes:
    """Somebody came into a group."""
    who = {"user": user(person)}
    change = {"chat": _chat(chat), "from": user(person), "date": _DATE}
    return _update(
        "chat_member",
        change | {"old_chat_member": who | {"status": "left"}, "new_chat_member": who | {"status": "member"}},
    )


def user(person: int) -> dict[str, Any]:
    """Somebody, always of the same name."""
    return {"id": person, "is_bot": False, "first_name": f"人{person}", "username": f"u{person}", "language_code": "zh"}


def _chat(chat: int) -> dict[str, Any]:
    if chat < 0:
        return {"id": chat, "type": "supergroup", "title": f"组{chat}"}
    return {"id": chat, "type": "private", "first_name": f"人{chat}", "username": f"u{chat}"}


def _update(kind: str, content: dict[str, Any]) -> bytes:
    return json.dumps({kind: content}, ensure_ascii=False).encode()[1:]
