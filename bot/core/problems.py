"""A mistake in a bank, told so that its author can mend it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import NamedTuple


class Problem(NamedTuple):
    """Where the mistake is and one plain English sentence that says what to do; lines count from 1."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """As the check prints it."""
        return f"{self.path}:{self.line}: {self.sentence}"


def did_you_mean(word: str, known: tuple[str, ...]) -> str:
    """“did you mean …?” with the nearest known word; empty where none is near."""
    near = get_close_matches(word.casefold(), known, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else ""


def quoted(text: str, limit: int = 40) -> str:
    """The beginning of an author's text in quotation marks, on one line."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= limit else line[: limit - 1] + '…'}”"
