"""/leaderboard: who leads a group, or one's own totals."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.flows import boards
from bot.flows.boards import Span
from bot.tg.boards_views import board_view, totals_view
from bot.tg.buttons import Verb, pattern
from bot.tg.desk import Desk, Visit, press, visit
from bot.tg.views import View


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """/leaderboard and the buttons under a board."""
    here = _Boards(desk)
    return [
        CommandHandler("leaderboard", here.leaderboard, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(here.switched, pattern(Verb.BOARD)),
    ]


class _Boards:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def leaderboard(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """This week's board of a group; in private what the person has earned."""
        came = visit(update)
        if came is not None:
            view = await self._view(came, Span.WEEK)
            await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)

    async def switched(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Another span, on the same message. A span this version does not know is the week."""
        came, pressed = visit(update), press(update)
        if came is None or update.callback_query is None:
            return
        number = pressed.numbers[0] if pressed and pressed.numbers else Span.WEEK
        view = await self._view(came, Span(number) if number in set(Span) else Span.WEEK)
        await self._desk.delivery.toast(update.callback_query.id)
        await self._desk.delivery.edit(came.chat.id, came.message_id, view)

    async def _view(self, came: Visit, span: Span) -> View:
        desk = self._desk
        if came.chat.private and came.person is not None:
            totals = await desk.write(boards.totals, came.person, came.chat, desk.clock(), desk.defaults)
            return totals_view(desk.words, totals)
        board = await desk.write(boards.board, came.person, came.chat, span, desk.clock(), desk.defaults)
        return board_view(desk.words, board)
