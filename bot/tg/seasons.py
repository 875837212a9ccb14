"""Closing weeks and months at a group's hour; asking again what was missed; the hall of fame."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.core.calendar import Period
from bot.flows import seasons, streaks
from bot.flows.seasons import Closing
from bot.flows.streaks import Student
from bot.tg.abreast import abreast
from bot.tg.buttons import Verb, pattern
from bot.tg.delivery import Outcome, Sent
from bot.tg.desk import Desk, overtaken, press, said, visit
from bot.tg.pages import turns
from bot.tg.seasons_views import closing_view, hall_view

PATIENCE = 90  # seconds one message may take, below the lease
_BATCH = 200
log = structlog.get_logger(__name__)


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """The button under a season's end, and the one under a board."""
    here = _Seasons(desk)
    return [
        CallbackQueryHandler(here.again, pattern(Verb.AGAIN)),
        CallbackQueryHandler(here.hall, pattern(Verb.HALL)),
    ]


async def tick(desk: Desk) -> None:
    """Close every season whose hour has come. One tick at a time."""
    ready = await desk.read(seasons.due, desk.clock(), _BATCH)
    await abreast(lambda one: _guarded(desk, *one), ready)


async def _guarded(desk: Desk, chat_id: int, period: Period) -> None:
    """Whatever one chat does, the others get theirs; what may pass by itself is told again when the lease is over."""
    try:
        await _close(desk, chat_id, period)
    except (NetworkError, RetryAfter, TimeoutError) as error:
        log.warning("season_delayed", chat=chat_id, period=period.key, error=type(error).__name__)
    except Exception:
        log.exception("season_failed", chat=chat_id, period=period.key)


async def _close(desk: Desk, chat_id: int, period: Period) -> None:
    """Tell it, then write that down: a crash between the two tells it once more."""
    closing = await _claimed(desk, chat_id, period)
    if closing is None:
        return
    try:
        outcome = await _tell(desk, closing)
    except (TimedOut, TimeoutError):
        await desk.write(seasons.unsure, closing.season, desk.clock())
        raise
    except BadRequest:
        await desk.write(seasons.told, closing.season, None)
        raise
    await desk.insist(seasons.told, closing.season, outcome.chat_id if isinstance(outcome, Sent) else None)
    log.info("season_closed", chat=chat_id, period=period.key, people=closing.people)


async def _claimed(desk: Desk, chat_id: int, period: Period) -> Closing | None:
    """Claim it, with what is to be told. What takes long in a large group is read before, lest the lease run out, and
    all of it beside the writes, lest anybody wait for it."""
    longest = await _longest(desk, chat_id, period)
    season = await desk.write(seasons.claim, chat_id, period, desk.clock(), desk.defaults)
    if season is None:
        return None
    return await desk.read(seasons.closing, desk.library(), season, longest, desk.clock(), desk.defaults)


async def _longest(desk: Desk, chat_id: int, period: Period) -> Student | None:
    """Who had studied longest in a row."""
    longest, last = None, None
    while some := await desk.read(streaks.on_board, chat_id, period, last):
        longest = streaks.longest_of([*some, longest] if longest else some)
        last = some[-1]
    return longest


async def _tell(desk: Desk, closing: Closing) -> Outcome:
    view, chat_id = closing_view(desk.words, closing), closing.season.chat_id
    async with asyncio.timeout(PATIENCE):
        return await desk.delivery.send(
            chat_id, view, thread_id=closing.thread_id, silent=closing.silent, bulk=not closing.slow
        )


class _Seasons:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def again(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Put what was missed on the group's list."""
        came, pressed, desk, query = visit(update), press(update), self._desk, update.callback_query
        if came is None or query is None:
            return
        period = Period.of(pressed.numbers[0]) if pressed and len(pressed.numbers) == 1 else None
        if period is None:
            await desk.delivery.toast(query.id, desk.words.said(await said(desk, came), "too-old"))
            return
        refs = await desk.read(seasons.missed, desk.library(), came.chat, period, desk.defaults)
        done = await desk.write(seasons.again, refs, came.person, came.chat, desk.clock(), desk.defaults)
        key = "seasons-again" if done.new else "seasons-again-already"
        await desk.delivery.toast(query.id, desk.words.said(done.language, key, count=done.new, number=str(done.new)))

    async def hall(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """The last podiums, on the same message."""
        came, desk, query = visit(update), self._desk, update.callback_query
        if came is None or query is None:
            return
        found = await desk.write(seasons.hall, came.person, came.chat, desk.clock(), desk.defaults)
        await desk.delivery.toast(query.id)
        if not overtaken(desk, update, lambda newer: turns(newer, came, came.chat.id)):
            await desk.delivery.edit(came.chat.id, came.message_id, hall_view(desk.words, found))
