"""Photos and documents: remembered by name and size, their bytes are not kept."""

from __future__ import annotations

import secrets
from typing import Any

from bot.playground.entities import formatted
from bot.playground.errors import bad
from bot.playground.links import linked
from bot.playground.methods.messages import deliver
from bot.playground.miniature import Miniature
from bot.playground.wire import Params

Json = dict[str, Any]
_CAPTION = 1024


def send_photo(mini: Miniature, asked: Params) -> Json:
    """Send a photo."""
    given = _file(asked, "photo")
    size = {**_ids(given), "width": 1280, "height": 720} | _size(given)
    return deliver(mini, asked, {"photo": [size], **_caption(asked)}, "can_send_photos")


def send_document(mini: Miniature, asked: Params) -> Json:
    """Send a file."""
    given = _file(asked, "document")
    named = {key: given[key] for key in ("file_name", "mime_type") if given.get(key)}
    body = {"document": {**_ids(given), **named, **_size(given)}, **_caption(asked)}
    return deliver(mini, asked, body, "can_send_documents")


def _file(asked: Params, name: str) -> Json:
    """The upload, `attach://part` or direct; or a file_id or address sent as text."""
    value = asked.raw.get(name)
    if isinstance(value, str) and value.startswith("attach://"):
        value = asked.raw.get(value.removeprefix("attach://"))
    if not value:
        raise bad(f"there is no {name} in the request")
    return value if isinstance(value, dict) else {"file_id": str(value)}


def _ids(given: Json) -> Json:
    unique = secrets.token_urlsafe(12)
    return {"file_id": given.get("file_id", f"BQAC{unique}"), "file_unique_id": f"AgAD{unique}"}


def _size(given: Json) -> Json:
    return {"file_size": given["file_size"]} if "file_size" in given else {}


def _caption(asked: Params) -> Json:
    text, entities = formatted(asked.text("caption"), asked.decoded("caption_entities"), asked.text("parse_mode"))
    if len(text) > _CAPTION:
        raise bad("message caption is too long")
    if not text:
        return {}
    found = linked(text, entities)
    return {"caption": text} | ({"caption_entities": found} if found else {})
