"""The dots under a question: burying it, suspending it; and the suspended ones, to be brought back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.flows import withholding
from bot.flows.answers import Result
from bot.flows.asking import Lapsed
from bot.flows.callers import Caller, TooOld
from bot.flows.withholding import Standing, Wish
from bot.tg.buttons import Verb
from bot.tg.desk import Desk, caller_of, said
from bot.tg.routes import Pressed, Routes
from bot.tg.views import View
from bot.tg.visits import Visit
from bot.tg.withholding_views import standing_view, suspended_view


def routes(desk: Desk) -> Routes:
    """Their buttons, in private."""
    here = _Withholding(desk)
    return Routes(
        presses={
            Verb.MORE: (2, here.button(here.more)),
            Verb.WISH: (2, here.button(here.wish)),
            Verb.BRING: (2, here.button(here.bring_back)),
            Verb.SUSPENDED: (1, here.button(here.suspended)),
        }
    )


class _Withholding:
    """The handlers, around their desk. Each gives the toast to show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def button(self, action: Callable[[Visit, Caller, tuple[int, ...]], Awaitable[str]]) -> Pressed:
        """What is done about a press, which is answered once, after it has been dealt with."""

        async def handle(came: Visit, numbers: tuple[int, ...]) -> None:
            toast = await action(came, caller_of(self._desk, came), numbers)
            await self._desk.delivery.toast(came.press_id, toast)

        return handle

    async def more(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """What else can be done, or the usual buttons again."""
        round_id, more = numbers
        found = await self._desk.write(withholding.standing, caller, round_id)
        return await self._show(came, found, more=more == 1)

    async def wish(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """Not until tomorrow, not until it is wanted again, or after all."""
        round_id, wanted = numbers
        if wanted not in set(Wish):
            return self._desk.words.said(await said(self._desk, came), "too-old")
        found = await self._desk.write(withholding.wish, caller, round_id, Wish(wanted))
        toast = await self._show(came, found, more=False)
        if isinstance(found, Standing) and found.state != "asked":
            return self._desk.words.said(await said(self._desk, came), f"withheld-{found.state}")
        return toast

    async def suspended(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """A page of the list."""
        found = await self._desk.write(withholding.suspended, caller, numbers[0])
        await self._desk.delivery.edit(came.chat.id, came.message_id, suspended_view(self._desk.words, found))
        return ""

    async def bring_back(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """One of the list is asked again, when it is due."""
        page, number = numbers
        found = await self._desk.write(withholding.bring_back, caller, number, page)
        await self._desk.delivery.edit(came.chat.id, came.message_id, suspended_view(self._desk.words, found))
        return self._desk.words.said(found.language, "suspended-brought")

    async def _show(self, came: Visit, found: Standing | Lapsed | TooOld, *, more: bool) -> str:
        words = self._desk.words
        match found:
            case Standing(stands=Result() as result) if result.asked.round.kind == "typed":
                return ""  # its grade stays where it stands
            case Standing():
                view, _rest = standing_view(words, found, more=more)
                await self._desk.delivery.edit(came.chat.id, came.message_id, view)
            case Lapsed():
                view = View(words(found.language, "practice-lapsed"))
                await self._desk.delivery.edit(came.chat.id, came.message_id, view)
            case TooOld():
                return words.said(found.language, "too-old")
        return ""
