"""An answer to another question: where two questions are so near that one's answers make the other's points."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.core.grades import Grade
from bot.core.judging import PARTIAL, SOLID, band_of, rating_of
from bot.core.sentences import sentences

_OTHERS = 39  # the most that an answer to another question is worth
_WHOLE = 90  # from this score on an answer is one to this question, whatever else it answers
_AHEAD = 7  # by so much it must answer the other question better


def contrasted(found: Grade, answer: str, here: Callable[[str], Grade], nearby: Iterable[Grade]) -> Grade:
    """The grade of an answer, capped and doubted if the answer is one to a question near this one: solid there, better
    than here, and without the sentences that answer that one no partial answer is left.

    `here` grades a text at this question; `nearby` are the answer's grades at the others, only asked for where it
    matters, so hand in a generator.
    """
    if not _OTHERS < found.score < _WHOLE:
        return found
    better = (other for other in nearby if other.score >= max(SOLID, found.score + _AHEAD))
    if all(here(_rest(answer, other)).score >= PARTIAL for other in better):
        return found
    band, rating, flags = band_of(_OTHERS), rating_of(_OTHERS), (*found.flags, "elsewhere")
    return replace(found, score=_OTHERS, band=band, rating=rating, sure=False, flags=flags)


def _rest(answer: str, other: Grade) -> str:
    """The answer without the sentences that make the other question's points."""
    taken = [(at, at + len(hit.quote)) for hit in other.hits if (at := answer.find(hit.quote)) >= 0]
    kept = (one for one in sentences(answer) if not any(start < one.end and one.start < end for start, end in taken))
    return " ".join(one.text for one in kept)
