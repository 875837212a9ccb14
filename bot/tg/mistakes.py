"""/mistakes on Telegram, and its buttons."""

from __future__ import annotations

from bot.core.text import NOTHING
from bot.flows import mistakes
from bot.tg.buttons import Verb
from bot.tg.delivery import Sent
from bot.tg.desk import Desk, caller_of
from bot.tg.mistakes_files import mistakes_files
from bot.tg.mistakes_views import mistakes_view
from bot.tg.routes import Routes
from bot.tg.views import View
from bot.tg.visits import Visit


def routes(desk: Desk) -> Routes:
    """/mistakes in private, and turning its pages, taking them away."""
    here = _Mistakes(desk)
    return Routes({"mistakes": here.show}, {Verb.MISTAKES: (1, here.turn), Verb.MISTAKES_FILES: (0, here.export)})


class _Mistakes:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, came: Visit) -> None:
        """/mistakes"""
        found = await self._desk.write(mistakes.mistakes, caller_of(self._desk, came))
        view = mistakes_view(self._desk.words, found)
        await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)

    async def turn(self, came: Visit, numbers: tuple[int, ...]) -> None:
        """Another page of them, as they are now."""
        found = await self._desk.write(mistakes.mistakes, caller_of(self._desk, came))
        await self._desk.delivery.edit(came.chat.id, came.message_id, mistakes_view(self._desk.words, found, *numbers))
        await self._desk.delivery.toast(came.press_id)

    async def export(self, came: Visit, _numbers: tuple[int, ...]) -> None:
        """As documents; whoever cannot be reached is sent no second one."""
        found = await self._desk.write(mistakes.mistakes, caller_of(self._desk, came))
        caption = View(self._desk.words(found.language, "mistakes-none" if not found.wrong else "mistakes-files"))
        read, sheet = mistakes_files(self._desk.words, found, self._desk.clock())
        if not found.wrong:
            await self._desk.delivery.send(came.chat.id, caption, thread_id=came.thread_id)
        elif isinstance(await self._desk.delivery.document(came.chat.id, caption, read), Sent):
            await self._desk.delivery.document(came.chat.id, View(NOTHING), sheet)
        await self._desk.delivery.toast(came.press_id)
