"""Text with entities, as Telegram carries it: no markup, so a message cannot fail to parse.

Offsets and lengths are in UTF-16 code units (Telegram's rule); limits are counted with `Text.units`, the
stricter of the two ways Telegram counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

MESSAGE_LIMIT = 4096
ENTITY_LIMIT = 100
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_CODE = frozenset({"code", "pre"})  # Telegram lets no other style into these, nor these into a link


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class Entity:
    """One formatted stretch; `type` is a Bot API MessageEntity type."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None

    def moved(self, by: int) -> Entity:
        """The same stretch `by` units further on."""
        return Entity(self.type, self.offset + by, self.length, self.url, self.language) if by else self


@dataclass(frozen=True, slots=True)
class Text:
    """A string and the entities over it, outermost first."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    @property
    def units(self) -> int:
        """Length in UTF-16 code units."""
        return units(self.text)

    def __add__(self, other: Text | str) -> Text:
        """Both, one after the other."""
        return join("", (self, other))

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.text)

    def styled(self, kind: str, *, url: str | None = None, language: str | None = None) -> Text:
        """The whole text inside one more entity; an empty text stays as it is.

        Code stays as it is inside other styles, which leave it out; code and links take in no code.
        """
        whole = Entity(kind, 0, self.units, url, language)
        if not self.text or whole in self.entities:
            return self
        if kind in _QUOTES:
            return Text(self.text, (whole, *self.entities))
        if kind in _CODE:
            return Text(self.text, (whole,))
        if kind == "text_link":
            return Text(self.text, (whole, *(entity for entity in self.entities if entity.type not in _CODE)))
        inner = (entity for entity in self.entities if entity.type != kind)
        return Text(self.text, tuple(sorted((*self._around_code(whole), *inner), key=_outermost_first)))

    def _around_code(self, whole: Entity) -> list[Entity]:
        """The stretches of `whole` that lie between pieces of code."""
        parts, at = list[Entity](), 0
        for code in (entity for entity in self.entities if entity.type in _CODE):
            parts.append(replace(whole, offset=at, length=code.offset - at))
            at = code.offset + code.length
        parts.append(replace(whole, offset=at, length=whole.length - at))
        return [part for part in parts if part.length > 0]

    def bold(self) -> Text:
        """All of it in bold."""
        return self.styled("bold")

    def quote(self, *, folded: bool = False) -> Text:
        """All of it as a quotation, folded if wanted; quotations inside it are flattened, as Telegram nests none."""
        flat = tuple(entity for entity in self.entities if entity.type not in _QUOTES)
        return Text(self.text, flat).styled("expandable_blockquote" if folded else "blockquote")

    def slice(self, start: int, end: int) -> Text:
        """The part between two code unit offsets, with the entities cut to it."""
        raw = self.text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
        kept = (_cut(entity, start, end) for entity in self.entities)
        return Text(raw, tuple(entity for entity in kept if entity is not None))

    def stripped(self) -> Text:
        """Without blank space at both ends."""
        left = units(self.text) - units(self.text.lstrip())
        return self.slice(left, max(left, units(self.text.rstrip())))

    def split(self, limit: int = MESSAGE_LIMIT, styles: int = ENTITY_LIMIT) -> tuple[Text, ...]:
        """Pieces of at most `limit` (>= 2) units and `styles` entities, cut at paragraphs, else lines, else sentences,
        else anywhere."""
        pieces: list[Text] = []
        rest = self
        while rest.units > limit or len(rest.entities) > styles:
            at = _cut_point(rest.text, min(limit, rest._styled_up_to(styles)))
            pieces.append(rest.slice(0, at).stripped())
            rest = rest.slice(at, rest.units).stripped()
        return tuple(piece for piece in (*pieces, rest) if piece)

    def _styled_up_to(self, styles: int) -> int:
        """How many units carry no more than `styles` entities; two at the least, so that whoever cuts gets on."""
        return max(2, self.entities[styles].offset) if len(self.entities) > styles else self.units


NOTHING = Text()


def _outermost_first(entity: Entity) -> tuple[int, int]:
    return entity.offset, -entity.length


def _cut(entity: Entity, start: int, end: int) -> Entity | None:
    """The stretch of `entity` that lies within start..end, counted from start."""
    first, last = max(entity.offset, start), min(entity.offset + entity.length, end)
    return replace(entity, offset=first - start, length=last - first) if last > first else None


def _cut_point(text: str, limit: int) -> int:
    """Where to cut, in units: as late as a paragraph, line or sentence ends in the second half of the room."""
    head = text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", errors="ignore")
    for mark in ("\n\n", "\n", "。", ". ", "；", "，", " "):
        at = head.rfind(mark)
        if at >= len(head) // 2:
            return units(head[: at + len(mark)])
    return units(head)


def join(separator: str, parts: Iterable[Text | str]) -> Text:
    """All parts that are not empty, with `separator` between them."""
    texts: list[str] = []
    entities: list[Entity] = []
    offset = 0
    for part in parts:
        piece = Text(part) if isinstance(part, str) else part
        if not piece.text:
            continue
        offset += units(separator) if texts else 0
        entities += [entity.moved(offset) for entity in piece.entities]
        texts.append(piece.text)
        offset += piece.units
    return Text(separator.join(texts), tuple(entities))


def lines(*parts: Text | str) -> Text:
    """One part a line; empty parts leave no line."""
    return join("\n", parts)
