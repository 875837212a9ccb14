"""A lean Bot API server: it hands out prepared updates and answers every call as briefly as a client can bear.

One asyncio.Protocol, no framework, no JSON parsing: it must serve several times what the fastest client asks, so that
what is measured is the client.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter, deque
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus

_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_CHAT = re.compile(rb'(?:^|[&{" ,])chat_id"?(?:[=:] ?|(?:\r\n[^\r]+)*\r\n\r\n)(-?\d+)')
_MESSAGE = re.compile(rb'message_id"?[=:] ?(\d+)')
_OFFSET = re.compile(rb'offset"?[=:] ?(-?\d+)')
_BUTTON = re.compile(rb'callback_data(?:%22%3A(?:\+|%20)?%22|\\?": ?\\?")(.*?)(?:%22|\\?")')
_WINDOW = 100
TOKEN = "1000000001:bench-bench-bench-bench-bench-bench"
_ME = (
    b'{"id":1000000001,"is_bot":true,"first_name":"Bench","username":"bench_bot","can_join_groups":true,'
    b'"can_read_all_group_messages":false,"supports_inline_queries":false}'
)

Call = Callable[[str, int, bytes], None]
"""Hears of each call that was answered: method, chat id (0: none), body."""


class Fake:
    """What the server knows. `delay_s` holds back each answer; `called` hears of each call."""

    def __init__(self, *, delay_s: float = 0.0) -> None:
        self.delay_s = delay_s
        self.called: Call = lambda _method, _chat, _body: None
        self.counts: Counter[str] = Counter()
        self._pending: deque[bytes] = deque()
        self._first = self._next = 1  # update ids of the oldest pending and of the one to come
        self._waiting: list[tuple[_Protocol, int]] = []
        self._numbers = 1
        self._server: asyncio.Server | None = None

    async def start(self) -> str:
        """Listen; the address of the API."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Protocol(self), "127.0.0.1", 0, backlog=1024)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Close; connections go with their clients."""
        assert self._server is not None
        self._server.close()

    @property
    def unconfirmed(self) -> int:
        """Updates that wait for the bot or for its confirmation."""
        return len(self._pending)

    def push(self, *updates: bytes) -> None:
        """Queue updates, each a JSON object without its opening brace and id; whoever polls gets them now."""
        for update in updates:
            self._pending.append(b'{"update_id":%d,%s' % (self._next, update))
            self._next += 1
        if self._waiting and self._pending:
            protocol, _serial = self._waiting.pop()
            protocol.answer(self._batch())

    def answer(self, protocol: _Protocol, method: str, body: bytes) -> None:
        """Answer one call."""
        self.counts[method] += 1
        if method == "getUpdates":
            self._get_updates(protocol, body)
            return
        found = _CHAT.search(body)
        chat_id = int(found[1]) if found else 0
        protocol.answer_later(b'{"ok":true,"result":%s}' % self._result(method, chat_id, body), self.delay_s)
        self.called(method, chat_id, body)

    def _get_updates(self, protocol: _Protocol, body: bytes) -> None:
        found = _OFFSET.search(body)
        offset = int(found[1]) if found else 0
        while self._pending and self._first < offset:
            self._pending.popleft()
            self._first += 1
        if self._pending:
            protocol.answer_later(self._batch(), self.delay_s)
            return
        self._first = self._next
        self._waiting.append((protocol, protocol.serial))
        wait = 5.0 if b"timeout" in body else 0.0
        asyncio.get_running_loop().call_later(wait, self._nothing, protocol, protocol.serial)

    def _nothing(self, protocol: _Protocol, serial: int) -> None:
        if (protocol, serial) in self._waiting:  # and not the poll after that one
            self._waiting.remove((protocol, serial))
            protocol.answer(b'{"ok":true,"result":[]}')

    def _batch(self) -> bytes:
        return b'{"ok":true,"result":[%s]}' % b",".join(
            self._pending[at] for at in range(min(_WINDOW, len(self._pending)))
        )

    def _result(self, method: str, chat_id: int, body: bytes) -> bytes:
        if method == "getMe":
            return _ME
        if method in {"sendMessage", "editMessageText", "sendPoll", "stopPoll", "sendPhoto"}:
            return self._message(method, chat_id, body)
        if method == "getChatMember":
            return b'{"status":"member","user":{"id":1,"is_bot":false,"first_name":"A"}}'
        return b"true"

    def _message(self, method: str, chat_id: int, body: bytes) -> bytes:
        found = _MESSAGE.search(body) if method == "editMessageText" else None
        if found is None:
            self._numbers += 1
        number = int(found[1]) if found else self._numbers
        kind = b"private" if chat_id > 0 else b"group"
        content = _CONTENT.get(method, _TEXT) % number
        return b'{"message_id":%d,"date":1795400000,"chat":{"id":%d,"type":"%s","first_name":"A","title":"G"},%s}' % (
            number,
            chat_id,
            kind,
            content,
        )

    @property
    def newest_message(self) -> int:
        """The number of the message sent last."""
        return self._numbers


_POLL = (
    b'"poll":{"id":"p%d","question":"q","options":[{"text":"a","voter_count":0,"persistent_id":"1"},'
    b'{"text":"b","voter_count":0,"persistent_id":"2"}],"total_voter_count":0,"is_closed":false,"is_anonymous":false,'
    b'"type":"quiz","allows_multiple_answers":false,"allows_revoting":false,"members_only":false}'
)
_PHOTO = b'"photo":[{"file_id":"f%d","file_unique_id":"u","width":1080,"height":1280,"file_size":90000}]'
_TEXT = b'"text":"%d"'
_CONTENT = {"sendPoll": _POLL, "sendPhoto": _PHOTO}


def button_of(body: bytes) -> str:
    """The first button's callback data in a request's body; empty without one."""
    found = _BUTTON.search(body)
    return unquote_plus(found[1].decode()) if found else ""


class _Protocol(asyncio.Protocol):
    """One connection: requests with a Content-Length, answered one after the other."""

    def __init__(self, fake: Fake) -> None:
        self._fake = fake
        self._buffer = b""
        self._transport: Any = None
        self.serial = 0  # of the request at hand

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def connection_lost(self, _exc: Exception | None) -> None:
        self.serial += 1

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        while (end := self._buffer.find(_HEAD_END)) >= 0:
            found = _LENGTH.search(self._buffer, 0, end)
            whole = end + 4 + (int(found[1]) if found else 0)
            if len(self._buffer) < whole:
                return
            path = self._buffer[: self._buffer.index(b"\r\n")].split(b" ", 2)[1]
            body, self._buffer = self._buffer[end + 4 : whole], self._buffer[whole:]
            self.serial += 1
            self._fake.answer(self, path.rpartition(b"/")[2].decode(), body)

    def answer_later(self, body: bytes, delay_s: float) -> None:
        """Answer after so long."""
        if delay_s:
            asyncio.get_running_loop().call_later(delay_s, self.answer, body)
        else:
            self.answer(body)

    def answer(self, body: bytes) -> None:
        """Answer the request at hand."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
            )
