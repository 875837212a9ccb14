"""What a message looks like before it is sent: text, buttons, polls; and names made safe to show."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from bot.core.spacing import wide
from bot.core.text import ENTITY_LIMIT, MESSAGE_LIMIT, NOTHING, Text, join
from bot.tg.buttons import Button

Rows = tuple[tuple[Button, ...], ...]
NAME_LIMIT = 32
_JOINER = "\u2060"  # takes no room and keeps Telegram from linking what follows
_LINKABLE = re.compile(r"(?=[@/#$])|(?<=[@/#$.:])")
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_INVISIBLE = re.compile(
    r"[\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u2800\u3164\ufeff\uffa0"
    r"\U000e0000-\U000e007f]"
)
_JOINERS = "\u200c\u200d"  # hold emoji and some scripts together; by themselves they show nothing


@dataclass(frozen=True, slots=True)
class View:
    """One message: text of at most 4,096 units and rows of buttons."""

    text: Text
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class PollView:
    """A native quiz poll: plain prompt (<= 300), plain choices (<= 100) in original order, explanation (<= 200)."""

    prompt: str
    choices: tuple[str, ...]
    right: int
    explanation: Text = NOTHING


def name(raw: str) -> str:
    """A person's or chat's name on one line, without control or direction marks, nothing in it a link."""
    clean = " ".join(_INVISIBLE.sub("", _BREAKS.sub(" ", raw)).split())
    if not clean.strip(f"{_JOINERS} "):
        return "?"
    short = clean if len(clean) <= NAME_LIMIT else clean[: NAME_LIMIT - 1] + "…"
    return _LINKABLE.sub(_JOINER, short)


def short(text: str, limit: int = 24) -> str:
    """A text on one line, cut to `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def fitted(text: str, columns: int) -> str:
    """A text on one line, cut to so many columns, of which a Chinese character takes two; between words if it can."""
    line = " ".join(text.split())
    ends = list(accumulate(2 if wide(char) else 1 for char in line))
    if not ends or ends[-1] <= columns:
        return line
    cut = line[: bisect(ends, columns - 1)]
    space = cut.rfind(" ")
    return (cut[:space] if space > len(cut) * 2 // 3 else cut).rstrip() + "…"


def folded(head: Text, body: Text, tail: Text = NOTHING, limit: int = MESSAGE_LIMIT) -> tuple[Text, tuple[Text, ...]]:
    """One message: head, the body folded, the tail; and what of the body did not fit, as further messages."""
    room = limit - head.units - tail.units - 4
    styles = ENTITY_LIMIT - len(head.entities) - len(tail.entities) - 1  # the fold itself is one
    first, *rest = body.split(max(room, limit // 4), max(styles, 1)) if body else (NOTHING,)
    remainder = join("\n\n", rest) if rest else NOTHING
    return join("\n", (head, first.quote(folded=True), tail)), remainder.split(limit)


def labels(buttons: Iterable[Button], per_row: int) -> Rows:
    """Buttons in rows of `per_row`."""
    row = tuple(buttons)
    return tuple(row[at : at + per_row] for at in range(0, len(row), per_row))
