"""Cards and reviews as Anki plans them: in days since the collection began, an ease, and FSRS's memory beside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.archive.anki_format import NEW, REVIEW, SUSPENDED, USN
from bot.archive.anki_notes import Note, stable
from bot.core.bank import Ref
from bot.core.calendar import study_day
from bot.core.learners import USUAL, Preset
from bot.core.review import Card, Review, review

_LEARNING, _REVIEWING = 0, 1  # a review's kind: the first of a card, and any later one
_USUAL_EASE, _EASE_STEP, _LEAST_EASE = 2500, 240, 1300  # thousandths
_MS = 1000

CardRow = tuple[int | str, ...]
ReviewRow = tuple[int, ...]
Trail = Sequence[tuple[Review, Card]]


@dataclass(frozen=True)
class Memory:
    """What a person has reviewed, and when each question comes back (UTC), where they live; `now` is aware UTC.

    `preset` is theirs; `suspended` are the questions that they do not want to be asked.
    """

    log: Mapping[Ref, Sequence[Review]]
    plans: Mapping[Ref, datetime]
    zone: ZoneInfo
    day_start: int
    now: datetime
    preset: Preset = USUAL
    suspended: frozenset[Ref] = frozenset()

    def day(self, at: datetime) -> date:
        """The study day of an instant."""
        return study_day(at, self.zone, self.day_start)

    @cached_property
    def first_day(self) -> date:
        """When the collection began: with the first review, so that no card is due before."""
        firsts = [reviews[0].at for reviews in self.log.values() if reviews]
        return self.day(min(firsts, default=self.now))


def ease(difficulty: float) -> int:
    """An ease in thousandths for FSRS's difficulty, which Anki's own scheduler has no word for: a straight line from
    the usual 2500 at 5, the middle, to the least that there is, 1300, at 10."""
    return max(_LEAST_EASE, round(_USUAL_EASE - (difficulty - 5) * _EASE_STEP))


def trail(ref: Ref, memory: Memory) -> Trail:
    """Each review of the question with the card it led to."""
    steps: list[tuple[Review, Card]] = []
    card: Card | None = None
    for done in memory.log.get(ref, ()):
        card = review(card, done.rating, done.at, memory.preset)
        steps.append((done, card))
    return steps


def card_row(note: Note, deck: int, place: int, steps: Trail, memory: Memory) -> CardRow:
    """A card: new in its bank's order, or due on the study day it comes back."""
    card = steps[-1][1] if steps else None
    due = memory.plans.get(note.ref)
    known = (note.number, note.number, deck, 0, int(memory.now.timestamp()), USN)
    queue = SUSPENDED if note.ref in memory.suspended else REVIEW if card and due else NEW
    if card is None or due is None:
        return (*known, NEW, queue, place, 0, 0, 0, 0, 0, 0, 0, 0, "{}")
    day = (memory.day(due) - memory.first_day).days
    interval = max(1, (memory.day(due) - memory.day(card.reviewed)).days)
    state = (REVIEW, queue, day, interval, ease(card.difficulty), card.reps, card.lapses)
    return (*known, *state, 0, 0, 0, 0, _remembered(card, memory.preset.retention))


def review_rows(note: Note, steps: Trail, taken: set[int]) -> Iterator[ReviewRow]:
    """The log of a card. How long it took to answer nobody knows: 0."""
    interval, kind, start = 0, _LEARNING, stable(f"{note.ref.bank}:{note.ref.id}")
    for done, card in steps:
        number = _free(int(done.at.timestamp()) * _MS, start, taken)
        before, interval = interval, max(1, (card.due - done.at).days)
        hard = round(_MS * ((card.difficulty - 1) / 9 + 0.1))  # as Anki writes FSRS's difficulty into its log
        yield number, note.number, USN, int(done.rating), interval, before, hard, 0, kind
        kind = _REVIEWING


def _free(second: int, start: int, taken: set[int]) -> int:
    """A number of a review in milliseconds, within its second and always the same; Anki has none twice."""
    number = next(at for offset in range(_MS) if (at := second + (start + offset) % _MS) not in taken)
    taken.add(number)
    return number


def _remembered(card: Card, retention: int) -> str:
    """What FSRS remembers, as Anki keeps it since 23.10: stability in days, difficulty, and the desired retention; and
    the instant of the last review, in seconds."""
    memory = {"s": round(card.stability, 4), "d": round(card.difficulty, 3), "dr": retention / 100}
    return json.dumps(memory | {"lrt": int(card.reviewed.timestamp())}, separators=(",", ":"))
