"""How a person stands: what was answered, for how many days in a row, what is due, topic by topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.bank import LANGUAGES, Language, Library, Ref, Topic
from bot.core.streaks import Streak
from bot.flows import streaks
from bot.flows.callers import Caller, arrive, known
from bot.store import cards, studies
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic by its position in the library, and two numbers about it."""

    position: int
    topic: Topic
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Topics:
    """Every topic with how many of its questions were ever answered (`done`), and how many there are (`total`)."""

    language: Language
    counts: tuple[TopicCount, ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """Answers everywhere, groups too. `answered` counts all, `graded` those to questions with choices.

    `topics` counts right (`done`) of graded answers (`total`), topics without any left out.
    """

    language: Language
    answered: int
    graded: int
    right: int
    streak: Streak
    topics: tuple[TopicCount, ...]


def topics(tx: Tx, caller: Caller) -> Topics:
    """What there is to be asked about."""
    caller = arrive(tx, caller)
    known = cards.known(tx, caller.person.id)
    counts = (
        TopicCount(at, topic, sum(ref in known for ref in refs), len(refs))
        for at, topic in _each(caller.library)
        if (refs := caller.library.in_topic(topic.id))
    )
    return Topics(caller.language, tuple(counts))


def stats(tx: Tx, caller: Caller) -> Stats:
    """How the person stands now. It reads their whole log, so it writes nothing and holds up nobody who does."""
    caller = known(tx, caller)
    person_id, library = caller.person.id, caller.library
    totals = studies.answered_refs(tx, person_id)
    times, hits = studies.graded(tx, person_id)
    return Stats(
        caller.language,
        answered=sum(answered for _ref, answered, _chosen, _right in totals),
        graded=times,
        right=hits,
        streak=streaks.of_person(tx, person_id, caller.study_day()),
        topics=_graded(library, totals),
    )


def _graded(library: Library, totals: Iterable[tuple[Ref, int, int, int]]) -> tuple[TopicCount, ...]:
    """Right of answered, by topic, of what was answered by a choice; a question that left the bank has no topic."""
    answered: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for ref, _times, chosen, hits in totals:
        question = library.question(ref, LANGUAGES[0])
        if question and question.choices:
            answered[question.topic] += chosen
            right[question.topic] += hits
    each = ((at, topic) for at, topic in _each(library) if answered[topic.id])
    return tuple(TopicCount(at, topic, right[topic.id], answered[topic.id]) for at, topic in each)


def _each(library: Library) -> tuple[tuple[int, Topic], ...]:
    """The position and topic of each topic; one that two banks share stands once."""
    first: dict[str, tuple[int, Topic]] = {}
    for at, topic in enumerate(library.topics):
        first.setdefault(topic.id, (at, topic))
    return tuple(first.values())
