"""Keyword lists made of a rubric's own words, as somebody might send who has learnt terms by heart."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from bot.core.bank import LANGUAGES, Language
from bot.core.rubrics import Concept, Rubric

SEPARATORS = ("、", "，", ", ", " ", "\n", "; ")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-z]{2}")


def keyword_lists(rubric: Rubric, chance: random.Random, rounds: int) -> Iterator[str]:
    """Lists in each language, parted in each way: one word a concept, shuffled, so many rounds."""
    for _ in range(rounds):
        for language in LANGUAGES:
            words = _words(rubric, language, chance)
            for separator in SEPARATORS:
                chance.shuffle(words)
                yield separator.join(words)


def _words(rubric: Rubric, language: Language, chance: random.Random) -> list[str]:
    """One word of each concept that has any in that language, each word once."""
    concepts = dict.fromkeys(concept for point in rubric.points for way in point.ways for concept in way.need)
    ways = (_ways(concept, language) for concept in concepts)
    return list(dict.fromkeys(chance.choice(words) for words in ways if words))


def _ways(concept: Concept, language: Language) -> list[str]:
    """The concept's words in that language; regular expressions are left out, and words run together."""
    texts = list(dict.fromkeys(" ".join(part.text for part in phrase.parts) for phrase in concept.phrases))
    together = {text.replace(" ", "") for text in texts if " " in text}
    texts = [text for text in texts if text not in together]
    if language == "zh":
        return [text.replace(" ", "") for text in texts if _HAN.search(text)]
    return [text for text in texts if _LATIN.search(text) and not _HAN.search(text)]
