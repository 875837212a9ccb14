"""Planning cards anew from the review log: all there are, or one person's whose preset has changed.

A slice at a time, each a unit of work: somebody's log may have tens of thousands of reviews, and others wait meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.review import Review, replay
from bot.store import cards, learners
from bot.store.cards import Key
from bot.store.database import Tx

_SLICE = 100  # cards, which take some tens of milliseconds
_REVIEWS = 5000  # of all its cards, after which a slice ends: a file may bring a thousand of each question
FIRST = Key(0, 0)  # before all keys: people have positive numbers


@dataclass(frozen=True, slots=True)
class Slice:
    """So many cards were looked at, so many were not what their log says; `last` is where to go on, None at the end."""

    cards: int
    differed: int
    last: Key | None


def rebuild(tx: Tx, after: Key) -> Slice:
    """Make the next cards what the log says: planned otherwise, missing, or without a review."""
    return _rebuild(tx, cards.keys_after(tx, after, _SLICE))


def replan(tx: Tx, person_id: int, after: Key | None = None) -> Slice:
    """The same of one person's, from the card `after` on."""
    return _rebuild(tx, cards.keys_after(tx, after or Key(person_id, 0), _SLICE, person_id))


def _rebuild(tx: Tx, keys: tuple[Key, ...]) -> Slice:
    differed = looked_at = reviews = 0
    while looked_at < len(keys) and reviews < _REVIEWS:
        log = cards.log_at(tx, keys[looked_at])
        differed += _differed(tx, keys[looked_at], log)
        looked_at, reviews = looked_at + 1, reviews + len(log)
    return Slice(looked_at, differed, keys[looked_at - 1] if keys else None)


def _differed(tx: Tx, key: Key, log: tuple[Review, ...]) -> bool:
    card = replay(log, learners.of(tx, key.person_id).preset)
    return cards.set_due(tx, key, card.due if card else None)
