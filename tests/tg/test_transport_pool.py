"""The transport's connections: full, shared with nobody, given back, opened again."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram.error import (
    NetworkError,
    TimedOut,
)

from bot.tg.pauses import unanswered
from bot.tg.transport import Transport
from tests.tg.transport_bench import MESSAGE, bot_at, served, told


async def test_a_silent_server_times_out() -> None:
    """The default read timeout holds for a call that names none, and a call's own for that call."""
    wake = asyncio.Event()

    async def answer(_request: web.Request) -> web.Response:
        await wake.wait()
        return web.json_response({"ok": True, "result": MESSAGE})

    async with served(answer) as base, bot_at(base, timeout_s=0.05) as bot:
        with pytest.raises(TimedOut):
            await bot.send_message(7, "hello")
        with pytest.raises(TimedOut):
            await bot.send_message(7, "hello", read_timeout=0.02, connect_timeout=9, pool_timeout=9, write_timeout=9)
        asyncio.get_running_loop().call_later(0.1, wake.set)
        patient: dict[str, Any] = {"read_timeout": None, "write_timeout": None, "connect_timeout": None}
        assert (await bot.send_message(7, "hello", **patient)).message_id == 1


async def test_a_full_pool_refuses_and_then_recovers() -> None:
    """Connections are bounded: whoever waits too long for one has sent nothing, and the pool is whole afterwards."""
    wake = asyncio.Event()
    waiting = asyncio.Semaphore(0)

    async def answer(_request: web.Request) -> web.Response:
        waiting.release()
        await wake.wait()
        return web.json_response({"ok": True, "result": MESSAGE})

    async with served(answer) as base, bot_at(base, connections=1, timeout_s=5) as bot:
        slow = asyncio.ensure_future(bot.send_message(7, "first"))
        await waiting.acquire()
        with pytest.raises(NetworkError) as caught:
            await bot.send_message(7, "second", pool_timeout=0.02, connect_timeout=0.02)
        assert not unanswered(caught.value)
        wake.set()
        assert (await slow).message_id == 1
        assert (await bot.send_message(7, "third")).message_id == 1


async def test_polling_has_its_own_pool() -> None:
    """A long poll under way never takes a sender's connection."""
    wake = asyncio.Event()
    polling = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("getUpdates"):
            polling.set()
            await wake.wait()
            return web.json_response({"ok": True, "result": []})
        return web.json_response({"ok": True, "result": MESSAGE})

    async with served(answer) as base, bot_at(base) as bot:
        poll = asyncio.ensure_future(bot.get_updates(timeout=1))
        await polling.wait()
        assert (await bot.send_message(7, "meanwhile")).message_id == 1
        wake.set()
        assert await poll == ()


async def test_a_cancelled_call_leaves_the_pool_whole() -> None:
    """However often a long poll is interrupted, the next one finds a connection."""

    async def hang(request: web.Request) -> web.Response:
        if (await request.post())["text"] == "hang":
            await asyncio.Event().wait()
        return web.json_response({"ok": True, "result": MESSAGE})

    async with served(hang) as base, bot_at(base, connections=1) as bot:
        for _ in range(5):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.01):
                    await bot.send_message(7, "hang")
        assert (await bot.send_message(7, "go")).message_id == 1


async def test_downloads_come_as_they_are() -> None:
    """`retrieve` is a GET whose body is not parsed."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=request.method.encode() + b"\x00\xff")

    async with served(answer) as base, Transport() as request:
        assert await request.retrieve(base) == b"GET\x00\xff"


async def test_opening_and_closing_are_repeatable() -> None:
    """Twice is once, a closed transport says so, and it can be opened again."""
    async with served(told(True)) as base:
        request = Transport()
        await request.initialize()
        session = request._session
        await request.initialize()
        assert request._session is session
        assert isinstance(session, aiohttp.ClientSession)
        await request.shutdown()
        await request.shutdown()
        assert session.closed
        with pytest.raises(NetworkError, match="not initialized"):
            await request.post(base)
        async with request:
            assert await request.post(base) is True


async def test_the_default_read_timeout_is_told() -> None:
    """The library adds it to the long poll's own timeout."""
    assert Transport(timeout_s=7).read_timeout == 7
