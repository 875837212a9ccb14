"""One call to Telegram in its turn, and what it tells about chats and their members."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Literal, Protocol

from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.tg import wire
from bot.tg.payload import Attachment, Payload, Upload

BULK = "bulk"  # the limiter's lane for scheduled sends
Files = dict[str, Attachment] | None


class Moved(Protocol):
    """Told that a chat has a new id, before anything is sent there."""

    def __call__(self, old_id: int, new_id: int, /) -> Awaitable[None]: ...


class Inquiries:
    """Asks through a PTB bot. `moved` writes down that a chat has a new id."""

    def __init__(self, bot: ExtBot[Any], moved: Moved) -> None:
        self._bot = bot
        self._moved = moved

    async def is_admin(self, chat_id: int, person_id: int) -> bool:
        """Whether the person may change the group's settings; not when Telegram will not tell."""
        try:
            member = await self._call("getChatMember", chat_id, {"user_id": person_id})
        except ChatMigrated as error:
            await self._moved(chat_id, error.new_chat_id)
            return await self.is_admin(error.new_chat_id, person_id)
        except (BadRequest, Forbidden):
            return False
        return member["status"] in {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}

    async def is_slow(self, chat_id: int) -> bool:
        """Whether the group is in slow mode; not when Telegram will not tell."""
        try:
            return bool((await self._call("getChat", chat_id, {})).get("slow_mode_delay"))
        except TelegramError:
            return False

    async def is_member(self, chat_id: int, person_id: int) -> bool | None:
        """Whether the person is in the group; None where Telegram will not tell (the bot is no admin there)."""
        try:
            member = await self._call("getChatMember", chat_id, {"user_id": person_id})
        except (BadRequest, Forbidden, ChatMigrated) as error:
            return False if "participant_id_invalid" in error.message.lower() else None
        return wire.counts_as_in(member)

    async def lets_members_poll(self, chat_id: int) -> bool:
        """Whether the group lets its members send polls; assumed where Telegram will not tell."""
        try:
            permissions = (await self._call("getChat", chat_id, {})).get("permissions")
        except (BadRequest, Forbidden, ChatMigrated):
            return True
        return permissions is None or permissions.get("can_send_polls") is not False

    async def fetch(self, file_id: str) -> bytes | Literal["lost", "too-big"]:
        """A file that somebody sent, of at most 20 MB; a word where Telegram does not give it, or not any more."""
        try:
            path = (await self._call("getFile", None, {"file_id": file_id}))["file_path"]
            return await self._bot.request.retrieve(f"{self._bot.base_file_url}/{path}")
        except (BadRequest, InvalidToken) as error:  # the library takes a file that is not there for a wrong token
            return "too-big" if "too big" in error.message.lower() else "lost"

    async def _call(
        self,
        method: str,
        chat_id: int | None,
        fields: dict[str, Any],
        *,
        bulk: bool = False,
        files: Files = None,
    ) -> Any:  # noqa: ANN401 - what Telegram answers
        """One call in its turn; what Telegram answers. Raises telegram.error.TelegramError."""
        told = {name: value for name, value in fields.items() if value is not None}
        if chat_id is not None:
            told["chat_id"] = chat_id
        post, place = self._bot.request.post, f"{self._bot.base_url}/{method}"
        payload = Upload(told, files) if files else Payload(told)
        limiter: Any = self._bot.rate_limiter
        return await limiter.process_request(post, (place, payload), {}, method, told, BULK if bulk else None)
