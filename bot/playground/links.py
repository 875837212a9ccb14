"""What Telegram links by itself in plain text: commands, mentions, hashtags, addresses."""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]
_PATTERN = re.compile(
    r"(?P<url>https?://[^\s<>\"'，。）]+|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|me|ai|dev|cn|de)\b(?:/[^\s<>]*)?)"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.]+\w)"
    r"|(?P<bot_command>(?<![\w/.:])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)"
    r"|(?P<mention>(?<![\w@])@[A-Za-z]\w{3,31})"
    r"|(?P<hashtag>(?<!\w)#[^\W\d]\w*)",
    re.IGNORECASE,
)


def units(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts offsets."""
    return len(text.encode("utf-16-le")) // 2


def linked(text: str, entities: list[Json]) -> list[Json]:
    """The given entities and the automatic ones that touch no link or code, by offset."""
    fixed = [entity for entity in entities if entity["type"] in {"pre", "code", "text_link", "text_mention"}]
    found = [entity for entity in _found(text) if not any(_touch(entity, other) for other in fixed)]
    return sorted([*entities, *found], key=lambda entity: (entity["offset"], -entity["length"]))


def _found(text: str) -> list[Json]:
    return [
        {"type": str(match.lastgroup), "offset": units(text[: match.start()]), "length": units(match.group())}
        for match in _PATTERN.finditer(text)
    ]


def _touch(one: Json, other: Json) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])
