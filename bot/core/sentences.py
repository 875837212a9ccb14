"""A text's sentences, Chinese and English, with their places."""

from __future__ import annotations

import re
from typing import NamedTuple

_END = re.compile(r"[。！？!?；;]|\.(?=\s|$)|\n")


class Sentence(NamedTuple):
    """A sentence with its mark at the end, without blanks around it: `start` and `end` in the text."""

    text: str
    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """All of them, in order; none that is only blanks. A decimal point ends none."""
    ends = [match.end() for match in _END.finditer(text)]
    found = (_stripped(text, start, end) for start, end in zip([0, *ends], [*ends, len(text)], strict=True))
    return [one for one in found if one.text]


def _stripped(text: str, start: int, end: int) -> Sentence:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    return Sentence(piece.strip(), first, first + len(piece.strip()))
