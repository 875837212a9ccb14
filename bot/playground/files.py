"""What a person's file is to Telegram: a photo, something to hear, or just a file."""

from __future__ import annotations

import mimetypes
from typing import Any, Literal, NamedTuple, get_args

from bot.playground.errors import NotPossibleError

Json = dict[str, Any]
Kind = Literal["photo", "audio", "voice", "video_note", "document"]
_PNG = b"\x89PNG\r\n\x1a\n"
_SECONDS, _ACROSS = 3, 240  # of what is recorded: nobody looks into it
_RIGHTS: dict[Kind, str] = {
    "photo": "can_send_photos",
    "audio": "can_send_audios",
    "voice": "can_send_voice_notes",
    "video_note": "can_send_video_notes",
    "document": "can_send_documents",
}


class Attached(NamedTuple):
    """A message's field with its value, and the right it takes to send it."""

    field: Kind
    value: Json | list[Json]
    right: str


def attached(name: str, content: bytes, file: Json, kind: str = "") -> Attached:
    """The file as the apps send it when it is picked, or as that `kind`; `file` holds its identifiers. Raises
    NotPossibleError for a kind there is not."""
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    meant = next((known for known in get_args(Kind) if known == (kind or _guessed(mime))), None)
    if meant is None:
        raise NotPossibleError(f"A file is one of {', '.join(get_args(Kind))}.")
    value: Json = file | {"file_size": len(content)}
    named = {"file_name": name, "mime_type": mime}
    width, height = extent(content)
    more: dict[Kind, Json] = {
        "photo": {"width": width, "height": height},
        "audio": named | {"duration": _SECONDS},
        "voice": {"mime_type": mime, "duration": _SECONDS},
        "video_note": {"length": _ACROSS, "duration": _SECONDS},
        "document": named,
    }
    value |= more[meant]
    return Attached(meant, [value] if meant == "photo" else value, _RIGHTS[meant])


def extent(content: bytes) -> tuple[int, int]:
    """Width and height in pixels: a PNG tells its own, for others a guess must do."""
    if not content.startswith(_PNG):
        return 1280, 720
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _guessed(mime: str) -> Kind:
    """Pictures are shown, and what is recorded with a phone is a voice note."""
    if mime.startswith("image/"):
        return "photo"
    if mime in {"audio/ogg", "audio/opus"}:
        return "voice"
    return "audio" if mime.startswith("audio/") else "document"
