"""What people write, edit and press; each raises NotPossibleError when Telegram's apps would not let them."""

from __future__ import annotations

from typing import Any

from bot.playground import shapes
from bot.playground.errors import NotPossibleError
from bot.playground.links import linked
from bot.playground.miniature import Miniature
from bot.playground.privacy import hears
from bot.playground.world import PRESENT, Account, Chat, Message, new_query_id

Json = dict[str, Any]
LONGEST = 4096


def send(
    mini: Miniature, user_id: int, chat_id: int, text: str, reply_to: int | None = None, thread_id: int | None = None
) -> Message:
    """Write a message; the bot gets it if its privacy mode lets it."""
    account, chat = _place(mini, user_id, chat_id)
    body = _body(text)
    if reply_to is not None:
        thread_id = message(chat, reply_to).thread_id if thread_id is None else thread_id
    account.started = account.started or chat.private
    sent = mini.post(chat, account.user, body, reply_to=reply_to, thread_id=thread_id)
    mini.record.acted("send", user_id, chat_id=chat_id, message_id=sent.id, text=body["text"])
    tell(mini, "message", chat, sent)
    return sent


def edit(mini: Miniature, user_id: int, chat_id: int, message_id: int, text: str) -> Message:
    """Change one's own message."""
    account, chat = _place(mini, user_id, chat_id)
    sent = message(chat, message_id)
    if sent.sender["id"] != account.id or "text" not in sent.body:
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
    query_id = new_query_id()
    mini.world.queries[query_id] = {"user_id": user_id, "pressed": mini.now(), "answered": False}
    mini.record.acted("press", user_id, chat_id=chat_id, message_id=message_id, data=data, query_id=query_id)
    query = {
        "id": query_id,
        "from": account.user,
        "message": mini.shape(sent),
        "chat_instance": str(7_000_000_000_000_000_000 + abs(chat_id)),
        "data": data,
    }
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
    mini.events.publish("person", person=shapes.page_person(account))


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
    if chat.migrated_to is not None:
        raise NotPossibleError("This group became a supergroup; write there.")
    if not chat.private and (user_id not in chat.members or chat.members[user_id].status not in PRESENT):
        raise NotPossibleError("Only members of the group can do that.")
    return account, chat


def _body(text: str) -> Json:
    shown = text.strip()
    if not shown:
        raise NotPossibleError("The message is empty.")
    if len(shown) > LONGEST:
        raise NotPossibleError(f"A message has at most {LONGEST} characters.")
    entities = linked(shown, [])
    return {"text": shown} | ({"entities": entities} if entities else {})
