"""What people say they said where the grader missed it: suggested synonyms for the authors of rubrics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from bot.core.bank import Library, Ref
from bot.core.rubrics import Point
from bot.store import marks
from bot.store.database import Tx
from bot.store.marks import Said


def sayings(tx: Tx) -> tuple[Said, ...]:
    """Every such sentence with how many people say it, by question and point. It names nobody."""
    return marks.sayings(tx)


def listed(library: Library, sayings: Iterable[Said]) -> Iterator[str]:
    """Lines to read and to paste from: `bank/question point: what it says`, and below it each sentence as YAML."""
    for (ref, key), group in groupby(sayings, key=lambda said: (said.ref, said.point)):
        point = _point(library, ref, key)
        says = " / ".join(dict.fromkeys(point.say.values())) if point else "(no such point any more)"
        yield f"{ref.bank}/{ref.id} {key}: {says}"
        for said in group:
            sentence = " ".join(said.sentence.split()).replace("'", "''")
            yield f"  - '{sentence}'  # {said.people}"


def as_json(library: Library, sayings: Iterable[Said]) -> Iterator[dict[str, Any]]:
    """The same, an object for each sentence; `say` is {} for a point that has left the rubric."""
    for said in sayings:
        point = _point(library, said.ref, said.point)
        named = {"bank": said.ref.bank, "id": said.ref.id, "point": said.point, "say": dict(point.say) if point else {}}
        yield named | {"sentence": said.sentence, "people": said.people}


def _point(library: Library, ref: Ref, key: str) -> Point | None:
    rubric = library.rubric(ref)
    return next((point for point in rubric.points if point.id == key), None) if rubric else None
