"""/leaderboard, /me and /hide: who leads, where one stands, and being on no board."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.core.text import Text
from bot.core.topics import abouts
from bot.flows import boards
from bot.flows.boards import Board, Span
from bot.tg import boards_views as look
from bot.tg.buttons import Press, Verb, pattern
from bot.tg.desk import Desk, anonymous, overtaken, press, said, visit
from bot.tg.pages import turns
from bot.tg.views import View
from bot.tg.visits import Visit


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """/leaderboard, /me, /hide and the buttons under a board."""
    here, message = _Boards(desk), filters.UpdateType.MESSAGE
    return [
        CommandHandler("leaderboard", here.leaderboard, message),
        CommandHandler("me", here.me, message),
        CommandHandler("hide", here.hide, message),
        CallbackQueryHandler(here.switched, pattern(Verb.BOARD)),
        CallbackQueryHandler(here.place, pattern(Verb.PLACE)),
        CallbackQueryHandler(here.hidden, pattern(Verb.HIDE)),
        CallbackQueryHandler(here.mine, pattern(Verb.MINE, Verb.WORLDWIDE)),
    ]


class _Boards:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def leaderboard(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """This week's board of a group, of a topic if one is named; in private how the person stands everywhere."""
        came = visit(update)
        if came is None:
            return
        if came.chat.private:
            await self._say(came, await self._mine(came))
        else:
            await self._say(came, await self._group_board(came, Span.WEEK, came.argument))

    async def me(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """How the person stands: every group's place in private; in a group their own place there."""
        came = visit(update)
        if came is None:
            return
        if came.person is None:
            await self._say(came, await anonymous(self._desk, came))
        elif came.chat.private:
            await self._say(came, await self._mine(came))
        else:
            await self._say(came, View(Text(await self._place(came, Span.WEEK))))

    async def hide(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Off every board; the way back is a button."""
        came = visit(update)
        if came is not None:
            known = came.person is not None
            view = await self._hidden(came, hidden=True) if known else await anonymous(self._desk, came)
            await self._say(came, view)

    async def hidden(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Back on the boards, or off them again: whoever presses, for themselves."""
        came, pressed, query = visit(update), press(update), update.callback_query
        if came is None or came.person is None or query is None:
            return
        view = await self._hidden(came, hidden=pressed is not None and pressed.numbers == (1,))
        await self._desk.delivery.toast(query.id)
        await self._desk.delivery.edit(came.chat.id, came.message_id, view)

    async def switched(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Another span, on the same message. What this version does not know is this week."""
        came, pressed = visit(update), press(update)
        if came is None or update.callback_query is None:
            return
        number = pressed.numbers[1] if pressed and len(pressed.numbers) == 2 else 0
        view = await self._view(came, _span(pressed), number)
        old = "" if view else self._desk.words.said(await said(self._desk, came), "too-old")
        await self._desk.delivery.toast(update.callback_query.id, old)
        if view and not overtaken(self._desk, update, lambda newer: turns(newer, came, number)):
            await self._desk.delivery.edit(came.chat.id, came.message_id, view)

    async def place(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """The presser's line and its neighbours, for their eyes only."""
        came, pressed = visit(update), press(update)
        if came is None or came.person is None or update.callback_query is None:
            return
        number = pressed.numbers[1] if pressed and len(pressed.numbers) == 2 else 0
        toast = await self._place(came, _span(pressed), self._about(number))
        await self._desk.delivery.toast(update.callback_query.id, toast)

    async def mine(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """How the presser stands, after they have joined or left everybody's board if that was the button."""
        came, pressed, desk = visit(update), press(update), self._desk
        if came is None or came.person is None or update.callback_query is None or not came.chat.private:
            return
        wants = pressed.numbers == (1,) if pressed and pressed.verb is Verb.WORLDWIDE else None
        if wants is not None:
            await desk.write(boards.join, came.person, came.chat, desk.clock(), desk.defaults, worldwide=wants)
        await desk.delivery.toast(update.callback_query.id)
        if wants is not None or not overtaken(desk, update, lambda newer: newer.verb is Verb.MINE):
            await desk.delivery.edit(came.chat.id, came.message_id, await self._mine(came))

    async def _view(self, came: Visit, span: Span, number: int) -> View | None:
        """The board that a button names; None if it is none of the presser's."""
        desk, library = self._desk, self._desk.library()
        if not came.chat.private:
            return await self._group_board(came, span, self._about(number) or "")
        if came.person is None:
            return None
        shown = await desk.write(
            boards.elsewhere, library, came.person, came.chat, number, span, desk.clock(), desk.defaults
        )
        return look.board_view(desk.words, shown, library, private=True) if shown else None

    async def _group_board(self, came: Visit, span: Span, wanted: str) -> View:
        desk, library = self._desk, self._desk.library()
        shown = await desk.write(
            boards.board, library, came.person, came.chat, span, desk.clock(), desk.defaults, wanted
        )
        if not isinstance(shown, Board):
            return look.no_topic_view(desk.words, shown)
        return look.board_view(desk.words, shown, library, private=False)

    async def _mine(self, came: Visit) -> View:
        desk = self._desk
        assert came.person is not None  # a private chat has its person
        found = await desk.write(boards.mine, came.person, came.chat, desk.clock(), desk.defaults)
        return look.mine_view(desk.words, found)

    async def _hidden(self, came: Visit, *, hidden: bool) -> View:
        desk = self._desk
        assert came.person is not None
        language = await desk.write(boards.hide, came.person, came.chat, desk.clock(), desk.defaults, hidden=hidden)
        return look.hidden_view(desk.words, language, hidden=hidden)

    def _about(self, number: int) -> str | None:
        """What a button's number means: the topic or tag at that place, or everything."""
        known = abouts(self._desk.library())
        return known[number - 1] if 0 < number <= len(known) else None

    async def _place(self, came: Visit, span: Span, about: str | None = None) -> str:
        desk = self._desk
        assert came.person is not None
        found = await desk.write(
            boards.place, desk.library(), came.person, came.chat, span, about, desk.clock(), desk.defaults
        )
        return look.place_toast(desk.words, found)

    async def _say(self, came: Visit, view: View) -> None:
        """In a group as a reply: what is about somebody should show about whom."""
        reply_to = None if came.chat.private else came.message_id
        await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id, reply_to=reply_to)


def _span(pressed: Press | None) -> Span:
    number = pressed.numbers[0] if pressed and pressed.numbers else Span.WEEK
    return Span(number) if number in set(Span) else Span.WEEK
