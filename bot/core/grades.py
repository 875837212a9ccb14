"""What an answer in words is worth: points hit and missed, wrong claims, doubts, and a rating to suggest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.core.review import Rating

Band = Literal["solid", "partial", "not-yet"]
Flag = Literal["empty", "unknown", "echo", "copy", "list", "scatter", "tangle", "elsewhere"]
"""`empty`: no words; `unknown`: says it is not known; `echo`: the question said again; `copy`: the reference nearly
word for word; `list`: terms in a row; `scatter`: a few terms in a long text, as chance would do it; `tangle`: terms of
several points mixed within clauses; `elsewhere`: an answer to a question near this one."""


class Hit(NamedTuple):
    """A point that was made, by its id, with the person's own words for it (never empty)."""

    point: str
    quote: str


class Mistake(NamedTuple):
    """A wrong claim, by its id, with the person's own words for it."""

    claim: str
    quote: str


@dataclass(frozen=True, slots=True)
class Grade:
    """An answer graded: `score` 0..100; `sure` is False where the person had better check.

    `hits` and `missed` follow the rubric's order, each point being in one of them.
    """

    score: int
    band: Band
    rating: Rating
    sure: bool
    hits: tuple[Hit, ...] = ()
    missed: tuple[str, ...] = ()
    wrong: tuple[Mistake, ...] = ()
    flags: tuple[Flag, ...] = ()
