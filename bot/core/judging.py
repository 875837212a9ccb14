"""A typed answer graded against its rubric, offline: which points it makes, which wrong claims, how far to trust that.

The score is three parts rubric and one part likeness to model answers; the measurements behind this and every limit
stand in docs/grading.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from bot.core.doubts import copied, listed, nothing_said, scattered, tangled
from bot.core.finding import Reading, Span, Spot, about, closest
from bot.core.folding import Folded
from bot.core.grades import Band, Flag, Grade, Hit, Mistake
from bot.core.proving import Evidence, proven
from bot.core.review import Rating
from bot.core.rubrics import REACHED, Claim, Point, Rubric, Way
from bot.core.similarity import similarity
from bot.core.slips import spelt

SOLID, PARTIAL = 70, 50  # from these scores on
_RUBRIC, _LIKENESS = 0.75, 0.25
_LIFT = 20  # how far above the points likeness may stand
_OFF_TOPIC = 20  # points below which no likeness makes more of an answer
_APART, _HALF = 0.4, 0.2  # of a point's credit: its concepts stand too far apart; only half of them or more are there
_COST = 0.6  # of what a wrong claim costs by its author
_TAKEN_BACK = 40.0  # units around a wrong claim in which `unless` takes it back
_CAPS: dict[Flag, int] = {"list": 25, "scatter": 60, "tangle": 69}  # the last leaves no answer solid
_SURE = (30, 80)  # below the first and from the second on: there people agree (docs/grading.md)
NOTHING: frozenset[Flag] = frozenset({"empty", "unknown", "echo"})
_Made = tuple[float, Span | Spot | None]


class Outcome(NamedTuple):
    """What is found by the rubric: hits and wrong claims where they stand, credits, and the score before likeness.

    `agreed` is False where an opinion holds otherwise of a point than the rubric.
    """

    credits: dict[str, float]
    hits: tuple[Hit, ...]
    wrong: tuple[Mistake, ...]
    score: float
    cap: int
    agreed: bool = True


def grade(
    rubric: Rubric,
    answer: str,
    *,
    prompt: str = "",
    references: Sequence[str] = (),
    quotes: Mapping[str, str] | None = None,
) -> Grade:
    """Grade an answer in either language. `prompt` and `references` are plain text; the references' languages may be
    any, and what the rubric itself has as reference counts too. Pure: the same answer always gets the same grade.

    `quotes` is an opinion from elsewhere, believed in nothing: by the ids of the points it holds made, the words of the
    answer that are said to make them. What they must be to count is told in bot/core/proving.py.
    """
    text = spelt(answer, rubric.lexicon)
    nothing = nothing_said(text, prompt or rubric.prompt, rubric)
    if nothing is not None:
        return _graded(0, clear=True, missed=tuple(point.id for point in rubric.points), flags=(nothing,))
    reading = Reading(text)
    outcome = against(rubric, reading, quotes, prompt)
    known = (*references, *rubric.references)
    flags = _flags(rubric, reading, known)
    score = _mixed(outcome.score, similarity(text, known))
    score = min(score, outcome.cap, *(_CAPS.get(flag, 100) for flag in flags))
    reached = {hit.point for hit in outcome.hits}
    missed = tuple(point.id for point in rubric.points if point.id not in reached)
    return _graded(round(score), outcome.hits, missed, outcome.wrong, flags, clear=outcome.agreed and not flags)


def against(rubric: Rubric, reading: Reading, quotes: Mapping[str, str] | None = None, prompt: str = "") -> Outcome:
    """An answer held against the points and the wrong claims of a rubric; `quotes` and `prompt` as in `grade`."""
    wrong = [(claim, spot) for claim in rubric.wrong if (spot := _claimed(claim, reading))]
    void = frozenset[str]().union(*(claim.void for claim, _spot in wrong))
    subjects = reading.subjects(rubric.subjects)
    made = {point.id: _made(point, reading, subjects) for point in rubric.points if point.id not in void}
    alone = _hit(made)
    if quotes is not None:
        left = [point for point in rubric.points if point.id in made.keys() - alone.keys()]
        found = proven(left, Evidence(reading, subjects, tuple(alone.values()), prompt, rubric.lexicon), quotes)
        made |= {key: (max(REACHED, made[key][0]), at) for key, at in found.items()}
    reached = _hit(made)
    earned = sum(point.weight * made[point.id][0] for point in rubric.points if point.id in made)
    score = worth(rubric, earned) - _COST * sum(claim.minus for claim, _spot in wrong)
    return Outcome(
        {point: credit for point, (credit, _spot) in made.items()},
        tuple(Hit(key, _quote(reading.text, at)) for key, at in reached.items()),
        tuple(Mistake(claim.id, _quote(reading.text, spot)) for claim, spot in wrong),
        max(0.0, score),
        min((claim.cap for claim, _spot in wrong), default=100),
        quotes is None or reached.keys() == alone.keys() <= quotes.keys(),
    )


def worth(rubric: Rubric, earned: float) -> float:
    """What points of that weight together are worth, 0..100: straight up to `full_at`, and from there more slowly to
    all of them, as who says more than enough knows more still. `full_at` itself is worth the root of its share."""
    whole = sum(point.weight for point in rubric.points)
    enough, earned = 100 * sqrt(rubric.full_at / whole), min(earned, whole)
    if earned <= rubric.full_at:
        return enough * earned / rubric.full_at
    return enough + (100 - enough) * (earned - rubric.full_at) / (whole - rubric.full_at)


def _mixed(made: float, likeness: float | None) -> float:
    """Points and likeness, 0..100, from points and a likeness of 0..1. Without a reference the points alone count, and
    the words of the subject alone lift nobody far: an answer to another question has them, too."""
    if likeness is None:
        return made
    mixed = _RUBRIC * made + _LIKENESS * min(100 * likeness, made + _LIFT)
    return mixed if made >= _OFF_TOPIC else min(mixed, _OFF_TOPIC - 1)


def _hit(made: Mapping[str, _Made]) -> dict[str, Span | Spot]:
    """The points that count as hit, and where."""
    return {key: at for key, (credit, at) in made.items() if credit >= REACHED and at}


def band_of(score: float) -> Band:
    """How a score is told."""
    return "solid" if score >= SOLID else "partial" if score >= PARTIAL else "not-yet"


def rating_of(score: float) -> Rating:
    """What a score suggests for the review. Easy is left to the person."""
    return Rating.GOOD if score >= SOLID else Rating.HARD if score >= PARTIAL else Rating.AGAIN


def _graded(
    score: int,
    hits: tuple[Hit, ...] = (),
    missed: tuple[str, ...] = (),
    wrong: tuple[Mistake, ...] = (),
    flags: tuple[Flag, ...] = (),
    *,
    clear: bool,
) -> Grade:
    low, high = _SURE
    sure = clear and (score < low or score >= high)
    return Grade(score, band_of(score), rating_of(score), sure, hits, missed, wrong, flags)


def _flags(rubric: Rubric, reading: Reading, references: Sequence[str]) -> tuple[Flag, ...]:
    if copied(reading.text, references):
        return ("copy",)
    found: dict[Flag, bool] = {
        "list": listed(reading, rubric),
        "scatter": scattered(reading, rubric),
        "tangle": tangled(reading, rubric),
    }
    return tuple(flag for flag, holds in found.items() if holds)


def _made(point: Point, reading: Reading, subjects: Sequence[tuple[int, str]]) -> _Made:
    """How far the point is made, 0..1, and where."""
    if any(reading.spans(concept, claimed=True) for concept in point.contra):
        return 0.0, None
    return max((_way(way, reading, subjects) for way in point.ways), key=lambda made: made[0])


def _way(way: Way, reading: Reading, subjects: Sequence[tuple[int, str]]) -> _Made:
    """All concepts within the window, else less: together but apart, or at least half of them."""
    groups = [reading.spans(concept) for concept in way.need]
    if way.about is not None:
        groups = [[span for span in spans if about(way.about, span.start, subjects)] for spans in groups]
    spot = closest(reading.text, groups)
    if spot is not None:
        return way.credit * (1.0 if spot.width <= way.window else _APART), spot
    found = sum(map(bool, groups))
    return (way.credit * _HALF * found / len(groups) if found * 2 >= len(groups) else 0.0), None


def _claimed(claim: Claim, reading: Reading) -> Spot | None:
    """Where the wrong claim is made and not taken back."""
    for way in claim.ways:
        spot = closest(reading.text, [reading.spans(concept, claimed=True) for concept in way.need])
        if spot is not None and spot.width <= way.window and not _taken_back(claim, reading, spot):
            return spot
    return None


def _taken_back(claim: Claim, reading: Reading, spot: Spot) -> bool:
    if claim.unless is None:
        return False
    text = reading.text
    distances = (
        0.0 if span.start < spot.end and spot.start < span.end
        else text.width(span.end, spot.start) if span.end <= spot.start
        else text.width(spot.end, span.start)
        for span in reading.spans(claim.unless)
    )  # fmt: skip
    return any(distance <= _TAKEN_BACK for distance in distances)


def _quote(text: Folded, spot: Span | Spot) -> str:
    return text.quote(spot.start, spot.end)
