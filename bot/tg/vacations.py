"""/vacation in private, and its buttons."""

from __future__ import annotations

from bot.flows import vacations
from bot.flows.vacations import Unclear
from bot.tg.buttons import Verb
from bot.tg.desk import Desk, caller_of, said
from bot.tg.routes import Routes
from bot.tg.vacations_views import BUTTONS, SHOW, unclear_view, vacation_view
from bot.tg.views import View
from bot.tg.visits import Visit


def routes(desk: Desk) -> Routes:
    """/vacation in private, and what is under it."""
    here = _Vacations(desk)
    return Routes({"vacation": here.say}, {Verb.AWAY: (1, here.pressed)})


class _Vacations:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def say(self, came: Visit) -> None:
        """/vacation [when]"""
        await self._desk.delivery.send(came.chat.id, await self._said(came), thread_id=came.thread_id)

    async def pressed(self, came: Visit, numbers: tuple[int, ...]) -> None:
        """Some days, until further notice, or back; or only this page, from the settings."""
        caller, desk = caller_of(self._desk, came), self._desk
        if numbers[0] not in BUTTONS:
            await desk.delivery.toast(came.press_id, desk.words.said(await said(desk, came), "too-old"))
            return
        if numbers[0] == SHOW:
            stands = await desk.write(vacations.away, caller)
        else:
            stands = await desk.write(vacations.choose, caller, BUTTONS[numbers[0]])
        await desk.delivery.edit(came.chat.id, came.message_id, vacation_view(desk.words, stands))
        await desk.delivery.toast(came.press_id)

    async def _said(self, came: Visit) -> View:
        caller, desk = caller_of(self._desk, came), self._desk
        if not came.argument:
            return vacation_view(desk.words, await desk.write(vacations.away, caller))
        stands = await desk.write(vacations.say, caller, came.argument)
        if isinstance(stands, Unclear):
            return unclear_view(desk.words, stands, came.argument)
        return vacation_view(desk.words, stands)
