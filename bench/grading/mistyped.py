"""Honest English answers with slips of the finger in them, made up by chance, always the same."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from string import ascii_lowercase

from bench.grading.material import Material
from bench.grading.measures import Tally
from bench.grading.people import graded
from bench.report import Figure

_LONG = re.compile(r"[A-Za-z]{6,}")


def mistyped(material: Material, which: str = "") -> Iterator[Figure]:
    """F1 of points hit where one in so many words of six letters and more has a slip in it; `which` as elsewhere."""
    english = [one for one in material.answers if one.language == "en"]
    for share in (0.1, 0.3):
        draw, tally = random.Random(1), Tally()
        answers = [replace(one, answer=with_slips(one.answer, share, draw)) for one in english]
        for one, found in graded(material, answers):
            tally.add([hit.point for hit in found.hits], one.made, one.partly)
        what = f"{which}en: F1 of points hit, slips in {share:.0%} of long words"
        yield Figure("grading", what, (tally.f1,), "", note=f"{len(english)} answers")


def with_slips(text: str, share: float, draw: random.Random) -> str:
    """The text with a slip in that share of its long words, about."""
    return _LONG.sub(lambda match: _slipped(match[0], draw) if draw.random() < share else match[0], text)


def _slipped(word: str, draw: random.Random) -> str:
    """The word with one letter missing, doubled, wrong or swapped with the next, neither the first nor the last."""
    at = draw.randrange(1, len(word) - 1)
    before = min(at, len(word) - 3)
    return draw.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + draw.choice(ascii_lowercase) + word[at + 1 :],
            word[:before] + word[before + 1] + word[before] + word[before + 2 :],
        )
    )
