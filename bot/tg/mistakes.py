"""/mistakes on Telegram, and its buttons."""

from __future__ import annotations

from bot.core.text import NOTHING
from bot.flows import mistakes
from bot.flows.mistakes import Mistakes
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
    return Routes({"mistakes": here.show}, {Verb.MISTAKES: (1, here.turn), Verb.MISTAKES_FILES: (2, here.export)})


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
        await self._show_page(came, *numbers)
        await self._desk.delivery.toast(came.press_id)

    async def export(self, came: Visit, numbers: tuple[int, ...]) -> None:
        """As documents, once for each time the button is shown: it asks for the next export once they stand there."""
        caller, (page, export) = caller_of(self._desk, came), numbers
        found = await self._desk.write(mistakes.mistakes, caller)
        due = await self._desk.read(mistakes.files_due, caller, came.message_id, export)
        key = "mistakes-none" if not found.wrong else "" if due else "mistakes-sent"
        if found.wrong:
            await self._send(came, found, export, due)
            await self._show_page(came, page)
        await self._desk.delivery.toast(came.press_id, self._desk.words.said(found.language, key) if key else "")

    async def _send(self, came: Visit, found: Mistakes, export: int, due: range) -> None:
        """Each is noted as soon as it stands there; whoever cannot be reached is sent no second one."""
        assert came.person is not None
        files = mistakes_files(self._desk.words, found, self._desk.clock())
        caption = View(self._desk.words(found.language, "mistakes-files"))
        for file in due:
            view = View(NOTHING) if file else caption
            if not isinstance(await self._desk.delivery.document(came.chat.id, view, files[file]), Sent):
                return
            await self._desk.insist(mistakes.file_sent, came.person.id, came.message_id, export, file)

    async def _show_page(self, came: Visit, page: int) -> None:
        found = await self._desk.write(mistakes.mistakes, caller_of(self._desk, came), came.message_id)
        await self._desk.delivery.edit(came.chat.id, came.message_id, mistakes_view(self._desk.words, found, page))
