"""Requests as clients send them (query, form, multipart, JSON) and answers as Telegram writes them."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from bot.playground.errors import RefusedError, bad

Json = dict[str, Any]
_TRUE = frozenset({"true", "yes", "1"})


class Upload(dict[str, Any]):
    """An uploaded file: {file_name, mime_type, file_size}, and its content apart, which no record repeats."""

    content: bytes = b""


async def read(request: web.Request) -> Json:
    """Every parameter by name: texts as sent, files as Upload."""
    params: Json = dict(request.query)
    if request.content_type == "application/json":
        body = await _json_body(request)
        return params | body
    if request.can_read_body:
        params |= {name: _field(value) for name, value in (await request.post()).items()}
    return params


async def _json_body(request: web.Request) -> Json:
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad("object expected as request body")
    return body


def _field(value: Any) -> Any:  # noqa: ANN401 - a form's values
    if isinstance(value, FileField):
        content = value.file.read()
        upload = Upload(file_name=value.filename, mime_type=value.content_type, file_size=len(content))
        upload.content = content
        return upload
    return value.decode() if isinstance(value, bytes | bytearray) else value


class Params:
    """A request's parameters, typed on reading. Every reader raises RefusedError 400 for what cannot be read."""

    def __init__(self, raw: Json) -> None:
        self.raw = raw

    def has(self, name: str) -> bool:
        """Whether the parameter was sent with anything in it."""
        value = self.raw.get(name)
        return value is not None and value != ""

    def text(self, name: str, default: str = "") -> str:
        """A text; `default` when not sent."""
        value = self.raw.get(name)
        return default if value is None else str(value)

    def flag(self, name: str) -> bool:
        """A Boolean; False when not sent."""
        return str(self.raw.get(name, "")).lower() in _TRUE

    def number(self, name: str, default: int = 0) -> int:
        """An Integer; `default` when not sent."""
        if not self.has(name):
            return default
        try:
            return int(self.raw[name])
        except (TypeError, ValueError, OverflowError):
            raise bad(f"invalid {name} specified") from None

    def decoded(self, name: str) -> Any:  # noqa: ANN401 - any JSON
        """A JSON-serialised parameter; None when not sent."""
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None

    def object(self, name: str) -> Json:
        """A JSON-serialised object; {} when not sent."""
        value = self.decoded(name)
        if value is not None and not isinstance(value, dict):
            raise bad(f"object expected as {name.replace('_', ' ')}")
        return value or {}


def success(result: Any) -> Json:  # noqa: ANN401 - any JSON
    """The envelope of an answer."""
    return {"ok": True, "result": result}


def failure(refused: RefusedError) -> Json:
    """The envelope of a refusal."""
    envelope: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
    return envelope | ({"parameters": refused.parameters} if refused.parameters else {})
