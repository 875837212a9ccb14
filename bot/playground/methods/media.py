"""Photos and documents, kept as long as the playground runs."""

from __future__ import annotations

from typing import Any

from bot.playground.entities import formatted
from bot.playground.errors import bad
from bot.playground.files import extent
from bot.playground.links import linked
from bot.playground.methods import target
from bot.playground.methods.messages import deliver, edited, own
from bot.playground.miniature import Miniature
from bot.playground.wire import Params, Upload

Json = dict[str, Any]
_CAPTION = 1024
_MEDIA = {"photo", "document"}
_DOWNLOAD = 20 * 1024 * 1024  # bytes that a bot may fetch


def send_photo(mini: Miniature, asked: Params) -> Json:
    """Send a photo."""
    body = {"photo": [_size(mini, _file(asked, "photo"))], **_caption(asked)}
    return deliver(mini, asked, body, "can_send_photos")


def send_document(mini: Miniature, asked: Params) -> Json:
    """Send a file."""
    given = _file(asked, "document")
    named = {key: given[key] for key in ("file_name", "mime_type") if given.get(key)}
    return deliver(mini, asked, {"document": {**_kept(mini, given), **named}, **_caption(asked)}, "can_send_documents")


def edit_message_media(mini: Miniature, asked: Params) -> Json:
    """Put another photo or file into a message, and with it the caption and the keyboard."""
    media = asked.object("media")
    kind = str(media.get("type"))
    if kind not in {"photo", "document"}:
        raise bad("type of the media is unsupported" if kind else "media type is not specified")
    given = Params({**asked.raw, kind: media.get("media")})
    markup = target.keyboard(asked, inline_only=True)
    place, sent = own(mini, asked, "edit")
    if not _MEDIA.intersection(sent.body):
        raise bad("there is no media in the message to edit")
    content = [_size(mini, _file(given, kind))] if kind == "photo" else _kept(mini, _file(given, kind))
    rest = {key: value for key, value in sent.body.items() if key not in {*_MEDIA, "caption", "caption_entities"}}
    return edited(mini, place, sent, {**rest, kind: content, **_caption(Params(media))}, markup)


def get_file(mini: Miniature, asked: Params) -> Json:
    """Where to fetch a file: /file/bot<token>/<file_path>."""
    file_id = asked.text("file_id")
    if file_id not in mini.world.files:
        raise bad("wrong file_id or the file is temporarily unavailable")
    size = len(mini.world.files[file_id])
    if size > _DOWNLOAD:
        raise bad("file is too big")
    return {"file_id": file_id, "file_unique_id": f"AgAD{file_id[4:]}", "file_size": size, "file_path": file_id}


def _file(asked: Params, name: str) -> Json:
    """The upload, `attach://part` or direct; or a file_id or address sent as text."""
    value = asked.raw.get(name)
    if isinstance(value, str) and value.startswith("attach://"):
        value = asked.raw.get(value.removeprefix("attach://"))
    if not value:
        raise bad(f"there is no {name} in the request")
    return value if isinstance(value, dict) else {"file_id": str(value)}


def _size(mini: Miniature, given: Json) -> Json:
    """A photo in the one size there is."""
    kept = _kept(mini, given)
    width, height = extent(mini.world.files.get(kept["file_id"], b""))
    return {**kept, "width": width, "height": height}


def _kept(mini: Miniature, given: Json) -> Json:
    """The file's identifiers and size; an upload's content is kept. Raises RefusedError for a file nobody has sent."""
    if isinstance(given, Upload):
        file_id = f"BQAC{mini.identifiers.file()}"
        mini.world.files[file_id] = given.content
    else:
        file_id = given["file_id"]
    if file_id not in mini.world.files and "://" not in file_id:
        raise bad("wrong file identifier/HTTP URL specified")
    size = {"file_size": len(mini.world.files[file_id])} if file_id in mini.world.files else {}
    return {"file_id": file_id, "file_unique_id": f"AgAD{file_id[-16:]}", **size}


def _caption(asked: Params) -> Json:
    text, entities = formatted(asked.text("caption"), asked.decoded("caption_entities"), asked.text("parse_mode"))
    if len(text) > _CAPTION:
        raise bad("message caption is too long")
    if not text:
        return {}
    found = linked(text, entities)
    return {"caption": text} | ({"caption_entities": found} if found else {})
