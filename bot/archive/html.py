"""A text with entities as HTML, for a card in Anki."""

from __future__ import annotations

from html import escape

from bot.core.text import Entity, Text

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def of(text: Text) -> str:
    """The text with a tag for each entity, and a <br> for each line that ends outside of code."""
    edges = sorted({0, text.units, *(edge for entity in text.entities for edge in _edges(entity))})
    parts: list[str] = []
    inside: list[Entity] = []
    for start, end in zip(edges, [*edges[1:], text.units], strict=True):
        parts += _changed(inside, start, text.entities)
        parts.append(_words(text.slice(start, end).text, inside))
    return "".join(parts)


def _changed(inside: list[Entity], at: int, entities: tuple[Entity, ...]) -> list[str]:
    """The tags that end and begin at this offset; one inside another that ends first is closed and opened again."""
    going = [entity for entity in inside if sum(_span(entity)) > at]
    same = next((n for n, entity in enumerate(inside) if entity not in going), len(inside))
    closed = [_end(entity) for entity in reversed(inside[same:])]
    opened = [*going[same:], *(entity for entity in entities if entity.offset == at and entity.length)]
    inside[:] = [*inside[:same], *opened]
    return [*closed, *map(_start, opened)]


def _words(text: str, inside: list[Entity]) -> str:
    safe = escape(text, quote=False)
    return safe if any(entity.type == "pre" for entity in inside) else safe.replace("\n", "<br>")


def _span(entity: Entity) -> tuple[int, int]:
    return entity.offset, entity.length


def _edges(entity: Entity) -> tuple[int, int]:
    return entity.offset, entity.offset + entity.length


def _start(entity: Entity) -> str:
    if entity.type == "text_link":
        return f'<a href="{escape(entity.url or "")}">'
    return f"<{_TAGS.get(entity.type, 'span')}>"


def _end(entity: Entity) -> str:
    return "</a>" if entity.type == "text_link" else f"</{_TAGS.get(entity.type, 'span')}>"
