"""/exam on Telegram, and the buttons that make room."""

from __future__ import annotations

import asyncio

from bot.core.planning import plan
from bot.flows import exams
from bot.flows.callers import Caller, TooOld
from bot.flows.exams import Limit, NoExam, NotTaken, Standing
from bot.tg.buttons import Verb
from bot.tg.desk import Desk, caller_of, said
from bot.tg.exams_views import Outlook, no_exam_view, not_taken_view, plan_view
from bot.tg.routes import Routes
from bot.tg.views import View
from bot.tg.visits import Visit

_LIMITS: tuple[Limit, ...] = ("new_a_day", "reviews_a_day")


def routes(desk: Desk) -> Routes:
    """/exam in private, and its buttons."""
    here = _Exams(desk)
    return Routes({"exam": here.exam}, {Verb.EXAM: (2, here.allow)})


class _Exams:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def exam(self, came: Visit) -> None:
        """/exam [day] [topic], /exam off"""
        caller = caller_of(self._desk, came)
        stands = await self._desk.write(exams.exam, caller, came.argument)
        await self._desk.delivery.send(came.chat.id, await self._view(caller, stands), thread_id=came.thread_id)

    async def allow(self, came: Visit, numbers: tuple[int, ...]) -> None:
        """Do that many a day, so that it fits."""
        caller, (limit, number) = caller_of(self._desk, came), numbers
        stands: Standing | NoExam | TooOld = TooOld(await said(self._desk, came))
        if limit < len(_LIMITS):
            stands = await self._desk.write(exams.allow, caller, _LIMITS[limit], number)
        if isinstance(stands, TooOld):
            await self._desk.delivery.toast(came.press_id, self._desk.words.said(stands.language, "too-old"))
            return
        await self._desk.delivery.edit(came.chat.id, came.message_id, await self._view(caller, stands))
        await self._desk.delivery.toast(came.press_id)

    async def _view(self, caller: Caller, stands: Standing | NoExam | NotTaken) -> View:
        """Every day is simulated for it: on a thread, as it takes some microseconds a review."""
        words = self._desk.words
        if isinstance(stands, NoExam):
            return no_exam_view(words, stands)
        if isinstance(stands, NotTaken):
            return not_taken_view(words, stands, caller.library)
        outlook = await asyncio.to_thread(lambda: Outlook(stands, plan(stands.situation)))
        return plan_view(words, outlook, caller.library)
