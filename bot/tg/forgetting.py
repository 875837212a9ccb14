"""/forget: a person in private, a whole group by its admins."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.error import NetworkError
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.core.bank import Language
from bot.flows import chats, forgetting
from bot.tg import forgetting_views as look
from bot.tg.buttons import Verb, pattern
from bot.tg.desk import Desk, may_change, press, visit
from bot.tg.views import View
from bot.tg.visits import Visit


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """/forget and its buttons."""
    here = _Forgetting(desk)
    return [
        CommandHandler("forget", here.asked),
        CallbackQueryHandler(here.pressed, pattern(Verb.FORGET)),
    ]


class _Forgetting:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def asked(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Ask before erasing; in a group only its admins are asked."""
        came, desk = visit(update), self._desk
        if came is None:
            return
        profile = await desk.write(chats.visit, came.person, came.chat, desk.clock(), desk.defaults)
        view = self._question(came, profile.language)
        if not await may_change(desk, came):
            view = View(desk.words(profile.language, "forget-admins-only"))
        await desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)

    async def pressed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Erase, keep, or (in a group) ask once more."""
        came, pressed, desk = visit(update), press(update), self._desk
        if came is None or pressed is None or update.callback_query is None:
            return
        language = await desk.read(chats.language_of, came.person, came.chat, desk.defaults)
        if len(pressed.numbers) != 2:
            await desk.delivery.toast(update.callback_query.id, desk.words.said(language, "too-old"))
            return
        if not await may_change(desk, came):
            refusal = desk.words.said(language, "forget-admins-only")
            await desk.delivery.toast(update.callback_query.id, refusal)
            return
        erases = pressed.numbers[0] == (look.ERASE if came.chat.private else look.SURE)
        # What was said before must not come again after a crash: it would be counted anew.
        if erases and not await desk.behind(update.update_id):
            raise NetworkError("What was said before is not confirmed.")  # so this is tried again
        view = await self._obey(came, pressed.numbers, language)
        await desk.delivery.toast(update.callback_query.id)
        await desk.delivery.edit(came.chat.id, came.message_id, view)

    def _question(self, came: Visit, language: Language) -> View:
        ask = look.question if came.chat.private else look.group_question
        return ask(self._desk.words, language, int(self._desk.clock().timestamp()))

    async def _obey(self, came: Visit, numbers: tuple[int, ...], language: Language) -> View:
        words, (wish, at) = self._desk.words, numbers
        if came.chat.private and wish == look.ERASE:
            done = await self._desk.write(forgetting.forget_person, came.chat.id, at)
            await self._desk.wipe()
            return View(words(language, "forget-done" if done else "too-old"))
        if not came.chat.private and wish == look.ERASE:
            return look.group_sure(words, language, came.chat.title, at)
        if not came.chat.private and wish == look.SURE:
            done = await self._erase_group(came.chat.id, at)
            return View(words(language, "forget-group-done" if done else "too-old"))
        return View(words(language, "forget-kept"))

    async def _erase_group(self, chat_id: int, at: int) -> bool:
        """Its polls first: what is cut short between the two is done again as a whole."""
        for message_id in await self._desk.read(forgetting.open_polls, chat_id, at):
            await self._desk.delivery.stop_poll(chat_id, message_id)
        done = await self._desk.write(forgetting.forget_group, chat_id, at)
        await self._desk.wipe()
        return done
