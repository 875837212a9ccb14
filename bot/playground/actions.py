"""What people write, edit and press; each raises NotPossibleError when Telegram's apps would not let them."""

from __future__ import annotations

from typing import Any

from bot.playground import shapes
from bot.playground.errors import NotPossibleError
from bot.playground.files import attached
from bot.playground.links import linked
from bot.playground.miniature import Miniature
from bot.playground.pace import wait_left
from bot.playground.privacy import hears
from bot.playground.rights import may
from bot.playground.world import Account, Chat, Member, Message, Thread

Json = dict[str, Any]
LONGEST = 4096
_CAPTIONS = {"text": "caption", "entities": "caption_entities"}
_QUERIES = 100_000  # presses remembered


def send(
    mini: Miniature, user_id: int, chat_id: int, text: str, reply_to: int | None = None, thread_id: int | None = None
) -> Message:
    """Write a message; the bot gets it if its privacy mode lets it."""
    body = _body(text)
    _, chat = _place(mini, user_id, chat_id)
    if reply_to is not None:
        thread_id = message(chat, reply_to).thread_id if thread_id is None else thread_id
    sent = speak(mini, user_id, chat_id, body, reply_to=reply_to, thread_id=thread_id)
    mini.record.acted("send", user_id, chat_id=chat_id, message_id=sent.id, text=body["text"])
    if chat.private or text.startswith("/"):  # of all that is said in a group only commands await an answer
        mini.latencies.acted("send", chat_id)
    tell(mini, "message", chat, sent)
    return sent


def upload(
    mini: Miniature,
    user_id: int,
    chat_id: int,
    name: str,
    content: bytes,
    caption: str = "",
    reply_to: int | None = None,
    kind: str = "",
) -> Message:
    """Send a file, perhaps with words under it: as what its name says it is, or as that kind (see files)."""
    _, chat = _place(mini, user_id, chat_id)
    unique = mini.identifiers.file()
    file = {"file_id": f"BQAC{unique}", "file_unique_id": f"AgAD{unique}"}
    found = attached(name, content, file, kind)
    if not may(chat, user_id, found.right):
        raise NotPossibleError("They may not send files in this group.")
    words = _body(caption) if caption.strip() else {}
    body = {_CAPTIONS[key]: value for key, value in words.items()}
    mini.world.files[f"BQAC{unique}"] = content
    sent = speak(mini, user_id, chat_id, {found.field: found.value, **body}, reply_to=reply_to)
    mini.record.acted("upload", user_id, chat_id=chat_id, message_id=sent.id, file_name=name)
    if chat.private:
        mini.latencies.acted("send", chat_id)
    tell(mini, "message", chat, sent)
    return sent


def speak(mini: Miniature, user_id: int, chat_id: int, body: Json, **more: Any) -> Message:  # noqa: ANN401 - post's own
    """Put a person's message into a chat, if they may write there now; an anonymous admin's comes from the group."""
    account, chat = _place(mini, user_id, chat_id)
    _check_free(mini, chat, user_id)
    if more.get("thread_id") is not None:
        _check_thread(chat, user_id, more["thread_id"])
    account.started = account.started or chat.private
    chat.spoken[user_id] = mini.now()
    if not chat.members.get(user_id, Member()).is_anonymous:
        return mini.post(chat, account.user, body, **more)
    return mini.post(chat, shapes.ANONYMOUS, body, author=user_id, **more)


def forward(mini: Miniature, user_id: int, chat_id: int, message_id: int, to_chat_id: int) -> Message:
    """Forward a message to another chat: a poll stays the same poll there, with one count of votes."""
    _, chat = _place(mini, user_id, chat_id)
    original = message(chat, message_id)
    if original.body.get("has_protected_content"):
        raise NotPossibleError("This message is protected from forwarding.")
    origin = {"type": "user", "sender_user": original.sender, "date": original.date}
    sent = speak(mini, user_id, to_chat_id, {**original.body, "forward_origin": origin}, poll=original.poll)
    mini.record.acted("forward", user_id, chat_id=to_chat_id, message_id=sent.id)
    tell(mini, "message", mini.world.chat(to_chat_id), sent)
    return sent


def edit(mini: Miniature, user_id: int, chat_id: int, message_id: int, text: str) -> Message:
    """Change one's own message."""
    account, chat = _place(mini, user_id, chat_id)
    sent = message(chat, message_id)
    if (sent.author or sent.sender["id"]) != account.id or "text" not in sent.body:
        raise NotPossibleError("Only one's own texts can be edited.")
    sent.body = _body(text)
    sent.edit_date = mini.now()
    mini.record.acted("edit", user_id, chat_id=chat_id, message_id=message_id, text=text)
    mini.show(sent)
    tell(mini, "edited_message", chat, sent)
    return sent


def press(mini: Miniature, user_id: int, chat_id: int, message_id: int, data: str) -> str:
    """Press the button with this callback data; return the query's id."""
    account, chat = _place(mini, user_id, chat_id)
    sent = message(chat, message_id)
    if not any(button.get("callback_data") == data for button in buttons(sent)):
        raise NotPossibleError("There is no such button under that message.")
    query_id = mini.identifiers.query()
    while len(mini.world.queries) >= _QUERIES:
        del mini.world.queries[next(iter(mini.world.queries))]
    mini.world.queries[query_id] = {"user_id": user_id, "pressed": mini.now(), "answered": False}
    mini.record.acted("press", user_id, chat_id=chat_id, message_id=message_id, data=data, query_id=query_id)
    query = {
        "id": query_id,
        "from": account.user,
        "message": mini.shape(sent),
        "chat_instance": str(7_000_000_000_000_000_000 + abs(chat_id)),
        "data": data,
    }
    mini.latencies.pressed(chat_id, query_id, message_id)
    mini.updates.put("callback_query", query)
    mini.events.stir()
    return query_id


def block(mini: Miniature, user_id: int, *, blocked: bool) -> None:
    """Block or unblock the bot, which is told when it changes anything."""
    account = mini.world.account(user_id)
    if account.blocked == blocked:
        return
    account.blocked = blocked
    mini.record.acted("block", user_id, blocked=blocked)
    bot = shapes.sender_of_bot(mini.world)
    away, here = {"user": bot, "status": "kicked", "until_date": 0}, {"user": bot, "status": "member"}
    change = {
        "chat": shapes.chat(mini.world, mini.world.chat(user_id)),
        "from": account.user,
        "date": mini.now(),
        "old_chat_member": here if blocked else away,
        "new_chat_member": away if blocked else here,
    }
    mini.updates.put("my_chat_member", change)
    mini.tell(user_id, "person", person=shapes.page_person(account))


def message(chat: Chat, message_id: int) -> Message:
    """Raises NotPossibleError when it is not (or no longer) there."""
    if message_id not in chat.messages:
        raise NotPossibleError("That message is not there.")
    return chat.messages[message_id]


def buttons(sent: Message) -> list[Json]:
    """Every button under a message."""
    rows = (sent.markup or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def tell(mini: Miniature, kind: str, chat: Chat, sent: Message) -> None:
    """Give the bot a message that it may hear."""
    if hears(mini.world, chat, sent):
        mini.updates.put(kind, mini.shape(sent))
    mini.events.stir()


def _place(mini: Miniature, user_id: int, chat_id: int) -> tuple[Account, Chat]:
    """Who acts and where; both exist and belong together."""
    account, chat = mini.world.account(user_id), mini.world.chat(chat_id)
    if chat.private and chat.id != user_id:
        raise NotPossibleError("That is somebody else's private chat.")
    if chat.private and account.blocked:
        raise NotPossibleError("The bot is blocked; unblock it first.")
    if account.deleted or chat.deleted:
        raise NotPossibleError("That account or group was deleted.")
    if chat.migrated_to is not None:
        raise NotPossibleError("This group became a supergroup; write there.")
    if not chat.private and not chat.members.get(user_id, Member("left")).present:
        raise NotPossibleError("Only members of the group can do that.")
    return account, chat


def _check_free(mini: Miniature, chat: Chat, user_id: int) -> None:
    if not may(chat, user_id, "can_send_messages"):
        raise NotPossibleError("They may not write in this group.")
    left = wait_left(chat, user_id, mini.now())
    if left:
        raise NotPossibleError(f"Slow mode: {left} more seconds until the next message.")


def _check_thread(chat: Chat, user_id: int, thread_id: int) -> None:
    """A thread that nobody has made is made by writing to it, so that a test need not."""
    thread = chat.threads.setdefault(thread_id, Thread(str(thread_id)))
    if thread.state == "deleted":
        raise NotPossibleError("This thread is deleted.")
    if thread.state == "closed" and not may(chat, user_id, "can_manage_topics"):
        raise NotPossibleError("This thread is closed.")


def _body(text: str) -> Json:
    shown = text.strip()
    if not shown:
        raise NotPossibleError("The message is empty.")
    if len(shown) > LONGEST:
        raise NotPossibleError(f"A message has at most {LONGEST} characters.")
    entities = linked(shown, [])
    return {"text": shown} | ({"entities": entities} if entities else {})
