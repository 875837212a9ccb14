"""The way to Telegram: the library's application over our transport and limiter, logged in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from telegram.error import InvalidToken, NetworkError
from telegram.ext import Application, ApplicationBuilder, ExtBot

from bot.core.errors import StartError
from bot.logs import mask
from bot.settings import Settings
from bot.tg.limiter import EVERYBODY, PAID, Limiter
from bot.tg.transport import Transport

App = Application[Any, Any, Any, Any, Any, Any]
log = structlog.get_logger(__name__)


@asynccontextmanager
async def logged_in(settings: Settings, polling: Transport) -> AsyncIterator[App]:
    """The library's application, with our transport and limiter, and no updater or job queue of its own."""
    server, sending = f"{settings.bot_api_url}/bot", Transport()
    bot = ExtBot(
        settings.token,
        base_url=server,
        base_file_url=f"{settings.bot_api_url}/file/bot",
        request=sending,
        get_updates_request=polling,
        rate_limiter=Limiter(everybody=PAID if settings.paid_broadcast else EVERYBODY),
    )
    application = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    try:
        await _reached(application)
        yield application
    finally:
        await application.shutdown()
        await asyncio.gather(sending.shutdown(), polling.shutdown())  # the library does so only after a login


async def _reached(application: App) -> None:
    """Log in; a network that is not there yet (a machine that boots) is waited for."""
    for pause in (1, 2, 4, 8, 15, None):
        try:
            return await application.initialize()
        except InvalidToken as error:
            raise StartError("Telegram does not know this BOT_TOKEN: ask @BotFather for a new one.") from error
        except NetworkError as error:
            if pause is None:
                raise StartError(f"Telegram's server cannot be reached ({mask(error.message)}).") from error
            log.warning("telegram_unreachable", error=mask(error.message), again_in_s=pause)
            await asyncio.sleep(pause)
    return None
