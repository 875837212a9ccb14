"""Leeches, in Anki's word: questions forgotten so often that asking once more helps little."""

from __future__ import annotations

from collections.abc import Collection

from bot.core.bank import LANGUAGES, Library, Question, Ref

LEECH = 8  # lapses
_AND_EVERY = 4  # more


def is_leech(lapses: int) -> bool:
    """Whether so many lapses are to be spoken of: the eighth, and each fourth after it."""
    return lapses >= LEECH and (lapses - LEECH) % _AND_EVERY == 0


def easier(library: Library, ref: Ref, unwanted: Collection[Ref]) -> Ref | None:
    """A question that may lead up to that one: an easier one of its topic, else with one of its tags; the hardest of
    those, the first of equals. None if there is none, the `unwanted` aside."""
    hard = library.question(ref, LANGUAGES[0])
    if hard is None:
        return None
    others = [one for other in library.refs if (one := library.question(other, LANGUAGES[0])) is not None]
    lighter = [one for one in others if one.difficulty < hard.difficulty and one.ref not in unwanted]
    near = [one for one in lighter if one.topic == hard.topic] or [one for one in lighter if _share(one, hard)]
    return max(near, key=lambda one: one.difficulty, default=hard).ref if near else None


def _share(one: Question, other: Question) -> bool:
    return not set(one.tags).isdisjoint(other.tags)
