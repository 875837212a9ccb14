"""Forum topics, called threads here: who may make them has been asked before."""

from __future__ import annotations

from typing import Any

from bot.playground.actions import tell
from bot.playground.errors import NotPossibleError
from bot.playground.miniature import Miniature
from bot.playground.rights import may
from bot.playground.world import Chat, Thread

Json = dict[str, Any]
COLOUR = 7_322_096  # the first of Telegram's six


def switch(mini: Miniature, chat_id: int, *, on: bool) -> None:
    """Turn topic mode on or off; only a supergroup has it."""
    chat = mini.world.chat(chat_id)
    if chat.type != "supergroup":
        raise NotPossibleError("Only a supergroup can have threads.")
    chat.forum = on
    mini.show_chat(chat)


def act(mini: Miniature, user_id: int, chat_id: int, doing: str, given: str | int) -> int:
    """A person creates a thread (by name), or closes, reopens or deletes one (by number); return its number."""
    chat, account = mini.world.chat(chat_id), mini.world.account(user_id)
    if not chat.forum:
        raise NotPossibleError("This chat has no threads.")
    if not may(chat, user_id, "can_manage_topics"):
        raise NotPossibleError("Only admins with that right can do that with threads.")
    if doing == "create":
        return create(mini, chat, account.user, str(given))
    {"close": close, "reopen": reopen, "delete": delete}[doing](mini, chat, account.user, int(given))
    return int(given)


def create(mini: Miniature, chat: Chat, sender: Json, name: str) -> int:
    """A new thread; its number is that of the message that tells of it."""
    said = mini.post(chat, sender, {"forum_topic_created": {"name": name, "icon_color": COLOUR}})
    said.thread_id = said.id
    chat.threads[said.id] = Thread(name)
    mini.show_chat(chat)
    mini.show(said)
    tell(mini, "message", chat, said)
    return said.id


def rename(mini: Miniature, chat: Chat, sender: Json, thread_id: int, name: str) -> None:
    """Give a thread another name."""
    chat.threads[thread_id].name = name
    _say(mini, chat, sender, thread_id, {"forum_topic_edited": {"name": name}})


def close(mini: Miniature, chat: Chat, sender: Json, thread_id: int) -> None:
    """Let nobody but admins write there."""
    chat.threads[thread_id].state = "closed"
    _say(mini, chat, sender, thread_id, {"forum_topic_closed": {}})


def reopen(mini: Miniature, chat: Chat, sender: Json, thread_id: int) -> None:
    """Let everybody write there again."""
    chat.threads[thread_id].state = "open"
    _say(mini, chat, sender, thread_id, {"forum_topic_reopened": {}})


def delete(mini: Miniature, chat: Chat, _sender: Json, thread_id: int) -> None:
    """Away with it and all its messages; Telegram tells the bot nothing."""
    chat.threads[thread_id].state = "deleted"
    for sent in [sent for sent in chat.messages.values() if sent.thread_id == thread_id]:
        mini.remove(chat, sent.id)
    mini.show_chat(chat)


def _say(mini: Miniature, chat: Chat, sender: Json, thread_id: int, body: Json) -> None:
    mini.show_chat(chat)
    tell(mini, "message", chat, mini.post(chat, sender, body, thread_id=thread_id))
