"""/mistakes on Telegram, and its buttons."""

from __future__ import annotations

from bot.flows import mistakes
from bot.tg.buttons import Verb
from bot.tg.desk import Desk, caller_of
from bot.tg.mistakes_views import mistakes_view
from bot.tg.routes import Routes
from bot.tg.visits import Visit


def routes(desk: Desk) -> Routes:
    """/mistakes in private, and turning its pages."""
    here = _Mistakes(desk)
    return Routes({"mistakes": here.show}, {Verb.MISTAKES: (1, here.turn)})


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
