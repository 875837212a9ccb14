"""What a grader knows about a question: the points of a good answer, wrong claims, and answers to test it with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.core.bank import Language

WINDOW = 40  # units between the first and the last concept of a point: a Han character is one, three letters are
REACHED = 0.7  # from this credit on a point counts as hit


Negation = Literal["direct", "allowed", "ignored"]
"""What a negation makes of a phrase: negated right before it, it does not count; or counts where the sentence is about
avoiding it (`^`); or counts always (`~`)."""


class Part(NamedTuple):
    """Letters to find in a folded text. `prefix`: a word may go on after them; `exact`: not even by a plural s."""

    text: str
    prefix: bool = False
    exact: bool = False


Lexicon = Mapping[str, tuple[Part, ...]]
"""Latin words that are looked for, by their first letters, the longest first."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say something: parts in their order inside one sentence, or a regular expression."""

    parts: tuple[Part, ...] = ()
    regex: re.Pattern[str] | None = None
    negation: Negation = "direct"


@dataclass(frozen=True, slots=True, eq=False)
class Concept:
    """One thing that has to be said, in any of several ways, in both languages: `words` as the author wrote them.

    Looked up by what it is, not by what it says: thousands of times an answer.
    """

    words: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to make a point: all concepts, within `window` units; `about` names the subject it must be said of."""

    need: tuple[Concept, ...]
    window: int = WINDOW
    credit: float = 1.0
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a good answer says. `weight` is its share of `full_at`, `say` how it is shown, as plain text.

    `contra` are claims that refute it. `ask` is how an interviewer asks on for it without giving it away, in each
    language; empty where nobody has written that. `reply` are ways that make it in reply to that alone.
    """

    id: str
    weight: float
    say: Mapping[Language, str]
    ways: tuple[Way, ...]
    contra: tuple[Concept, ...] = ()
    ask: Mapping[Language, str] = field(default_factory=dict)
    reply: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A wrong claim: what it costs (`minus`, of 100), which points it voids, what score it leaves at the most (`cap`).

    `say` is the correction. `unless` is what takes it back.
    """

    id: str
    say: Mapping[Language, str]
    ways: tuple[Way, ...]
    minus: float = 0
    void: frozenset[str] = frozenset()
    cap: int = 100
    unless: Concept | None = None


class Sample(NamedTuple):
    """An answer and the scores it may get, with the line it stands on."""

    answer: str
    least: int
    most: int
    line: int


@dataclass(frozen=True, slots=True)
class Rubric:
    """How typed answers to one question are graded, in every language. `key` is the question's id.

    `full_at` is the weight that is enough (judging.worth), `subjects` what a contrast is between, `list_ok` that a mere
    list may be a good answer, `near` the ids of questions whose answers make much of this one's points: they are told
    apart (bot/core/contrasting.py). `lexicon` are the words in which slips of the finger are forgiven.
    `prompt` and `references` are its own, for questions outside a bank; those of a bank's are more model answers. It
    begins at `line` of `path`.
    """

    key: str
    points: tuple[Point, ...]
    full_at: float
    wrong: tuple[Claim, ...] = ()
    subjects: Mapping[str, Concept] = field(default_factory=dict)
    list_ok: bool = False
    near: tuple[str, ...] = ()
    samples: tuple[Sample, ...] = ()
    references: tuple[str, ...] = ()
    lexicon: Lexicon = field(default_factory=dict)
    prompt: str = ""
    path: str = ""
    line: int = 0
