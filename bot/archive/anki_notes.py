"""Questions as Anki's notes: what stands on both sides, and the names by which Anki knows them again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.archive import html
from bot.core.bank import Bank, Language, Library, Question, Ref
from bot.core.markdown import plain, render
from bot.core.text import Text, join

_MARK = "kaoguan:"
OURS = f"{_MARK}*"
"""The guids of our notes, as SQLite's GLOB writes it."""
_FIRST, _ROOM = 1_000_000_000_000, 500_000_000_000  # of an id, which Anki reads as milliseconds: 2001 to 2017
_BETWEEN = "\x1f"  # Anki's own, between the sides of a note


@dataclass(frozen=True, slots=True)
class Note:
    """A question on a card: `number` is the same in every export, `deck` its bank and topic, `sides` HTML."""

    ref: Ref
    number: int
    deck: str
    tags: str
    sides: tuple[str, str]

    @property
    def fields(self) -> str:
        """Both sides as Anki keeps them."""
        return _BETWEEN.join(self.sides)

    @property
    def checksum(self) -> int:
        """By which Anki finds notes that have the same front: eight hexadecimal digits of its SHA-1."""
        return int(hashlib.sha1(self.sides[0].encode(), usedforsecurity=False).hexdigest()[:8], 16)


def guid(ref: Ref) -> str:
    """A question's name in Anki, by which a later export updates its note and its reviews find the way back."""
    return f"{_MARK}{ref.bank}:{ref.id}"


def ref_of(name: str) -> Ref | None:
    """The question of a guid; None for a note that is not ours."""
    bank, found, question = name.removeprefix(_MARK).partition(":")
    return Ref(bank, question) if name.startswith(_MARK) and found and bank and question else None


def notes(library: Library, language: Language) -> tuple[Note, ...]:
    """Every question of the library, in its order, in `language` or else in one it has."""
    banks = {bank.name: bank for bank in library.banks}
    numbers = _numbers(library.refs)
    asked = (library.question(ref, language) for ref in library.refs)
    return tuple(_note(question, banks[question.ref.bank], numbers, language) for question in asked if question)


def stable(text: str) -> int:
    """A number below 2**48 that is always the same for this text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])


def deck_number(name: str) -> int:
    """The id of the deck of that name."""
    return _FIRST + stable(name) % _ROOM


def _numbers(refs: Iterable[Ref]) -> Mapping[Ref, int]:
    """A number for each question; where two would have the same, the later takes the next."""
    numbers: dict[int, Ref] = {}
    for ref in refs:
        number = _FIRST + stable(guid(ref)) % _ROOM
        while number in numbers:
            number += 1
        numbers[number] = ref
    return {ref: number for number, ref in numbers.items()}


def _note(question: Question, bank: Bank, numbers: Mapping[Ref, int], language: Language) -> Note:
    topic = next((topic for topic in bank.topics if topic.id == question.topic), None)
    deck = "::".join(_flat(name) for name in (bank.named(language), topic.named(language) if topic else question.topic))
    tags = " ".join("_".join(tag.split()) for tag in dict.fromkeys((question.topic, *question.tags)))
    sides = html.of(Text(plain(question.prompt))), html.of(_back(question))
    return Note(question.ref, numbers[question.ref], deck, f" {tags} ", sides)


def _back(question: Question) -> Text:
    """The right choice, the answer, the explanation and the references, as far as there are any."""
    right = Text(plain(question.choices[question.right].text)).bold() if question.choices else Text()
    return join("\n\n", (right, *map(render, (question.answer, question.explanation, question.references))))


def _flat(name: str) -> str:
    """A name that lies in no other, and has no mark in it that Anki keeps for itself."""
    return " ".join(name.replace("::", "：").replace('"', "'").split()) or "?"
