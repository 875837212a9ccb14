"""Slips of the finger in the words that a rubric looks for: one letter too many, missing, wrong, or two swapped.

First letters are hardly ever mistyped, and a word with another end is another form of it: so the slip is neither the
first letter nor the last. Only words of six letters and more are looked for: short ones are too often each other's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from bot.core.common_words import COMMON
from bot.core.folding import Folded, fold, respelt
from bot.core.rubrics import Claim, Concept, Lexicon, Part, Point

_SHORTEST = 6
_MOST = 64  # different words of an answer that are looked at
_LATIN = re.compile(r"[a-z]+")
_TYPED = re.compile(rf"[a-z]{{{_SHORTEST - 1},}}")
_ENDS = frozenset({"", "s", "es"})


def lexicon(points: Iterable[Point], claims: Iterable[Claim]) -> Lexicon:
    """The Latin words of what these are known by; the last word of a beginning is one, too."""
    words = {word for concept in _concepts(points, claims) for word in _words(concept) if len(word.text) >= _SHORTEST}
    ordered = sorted(words, key=lambda word: (-len(word.text), word))
    firsts = {word.text[0] for word in ordered}
    return {first: tuple(word for word in ordered if word.text[0] == first) for first in firsts}


def _concepts(points: Iterable[Point], claims: Iterable[Claim]) -> Iterator[Concept]:
    for way in chain.from_iterable(known.ways for known in chain[Point | Claim](points, claims)):
        yield from way.need


def _words(concept: Concept) -> Iterator[Part]:
    for part in (part for phrase in concept.phrases for part in phrase.parts):
        for match in _LATIN.finditer(part.text):
            yield Part(match[0], prefix=part.prefix and match.end() == len(part.text))


def spelt(words: str, known: Lexicon) -> Folded:
    """Words of a person as they are held against a rubric: in one spelling, and mended."""
    return mended(fold(words), known)


def mended(text: Folded, known: Lexicon) -> Folded:
    """The text with those words as they were meant; whoever is quoted is quoted as they wrote."""
    meant: dict[str, str] = {}
    for match in _TYPED.finditer(text.text):
        if len(meant) < _MOST and match[0] not in meant:
            meant[match[0]] = match[0] if match[0] in COMMON else _meant(match[0], known)
    return respelt(text, _TYPED, lambda match: meant.get(match[0], match[0]))


def _meant(typed: str, known: Lexicon) -> str:
    """The longest word that it is, or one slip away from."""
    found = (_fits(typed, word.text, begun=word.prefix) for word in known.get(typed[0], ()))
    return next((word for word in found if word), typed)


def _fits(typed: str, word: str, *, begun: bool) -> str:
    """What was typed with that word in it; empty where it is another. `begun`: the word may go on."""
    same = _in_common(typed, word)
    if same == len(word):
        ways = [(typed, word)]
    elif 0 < same < len(word) - 1:
        ways = [
            (typed[same:], word[same + 1 :]),
            (typed[same + 1 :], word[same:]),
            (typed[same + 1 :], word[same + 1 :]),
        ]
        if typed[same : same + 2] == word[same + 1] + word[same]:
            ways.append((typed[same + 2 :], word[same + 2 :]))
    else:
        return ""
    ends = (rest.removeprefix(end) for rest, end in ways if rest.startswith(end))
    return next((word + end for end in ends if begun or end in _ENDS), "")


def _in_common(one: str, other: str) -> int:
    """How many letters they begin with alike."""
    for at, (here, there) in enumerate(zip(one, other, strict=False)):
        if here != there:
            return at
    return min(len(one), len(other))
