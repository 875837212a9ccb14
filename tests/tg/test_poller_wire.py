"""The poller over real sockets: what servers, proxies and networks really do to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs
from telegram import Update
from telegram.ext import ApplicationBuilder, TypeHandler

from bot.tg.attempts import Attempts, Care, may_pass
from bot.tg.poller import Poller
from bot.tg.transport import Transport
from tests.conformance import COURT
from tests.tg.fake_telegram import ME, TOKEN, message
from tests.tg.polling.bench import Table

Fault = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """A Bot API server with a queue of updates; each of `faults` answers one getUpdates in its own way."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = list(faults)
        self.queue = [message(10, 1), message(11, 2)]
        self.offsets: list[int] = []
        self.base = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/getMe"):
            return web.json_response({"ok": True, "result": ME})
        form = await request.post()
        COURT.hear("getUpdates", dict(form))
        self.offsets.append(int(str(form.get("offset", 0))))
        if self.faults:
            return await self.faults.pop(0)(request)
        self.queue = [update for update in self.queue if update["update_id"] >= self.offsets[-1]]
        if not self.queue and form["timeout"] != "0":
            await asyncio.sleep(0.05)
        return web.json_response({"ok": True, "result": self.queue})


@asynccontextmanager
async def served(server: Server) -> AsyncIterator[Server]:
    """The server, listening."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        server.base = f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
        yield server
    finally:
        await runner.cleanup()


async def soon(seconds: float) -> None:
    """Every pause of the poller, cut short."""
    await asyncio.sleep(min(seconds, 0.005))


async def handled(server: Server) -> list[int]:
    """The ids a bot at this server handles until both are there, in order."""
    done: list[int] = []
    both = asyncio.Event()

    async def handle(update: Update, _context: Any) -> None:
        done.append(update.update_id)
        if len(done) >= 2:
            both.set()

    async def ignore(*_arguments: Any) -> None:
        """Nothing is kept here and nobody told."""

    polling = Transport(timeout_s=0.3)
    builder = ApplicationBuilder().token(TOKEN).base_url(server.base).updater(None)
    app = builder.request(Transport()).get_updates_request(polling).build()
    app.add_handler(TypeHandler(Update, handle))
    attempts = Attempts(app, Care(may_pass, ignore, ignore), sleep=soon)
    async with app, Poller(app, polling, attempts, Table(), poll_s=1, sleep=soon):
        async with asyncio.timeout(10):
            await both.wait()
    return done


async def page(_request: web.Request) -> web.Response:
    """A proxy's page, with the status of success."""
    return web.Response(text="<html>Please log in</html>", content_type="text/html")


async def missing(_request: web.Request) -> web.Response:
    """A proxy that has lost the server: not the same as a token nobody knows."""
    return web.Response(text="<html>404 Not Found</html>", status=404, content_type="text/html")


async def redirect(_request: web.Request) -> web.Response:
    """A captive portal."""
    return web.Response(status=302, headers={"Location": "/elsewhere"})


async def dropped(request: web.Request) -> web.Response:
    """The connection is gone before the answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def halved(request: web.Request) -> web.StreamResponse:
    """The connection is gone in the middle of the answer."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"ok": true, "result": [{"upd')
    assert request.transport is not None
    request.transport.abort()
    return response


async def silent(_request: web.Request) -> web.Response:
    """No answer before anybody's patience ends."""
    await asyncio.Event().wait()
    return web.Response()


async def conflict(_request: web.Request) -> web.Response:
    """Another process polls with the same token."""
    said = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    return web.json_response({"ok": False, "error_code": 409, "description": said}, status=409)


async def flood(_request: web.Request) -> web.Response:
    """Too many requests."""
    body = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 3}}
    return web.json_response(body, status=429)


@pytest.mark.parametrize("fault", [page, missing, redirect, dropped, halved, silent, conflict, flood])
async def test_polling_goes_on_after(fault: Fault) -> None:
    """Each fault, at the first poll and at the one that would have confirmed: no update lost, one line a bad spell."""

    async def fine(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": server.queue[:1]})

    server = Server(fault, fine, fault)
    with capture_logs() as log:
        async with served(server):
            assert await handled(server) == [10, 11]
    told = ["polling.conflict"] if fault is conflict else ["polling.fails", "polling.recovered"] * 2
    assert [line["event"] for line in log] == told
    assert server.offsets[-1] == 12
