"""/why: the rounds behind one's points."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.flows import reasons
from bot.flows.boards import Span
from bot.flows.reasons import Reasons
from bot.tg.buttons import Verb, pattern
from bot.tg.desk import Desk, anonymous, overtaken, press, said, visit
from bot.tg.pages import turns
from bot.tg.reasons_views import reasons_view
from bot.tg.views import View
from bot.tg.visits import Visit


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """/why and its pages."""
    here = _Reasons(desk)
    return [
        CommandHandler("why", here.why, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(here.turned, pattern(Verb.WHY)),
    ]


class _Reasons:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def why(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """This week's rounds of whoever asks; in private one picks the group on /leaderboard."""
        came, desk = visit(update), self._desk
        if came is None:
            return
        if came.person is None:
            view = await anonymous(desk, came)
            await desk.delivery.send(came.chat.id, view, thread_id=came.thread_id, reply_to=came.message_id)
            return
        found = None if came.chat.private else await self._find(came, came.chat.id, Span.WEEK, 0)
        view = self._look(came, found) if found else View(desk.words(await said(desk, came), "why-private"))
        await desk.delivery.send(came.chat.id, view, thread_id=came.thread_id, reply_to=came.message_id)

    async def turned(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Another page or span. In a group the message belongs to who asked for it."""
        came, pressed, desk, query = visit(update), press(update), self._desk, update.callback_query
        if came is None or came.person is None or query is None:
            return
        span, page, number = pressed.numbers if pressed and len(pressed.numbers) == 3 else (Span.WEEK, 0, 0)
        if not came.chat.private and number != came.person.id:
            await desk.delivery.toast(query.id, desk.words.said(await said(desk, came), "why-not-yours"))
            return
        shown_id = number if came.chat.private else came.chat.id
        found = await self._find(came, shown_id, Span(span), max(0, page)) if span in set(Span) else None
        await desk.delivery.toast(query.id, "" if found else desk.words.said(await said(desk, came), "too-old"))
        if found and not overtaken(desk, update, lambda newer: turns(newer, came, shown_id)):
            await desk.delivery.edit(came.chat.id, came.message_id, self._look(came, found))

    async def _find(self, came: Visit, shown_id: int, span: Span, page: int) -> Reasons | None:
        desk = self._desk
        assert came.person is not None  # whoever has points is somebody
        return await desk.write(
            reasons.reasons, desk.library(), came.person, came.chat, shown_id, span, page, desk.clock(), desk.defaults
        )

    def _look(self, came: Visit, found: Reasons) -> View:
        return reasons_view(self._desk.words, found, private=came.chat.private)
