"""A chat's life: the bot is added, restricted, promoted, removed, blocked, unblocked; a group is renamed or becomes
a supergroup."""

from __future__ import annotations

from typing import Any

import structlog
from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.ext import BaseHandler, ChatMemberHandler, ContextTypes, MessageHandler, filters

from bot.core.people import Chat, Person
from bot.core.text import NOTHING, Text
from bot.flows import chats
from bot.flows.chats import Profile
from bot.tg import chats_views as look
from bot.tg.delivery import Gone, Outcome, Refused
from bot.tg.desk import Desk, chat_of, person
from bot.tg.views import View, name
from bot.tg.wire import is_in

log = structlog.get_logger(__name__)
_ADMINS = {ChatMember.OWNER, ChatMember.ADMINISTRATOR}


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """What Telegram tells of the bot's own place in a chat, and of the chat itself."""
    here = _Lifecycle(desk)
    return [
        ChatMemberHandler(here.membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, here.migrated),
        MessageHandler(filters.StatusUpdate.NEW_CHAT_TITLE, here.renamed),
    ]


class _Lifecycle:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def membership(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Rest where the bot is not any more; wake where it is; greet a group it was added to. It was there from the
        moment Telegram names: an hour that has passed since then, while the bot was down, is still due."""
        change = update.my_chat_member
        if change is None or change.chat.type == "channel":
            return
        chat, now = chat_of(change.chat), self._desk.clock()
        log.info("membership", chat=chat.id, status=change.new_chat_member.status)
        if not is_in(change.new_chat_member):
            await self._desk.write(chats.rest, chat.id, now)
        elif chat.private or is_in(change.old_chat_member) or await self._arrived(change, chat):
            since = min(change.date, now)  # Telegram's clock may be ahead of ours
            await self._desk.write(chats.visit, _visitor(change), chat, since, self._desk.defaults)

    async def migrated(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Both chats tell of the move; whichever comes first does it."""
        message = update.effective_message
        if message is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        await self._desk.write(chats.move, old, new, self._desk.clock(), self._desk.defaults)

    async def renamed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Call the chat by its new title at once."""
        message, desk = update.effective_message, self._desk
        if message is not None:
            await desk.write(chats.visit, None, chat_of(message.chat), desk.clock(), desk.defaults)

    async def _arrived(self, change: ChatMemberUpdated, chat: Chat) -> bool:
        """Greet the group once. Greeted first and written down after; False: the bot is gone from there already."""
        desk = self._desk
        for old_id in await desk.read(chats.namesakes, chat):
            # Of a group that becomes a supergroup Telegram says that the bot was added to it, maybe before it tells
            # of the move. Whatever is sent to the old one is refused then, with the new one's id.
            await desk.delivery.typing(old_id)
        profile = await desk.read(chats.arrival, chat, desk.clock(), desk.defaults)
        if profile is None:
            return True
        outcome = await self._greet(change, profile)
        if outcome == Refused("rights") and not change.from_user.is_bot:  # an anonymous admin has a stand-in
            await self._tell_adder(change, chat)
        return not isinstance(outcome, Gone)

    async def _greet(self, change: ChatMemberUpdated, profile: Profile) -> Outcome:
        desk, me = self._desk, change.new_chat_member
        hears_all = desk.delivery.hears_all or me.status in _ADMINS
        privacy = desk.words(profile.language, "lifecycle-hears-all" if hears_all else "lifecycle-privacy")
        polls = await self._may_poll(change)
        missing: Text = NOTHING if polls else desk.words(profile.language, "lifecycle-no-polls")
        view = look.group_greeting(desk.words, profile, desk.library(), privacy, missing)
        return await desk.delivery.send(change.chat.id, view)

    async def _may_poll(self, change: ChatMemberUpdated) -> bool:
        """Admins may; others if neither their own place nor the group's permissions forbid it."""
        me = change.new_chat_member
        if isinstance(me, ChatMemberRestricted):
            return me.can_send_polls
        return me.status in _ADMINS or await self._desk.delivery.lets_members_poll(change.chat.id)

    async def _tell_adder(self, change: ChatMemberUpdated, chat: Chat) -> None:
        """The bot may not speak there: whoever added it learns so in private, if they have ever written to it."""
        desk, adder = self._desk, person(change.from_user)
        private = Chat(adder.id, "private", adder.name)
        language = await desk.read(chats.language_of, adder, private, desk.defaults)
        view = View(desk.words(language, "lifecycle-silenced", title=name(chat.title)))
        await desk.delivery.send(adder.id, view)


def _visitor(change: ChatMemberUpdated) -> Person | None:
    """Who unblocked the bot; in a group whoever added it is no visitor."""
    return person(change.from_user) if change.chat.type == "private" else None
