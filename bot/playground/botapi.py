"""The Bot API over HTTP: tokens, faults, the record, and the envelope around every answer."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import re
import time
from typing import Any

from aiohttp import web

from bot.playground import wire
from bot.playground.errors import RefusedError, unmodelled
from bot.playground.faults import ANY, Fault
from bot.playground.limits import flood
from bot.playground.methods.table import METHODS, canonical
from bot.playground.miniature import Miniature
from bot.playground.record import DROPPED, Call
from bot.playground.updates import OTHER_READER

Json = dict[str, Any]
_LOG = logging.getLogger(__name__)
_TOKEN = re.compile(r"\d+:[\w-]+")
_REFUSALS = {
    "revoked": ("", "Unauthorized"),
    "400": ("Bad Request: ", "chat not found"),
    "403": ("Forbidden: ", "bot was blocked by the user"),
    "409": ("Conflict: ", OTHER_READER),
    "429": ("Too Many Requests: ", ""),
    "500": ("", "Internal Server Error"),
}
_UNREADABLE = frozenset({"drop_after", "truncated", "garbled"})  # done, and no answer that could be read
_REVOKED = Fault(0, ANY, "revoked", 0, 0, "", None)
_IMAGES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"RIFF": "image/webp"}
_HTML = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


class BotApi:
    """`/bot<token>/<method>`. With a `token` no other is let in; without, any of the right shape."""

    def __init__(self, mini: Miniature, token: str | None) -> None:
        self._mini = mini
        self._token = token

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request of a bot."""
        refusal = self._stranger(request.match_info["token"])
        if refusal is not None:
            return _respond(refusal.code, wire.failure(refusal))
        method = canonical(request.match_info["method"])
        try:
            params = await wire.read(request)
        except RefusedError as refused:
            return _respond(refused.code, wire.failure(refused))
        call, began = self._mini.record.called(method, params), time.perf_counter()
        await self._with_faults(call, self._fault(method, params))
        self._mini.record.answered(call, 1000 * (time.perf_counter() - began))
        self._mini.events.stir()
        return await self._answer(request, call)

    async def file(self, request: web.Request) -> web.Response:
        """Answer with a file's content, as `/file/bot<token>/<file_path>` does."""
        if self._stranger(request.match_info["token"]) is not None or self._mini.faults.revoked:
            return _respond(404, wire.failure(RefusedError(404, "Not Found")))
        return stored(self._mini, request.match_info["path"])

    def _stranger(self, token: str) -> RefusedError | None:
        if not re.match(r"\d+:", token):
            return RefusedError(404, "Not Found")
        wrong = self._token is not None and token != self._token
        return RefusedError(401, "Unauthorized") if wrong or not _TOKEN.fullmatch(token) else None

    def _fault(self, method: str, params: Json) -> Fault | None:
        """What hits this call; with the token revoked no other fault is used up."""
        if not self._mini.faults.revoked:
            return self._mini.faults.take(method, params)
        self._mini.faults.note(method, "revoked")
        return _REVOKED

    async def _with_faults(self, call: Call, fault: Fault | None) -> None:
        """Fill in the call's status and answer, as far as `fault` lets it come."""
        call.fault = kind = fault.kind if fault else ""
        if fault and kind == "delay":
            await asyncio.sleep(fault.seconds)
        if fault and kind in _REFUSALS:
            refused = _refusal(fault)
            call.status, call.answer = refused.code, wire.failure(refused)
        elif kind == "502":
            call.status, call.answer = 502, _HTML
        elif kind == "drop_before":
            call.status = DROPPED
        else:
            await self._run(call)
            call.status = DROPPED if kind in _UNREADABLE else call.status
        if fault and kind == "late":
            await asyncio.sleep(fault.seconds)

    async def _answer(self, request: web.Request, call: Call) -> web.StreamResponse:
        """The answer, or what a fault leaves of it."""
        if call.fault == "truncated":
            return await _broken_off(request, json.dumps(call.answer).encode())
        if call.fault == "garbled":
            return web.Response(body=_half(json.dumps(call.answer).encode()), content_type="application/json")
        if call.status == DROPPED:
            _cut(request)
        return _respond(call.status or 500, call.answer)

    async def _run(self, call: Call) -> None:
        try:
            result = await self._result(call)
        except RefusedError as refused:
            call.status, call.answer = refused.code, wire.failure(refused)
        except Exception as error:  # noqa: BLE001 - a bug here must look like one, not like a broken line
            _LOG.exception("The playground failed in %s", call.method)
            broken = RefusedError(500, f"Internal Server Error: the playground failed with {error!r}")
            call.status, call.answer = broken.code, wire.failure(broken)
        else:
            call.status, call.answer = 200, wire.success(result)

    async def _result(self, call: Call) -> Any:  # noqa: ANN401 - any JSON
        if call.method not in METHODS:
            raise unmodelled(f"the method {call.method}")
        result = METHODS[call.method](self._mini, wire.Params(call.params))
        return await result if inspect.isawaitable(result) else result


def stored(mini: Miniature, file_id: str) -> web.Response:
    """A file's content; 404 for one that was never uploaded here."""
    if file_id not in mini.world.files:
        return _respond(404, wire.failure(RefusedError(404, "Not Found")))
    content = mini.world.files[file_id]
    kind = next((kind for magic, kind in _IMAGES.items() if content.startswith(magic)), "application/octet-stream")
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=content, content_type=kind, headers=headers)


def _refusal(fault: Fault) -> RefusedError:
    if fault.kind == "429":
        return flood(max(1, round(fault.seconds)))
    prefix, usual = _REFUSALS[fault.kind]
    return RefusedError(401 if fault is _REVOKED else int(fault.kind), prefix + (fault.description or usual))


def _respond(status: int, answer: Any) -> web.Response:  # noqa: ANN401 - any JSON, or a page
    if isinstance(answer, str):
        return web.Response(status=status, text=answer, content_type="text/html")
    return web.json_response(answer, status=status)


async def _broken_off(request: web.Request, body: bytes) -> web.StreamResponse:
    """Half of an answer that was announced as a whole one, and then the line breaks."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(_half(body))
    if request.transport is not None:
        request.transport.close()  # flushes, unlike abort: the half arrives
    return response


def _half(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
