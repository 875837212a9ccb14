"""Formatted text as Telegram takes it: entities checked, blanks at the ends trimmed.

Telegram repairs some of what is refused here (overlapping code, quotes in quotes, more than 100 entities): whoever
passes this passes there, and shows what was meant.
"""

from __future__ import annotations

from typing import Any

from bot.playground.errors import bad, unmodelled
from bot.playground.html import parse
from bot.playground.links import units

Json = dict[str, Any]
MOST = 100
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_CODE = frozenset({"pre", "code"})
_PLAIN = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_AUTOMATIC = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})
_EXTRA = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id", "date_time": "unix_time"}
KINDS = _QUOTES | _CODE | _PLAIN | _AUTOMATIC | frozenset(_EXTRA)
_KEPT = ("type", "offset", "length", "url", "user", "language", "custom_emoji_id", "unix_time", "date_time_format")


def formatted(text: str, entities: Any, parse_mode: str) -> tuple[str, list[Json]]:  # noqa: ANN401 - from the wire
    """The text as shown and its entities, checked. Raises RefusedError."""
    if parse_mode.lower() == "html":
        text, entities = parse(text)
    elif parse_mode:
        raise unmodelled(f"parse_mode {parse_mode}; send entities or HTML")
    checked = check(text, entities or [])
    return _trimmed(text, checked)


def check(text: str, entities: Any) -> list[Json]:  # noqa: ANN401 - from the wire
    """The entities in order. Raises RefusedError for what does not fit the text or one another."""
    if not isinstance(entities, list) or not all(isinstance(entity, dict) for entity in entities):
        raise bad("can't parse entities: expected an Array of MessageEntity")
    if len(entities) > MOST:
        raise bad("ENTITIES_TOO_LONG")
    for entity in entities:
        _check_one(entity)
    ordered = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    _check_bounds(text, ordered)
    _check_nesting(ordered)
    return [{key: entity[key] for key in _KEPT if entity.get(key) is not None} for entity in ordered]


def _check_one(entity: Json) -> None:
    kind = str(entity.get("type"))
    if kind not in KINDS:
        raise bad("can't parse entities: unsupported type specified")
    for name in ("offset", "length"):
        if type(entity.get(name)) is not int:
            raise bad(f'can\'t parse entities: field "{name}" must be of type Number')
    if entity["offset"] < 0:
        raise bad(f"receive an entity with incorrect offset {entity['offset']}")
    if entity["length"] <= 0:
        raise bad(f"receive an entity with incorrect length {entity['length']}")
    if kind in _EXTRA and not entity.get(_EXTRA[kind]):
        raise bad(f"can't parse entities: can't find field \"{_EXTRA[kind]}\"")


def _check_bounds(text: str, entities: list[Json]) -> None:
    end = units(text)
    inside = _inside_pairs(text)
    for entity in entities:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        if start in inside:
            raise bad(f"entity begins in a middle of a UTF-16 symbol at byte offset {inside[start]}")
        if start >= end:
            raise bad(f"entity begins after the end of the text at UTF-16 offset {start}")
        if stop in inside:
            where = f"ends in a middle of a UTF-16 symbol at byte offset {inside[stop]}"
            raise bad(f"entity beginning at UTF-16 offset {start} {where}")
        if stop > end:
            raise bad(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {stop}"
            )


def _inside_pairs(text: str) -> dict[int, int]:
    """UTF-16 offsets between the halves of a surrogate pair -> the byte offset behind the character."""
    found, unit, byte = {}, 0, 0
    for character in text:
        byte += len(character.encode())
        if ord(character) > 0xFFFF:
            found[unit + 1] = byte
            unit += 1
        unit += 1
    return found


def _check_nesting(entities: list[Json]) -> None:
    """`entities` are in order, so of two that meet the later one begins inside the earlier one."""
    for index, outer in enumerate(entities):
        for inner in entities[index + 1 :]:
            if inner["offset"] >= outer["offset"] + outer["length"]:
                break
            _check_pair(outer, inner)


def _check_pair(outer: Json, inner: Json) -> None:
    kinds = {outer["type"], inner["type"]}
    crossing = inner["offset"] + inner["length"] > outer["offset"] + outer["length"]
    if kinds <= _QUOTES:
        raise bad("can't parse entities: blockquote entities can't be nested")
    if kinds & _CODE and not kinds & _QUOTES:
        raise bad("can't parse entities: pre and code entities can't contain or be part of other entities")
    if crossing and not kinds <= _PLAIN:
        raise bad(f"can't parse entities: {outer['type']} and {inner['type']} overlap")


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cut blanks off both ends, as Telegram does, and the entities to what is left."""
    body = text.lstrip()
    cut = units(text) - units(body)
    body = body.rstrip()
    end = units(body)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        stop = min(entity["offset"] + entity["length"] - cut, end)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return body, kept
