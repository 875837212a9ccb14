"""The points that a person left out of a question last time: these are asked for first, and then the whole."""

from __future__ import annotations

from bot.core.rubrics import Point, Rubric
from bot.store import marks
from bot.store.database import Tx
from bot.store.rounds import Round

_MOST = 3  # points asked for at once


def missing(tx: Tx, round: Round, rubric: Rubric | None) -> tuple[Point, ...]:  # noqa: A002 - the house word
    """What the answer before this typed round left out, the weightiest first, as far as there is a way to ask for it
    without giving it away; nothing if it made no point, as then the whole is what is missing."""
    if round.kind != "typed" or rubric is None:
        return ()
    left_out = marks.missed_before(tx, round.chat_id, round.ref, round.id)
    if left_out.issuperset(point.id for point in rubric.points):
        return ()  # all of them are the whole
    points = sorted(rubric.points, key=lambda point: -point.weight)
    return tuple(point for point in points if point.id in left_out and point.ask)[:_MOST]
