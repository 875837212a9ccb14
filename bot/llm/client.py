"""One call to an endpoint that speaks OpenAI's chat completions: text in, text out, or why not.

Nothing that comes back is trusted: it is bounded in time and size, taken as it is (no redirect followed, nothing
unpacked), and never logged.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, Literal, Self

import aiohttp

from bot.core.errors import KaoguanError
from bot.core.opinions import Brief

Why = Literal["timeout", "unreached", "status", "busy", "redirect", "large", "unreadable"]
"""`unreached`: no connection, or it broke; `status`: an error's; `busy`: 429; `large`: more than any reply needs."""
_MOST = 256 * 1024  # bytes of a reply
_CHUNK = 16 * 1024
_TOKENS = 2000  # of a reply: some fifteen points with their quotations
_CONNECTIONS = 16


class UnansweredError(KaoguanError):
    """No reply could be had; `why`, the HTTP `status` if it is that, and after how many seconds to try again."""

    def __init__(self, why: Why, status: int | None = None, retry_after_s: float | None = None) -> None:
        super().__init__(f"The endpoint gave no reply ({why}).")
        self.why = why
        self.status = status
        self.retry_after_s = retry_after_s


class Client:
    """A session with the endpoint, from `async with` to its end. Certificates are verified, proxies of the environment
    and cookies are not used."""

    def __init__(self, base_url: str, key: str, model: str, timeout_s: float) -> None:
        """`base_url` is what `/chat/completions` is appended to; `timeout_s` bounds a call from beginning to end."""
        self.model = model
        self._url = f"{base_url}/chat/completions"
        self._key = key
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=self._timeout,
            auto_decompress=False,
            headers={"User-Agent": "kaoguan", "Accept-Encoding": "identity"},
        )
        return self

    async def __aexit__(self, *_error: object) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def ask(self, brief: Brief) -> str:
        """What the model says. Raises UnansweredError."""
        try:
            return _content(await self._post(brief))
        except TimeoutError as error:
            raise UnansweredError("timeout") from error
        except (aiohttp.ClientError, OSError) as error:
            raise UnansweredError("unreached") from error

    async def _post(self, brief: Brief) -> bytes:
        if self._session is None:
            raise UnansweredError("unreached")
        messages = [{"role": "system", "content": brief.system}, {"role": "user", "content": brief.user}]
        body = {"model": self.model, "messages": messages, "temperature": 0, "max_tokens": _TOKENS, "stream": False}
        headers = {"Authorization": f"Bearer {self._key}"}
        async with self._session.post(self._url, json=body, headers=headers, allow_redirects=False) as response:
            _check(response)
            return await _body(response)


def _check(response: aiohttp.ClientResponse) -> None:
    """Raises UnansweredError for anything but success."""
    status = response.status
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise UnansweredError("busy", status, _seconds(response.headers.get("Retry-After", "")))
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise UnansweredError("redirect", status)
    if status != HTTPStatus.OK:
        raise UnansweredError("status", status)


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """All of it. Raises UnansweredError as soon as it is too much."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > _MOST:
            raise UnansweredError("large")
    return bytes(body)


def _content(body: bytes) -> str:
    """The text of the first choice. Raises UnansweredError."""
    try:
        said: Any = json.loads(body)
        content = said["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise UnansweredError("unreadable") from error
    if not isinstance(content, str):
        raise UnansweredError("unreadable")
    return content


def _seconds(value: str) -> float | None:
    """A Retry-After in seconds; its other form, a date, is not read."""
    return float(value) if value.isascii() and value.isdigit() and len(value) < 6 else None
