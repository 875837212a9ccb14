"""What a bank is made of: banks, topics, questions, choices; and the library, all banks together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from bot.core.rubrics import Rubric

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Ref(NamedTuple):
    """A question's name across languages: its bank and its id."""

    bank: str
    id: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One offered answer; `text` is inline Markdown of at most 100 rendered characters."""

    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question in one language; every text is Markdown and is rendered when first shown.

    Without choices it is a recall question: reveal, then rate oneself. `difficulty` is 1, 2 or 3.
    """

    ref: Ref
    language: Language
    topic: str
    prompt: str
    answer: str
    difficulty: int = 1
    tags: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    explanation: str = ""
    references: str = ""
    path: str = ""
    line: int = 0

    @property
    def right(self) -> int:
        """The index of the right choice. Raises StopIteration for a recall question."""
        return next(index for index, choice in enumerate(self.choices) if choice.right)


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject within a bank: `id` is the file's name, `title` its title in each language it is written in."""

    id: str
    title: Mapping[Language, str]

    def named(self, language: Language) -> str:
        """The title in `language`, or in another one it has, or the id."""
        return self.title.get(language) or next(iter(self.title.values()), self.id)


@dataclass(frozen=True)
class Bank:
    """One folder of questions: `questions` holds each language's version of each question, in file order, `rubrics`
    how typed answers are graded, by the question's id."""

    name: str
    title: Mapping[Language, str]
    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]
    licence: str = ""
    rubrics: Mapping[str, Rubric] = field(default_factory=dict)

    def named(self, language: Language) -> str:
        """The title in `language`, or in another one it has, or the folder's name."""
        return self.title.get(language) or next(iter(self.title.values()), self.name)


@dataclass(frozen=True)
class Library:
    """All banks. Immutable: a reload makes a new one and swaps it in one assignment."""

    banks: tuple[Bank, ...] = ()

    @cached_property
    def _versions(self) -> Mapping[Ref, Mapping[Language, Question]]:
        versions: dict[Ref, dict[Language, Question]] = {}
        for bank in self.banks:
            for question in bank.questions:
                versions.setdefault(question.ref, {})[question.language] = question
        return versions

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        """Every question once, in the banks' order."""
        return tuple(self._versions)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """Every topic of every bank, in order."""
        return tuple(topic for bank in self.banks for topic in bank.topics)

    def question(self, ref: Ref, language: Language) -> Question | None:
        """The question in `language`, else in a language it has, else None (it has left the bank)."""
        versions = self._versions.get(ref, {})
        return versions.get(language) or next(iter(versions.values()), None)

    def versions(self, ref: Ref) -> tuple[Question, ...]:
        """The question in every language it has."""
        return tuple(self._versions.get(ref, {}).values())

    def rubric(self, ref: Ref) -> Rubric | None:
        """How typed answers to the question are graded; None where that cannot be said. The first call reads files'
        texts for some 100 ms: not on the event loop."""
        rubrics = (bank.rubrics for bank in self.banks if bank.name == ref.bank)
        return next((one[ref.id] for one in rubrics if ref.id in one), None)

    def topic(self, topic_id: str) -> Topic | None:
        """The topic of that id, if there is one."""
        return next((topic for topic in self.topics if topic.id == topic_id), None)

    def in_topic(self, topic_id: str | None) -> tuple[Ref, ...]:
        """The questions of one topic, or of all of them for None, in order."""
        if topic_id is None:
            return self.refs
        return tuple(
            ref for ref, versions in self._versions.items() if any(q.topic == topic_id for q in versions.values())
        )
