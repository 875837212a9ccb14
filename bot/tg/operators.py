"""What only the bot's operators may do (ADMIN_IDS): take in the banks as they are now."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, filters

from bot.core.bank import Language
from bot.core.text import Text, lines
from bot.flows import chats
from bot.tg.desk import Desk, visit
from bot.tg.views import View
from bot.tg.words import Words

_SHOWN = 10  # problems; `kaoguan check` tells them all


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """/reload, in private and for operators; to anyone else it does not exist."""
    operators = filters.ChatType.PRIVATE & filters.User(desk.admin_ids) & filters.UpdateType.MESSAGE
    return [CommandHandler("reload", _Operators(desk).reload, operators)]


class _Operators:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def reload(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Swap the banks, or keep the old ones and tell what is wrong with the new."""
        came = visit(update)
        if came is None:
            return
        desk = self._desk
        profile = await desk.write(chats.visit, came.person, came.chat, desk.clock(), desk.defaults)
        problems = await desk.reload()
        view = reloaded_view(desk.words, profile.language, problems, len(desk.library().refs))
        await desk.delivery.send(came.chat.id, view)


def reloaded_view(words: Words, language: Language, problems: tuple[str, ...], count: int) -> View:
    """How many questions there are now, or the first problems, one a line."""
    if not problems:
        return View(words(language, "operators-reloaded", count=count))
    listed = Text("\n".join(problems[:_SHOWN])).slice(0, 3000)
    return View(lines(words(language, "operators-problems", count=len(problems)), listed))
