"""Requests as a Bot API server sees them, and every way an answer can fail."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp import web
from telegram import InputFile, InputMediaDocument, ReplyParameters
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
from tests.tg.transport_bench import MESSAGE, TOKEN, bot_at, failure, raw_server, served, text, told


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
