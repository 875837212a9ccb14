"""Plain dictionaries undone: the library makes its objects of every update, or of every call and its answer."""

from __future__ import annotations

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message, MessageEntity, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, PollAnswerHandler, filters

from bot import features
from bot.tg import desk, inquiries, practice, rounds, typed, wire
from bot.tg.buttons import pattern
from bot.tg.routes import Routes
from bot.tg.views import View

_METHODS = {
    "sendMessage": "send_message",
    "editMessageText": "edit_message_text",
    "answerCallbackQuery": "answer_callback_query",
}


def undo_from_the_wire() -> None:
    """Nothing has a route: practice and votes come by the library's objects and handlers, as everything else does."""
    others = features.handlers

    def handlers(at: desk.Desk) -> list[BaseHandler[Any, Any, Any]]:
        return [*_of_practice(practice.routes(at, typed.regrader(at))), _of_votes(rounds.routes(at)), *others(at)]

    features.handlers = handlers  # type: ignore[assignment]
    features.routes = lambda _desk, _username: Routes()  # type: ignore[assignment]


def _of_practice(routes: Routes) -> list[BaseHandler[Any, Any, Any]]:
    async def pressed(update: Update, _context: Any) -> None:
        came, press = desk.visit(update), desk.press(update)
        assert came is not None
        assert press is not None
        await routes.presses[press.verb][1](came, press.numbers)

    def command(name: str) -> BaseHandler[Any, Any, Any]:
        async def said(update: Update, _context: Any) -> None:
            came = desk.visit(update)
            assert came is not None
            await routes.commands[name](came)

        return CommandHandler(name, said, filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE)

    return [*map(command, routes.commands), CallbackQueryHandler(pressed, pattern(*routes.presses))]


def _of_votes(routes: Routes) -> BaseHandler[Any, Any, Any]:
    async def voted(update: Update, _context: Any) -> None:
        answer = update.poll_answer
        assert answer is not None
        assert routes.voted is not None
        if answer.user is not None and answer.option_ids:
            await routes.voted(answer.poll_id, desk.person(answer.user), answer.option_ids[0])

    return PollAnswerHandler(voted)


def undo_to_the_wire() -> None:
    """Messages, edits and answers to presses are made by the library's own methods of its own objects."""
    plain = inquiries.Inquiries._call

    async def call(
        self: inquiries.Inquiries,
        method: str,
        chat_id: int | None,
        fields: dict[str, Any],
        *,
        bulk: bool = False,
        files: inquiries.Files = None,
    ) -> Any:
        name = _METHODS.get(method)
        if name is None:
            return await plain(self, method, chat_id, fields, bulk=bulk, files=files)
        told = {field: value for field, value in fields.items() if value is not None}
        if chat_id is not None:
            told["chat_id"] = chat_id
        answer = await getattr(self._bot, name)(**told, rate_limit_args=inquiries.BULK if bulk else None)
        return {"message_id": answer.message_id} if isinstance(answer, Message) else answer

    wire.message = _message
    inquiries.Inquiries._call = call  # type: ignore[method-assign]


def _message(view: View) -> dict[str, Any]:
    keyboard = [[InlineKeyboardButton(**wire._button(button)) for button in row] for row in view.rows]
    return {
        "text": view.text.text,
        "entities": [MessageEntity(one.type, one.offset, one.length, one.url) for one in view.text.entities] or None,
        "reply_markup": InlineKeyboardMarkup(keyboard) if view.rows else None,
        "link_preview_options": LinkPreviewOptions(is_disabled=True),
    }
