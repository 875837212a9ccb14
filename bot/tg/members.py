"""Who comes to a group and who goes, as far as Telegram tells."""

from __future__ import annotations

from typing import Any

from telegram import ChatMemberUpdated, Update, User
from telegram.ext import BaseHandler, ChatMemberHandler, ContextTypes, MessageHandler, filters

from bot.flows import members
from bot.tg.desk import Desk, person
from bot.tg.wire import is_in


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """chat_member updates, which administrators get, and the messages that tell everybody of coming and going."""
    here = _Members(desk)
    came_or_went = filters.StatusUpdate.NEW_CHAT_MEMBERS | filters.StatusUpdate.LEFT_CHAT_MEMBER
    return [
        ChatMemberHandler(here.changed, ChatMemberHandler.CHAT_MEMBER),
        MessageHandler(filters.ChatType.GROUPS & came_or_went, here.told),
    ]


class _Members:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def changed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Somebody's place in a group is another one."""
        change = update.chat_member
        if isinstance(change, ChatMemberUpdated):
            await self._note(change.chat.id, change.new_chat_member.user, here=is_in(change.new_chat_member))

    async def told(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A message says who came, or who went."""
        message = update.effective_message
        if message is None:
            return
        for user in message.new_chat_members or ():
            await self._note(message.chat.id, user, here=True)
        if message.left_chat_member:
            await self._note(message.chat.id, message.left_chat_member, here=False)

    async def _note(self, chat_id: int, user: User, *, here: bool) -> None:
        if not user.is_bot:
            await self._desk.write(members.heard, chat_id, person(user), self._desk.clock(), here=here)
