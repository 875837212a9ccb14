"""What leaves for Telegram, and what came of it.

A chat that moved is followed, a chat that is gone is put to rest, and what cannot go to its thread (closed, deleted)
goes to the chat itself: features see none of that. What may pass by
itself (network, 429 after the limiter's retries) is raised, so that the update or push is tried again whole.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from telegram import InputPollOption, LinkPreviewOptions, Message
from telegram.constants import ChatAction, ChatMemberStatus
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import ExtBot

from bot.tg.views import PollView, View
from bot.tg.wire import entities, is_in, markup, reply

BULK = "bulk"  # the limiter's lane for scheduled sends
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = "message is not modified"
_GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "group chat was deactivated")
_REFUSED = (
    ("not enough rights to send polls", "polls"),
    ("polls can't be sent", "polls"),
    ("poll has already been closed", "closed"),
    ("poll can't be stopped", "closed"),
    ("message to edit not found", "lost"),
    ("message with poll to stop not found", "lost"),
    ("message can't be edited", "lost"),
    ("query is too old", "late"),
    ("query_id_invalid", "late"),
    ("topic_closed", "thread"),
    ("message thread not found", "thread"),
    ("not enough rights", "rights"),
    ("have no rights", "rights"),
    ("chat_write_forbidden", "rights"),
    ("chat_admin_required", "rights"),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived (or stood there already); `astray` outside its thread, which is closed or gone."""

    chat_id: int
    message_id: int
    poll_id: str = ""
    astray: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat cannot be reached any more; it has been put to rest."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will not do it: polls, rights, thread, lost (message gone), closed (poll), late (press too old)."""

    reason: str


Outcome = Sent | Gone | Refused


class Moved(Protocol):
    """Told that a chat has a new id, before anything is sent there."""

    def __call__(self, old_id: int, new_id: int, /) -> Awaitable[None]: ...


class Delivery:
    """Sends views through a PTB bot. `moved` and `gone` write down what a send has taught."""

    def __init__(self, bot: ExtBot[Any], *, moved: Moved, gone: Callable[[int], Awaitable[None]]) -> None:
        self._bot = bot
        self._moved = moved
        self._gone = gone

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

        async def call(chat: int, thread: int | None) -> Message:
            return await self._bot.send_message(
                chat,
                view.text.text,
                entities=entities(view.text),
                message_thread_id=thread,
                reply_parameters=reply(reply_to if chat == chat_id else None),
                reply_markup=markup(view.rows),
                disable_notification=silent or None,
                link_preview_options=_NO_PREVIEW,
                rate_limit_args=BULK if bulk else None,
            )

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
        """Send a quiz poll: not anonymous, protected, shuffled by each client, closed by the bot alone."""
        right: Any = [view.right]  # the library's type lists the numbers 0 to 11 one by one

        async def call(chat: int, thread: int | None) -> Message:
            return await self._bot.send_poll(
                chat,
                view.prompt,
                [InputPollOption(choice) for choice in view.choices],
                type="quiz",
                is_anonymous=False,
                allows_revoting=False,
                shuffle_options=True,
                protect_content=True,
                correct_option_ids=right,
                explanation=view.explanation.text or None,
                explanation_entities=entities(view.explanation),
                message_thread_id=thread,
                disable_notification=silent or None,
                rate_limit_args=BULK if bulk else None,
            )

        return await self._put(chat_id, thread_id, call)

    async def edit(self, chat_id: int, message_id: int, view: View) -> Outcome:
        """Make a message look like `view`; looking so already is as good."""

        async def call(chat: int) -> Message | bool:
            return await self._bot.edit_message_text(
                view.text.text,
                chat,
                message_id,
                entities=entities(view.text),
                reply_markup=markup(view.rows),
                link_preview_options=_NO_PREVIEW,
            )

        return await self._attempt(chat_id, call, message_id)

    async def typing(self, chat_id: int) -> Outcome:
        """Show for some seconds that something is being written: so it turns out whether the chat is still there."""

        async def call(chat: int) -> bool:
            return await self._bot.send_chat_action(chat, ChatAction.TYPING)

        return await self._attempt(chat_id, call)

    async def stop_poll(self, chat_id: int, message_id: int, *, bulk: bool = False) -> Outcome:
        """Close a poll; closed already is Refused("closed")."""

        async def call(chat: int) -> bool:
            await self._bot.stop_poll(chat, message_id, rate_limit_args=BULK if bulk else None)
            return True

        return await self._attempt(chat_id, call, message_id)

    async def toast(self, query_id: str, text: str = "", *, alert: bool = False) -> None:
        """Answer a press; one that Telegram has forgotten (150 s) needs no answer any more."""
        try:
            await self._bot.answer_callback_query(query_id, text[:200] or None, show_alert=alert or None)
        except BadRequest as error:
            if _refusal(error) != "late":
                raise

    async def is_admin(self, chat_id: int, person_id: int) -> bool:
        """Whether the person may change the group's settings; not when Telegram will not tell."""
        try:
            member = await self._bot.get_chat_member(chat_id, person_id)
        except ChatMigrated as error:
            await self._moved(chat_id, error.new_chat_id)
            return await self.is_admin(error.new_chat_id, person_id)
        except (BadRequest, Forbidden):
            return False
        return member.status in {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}

    async def is_member(self, chat_id: int, person_id: int) -> bool | None:
        """Whether the person is in the group; None where Telegram will not tell (the bot is no admin there)."""
        try:
            member = await self._bot.get_chat_member(chat_id, person_id)
        except (BadRequest, Forbidden, ChatMigrated) as error:
            return False if "participant_id_invalid" in error.message.lower() else None
        return is_in(member)

    async def lets_members_poll(self, chat_id: int) -> bool:
        """Whether the group lets its members send polls; assumed where Telegram will not tell."""
        try:
            permissions = (await self._bot.get_chat(chat_id)).permissions
        except (BadRequest, Forbidden, ChatMigrated):
            return True
        return permissions is None or permissions.can_send_polls is not False

    async def _put(
        self, chat_id: int, thread_id: int | None, call: Callable[[int, int | None], Awaitable[Message]]
    ) -> Outcome:
        """Into its thread; where that is closed or gone, to the chat."""
        outcome = await self._attempt(chat_id, lambda chat: call(chat, thread_id))
        if thread_id is None or outcome != Refused("thread"):
            return outcome
        outcome = await self._attempt(chat_id, lambda chat: call(chat, None))
        return replace(outcome, astray=True) if isinstance(outcome, Sent) else outcome

    async def _attempt(
        self, chat_id: int, call: Callable[[int], Awaitable[Message | bool]], message_id: int = 0
    ) -> Outcome:
        try:
            return _sent(await call(chat_id), chat_id, message_id)
        except ChatMigrated as error:
            await self._moved(chat_id, error.new_chat_id)
            if message_id:  # the message stayed behind: numbers start anew in the new chat
                return Refused("lost")
            return await self._attempt(error.new_chat_id, call)
        except Forbidden:
            await self._gone(chat_id)
            return Gone()
        except BadRequest as error:
            return await self._refused(error, chat_id, message_id)

    async def _refused(self, error: BadRequest, chat_id: int, message_id: int) -> Outcome:
        said = error.message.lower()
        if _UNCHANGED in said:
            return Sent(chat_id, message_id)
        if any(words in said for words in _GONE):
            await self._gone(chat_id)
            return Gone()
        reason = _refusal(error)
        if reason is None:
            raise error
        return Refused(reason)


def _refusal(error: BadRequest) -> str | None:
    said = error.message.lower()
    return next((reason for words, reason in _REFUSED if words in said), None)


def _sent(result: Message | bool, chat_id: int, message_id: int) -> Sent:  # noqa: FBT001 - what Telegram answers
    if isinstance(result, Message):
        return Sent(chat_id, result.message_id, result.poll.id if result.poll else "")
    return Sent(chat_id, message_id)
