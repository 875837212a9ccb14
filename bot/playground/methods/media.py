"""Photos and documents, kept as long as the playground runs."""

from __future__ import annotations

from typing import Any

from bot.playground.entities import formatted
from bot.playground.errors import bad
from bot.playground.links import linked
from bot.playground.methods.messages import deliver
from bot.playground.miniature import Miniature
from bot.playground.wire import Params, Upload

Json = dict[str, Any]
_CAPTION = 1024
_PNG = b"\x89PNG\r\n\x1a\n"


def send_photo(mini: Miniature, asked: Params) -> Json:
    """Send a photo."""
    given = _file(asked, "photo")
    width, height = _extent(given)
    size = {**_kept(mini, given), "width": width, "height": height}
    return deliver(mini, asked, {"photo": [size], **_caption(asked)}, "can_send_photos")


def send_document(mini: Miniature, asked: Params) -> Json:
    """Send a file."""
    given = _file(asked, "document")
    named = {key: given[key] for key in ("file_name", "mime_type") if given.get(key)}
    return deliver(mini, asked, {"document": {**_kept(mini, given), **named}, **_caption(asked)}, "can_send_documents")


def get_file(mini: Miniature, asked: Params) -> Json:
    """Where to fetch a file: /file/bot<token>/<file_path>."""
    file_id = asked.text("file_id")
    if file_id not in mini.world.files:
        raise bad("wrong file_id or the file is temporarily unavailable")
    size = len(mini.world.files[file_id])
    return {"file_id": file_id, "file_unique_id": f"AgAD{file_id[4:]}", "file_size": size, "file_path": file_id}


def _file(asked: Params, name: str) -> Json:
    """The upload, `attach://part` or direct; or a file_id or address sent as text."""
    value = asked.raw.get(name)
    if isinstance(value, str) and value.startswith("attach://"):
        value = asked.raw.get(value.removeprefix("attach://"))
    if not value:
        raise bad(f"there is no {name} in the request")
    return value if isinstance(value, dict) else {"file_id": str(value)}


def _kept(mini: Miniature, given: Json) -> Json:
    """The file's identifiers and size; an upload's content is kept."""
    unique = mini.identifiers.file()
    file_id = given.get("file_id", f"BQAC{unique}")
    if isinstance(given, Upload):
        mini.world.files[file_id] = given.content
    size = {"file_size": given["file_size"]} if "file_size" in given else {}
    return {"file_id": file_id, "file_unique_id": f"AgAD{unique}", **size}


def _extent(given: Json) -> tuple[int, int]:
    """Width and height in pixels: a PNG tells its own, for others a guess must do."""
    content = given.content if isinstance(given, Upload) else b""
    if not content.startswith(_PNG):
        return 1280, 720
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _caption(asked: Params) -> Json:
    text, entities = formatted(asked.text("caption"), asked.decoded("caption_entities"), asked.text("parse_mode"))
    if len(text) > _CAPTION:
        raise bad("message caption is too long")
    if not text:
        return {}
    found = linked(text, entities)
    return {"caption": text} | ({"caption_entities": found} if found else {})
