"""What leaves for Telegram, and what came of it.

A chat that moved is followed, a chat that is gone is put to rest, and what cannot go to its thread (closed, deleted)
goes to the chat itself: features see none of that. What may pass by
itself (network, 429 after the limiter's retries) is raised, so that the update or push is tried again whole.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, TimedOut
from telegram.ext import ExtBot

from bot.metrics import REFUSALS
from bot.tg import wire
from bot.tg.inquiries import Files, Inquiries, Moved
from bot.tg.pauses import UnheardError
from bot.tg.payload import Attachment
from bot.tg.refusals import refusal
from bot.tg.views import PollView, View

_PART = "picture"


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived (or stood there already); `astray` outside its thread, which is closed or gone."""

    chat_id: int
    message_id: int
    poll_id: str = ""
    astray: bool = False
    file_id: str = ""  # Telegram's, of a picture


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat cannot be reached any more; it has been put to rest."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will not do it: polls, rights, thread, lost (message gone), closed (poll), late (press too old), file (a
    picture it does not have any more)."""

    reason: str


Outcome = Sent | Gone | Refused


class Delivery(Inquiries):
    """Sends views through a PTB bot. `moved` and `gone` write down what a send has taught; `paid` scheduled sends cost
    the operator Stars beyond thirty a second."""

    def __init__(
        self, bot: ExtBot[Any], *, moved: Moved, gone: Callable[[int], Awaitable[None]], paid: bool = False
    ) -> None:
        super().__init__(bot, moved)
        self._paid = paid or None
        self._gone = gone

    @property
    def at_once(self) -> int:
        """How many scheduled sends should be on their way for none to wait for us: some two seconds' worth, or where a
        thousand leave in a second, those of a slow answer and two commits."""
        return 128 if self._paid else 64

    def end(self) -> None:
        """The bot ends: scheduled sends that have not left raise NetworkError and are planned anew, so that the little
        time there is belongs to those on their way. One that is cut off there would be sent again."""
        limiter: Any = self._bot.rate_limiter
        limiter.end()

    @property
    def hears_all(self) -> bool:
        """Whether privacy mode is off: then a group's whole talk reaches the bot."""
        return bool(self._bot.can_read_all_group_messages)

    async def send(
        self,
        chat_id: int,
        view: View,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
        silent: bool = False,
        bulk: bool = False,
    ) -> Outcome:
        """Send one message. Raises telegram.error.NetworkError or RetryAfter when it may be tried again."""
        fields = wire.message(view) | {"disable_notification": silent or None}

        async def call(chat: int, thread: int | None) -> Any:  # noqa: ANN401 - what Telegram answers
            there = {"message_thread_id": thread, "reply_parameters": wire.reply(reply_to if chat == chat_id else None)}
            return await self._call("sendMessage", chat, fields | there | self._lane(bulk), bulk=bulk)

        return await self._put(chat_id, thread_id, call)

    async def poll(
        self,
        chat_id: int,
        view: PollView,
        *,
        thread_id: int | None = None,
        silent: bool = False,
        bulk: bool = False,
    ) -> Outcome:
        """Send a quiz poll."""
        fields = wire.poll(view) | {"disable_notification": silent or None}

        async def call(chat: int, thread: int | None) -> Any:  # noqa: ANN401
            return await self._call(
                "sendPoll", chat, fields | {"message_thread_id": thread} | self._lane(bulk), bulk=bulk
            )

        return await self._put(chat_id, thread_id, call)

    async def edit(self, chat_id: int, message_id: int, view: View) -> Outcome:
        """Make a message look like `view`; looking so already is as good."""
        return await self._about(chat_id, "editMessageText", message_id, wire.message(view))

    async def photo(self, chat_id: int, view: View, picture: bytes | str, *, thread_id: int | None = None) -> Outcome:
        """Send a picture, a PNG or one that Telegram has already, with the view's text (<= 1,024 units) as caption."""
        file_id, files = _attached(picture)

        async def call(chat: int, thread: int | None) -> Any:  # noqa: ANN401
            fields = wire.photo(view, file_id) | {"message_thread_id": thread}
            return await self._call("sendPhoto", chat, fields, files=files)

        return await self._put(chat_id, thread_id, call)

    async def repaint(self, chat_id: int, message_id: int, view: View, picture: bytes | str) -> Outcome:
        """Make a message with a picture show another one."""
        file_id, files = _attached(picture)
        return await self._about(chat_id, "editMessageMedia", message_id, wire.media(view, file_id), files=files)

    async def document(self, chat_id: int, view: View, file: Attachment) -> Outcome:
        """Send a file of at most 50 MB, with the view's text (<= 1,024 units) as caption."""

        async def call(chat: int, _thread: int | None) -> Any:  # noqa: ANN401
            return await self._call("sendDocument", chat, wire.document(view), files={"document": file})

        return await self._put(chat_id, None, call)

    async def typing(self, chat_id: int) -> Outcome:
        """Show for some seconds that something is being written: so it turns out whether the chat is still there."""
        return await self._attempt(chat_id, lambda chat: self._call("sendChatAction", chat, {"action": "typing"}))

    async def stop_poll(self, chat_id: int, message_id: int, *, bulk: bool = False) -> Outcome:
        """Close a poll; closed already is Refused("closed")."""
        return await self._about(chat_id, "stopPoll", message_id, {}, bulk=bulk)

    async def pin(self, chat_id: int, message_id: int) -> Outcome:
        """Pin a message, without a sound."""
        return await self._about(chat_id, "pinChatMessage", message_id, {"disable_notification": True})

    async def unpin(self, chat_id: int, message_id: int) -> Outcome:
        """Unpin a message."""
        return await self._about(chat_id, "unpinChatMessage", message_id, {})

    async def toast(self, query_id: str, text: str = "", *, alert: bool = False) -> None:
        """Answer a press; one that Telegram has forgotten (150 s) needs no answer any more."""
        fields = {"callback_query_id": query_id, "text": text[:200] or None, "show_alert": alert or None}
        try:
            await self._call("answerCallbackQuery", None, fields)
        except BadRequest as error:
            if refusal(error) != "late":
                raise

    def _lane(self, bulk: bool) -> dict[str, Any]:  # noqa: FBT001 - passed on
        return {"allow_paid_broadcast": self._paid if bulk else None}

    async def _put(
        self, chat_id: int, thread_id: int | None, call: Callable[[int, int | None], Awaitable[Any]]
    ) -> Outcome:
        """Into its thread; where that is closed or gone, to the chat. Raises UnheardError when no answer came."""
        try:
            outcome = await self._attempt(chat_id, lambda chat: call(chat, thread_id))
            if thread_id is None or outcome != Refused("thread"):
                return outcome
            outcome = await self._attempt(chat_id, lambda chat: call(chat, None))
        except TimedOut as error:
            raise UnheardError(error.message) from error
        return replace(outcome, astray=True) if isinstance(outcome, Sent) else outcome

    async def _about(
        self,
        chat_id: int,
        method: str,
        message_id: int,
        fields: dict[str, Any],
        *,
        bulk: bool = False,
        files: Files = None,
    ) -> Outcome:
        """Do something to a message that stands there."""
        it = fields | {"message_id": message_id}
        return await self._attempt(
            chat_id, lambda chat: self._call(method, chat, it, bulk=bulk, files=files), message_id
        )

    async def _attempt(self, chat_id: int, call: Callable[[int], Awaitable[Any]], message_id: int = 0) -> Outcome:
        try:
            return _sent(await call(chat_id), chat_id, message_id)
        except ChatMigrated as error:
            REFUSALS.labels("moved").inc()
            await self._moved(chat_id, error.new_chat_id)
            if message_id:  # the message stayed behind: numbers start anew in the new chat
                return Refused("lost")
            return await self._attempt(error.new_chat_id, call)
        except (BadRequest, Forbidden) as error:
            return await self._refused(error, chat_id, message_id)

    async def _refused(self, error: BadRequest | Forbidden, chat_id: int, message_id: int) -> Outcome:
        reason = refusal(error)
        REFUSALS.labels(reason or "unknown").inc()
        if reason == "unchanged":
            return Sent(chat_id, message_id)
        if reason == "gone":
            await self._gone(chat_id)
            return Gone()
        if reason is None:
            raise error
        return Refused(reason)


def _sent(result: Any, chat_id: int, message_id: int) -> Sent:  # noqa: ANN401 - a message, a poll or true
    if not isinstance(result, dict) or "message_id" not in result:
        return Sent(chat_id, message_id)
    sizes = result.get("photo", ())
    poll_id = result.get("poll", {}).get("id", "")
    return Sent(chat_id, result["message_id"], poll_id, file_id=sizes[-1]["file_id"] if sizes else "")


def _attached(picture: bytes | str) -> tuple[str, Files]:
    """A picture as the fields name it, and the part that it travels in."""
    if isinstance(picture, str):
        return picture, None
    return f"attach://{_PART}", {_PART: Attachment(f"{_PART}.png", picture, "image/png")}
