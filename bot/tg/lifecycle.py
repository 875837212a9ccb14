"""A chat's life: the bot is added, removed, blocked, unblocked; a group becomes a supergroup."""

from __future__ import annotations

from typing import Any

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.ext import BaseHandler, ChatMemberHandler, ContextTypes, MessageHandler, filters

from bot.core.people import Person
from bot.flows import chats
from bot.tg import chats_views as look
from bot.tg.desk import Desk, chat_of, person

_AWAY = {ChatMember.LEFT, ChatMember.BANNED}


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """What Telegram tells of the bot's own place in a chat."""
    here = _Lifecycle(desk)
    return [
        ChatMemberHandler(here.membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, here.migrated),
    ]


class _Lifecycle:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def membership(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Rest where the bot cannot write; wake where it can again; greet a group it was added to."""
        change = update.my_chat_member
        if change is None or change.chat.type == "channel":
            return
        if change.new_chat_member.status in _AWAY:
            await self._desk.write(chats.rest, change.chat.id, self._desk.clock())
        else:
            await self._welcome(change)

    async def _welcome(self, change: ChatMemberUpdated) -> None:
        desk, chat, now = self._desk, chat_of(change.chat), self._desk.clock()
        profile = await desk.write(chats.visit, _visitor(change), chat, now, desk.defaults)
        if not chat.private and change.old_chat_member.status in _AWAY:
            await desk.delivery.send(chat.id, look.greeting(desk.words, profile, desk.library(), now))

    async def migrated(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Both chats tell of the move; whichever comes first does it."""
        message = update.effective_message
        if message is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        await self._desk.write(chats.move, old, new, self._desk.clock())


def _visitor(change: ChatMemberUpdated) -> Person | None:
    """Who unblocked the bot; in a group whoever added it is no visitor."""
    return person(change.from_user) if change.chat.type == "private" else None
