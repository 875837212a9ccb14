"""HTTP to a Bot API server over aiohttp, in the place of the library's own httpx.

Whatever is not Telegram speaking JSON (no connection, a proxy's page) is a NetworkError, so that it is tried again;
a 404 page of a proxy in particular must not read as an invalid token. What left and was not answered is TimedOut, also
where the connection broke or a success cannot be read: it may have been done.
"""

from __future__ import annotations

import json
import re
from functools import cache
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.logs import mask
from bot.tg.payload import Payload, Upload

_MEDIA_WRITE_S = 20.0
_JSON = {"Content-Type": "application/json"}
# One half of a character that JSON writes in two, without the other.
_HIGH, _LOW = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF = re.compile(rf"{_HIGH}(?!{_LOW})|(?<!{_HIGH}){_LOW}")


class Transport(BaseRequest):
    """One bounded pool of connections. getUpdates gets an instance of its own, so that it never waits for sends."""

    def __init__(self, *, connections: int = 256, timeout_s: float = 10.0, pool_s: float = 5.0) -> None:
        """`timeout_s` bounds connecting and every read; `pool_s` the wait for a free connection."""
        self._connections = connections
        self._timeout_s = timeout_s
        self._pool_s = pool_s
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer unless a call says otherwise."""
        return self._timeout_s

    async def initialize(self) -> None:
        """Open the session; opening twice is opening once."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | Payload | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. Raises TimedOut if it may have been done, another NetworkError if not."""
        if self._session is None:
            raise RuntimeError("the transport is not initialized")
        files = request_data is not None and request_data.contains_files
        timeout = self._timeout(
            _given(read_timeout, self._timeout_s),
            _given(write_timeout, _MEDIA_WRITE_S if files else self._timeout_s),
            _given(connect_timeout, self._timeout_s),
            _given(pool_timeout, self._pool_s),
        )
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                headers=_headers(request_data),
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                return _checked(response.status, await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NetworkError(mask(f"{type(error).__name__}: {error}")) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TimedOut(mask(f"No answer ({type(error).__name__}: {error})")) from error

    @staticmethod
    @cache
    def _timeout(
        read: float | None, write: float | None, connect: float | None, pool: float | None
    ) -> aiohttp.ClientTimeout:
        """Writing has no timeout of its own in aiohttp: it is bounded by the sum of all four."""
        parts = (read, write, connect, pool)
        total = None if None in parts else sum(part for part in parts if part is not None)
        waiting = None if connect is None or pool is None else connect + pool
        return aiohttp.ClientTimeout(total=total, connect=waiting, sock_connect=connect, sock_read=read)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The JSON object in a body. Raises TimedOut for anything else, without logging what it says: half an answer
        is no answer, and the call may have been done.

        A broken character is replaced: one update with such must not hold up all that follow it, nor can half a
        character ever be sent.
        """
        text = payload.decode("utf-8", "replace")
        try:
            data = json.loads(text)
            if ("\\ud" in text or "\\uD" in text) and _HALF.search(text):
                data = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
        except (ValueError, RecursionError) as error:
            raise TimedOut(f"The answer is not JSON: {len(payload)} bytes") from error
        if not isinstance(data, dict) or ("result" not in data and data.get("ok") is not False):
            raise TimedOut(f"The answer is not the Bot API's: {len(payload)} bytes")
        return data


def _given(value: ODVInput[float], default: float) -> float | None:
    return default if isinstance(value, DefaultValue) else value


def _headers(request_data: RequestData | Payload | None) -> dict[str, str] | None:
    return _JSON if type(request_data) is Payload else None


def _body(request_data: RequestData | Payload | None) -> aiohttp.FormData | bytes | None:
    """JSON, or a url-encoded form; with files multipart, whose names go as plain UTF-8: Telegram shows %E8 as it is."""
    if request_data is None:
        return None
    if isinstance(request_data, Payload) and not isinstance(request_data, Upload):
        return request_data.json_payload
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=_one_line(filename), content_type=mime)
    return form


def _one_line(filename: str) -> str:
    """Unquoted, a name must not end its own header."""
    return filename.translate({ord('"'): "'", ord("\\"): "_", ord("\r"): " ", ord("\n"): " "})


def _checked(status: int, body: bytes) -> tuple[int, bytes]:
    """An error status means what it says only if the Bot API's JSON stands behind it."""
    if status < HTTPStatus.MULTIPLE_CHOICES or _is_answer(body):
        return status, body
    kind = TimedOut if status == HTTPStatus.GATEWAY_TIMEOUT else NetworkError
    raise kind(f"HTTP {status} without the Bot API's answer: {len(body)} bytes")


def _is_answer(body: bytes) -> bool:
    try:
        Transport.parse_json_payload(body)
    except NetworkError:
        return False
    return True
