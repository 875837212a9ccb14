"""What the picture of a person's progress shows: numbers, and every word ready to be drawn."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
_DRAWING = 2  # raised when the same sheet looks different, so that kept pictures are drawn anew


@dataclass(frozen=True, slots=True)
class Tile:
    """One large number with what it is above it and what belongs to it below."""

    title: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Year:
    """Reviews a day, from `first`, which is a Monday, to the last study day there is.

    `months` are twelve names, `weekdays` seven from Monday on, an empty one is not written; `less` and `more` stand at
    the ends of the legend.
    """

    title: str
    note: str
    first: date
    counts: tuple[int, ...]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    less: str
    more: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many reviews each of the next days brings, the first is today; `days` names them."""

    title: str
    note: str
    counts: tuple[int, ...]
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A topic: how many of its `total` questions are mature and how many are young, with the label behind the bar."""

    name: str
    mature: int
    young: int
    total: int
    label: str


@dataclass(frozen=True, slots=True)
class Mastery:
    """Topic by topic; the legend names mature, young and new questions."""

    title: str
    legend: tuple[str, str, str]
    bars: tuple[Bar, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole picture, from above to below."""

    tiles: tuple[Tile, ...]
    year: Year
    ahead: Ahead
    mastery: Mastery

    def digest(self, theme: Theme) -> str:
        """The same for the same picture, and for no other."""
        return hashlib.sha256(f"{_DRAWING} {theme} {self!r}".encode()).hexdigest()[:32]
