"""How near an answer's wording is to model answers: cosine of n-grams, with logarithmic counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt
from typing import NamedTuple

from bot.core.folding import Folded, fold

# Honest answers seldom come nearer: measured on short answers in Chinese, nine in ten stay below.
_NEAR = 0.6
_HAN, _WORD = re.compile(r"[\u3400-\u9fff]+"), re.compile(r"[a-z0-9]+")
_STEM = 6  # letters of a Latin word
_FUNCTION_WORD = re.compile(
    "is|are|was|were|be|been|being|the|an?|of|so|by|because|that|which|its?|to|makes?|can|will|would|as|if|when|not|does|do|"
    "and|or|in|on|at|over|with|for|from|each|one|than|their|they|then|we|you|has|have|had|there|but|only|every|into|this|"
    "those|these|no|such|also|more|most|much|many|very|just|like|other|same|both|all|any|some|between|before|after|about|"
    "up|out|how|what|why|where|who"
)
_CHINESE = 0.3  # of a text's n-grams: such a text is Chinese; with a third of that it is not


class _Vector(NamedTuple):
    """A text's n-grams by their weight, the length of that, and the share of Chinese ones."""

    weights: dict[str, float]
    length: float
    chinese: float


def similarity(answer: Folded, references: Sequence[str]) -> float | None:
    """0..1 to the nearest reference; None where no reference is in the answer's language, or there is none."""
    own = _vector(answer.text)
    near = [_cosine(own, other) for other in map(_of_reference, references) if _comparable(own, other)]
    return min(1.0, max(near) / _NEAR) if near else None


def share_within(answer: Folded, other: str, size: int) -> float:
    """Which share of the answer's n-grams of that size stands in the other text, too; 0 for an answer without any."""
    own, theirs = _runs(answer.text, size), _runs_of(other, size)
    return sum(gram in theirs for gram in own) / len(own) if own else 0.0


def _runs(text: str, size: int) -> list[str]:
    letters = "".join(char for char in text if char.isalnum())
    return [letters[at : at + size] for at in range(len(letters) - size + 1)]


@lru_cache(maxsize=1024)
def _runs_of(reference: str, size: int) -> frozenset[str]:
    return frozenset(_runs(fold(reference).text, size))


@lru_cache(maxsize=1024)
def _of_reference(text: str) -> _Vector:
    return _vector(fold(text).text)


def _vector(text: str) -> _Vector:
    grams, chinese = _grams(text)
    weights = {gram: 1 + log(count) for gram, count in grams.items()}
    total = grams.total()
    return _Vector(weights, sqrt(sum(weight**2 for weight in weights.values())), chinese / total if total else 0.0)


def _grams(text: str) -> tuple[Counter[str], int]:
    """One and two Han characters, the beginnings of Latin words; and how many of them are Chinese.

    Three Latin letters, as is usual, make every English text like every other: good answers to other questions had a
    median of 0.40 beside the right ones' 0.58, with beginnings of words 0.07 beside 0.35.
    """
    grams: Counter[str] = Counter()
    for run in _HAN.findall(text):
        grams.update(run)
        grams.update(before + after for before, after in pairwise(run))
    chinese = grams.total()
    grams.update(word[:_STEM] for word in _WORD.findall(text) if not _FUNCTION_WORD.fullmatch(word))
    return grams, chinese


def _comparable(own: _Vector, other: _Vector) -> bool:
    """Whether they are in one language: an English answer is not held against a Chinese text."""
    low, high = sorted((own.chinese, other.chinese))
    return not (low < _CHINESE / 3 and high >= _CHINESE)


def _cosine(own: _Vector, other: _Vector) -> float:
    shared = sum(weight * other.weights.get(gram, 0.0) for gram, weight in own.weights.items())
    return shared / (own.length * other.length) if shared else 0.0
