"""Requests as a Bot API server sees them, and every way an answer can fail."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot, InputFile, InputMediaDocument, ReplyParameters
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.tg.pauses import unanswered
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


async def test_a_call_is_a_url_encoded_form() -> None:
    """Text arrives as UTF-8, structures as JSON, and None not at all."""
    seen: dict[str, Any] = {}

    async def answer(request: web.Request) -> web.Response:
        seen.update(await request.post(), path=request.path, kind=request.content_type, agent=request.headers)
        return web.json_response({"ok": True, "result": MESSAGE})

    async with served(answer) as base, bot_at(base) as bot:
        message = await bot.send_message(7, "考官 & =?\n", reply_parameters=ReplyParameters(5))
    assert message.message_id == 1
    assert seen["path"] == f"/bot{TOKEN}/sendMessage"
    assert seen["kind"] == "application/x-www-form-urlencoded"
    assert (seen["chat_id"], seen["text"]) == ("7", "考官 & =?\n")
    assert json.loads(seen["reply_parameters"])["message_id"] == 5
    assert "message_thread_id" not in seen
    assert "python-telegram-bot" in seen["agent"]["User-Agent"]


@pytest.mark.parametrize(
    ("name", "arrives"),
    [
        ("考官 题库.md", "考官 题库.md".encode()),
        ("a+b %41.txt", b"a+b %41.txt"),
        ('he said "no".txt', b"he said 'no'.txt"),
        ("two\r\nlines.txt", b"two  lines.txt"),
    ],
)
async def test_file_names_arrive_as_plain_utf8(name: str, arrives: bytes) -> None:
    """Percent-encoded names would show so in the chat; quotes and line ends cannot break the header."""
    bodies: list[bytes] = []

    async def answer(request: web.Request) -> web.Response:
        bodies.append(await request.read())
        return web.json_response({"ok": True, "result": MESSAGE})

    async with served(answer) as base, bot_at(base) as bot:
        await bot.send_document(7, InputFile(b"# content \xff", filename=name), caption="说明")
    assert b'filename="' + arrives + b'"' in bodies[0]
    assert b"# content \xff" in bodies[0]
    assert "说明".encode() in bodies[0]
    assert bodies[0].count(b'name="') == 4


async def test_attached_files_are_found_by_their_names() -> None:
    """A media group names its parts with attach://, and each part is there."""
    parts: dict[str, Any] = {}

    async def answer(request: web.Request) -> web.Response:
        for name, part in (await request.post()).items():
            parts[name] = (part.file.read(), part.filename) if isinstance(part, web.FileField) else part
        return web.json_response({"ok": True, "result": [MESSAGE, MESSAGE]})

    async with served(answer) as base, bot_at(base) as bot:
        media = [InputMediaDocument(content, filename="一.md") for content in (b"one", b"two")]
        await bot.send_media_group(7, media)
    for item, content in zip(json.loads(parts["media"]), (b"one", b"two"), strict=True):
        assert parts[item["media"].removeprefix("attach://")] == (content, "一.md")


@pytest.mark.parametrize(
    ("status", "more", "kind"),
    [
        (400, {}, BadRequest),
        (401, {}, InvalidToken),
        (403, {}, Forbidden),
        (404, {}, InvalidToken),
        (409, {}, Conflict),
        (429, {"parameters": {"retry_after": 3}}, RetryAfter),
        (400, {"parameters": {"migrate_to_chat_id": -1001}}, ChatMigrated),
        (500, {}, NetworkError),
        (502, {}, NetworkError),
    ],
)
async def test_refusals_keep_their_meaning(status: int, more: dict[str, Any], kind: type[TelegramError]) -> None:
    """Telegram's own JSON becomes the library's own exception."""
    assert type(await failure(told("Said so", status, **more))) is kind


@pytest.mark.parametrize("status", [301, 401, 403, 404, 429, 500, 502, 503])
async def test_a_page_in_place_of_json_is_a_network_error(status: int) -> None:
    """Whatever its status: a proxy's 404 must not read as an invalid token, nor its 403 as a block."""
    error = await failure(text("<html>Bad Gateway</html>", status))
    assert type(error) is NetworkError
    assert "html" not in str(error)


@pytest.mark.parametrize(
    "body", ["<html>", '{"ok": true, "res', "[]", "null", "{}", '{"ok": true}', "[" * 100_000, '"text"']
)
async def test_a_success_that_cannot_be_read_is_no_answer(body: str) -> None:
    """Only an object with a result, or one that says no, is the Bot API's; whatever else came, it may be done."""
    assert type(await failure(text(body, 200))) is TimedOut


async def test_a_broken_character_does_not_spoil_the_answer() -> None:
    """It is replaced, as the library does."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=b'{"ok": true, "result": {"name": "a\xffb"}}')

    async with served(answer) as base, bot_at(base) as bot:
        assert (await bot.get_my_name()).name == "a\ufffdb"


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok": true, "result": tr',
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"ok"',
        b"HTTP/1.1 nonsense\r\n\r\n",
        b"\x00\x01\x02\r\n\r\n",
    ],
)
async def test_a_dropped_connection_leaves_open_what_was_done(reply: bytes) -> None:
    """Before the answer, in the middle of it, or with something that is no HTTP: the call had left."""
    async with raw_server(reply) as base, bot_at(base) as bot:
        with pytest.raises(TimedOut):
            await bot.send_message(7, "hello")


async def test_nobody_listening_is_a_network_error_without_the_token() -> None:
    """A refused connection says where, and nothing secret."""
    async with raw_server(b"") as base:
        gone = base
    async with bot_at(gone) as bot:
        with pytest.raises(NetworkError, match=r"127\.0\.0\.1") as caught:
            await bot.send_message(7, "hello")
    assert TOKEN not in str(caught.value)
    assert not unanswered(caught.value)


async def test_a_gateway_that_waited_in_vain_leaves_open_what_was_done() -> None:
    """Its 504 is not Telegram's."""
    assert unanswered(await failure(text("<html>Gateway Timeout</html>", 504)))


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
                await asyncio.wait_for(bot.send_message(7, "hang"), 0.01)
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


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\ud83e\udde8", "\U0001f9e8"),
        (r"a\ud83eb", "a?b"),
        (r"\udde8", "?"),
        (r"\ud83e\ud83e\udde8", "?\U0001f9e8"),
        (r"\\ud83e", r"\ud83e"),
    ],
)
def test_half_a_character_is_replaced(written: str, read: str) -> None:
    """It could be sent nowhere: whoever repeated it would be refused for ever. Whole ones stay."""
    payload = f'{{"ok": true, "result": "{written}"}}'
    assert Transport.parse_json_payload(payload.encode())["result"] == read
