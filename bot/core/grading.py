"""Choices: the order they are shown in, their letters, and whether one is right."""

from __future__ import annotations

import hashlib

from bot.core.review import Rating

LETTERS = "ABCDEFGHIJKL"  # a question has at most twelve choices
_DIGITS = "0123456789ab"


def shuffled(count: int, seed: str) -> str:
    """The original indexes 0..count-1 in the order to show them, one base-12 digit each: "2031".

    The same seed gives the same order on every machine; another seed gives another one.
    """
    order = sorted(range(count), key=lambda index: hashlib.sha256(f"{seed}/{index}".encode()).digest())
    return "".join(_DIGITS[index] for index in order)


def shown(choices: str) -> tuple[int, ...]:
    """The original indexes that `shuffled` wrote down, in shown order."""
    return tuple(_DIGITS.index(digit) for digit in choices)


def letter(choices: str, index: int) -> str:
    """The letter under which the choice with the original index `index` is shown."""
    return LETTERS[shown(choices).index(index)]


def rating_of(right: bool) -> Rating:  # noqa: FBT001 - it is the one thing it is about
    """What an answer says about memory before the person says more: wrong is Again, right is Good."""
    return Rating.GOOD if right else Rating.AGAIN
