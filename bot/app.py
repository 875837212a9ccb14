"""The composition root: everything is built here, and only here is the clock read."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot import features
from bot.care import Aside, care_of
from bot.core.optimizing import available
from bot.core.people import Defaults
from bot.flows import chats as chat_flows
from bot.flows.library import Shelf
from bot.login import App, logged_in
from bot.logs import mask
from bot.optimizer import optimize
from bot.settings import Settings
from bot.store import failures
from bot.store.database import Database, open_database
from bot.store.trouble import is_transient
from bot.tg import closing, commands, interviewing, pushing, seasons, typed
from bot.tg.attempts import Attempts
from bot.tg.delivery import Delivery
from bot.tg.desk import Desk
from bot.tg.optimizing import Optimizing
from bot.tg.poller import Poller
from bot.tg.ticker import Ticker
from bot.tg.transport import Transport
from bot.tg.unhurried import Unhurried
from bot.tg.waiting import unless
from bot.tg.words import Words
from bot.web.health import serving

Clock = Callable[[], datetime]
log = structlog.get_logger()
_TOLD = 5  # failed updates named at the start
_POLLING_S = 0.2  # until the first poll is surely on its way
_GARBAGE = (2_000, 10, 30)  # objects more than before, and how often the young are looked at before the old: see gc


def _collect_garbage() -> None:
    """From now on, if the start has gone without (see __main__). What it made stays, and is not looked at again. All
    that lives is looked at seldom: under load some tens of milliseconds each time, in which everybody waits."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*_GARBAGE)
        gc.enable()


def utc_now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Running:
    """A bot at work: what its surroundings may ask of it."""

    desk: Desk
    poller: Poller
    ticker: Ticker
    health_url: str


@asynccontextmanager
async def running(settings: Settings, clock: Clock = utc_now) -> AsyncIterator[Running]:
    """The whole bot, at work until the block ends, which takes some ten seconds at the most.

    Raises StartError or BankError, each in plain sentences, when it cannot start.
    """
    async with AsyncExitStack() as stack:
        db = await stack.enter_async_context(open_database(settings.database_url))
        shelf = Shelf(settings.content_dir)
        polling = Transport(connections=2)
        telegram = await stack.enter_async_context(logged_in(settings, polling))
        await _tell_failures(db)
        desk = _desk(settings, clock, db, shelf, telegram.bot)
        poller = Poller(telegram, polling, Attempts(telegram, care_of(db, desk)), Aside(db, clock))
        desk = replace(desk, heard=poller.heard, behind=poller.behind, newer=poller.newer)
        desk = await stack.enter_async_context(_advised(desk, settings))
        for handler in features.handlers(desk):
            telegram.add_handler(handler)
        poller.route(features.routes(desk, telegram.bot.username))
        checks = {"database": lambda: _answers(db), "polling": lambda: _polls(poller)}
        health_url = await stack.enter_async_context(serving(settings.http_host, settings.http_port, checks))
        _collect_garbage()
        await stack.enter_async_context(poller)
        introduction = asyncio.create_task(_introduce(telegram, desk))
        stack.callback(introduction.cancel)
        rubrics = asyncio.create_task(_read_rubrics(shelf))
        stack.callback(rubrics.cancel)
        # What people did while the bot was away comes first: only then may an overdue round be closed.
        await poller.caught_up()
        fits = await stack.enter_async_context(Unhurried(Optimizing(desk).tick, share_s=0))
        pushes = await stack.enter_async_context(Unhurried(lambda: pushing.tick(desk)))
        grades = await stack.enter_async_context(Unhurried(lambda: typed.tick(desk)))
        talks = await stack.enter_async_context(Unhurried(lambda: interviewing.tick(desk)))
        try:
            ticker = await stack.enter_async_context(Ticker(lambda: _tick(desk, pushes, grades, talks, fits)))
            log.info("started", bot=telegram.bot.username, questions=len(shelf.library.refs), health=health_url)
            yield Running(desk, poller, ticker, health_url)
        finally:
            log.info("stopping")
            desk.delivery.end()


async def run(settings: Settings, clock: Clock = utc_now) -> None:
    """Serve until SIGTERM or SIGINT, which may come while it still starts.

    Raises StartError when Telegram does not know the token (any more).
    """
    await unless(signals(), _serve(settings, clock))


async def _serve(settings: Settings, clock: Clock) -> None:
    async with running(settings, clock) as bot:
        await bot.poller.ended()


def _desk(settings: Settings, clock: Clock, db: Database, shelf: Shelf, bot: ExtBot[Any]) -> Desk:
    """What every feature is given."""
    defaults = Defaults(settings.default_language, settings.default_timezone)

    async def moved(old_id: int, new_id: int) -> None:
        await db.write(chat_flows.move, old_id, new_id, clock(), defaults)

    async def gone(chat_id: int) -> None:
        await db.write(chat_flows.rest, chat_id, clock())

    return Desk(
        write=db.write,
        read=db.read,
        library=lambda: shelf.library,
        clock=clock,
        words=Words(),
        delivery=Delivery(bot, moved=moved, gone=gone, paid=settings.paid_broadcast),
        defaults=defaults,
        admin_ids=settings.admin_ids,
        reload=lambda: asyncio.to_thread(shelf.reload),
        passes=is_transient,
        wipe=db.wipe,
        optimize=optimize if available() else None,
    )


@asynccontextmanager
async def _advised(desk: Desk, settings: Settings) -> AsyncIterator[Desk]:
    """The desk with the operator's language model, if there is one: else nothing of it is even loaded."""
    if settings.llm_api_url:
        from bot.llm.adviser import advising  # noqa: PLC0415

        async with advising(settings, desk.write, desk.clock) as adviser:
            yield replace(desk, opinion=adviser.opinion, adviser=settings.llm_host)
    else:
        yield desk


async def _read_rubrics(shelf: Shelf) -> None:
    """Before the first question is asked, which would wait for it; what is wrong in them is the operator's to know."""
    await asyncio.sleep(_POLLING_S)
    for problem in await asyncio.to_thread(shelf.read_rubrics):
        log.warning("rubric_left_out", problem=problem)


async def _introduce(telegram: App, desk: Desk) -> None:
    """Register commands and descriptions. The bot works without: nobody waits for it, and a refusal is only logged."""
    try:
        await commands.register(telegram.bot, desk.words, desk.defaults.language, desk.admin_ids)
    except TelegramError as error:
        log.warning("commands_not_registered", error=mask(error.message))


async def _tick(desk: Desk, *unhurried: Unhurried) -> None:
    """Side by side: a slow result delays no push, nor an hour of pushes the results. Seasons end after all, or after
    half a minute, so that the last result stands above the end. One that fails is logged, and the others come all the
    same."""
    await _side_by_side(closing.tick(desk), *(step.tick() for step in unhurried))
    await _side_by_side(seasons.tick(desk))


async def _side_by_side(*steps: Coroutine[Any, Any, None]) -> None:
    for outcome in await asyncio.gather(*steps, return_exceptions=True):
        if outcome is not None:
            log.error("tick_failed", exc_info=outcome)


async def _tell_failures(db: Database) -> None:
    """Remind the operator of updates that could not be handled: their numbers and errors, never what they say."""
    if newest := await db.read(failures.latest, _TOLD):
        kept = [f"{failure.update_id}: {failure.error}" for failure in newest]
        log.warning("failed_updates", count=await db.read(failures.count), newest=kept)


async def _answers(db: Database) -> str | None:
    """Nothing is wrong if the database answers; what it raises is told by /healthz."""
    await db.read(failures.count)
    return None


async def _polls(poller: Poller) -> str | None:
    return poller.trouble()


def signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop
