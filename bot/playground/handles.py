"""The playground in a test's hands: people that act, chats that show what arrived."""

from __future__ import annotations

from typing import Any

from bot.playground import actions, membership, threads, voting
from bot.playground.errors import NotPossibleError
from bot.playground.miniature import Miniature
from bot.playground.world import Chat

Json = dict[str, Any]


class ChatHandle:
    """A chat as its members see it; messages are the page's JSON (polls carry `votes`), oldest first."""

    def __init__(self, mini: Miniature, chat: Chat) -> None:
        self._mini = mini
        self._chat = chat

    @property
    def id(self) -> int:
        """The chat's id; a private chat has the person's."""
        return self._chat.id

    @property
    def messages(self) -> list[Json]:
        """Every message that is there."""
        return [self._mini.seen(message) for message in self._chat.messages.values()]

    @property
    def last(self) -> Json:
        """The newest message; {} in an empty chat."""
        return self.messages[-1] if self._chat.messages else {}

    @property
    def from_bot(self) -> list[Json]:
        """The messages that the bot sent."""
        return [message for message in self.messages if message["from"]["id"] == self._mini.world.bot["id"]]

    @property
    def texts(self) -> list[str]:
        """The texts of the bot's messages; a poll's is its question."""
        return [
            message["poll"]["question"] if "poll" in message else message.get("text", "") for message in self.from_bot
        ]

    @property
    def polls(self) -> list[Json]:
        """The messages with a poll."""
        return [message for message in self.messages if "poll" in message]

    @property
    def title(self) -> str:
        """A group's name."""
        return self._chat.title

    @property
    def threads(self) -> dict[int, str]:
        """Names of the threads that are there, by number."""
        return {number: one.name for number, one in self._chat.threads.items() if one.state != "deleted"}

    @property
    def pinned(self) -> list[int]:
        """Ids of pinned messages, the newest last."""
        return list(self._chat.pinned)

    def message(self, message_id: int) -> Json:
        """One message as it is now. Raises NotPossibleError when it is gone."""
        return self._mini.seen(actions.message(self._chat, message_id))


class Person:
    """Somebody who acts in Telegram. Every action raises NotPossibleError where the apps would not let them."""

    def __init__(self, mini: Miniature, user_id: int) -> None:
        self._mini = mini
        self.id = user_id

    @property
    def user(self) -> Json:
        """The Bot API's User."""
        return self._mini.world.account(self.id).user

    @property
    def chat(self) -> ChatHandle:
        """The private chat with the bot."""
        return ChatHandle(self._mini, self._mini.world.chat(self.id))

    @property
    def toasts(self) -> list[Json]:
        """What answered this person's presses, oldest first: {text, alert}; an empty text only ends the spinner."""
        asked = [query for query in self._mini.world.queries.values() if query["user_id"] == self.id]
        return [{"text": query["text"], "alert": query["alert"]} for query in asked if query["answered"]]

    async def send(
        self,
        chat: ChatHandle | int | None,
        text: str,
        *,
        reply_to: Json | int | None = None,
        thread_id: int | None = None,
    ) -> Json:
        """Write to a chat (None: the private one) and return the message."""
        chat_id = self.id if chat is None else chat if isinstance(chat, int) else chat.id
        answered = reply_to["message_id"] if isinstance(reply_to, dict) else reply_to
        sent = actions.send(self._mini, self.id, chat_id, text, answered, thread_id)
        return self._mini.seen(sent)

    async def upload(
        self,
        name: str,
        content: bytes,
        *,
        caption: str = "",
        chat: ChatHandle | None = None,
        reply_to: Json | None = None,
        kind: str = "",
    ) -> Json:
        """Send a file to a chat (None: the private one) and return its message: what its name says, or of that kind."""
        chat_id, answered = chat.id if chat else self.id, reply_to["message_id"] if reply_to else None
        return self._mini.seen(actions.upload(self._mini, self.id, chat_id, name, content, caption, answered, kind))

    async def edit(self, message: Json, text: str) -> None:
        """Change one's own message."""
        actions.edit(self._mini, self.id, message["chat"]["id"], message["message_id"], text)

    async def press(self, message: Json, button: str) -> str:
        """Press the button of this text, beginning of text, or callback data; return the query's id."""
        chat_id, message_id = message["chat"]["id"], message["message_id"]
        sent = actions.message(self._mini.world.chat(chat_id), message_id)
        return actions.press(self._mini, self.id, chat_id, message_id, _data(actions.buttons(sent), button))

    async def vote(self, message: Json | str, *options: int, forwarded: bool = False, as_chat: bool = False) -> None:
        """Choose options by original index in a poll (its message or id); none takes the vote back."""
        poll_id = message if isinstance(message, str) else message["poll"]["id"]
        voting.vote(self._mini, self.id, poll_id, list(options), forwarded=forwarded, as_chat=as_chat)

    async def forward(self, message: Json, chat: ChatHandle) -> Json:
        """Forward to another chat and return the message there; a poll stays the same poll."""
        where = message["chat"]["id"], message["message_id"], chat.id
        return self._mini.seen(actions.forward(self._mini, self.id, *where))

    async def join(self, chat: ChatHandle) -> None:
        """Come into a group, unless one was removed from it."""
        member = self._mini.world.chat(chat.id).members.get(self.id)
        if member is not None and member.status == "kicked":
            raise NotPossibleError("Someone removed needs an admin to come back.")
        membership.change(self._mini, chat.id, self.id, "member")

    async def leave(self, chat: ChatHandle) -> None:
        """Leave a group."""
        membership.change(self._mini, chat.id, self.id, "left")

    async def rename(self, first_name: str, **more: str) -> None:
        """Take another name (also last_name and username; "" takes one away)."""
        membership.rename(self._mini, self.id, {"first_name": first_name, **more})

    async def retitle(self, chat: ChatHandle, title: str) -> None:
        """Give a group another name."""
        membership.retitle(self._mini, chat.id, self.id, title)

    async def create_thread(self, chat: ChatHandle, name: str) -> int:
        """A new thread in a forum; return its number."""
        return threads.act(self._mini, self.id, chat.id, "create", name)

    async def close_thread(self, chat: ChatHandle, thread_id: int) -> None:
        """Let nobody but admins write in a thread."""
        threads.act(self._mini, self.id, chat.id, "close", thread_id)

    async def reopen_thread(self, chat: ChatHandle, thread_id: int) -> None:
        """Let everybody write there again."""
        threads.act(self._mini, self.id, chat.id, "reopen", thread_id)

    async def delete_thread(self, chat: ChatHandle, thread_id: int) -> None:
        """Delete a thread with its messages."""
        threads.act(self._mini, self.id, chat.id, "delete", thread_id)

    async def delete_account(self) -> None:
        """Be gone for good: the bot's messages are refused from now on, groups keep the row."""
        self._mini.world.account(self.id).deleted = True

    async def block(self) -> None:
        """Block the bot."""
        actions.block(self._mini, self.id, blocked=True)

    async def unblock(self) -> None:
        """Let it write again."""
        actions.block(self._mini, self.id, blocked=False)


def _data(buttons: list[Json], wanted: str) -> str:
    known = [button for button in buttons if "callback_data" in button]
    exact = [button for button in known if wanted in {button["text"], button["callback_data"]}]
    close = [button for button in known if button["text"].startswith(wanted)]
    if not exact and not close:
        raise NotPossibleError(f"There is no button {wanted!r}; there are {[button['text'] for button in known]}.")
    return str((exact or close)[0]["callback_data"])
