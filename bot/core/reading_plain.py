"""Plain banks as people write them: `&nbsp;` for indentation, a backslash where a line was wrapped."""

from __future__ import annotations

import re

_INDENT = re.compile(r"(?:&(?:nbsp|emsp|ensp);|[\u3000\xa0])+[ \t]*")
_INDENTED = re.compile(rf"^{_INDENT.pattern}", re.MULTILINE)
_FENCE = re.compile(r"[ \t]*(```|~~~)")


def is_indented(source: str) -> bool:
    """Whether any line begins with such an indentation."""
    return _INDENTED.search(source) is not None


def unwrapped(body: str) -> str:
    """The text with wraps as soft line breaks; an indented line begins on a line of its own.

    A backslash at a line's end, which Markdown takes for a break, was mostly meant as a wrap: in the middle of
    sentences. Lines are neither added nor removed, so that a mistake's line stays right.
    """
    rows = body.split("\n")
    fenced = False
    for place, row in enumerate(rows):
        if _FENCE.match(row):
            fenced = not fenced
        elif not fenced:
            text = _INDENT.sub("", row, count=1) if _INDENT.match(row) else row
            text = text.rstrip().removesuffix("\\").rstrip()
            following = rows[place + 1] if place + 1 < len(rows) else ""
            rows[place] = text + "\\" if text and _INDENT.match(following) else text
    return "\n".join(rows)
