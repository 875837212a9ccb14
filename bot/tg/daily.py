"""/daily, and the minute tick that sends what is due."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.core.calendar import MINUTES_A_DAY
from bot.core.hours import hour_meant
from bot.flows import daily, opening, pushing, schedule
from bot.flows.asking import Asked
from bot.flows.daily import Plan
from bot.flows.pushing import Due, Ready, Unfinished
from bot.tg import daily_views as look
from bot.tg.abreast import abreast
from bot.tg.buttons import Verb, pattern
from bot.tg.delivery import Outcome, Refused, Sent
from bot.tg.desk import Desk, Visit, press, visit
from bot.tg.pauses import unanswered
from bot.tg.posting import post, sending
from bot.tg.question_views import question_view
from bot.tg.views import View

log = structlog.get_logger(__name__)
PATIENCE = 90  # seconds one push may take, below the lease: it is not sent by two ticks at once
_SOON, _MUCH_LATER = timedelta(minutes=2), timedelta(hours=1)
_UNSURE = timedelta(minutes=5)  # doubled each time: what got no answer may stand there
_BATCH = 500


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """/daily and its hour buttons."""
    here = _Daily(desk)
    return [
        CommandHandler("daily", here.daily, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(here.pressed, pattern(Verb.HOUR)),
    ]


async def tick(desk: Desk) -> None:
    """Send every push whose time has come, and again those that were cut short. One tick at a time."""
    push = _Pushing(desk)
    await desk.write(schedule.set_right, desk.clock(), desk.defaults)
    await abreast(push.again, await desk.read(pushing.unfinished, desk.clock(), _BATCH))
    tried: set[Ready] = set()
    while hours := [hour for hour in await desk.read(pushing.ready, desk.clock(), _BATCH) if hour not in tried]:
        tried.update(hours)  # one that failed comes back as it was, one that caught up a day with another instant
        await abreast(push.first, hours)


class _Pushing:
    """One push from its claim to its settlement. Whatever one chat does, the others get theirs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def first(self, hour: Ready) -> None:
        """Claim and send what has come due."""
        await self._push(pushing.claim, hour)

    async def again(self, cut: Unfinished) -> None:
        """Claim and send what was cut short."""
        await self._push(pushing.claim_again, cut)

    async def _push(self, claim: Callable[..., Due | None], wanted: Ready | Unfinished) -> None:
        desk = self._desk
        try:
            due = await desk.write(claim, desk.library(), wanted, desk.clock(), desk.defaults)
            if due is not None:
                await self._deliver(due)
        except Exception:  # the push stays due, or claimed until its lease ends
            log.exception("push_failed", chat=wanted.chat_id, minute=wanted.minute)

    async def _deliver(self, due: Due) -> None:
        try:
            async with asyncio.timeout(PATIENCE), sending(self._desk, due.ask.round.id):
                outcome = await self._send(due)
        except (NetworkError, RetryAfter, TimeoutError) as error:
            await self._later(due, error)
        else:
            await self._settle(due, outcome)

    async def _send(self, due: Due) -> Outcome:
        delivery, words = self._desk.delivery, self._desk.words
        if not isinstance(due.ask, Asked):
            return await post(delivery, words, due.ask, silent=due.silent, bulk=True)
        view = question_view(words, due.ask)
        return await delivery.send(due.chat.id, view, thread_id=due.thread_id, silent=due.silent, bulk=True)

    async def _later(self, due: Due, error: Exception) -> None:
        """Soon if it may pass by itself; rarely if Telegram refuses the message or gives no answer."""
        now = self._desk.clock()
        wait = _MUCH_LATER if isinstance(error, BadRequest) else _SOON
        if unanswered(error):
            wait = _UNSURE * 2**due.ask.round.sends
        await self._desk.write(pushing.later, due.push, due.ask.round.id, now + wait, now)
        log.warning("push_delayed", chat=due.chat.id, minute=due.push.minute, error=type(error).__name__)

    async def _settle(self, due: Due, outcome: Outcome) -> None:
        desk, number, now = self._desk, due.ask.round.id, self._desk.clock()
        if isinstance(outcome, Sent):
            await desk.write(pushing.sent, due.push, number, outcome.message_id, outcome.poll_id, now, desk.defaults)
            if outcome.astray:
                await desk.write(opening.astray, number)
        else:
            await desk.write(
                pushing.dropped, due.push, number, "nothing" if isinstance(outcome, Refused) else "gone", now
            )
        log.info(
            "push_settled",
            chat=due.chat.id,
            minute=due.push.minute,
            outcome=type(outcome).__name__.lower(),
            late=int((now - due.push.due_at).total_seconds()),
        )
        if outcome == Refused("polls"):
            view = View(desk.words(due.ask.language, "rounds-forbidden"))
            await desk.delivery.send(due.chat.id, view, thread_id=due.thread_id, silent=True, bulk=True)


class _Daily:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def daily(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Tell the hour, or set the one that was typed."""
        came = visit(update)
        if came is None:
            return
        plan = await self._plan(came)
        meant = hour_meant(came.argument)
        if not came.argument:
            await self._say(came, look.plan_view(self._desk.words, plan))
        elif not await self._may_change(came):
            await self._say(came, View(self._desk.words(plan.language, "settings-admins-only")))
        elif meant is None:
            await self._say(came, look.mistake_view(self._desk.words, plan, came.argument))
        else:
            plan = await self._choose(came, None if meant == "off" else meant)
            await self._say(came, look.plan_view(self._desk.words, plan))

    async def pressed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Set the hour of the button, on the same message."""
        came, pressed = visit(update), press(update)
        if came is None or update.callback_query is None:
            return
        words, query = self._desk.words, update.callback_query.id
        plan = await self._plan(came)
        if pressed is None or len(pressed.numbers) != 1 or not look.NEVER <= pressed.numbers[0] < MINUTES_A_DAY:
            await self._desk.delivery.toast(query, words.said(plan.language, "too-old"))
        elif not await self._may_change(came):
            await self._desk.delivery.toast(query, words.said(plan.language, "settings-admins-only"))
        else:
            minute = pressed.numbers[0]
            plan = await self._choose(came, None if minute == look.NEVER else minute)
            await self._desk.delivery.toast(query)
            await self._desk.delivery.edit(came.chat.id, came.message_id, look.plan_view(words, plan))

    async def _plan(self, came: Visit) -> Plan:
        desk = self._desk
        return await desk.write(daily.plan, came.person, came.chat, desk.clock(), desk.defaults)

    async def _choose(self, came: Visit, minute: int | None) -> Plan:
        desk = self._desk
        return await desk.write(
            daily.choose, came.person, came.chat, minute, came.thread_id, desk.clock(), desk.defaults
        )

    async def _may_change(self, came: Visit) -> bool:
        """Anyone in private; in a group its admins, the anonymous ones too."""
        if came.chat.private or came.anonymous_admin:
            return True
        return came.person is not None and await self._desk.delivery.is_admin(came.chat.id, came.person.id)

    async def _say(self, came: Visit, view: View) -> None:
        await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)
