"""/void: an admin takes a round off the boards, or puts it back."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.flows import voids
from bot.flows.voids import NoRound, Voided
from bot.tg.buttons import Verb, pattern
from bot.tg.desk import Desk, may_change, press, said, visit
from bot.tg.views import View
from bot.tg.visits import Visit
from bot.tg.voids_views import no_round_view, voided_view


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """/void in groups, and the button that takes it back."""
    here = _Voids(desk)
    return [
        CommandHandler("void", here.void, filters.ChatType.GROUPS & filters.UpdateType.MESSAGE),
        CallbackQueryHandler(here.switched, pattern(Verb.VOID)),
    ]


class _Voids:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def void(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Void the poll that is replied to, or the last one."""
        came, desk = visit(update), self._desk
        if came is None:
            return
        if not await may_change(desk, came):
            await self._say(came, View(desk.words(await said(desk, came), "void-admins-only")))
            return
        who, meant = (came.person, came.chat), (came.message_id, came.reply_to)
        done = await desk.write(voids.void, desk.library(), *who, *meant, desk.clock(), desk.defaults)
        await self._say(came, self._look(done))

    async def switched(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Put it back, or take it off again, on the same message."""
        came, pressed, desk, query = visit(update), press(update), self._desk, update.callback_query
        if came is None or query is None:
            return
        if pressed is None or len(pressed.numbers) != 2:
            await desk.delivery.toast(query.id, desk.words.said(await said(desk, came), "too-old"))
        elif not await may_change(desk, came):
            await desk.delivery.toast(query.id, desk.words.said(await said(desk, came), "void-admins-only"))
        else:
            number, off = pressed.numbers[0], pressed.numbers[1] == 1
            done = await desk.write(
                voids.switch, desk.library(), came.person, came.chat, number, desk.clock(), desk.defaults, off=off
            )
            await desk.delivery.toast(query.id)
            await desk.delivery.edit(came.chat.id, came.message_id, self._look(done))

    def _look(self, done: Voided | NoRound) -> View:
        words = self._desk.words
        return no_round_view(words, done) if isinstance(done, NoRound) else voided_view(words, done)

    async def _say(self, came: Visit, view: View) -> None:
        await self._desk.delivery.send(
            came.chat.id, view, thread_id=came.thread_id, reply_to=came.reply_to or came.message_id
        )
