"""When words of an answer that somebody else holds to make a point do count: an opinion is believed in nothing.

A quotation proves a point that the rubric's own words have not found if it stands in the answer, within one sentence,
is neither too short to say anything nor as long as an answer, is not the question's own words, and holds at least half
of the concepts of one of the point's ways, of the right subject and not negated. Words that make another point already
are no proof: what is left of the quotation beside them must still be one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.core.finding import Reading, Span, Spot, about
from bot.core.folding import Folded, folded
from bot.core.rubrics import Lexicon, Point, Way
from bot.core.slips import spelt

LEAST, MOST = 4.0, 60.0  # units of a quotation
_CLAUSES = frozenset(",:")
_PLACES = 8  # of a quotation in the answer that are looked at
_MARKS = " \n,，。.;；:：、!！?？\"'“”‘’「」『』()（）…"


class Evidence(NamedTuple):
    """An answer as it is read, where it begins to speak of which subject, what makes points already, and the question's
    words; `lexicon` are the words in which slips are forgiven."""

    reading: Reading
    subjects: Sequence[tuple[int, str]]
    used: Sequence[Span | Spot]
    prompt: str
    lexicon: Lexicon


def proven(points: Sequence[Point], evidence: Evidence, quotes: Mapping[str, str]) -> dict[str, Span]:
    """Those of the points that their quotations prove, with the stretch that does; each stretch proves one."""
    taken = {place for spot in evidence.used for place in range(spot.start, spot.end)}
    prompt, found = folded(evidence.prompt), dict[str, Span]()
    for point in points:
        words = spelt(quotes.get(point.id, ""), evidence.lexicon).text.strip(_MARKS)
        if words and words not in prompt and not _refuted(point, evidence.reading):
            proof = _proof(point, evidence, words, taken)
            if proof is not None:
                found[point.id] = proof
                taken.update(range(proof.start, proof.end))
    return found


def _proof(point: Point, evidence: Evidence, words: str, taken: set[int]) -> Span | None:
    text = evidence.reading.text
    for place in _places(text.text, words):
        whole = Span(place, place + len(words))
        if text.width(*whole) > MOST or text.sentence(whole.start) != text.sentence(whole.end - 1):
            continue
        for part in _free(whole, text, taken):
            if text.width(*part) >= LEAST and any(_speaks(way, evidence, part) for way in point.ways):
                return part
    return None


def _places(text: str, words: str) -> Iterator[int]:
    """Where the words stand, not within a longer word."""
    place, seen = text.find(words), 0
    while place >= 0 and seen < _PLACES:
        end = place + len(words)
        if not (_within(text[place - 1 : place], words[0]) or _within(words[-1], text[end : end + 1])):
            yield place
        place, seen = text.find(words, place + 1), seen + 1


def _within(before: str, after: str) -> bool:
    """Whether one Latin word or number goes on from one character to the next."""
    return all(char.isascii() and char.isalnum() for char in (before or " ", after or " "))


def _free(whole: Span, text: Folded, taken: set[int]) -> Iterator[Span]:
    """All of it, or, where some of it makes another point, what is left beside that, clause by clause: the end of a
    clause of which most is taken is no beginning for the next."""
    if taken.isdisjoint(range(whole.start, whole.end)):
        yield whole
        return
    start = whole.start
    for place in range(whole.start, whole.end + 1):
        if place == whole.end or place in taken or text.text[place] in _CLAUSES:
            if place > start:
                yield Span(start, place)
            start = place + 1


def _speaks(way: Way, evidence: Evidence, part: Span) -> bool:
    """Whether at least half of the way's concepts stand there, of its subject."""
    held = sum(
        any(
            part.start <= span.start and span.end <= part.end
            and (way.about is None or about(way.about, span.start, evidence.subjects))
            for span in evidence.reading.spans(concept)
        )
        for concept in way.need
    )  # fmt: skip
    return held * 2 >= len(way.need)


def _refuted(point: Point, reading: Reading) -> bool:
    return any(reading.spans(concept, claimed=True) for concept in point.contra)
