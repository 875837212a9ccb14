"""Points that a person says they made although the grader missed them: they count, and their sentence is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.core.finding import Reading
from bot.core.grades import Grade, Hit
from bot.core.judging import against, band_of, rating_of, worth
from bot.core.rubrics import Point, Rubric
from bot.core.sentences import sentences
from bot.core.slips import spelt

_RUBRIC = 0.75  # of a score, see judging
_LONGEST = 300  # characters of a sentence that is kept


def credited(grade: Grade, rubric: Rubric, answer: str, points: Collection[str]) -> Grade:
    """The grade with these missed points counted in full; what else was found, and what a wrong claim costs, stays."""
    granted = [point for point in rubric.points if point.id in points and point.id in grade.missed]
    if not granted:
        return grade
    found = against(rubric, Reading(spelt(answer, rubric.lexicon)))
    before = sum(point.weight * found.credits.get(point.id, 0.0) for point in rubric.points)
    more = sum(point.weight * (1 - found.credits.get(point.id, 0.0)) for point in granted)
    gained = worth(rubric, before + more) - worth(rubric, before)
    score = max(grade.score, min(round(grade.score + _RUBRIC * gained), found.cap))
    quotes = {hit.point: hit.quote for hit in grade.hits}
    quotes |= {point.id: sentence_for(point, answer) for point in granted}
    return replace(
        grade,
        score=score,
        band=band_of(score),
        rating=rating_of(score),
        hits=tuple(Hit(point.id, quotes[point.id]) for point in rubric.points if point.id in quotes),
        missed=tuple(point for point in grade.missed if point not in quotes),
    )


def sentence_for(point: Point, answer: str) -> str:
    """The sentence of an answer that most likely makes the point: the one that shares most with its words."""
    said = [sentence.text for sentence in sentences(answer)]
    words = " ".join((*point.say.values(), *(concept.words for way in point.ways for concept in way.need)))
    best = max(said, key=lambda sentence: _shared(sentence, words), default=answer.strip())
    return (best if _shared(best, words) else answer.strip())[:_LONGEST]


def _shared(sentence: str, words: str) -> float:
    """The share of the sentence's pairs of characters that stand in the words as well."""
    mine, theirs = _pairs(sentence), _pairs(words)
    return len(mine & theirs) / (len(mine) or 1)


def _pairs(text: str) -> frozenset[str]:
    plain = "".join(char for char in text.lower() if char.isalnum())
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
