"""An endpoint of a test's own: what it was asked, and whatever it shall answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

KEY = "sk-very-secret"
Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Stub:
    """Every call's headers and body, and what is answered next."""

    reply: Reply
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Notes what came, and answers."""
        self.asked.append(json.loads(await request.read()))
        self.headers.append(dict(request.headers))
        self.came.set()
        return await self.reply(request)

    @property
    def prompt(self) -> str:
        """All that was sent as text with the last call."""
        return "\n".join(message["content"] for message in self.asked[-1]["messages"])


@asynccontextmanager
async def stub(reply: Reply) -> AsyncIterator[Stub]:
    """Serves POST /v1/chat/completions on a port of its own."""
    made = Stub(reply)
    app = web.Application()
    app.router.add_post("/v1/chat/completions", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield made
    finally:
        await runner.cleanup()


def saying(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    """A completion with that content."""

    async def reply(_request: web.Request) -> web.Response:
        body = {"choices": [{"message": {"role": "assistant", "content": content}}]}
        return web.json_response(body, status=status, headers=headers)

    return reply


def holding(quotes: dict[str, str]) -> Reply:
    """A model that holds these points made, by these words."""
    points = [{"id": key, "hit": True, "quote": quote} for key, quote in quotes.items()]
    return saying(json.dumps({"points": points}, ensure_ascii=False))


def plainly(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    """Anything at all."""

    async def reply(_request: web.Request) -> web.Response:
        return web.Response(body=body, status=status, headers=headers)

    return reply


async def trickling(request: web.Request) -> web.StreamResponse:
    """A byte every now and then, for ever."""
    response = web.StreamResponse()
    await response.prepare(request)
    try:
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.05)
    except (ConnectionError, asyncio.CancelledError):
        return response


async def flooding(request: web.Request) -> web.StreamResponse:
    """Ten megabytes."""
    response = web.StreamResponse()
    await response.prepare(request)
    try:
        for _ in range(160):
            await response.write(b" " * 65536)
    except ConnectionError:
        pass
    return response


async def silent(_request: web.Request) -> web.StreamResponse:
    """No word."""
    await asyncio.sleep(60)
    return web.Response()


async def hanging_up(request: web.Request) -> web.StreamResponse:
    """The connection ends without an answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
