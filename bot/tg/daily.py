"""/daily and its buttons: a private chat's hour, a group's hours and what they ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.core.calendar import MINUTES_A_DAY
from bot.core.slots import Hour, NoHour, Off, Pins, slot_meant
from bot.core.topics import Unknown
from bot.flows import daily
from bot.flows.daily import Plan
from bot.tg import daily_views as look
from bot.tg.buttons import Press, Verb, pattern
from bot.tg.daily_views import Do
from bot.tg.desk import Desk, may_change, overtaken, press, visit
from bot.tg.views import View
from bot.tg.visits import Visit

Change = Callable[..., Plan]


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """/daily and its buttons."""
    here = _Daily(desk)
    return [
        CommandHandler("daily", here.daily, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(here.pressed, pattern(Verb.HOUR, Verb.DAILY)),
    ]


class _Daily:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def daily(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Tell the hours, or change what was typed."""
        came = visit(update)
        if came is None:
            return
        plan = await self._write(daily.plan, came)
        if not came.argument:
            await self._say(came, look.plan_view(self._desk.words, plan, self._desk.library()))
        elif not await may_change(self._desk, came):
            await self._say(came, View(self._desk.words(plan.language, "settings-admins-only")))
        else:
            await self._say(came, await self._typed(came, plan))

    async def pressed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what the button says, on the same message. In a group that is its admins' business, turning pages too."""
        came, pressed = visit(update), press(update)
        if came is None or update.callback_query is None:
            return
        words, query = self._desk.words, update.callback_query.id
        plan = await self._write(daily.plan, came)
        change = _meant(came, pressed)
        if pressed is None or change is None:
            await self._desk.delivery.toast(query, words.said(plan.language, "too-old"))
        elif not await may_change(self._desk, came):
            await self._desk.delivery.toast(query, words.said(plan.language, "settings-admins-only"))
        else:
            plan = await self._write(change, came)
            await self._desk.delivery.toast(query, look.refusal(words, plan).text if plan.refused else "")
            if not _shows(came, pressed) or not overtaken(self._desk, update, partial(_shows, came)):
                await self._desk.delivery.edit(came.chat.id, came.message_id, self._page(plan, pressed))

    async def _typed(self, came: Visit, plan: Plan) -> View:
        """What the words have changed, or why nothing."""
        words, library = self._desk.words, self._desk.library()
        wish = slot_meant(library, came.argument)
        if isinstance(wish, Unknown):
            return look.unknown_view(words, plan, wish)
        if isinstance(wish, NoHour) or (isinstance(wish, Pins) and came.chat.private):
            return look.mistake_view(words, plan, came.argument)
        changed = await self._write(_changing(came, wish), came)
        return View(look.refusal(words, changed)) if changed.refused else look.plan_view(words, changed, library)

    def _page(self, plan: Plan, pressed: Press) -> View:
        """One hour's page where the press was about that hour; it may be gone."""
        words, library = self._desk.words, self._desk.library()
        about_one = pressed.verb is Verb.DAILY and pressed.numbers[0] in {Do.SLOT, Do.KIND, Do.DAYS}
        hour = plan.hour(pressed.numbers[1]) if about_one else None
        return look.hour_view(words, plan, hour, library) if hour else look.plan_view(words, plan, library)

    async def _write(self, change: Change, came: Visit) -> Plan:
        desk = self._desk
        return await desk.write(change, came.person, came.chat, now=desk.clock(), defaults=desk.defaults)

    async def _say(self, came: Visit, view: View) -> None:
        await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)


def _changing(came: Visit, wish: Hour | Off | Pins) -> Change:
    return partial(daily.change, wish=wish, thread_id=came.thread_id)


def _meant(came: Visit, pressed: Press | None) -> Change | None:
    """The change that a press asks for; None for what is on no button of this version."""
    if pressed is None:
        return None
    if pressed.verb is Verb.HOUR:
        return _hour_pressed(came, pressed.numbers)
    return None if came.chat.private else _group_pressed(came, pressed.numbers)


def _shows(came: Visit, pressed: Press) -> bool:
    """Whether it turns a page of a group's hours, and changes nothing."""
    return pressed.verb is Verb.DAILY and _meant(came, pressed) is daily.plan


def _hour_pressed(came: Visit, numbers: tuple[int, ...]) -> Change | None:
    if len(numbers) != 1 or not look.NEVER <= numbers[0] < MINUTES_A_DAY:
        return None
    return _changing(came, Off(None) if numbers[0] == look.NEVER else Hour(numbers[0]))


def _group_pressed(came: Visit, numbers: tuple[int, ...]) -> Change | None:
    match numbers:
        case (Do.SHOW,) | (Do.SLOT, _):
            return daily.plan
        case (Do.ADD, minute) if 0 <= minute < MINUTES_A_DAY:
            return _changing(came, Hour(minute))
        case (Do.DROP, minute):
            return _changing(came, Off(minute))
        case (Do.PINS, 0 | 1 as wanted):
            return _changing(came, Pins(bool(wanted)))
        case (Do.KIND, minute, 0 | 1 as card):
            return partial(daily.adjust, minute=minute, kind="card" if card else "quiz", weekdays=None)
        case (Do.DAYS, minute, 0 | 1 as weekdays):
            return partial(daily.adjust, minute=minute, kind=None, weekdays=bool(weekdays))
        case (Do.RESUME,):
            return daily.resume
    return None
