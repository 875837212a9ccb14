"""Bot API servers of a test's own, and a bot that talks to them through the transport."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import (
    TelegramError,
)

from bot.tg.transport import Transport

TOKEN = "123456789:AAEhBOweik6ad6PsVMRxjeQKXkq7rT4oqFz"
MESSAGE = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def served(answer: Answer) -> AsyncIterator[str]:
    """A Bot API server that answers every call with `answer`; gives its address."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def raw_server(reply: bytes) -> AsyncIterator[str]:
    """A socket that writes `reply` to whoever asks, and hangs up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot"


@asynccontextmanager
async def bot_at(base: str, **options: Any) -> AsyncIterator[Bot]:
    """A bot whose calls all go through the transport, without the greeting getMe."""
    request, updates = Transport(**options), Transport(**options)
    async with request, updates:
        yield Bot(TOKEN, base_url=base, request=request, get_updates_request=updates)


def told(result: object, status: int = 200, **more: Any) -> Answer:
    """A server that always says the same."""
    body = {"ok": status == 200, ("result" if status == 200 else "description"): result, **more}

    async def answer(_request: web.Request) -> web.Response:
        return web.json_response(body, status=status)

    return answer


def text(body: str, status: int) -> Answer:
    """A proxy's page."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=body, status=status, content_type="text/html")

    return answer


async def failure(answer: Answer, **options: Any) -> TelegramError:
    """What a send raises when the server answers so."""
    async with served(answer) as base, bot_at(base, **options) as bot:
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(7, "hello")
        return caught.value
