"""Telegram's small HTML: text with tags -> text with entities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from bot.playground.errors import bad
from bot.playground.links import units

Json = dict[str, Any]
_KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}


def parse(text: str) -> tuple[str, list[Json]]:
    """The text without tags, and the entities they meant. Raises RefusedError "can't parse entities: …"."""
    declared = re.search("<[!?]", text)  # comments and declarations are no more to Telegram than other wrong tags
    if declared:
        offset = len(text[: declared.start()].encode())
        raise bad(f'can\'t parse entities: Unsupported start tag "" at byte offset {offset}')
    reader = _Reader(text)
    reader.feed(text)
    reader.close()
    if reader.open:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{reader.open[-1].tag}\"")
    return reader.text, reader.entities


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    offset: int
    entity: Json


class _Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self._lines = text.split("\n")
        self.text = ""
        self.entities: list[Json] = []
        self.open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in _KINDS or (tag == "span" and given.get("class") != "tg-spoiler"):
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {self._at()}')
        self.open.append(_Open(tag, units(self.text), _entity(tag, given)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open:
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {self._at()}")
        last = self.open.pop()
        if last.tag != tag:
            raise bad(f'can\'t parse entities: Unmatched end tag, expected "</{last.tag}>", found "</{tag}>"')
        length = units(self.text) - last.offset
        if length and last.entity:
            self._close({**last.entity, "offset": last.offset, "length": length})

    def handle_data(self, data: str) -> None:
        self.text += data

    def _at(self) -> int:
        """Where the tag being read begins, in bytes."""
        line, column = self.getpos()
        return len("\n".join([*self._lines[: line - 1], self._lines[line - 1][:column]]).encode())

    def _close(self, entity: Json) -> None:
        """A <code class="language-x"> that fills its <pre> names the language of the pre."""
        code = self.entities[-1] if self.entities else {}
        same = (code.get("offset"), code.get("length")) == (entity["offset"], entity["length"])
        if entity["type"] == "pre" and code.get("type") == "code" and same:
            self.entities.pop()
            entity |= {"language": code["language"]} if "language" in code else {}
        elif entity["type"] == "code" and not any(tag.tag == "pre" for tag in self.open):
            entity.pop("language", None)
        self.entities.append(entity)


def _entity(tag: str, given: dict[str, str | None]) -> Json:
    if tag == "blockquote" and "expandable" in given:
        return {"type": "expandable_blockquote"}
    if tag == "a":
        return {"type": "text_link", "url": given["href"]} if given.get("href") else {}
    if tag == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": given.get("emoji-id")}
    language = (given.get("class") or "").removeprefix("language-") if tag == "code" else ""
    return {"type": _KINDS[tag], "language": language} if language else {"type": _KINDS[tag]}
