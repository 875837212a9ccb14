"""A reply to what is asked on about a point: half a sentence, as nobody says again what they have been asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.core.rubrics import Point, Rubric


def asked_for(rubric: Rubric, points: Collection[str]) -> Rubric:
    """The rubric for an answer in whose course these points (ids) were asked for: what makes them in reply counts."""
    if not any(point.reply and point.id in points for point in rubric.points):
        return rubric
    return replace(rubric, points=tuple(_replied(one) if one.id in points else one for one in rubric.points))


def alone(rubric: Rubric, points: Collection[Point]) -> Rubric:
    """The rubric of some of its points, for an answer to what asks for these alone: all of them are enough."""
    enough = sum(point.weight for point in points)
    return replace(rubric, points=tuple(map(_replied, points)), full_at=enough, near=())


def _replied(point: Point) -> Point:
    return replace(point, ways=(*point.ways, *point.reply)) if point.reply else point
