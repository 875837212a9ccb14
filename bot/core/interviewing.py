"""An interview: which questions it asks, when it asks on, and how long an answer may take."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from bot.core.bank import LANGUAGES, Language, Library, Question, Ref
from bot.core.grades import Grade
from bot.core.numerals import in_digits, up_to
from bot.core.rubrics import Point, Rubric

USUAL, MOST = 5, 10  # questions
FOLLOW_UPS = 2  # to one question
CORE = 3  # from this weight on a point is asked for though the answer is solid without it
MINUTES: Mapping[int, int] = {1: 2, 2: 3, 3: 4}  # what an answer may take, by difficulty
_WORDS = up_to(12)
_UNIT = r"\s*(?:道题|个问题|个题|题|道|個問題|個題|題|questions?)"
_DIGITS = rf"(?<!\S)([-−]?\d{{1,3}})(?:{_UNIT})?(?!\S)|(?<=[\u4e00-\u9fff])(\d{{1,3}})(?:{_UNIT})?(?!\S)"
_NUMBER = re.compile(rf"{_DIGITS}|(?<!\S)({'|'.join(_WORDS)})(?:{_UNIT})?(?!\S)", re.IGNORECASE)
_CHINESE = "[零一二三四五六七八九十两兩]+"
_NUMERALS = re.compile(rf"(?<!\S){_CHINESE}(?!\S)|{_CHINESE}(?={_UNIT}(?!\S))")
_ABOUT = re.compile(r"^(?:on|about|关于|關於)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: a topic or tag as typed, empty for everything, and how many questions; None: it was not
    said."""

    topic: str
    number: int | None = None

    @property
    def size(self) -> int:
        """How many an interview of that asks at the most."""
        return USUAL if self.number is None else min(MOST, max(1, self.number))


def wish(typed: str) -> Wish:
    """What stands behind /interview: `attention 3`, `five questions on attention`, `注意力五题`, `3`, or nothing."""
    plain = _NUMERALS.sub(lambda match: in_digits(match.group()), unicodedata.normalize("NFKC", typed))
    found = _NUMBER.search(plain)
    rest = (plain[: found.start()] + " " + plain[found.end() :]) if found else plain
    topic = _ABOUT.sub("", " ".join(rest.split()))
    if found is None:
        return Wish(topic)
    said = found[1] or found[2] or str(_WORDS[found[3].casefold()])
    return Wish(topic, int(said.replace("−", "-")))


def questions(library: Library, refs: Iterable[Ref], size: int, seed: str, lately: Collection[Ref] = ()) -> list[Ref]:
    """Up to `size` of these questions: topic by topic in turn, those asked `lately` last, the easier ones first.

    The same seed draws the same questions.
    """
    drawn = sorted(refs, key=lambda ref: (ref in lately, hashlib.sha256(f"{seed}/{ref}".encode()).digest()))
    by_topic: dict[str, list[Ref]] = {}
    for ref in drawn:
        by_topic.setdefault(_one(library, ref).topic, []).append(ref)
    turns = chain.from_iterable(zip_longest(*by_topic.values()))
    some = [ref for ref in turns if ref is not None][:size]
    return sorted(some, key=lambda ref: _one(library, ref).difficulty)


def follow_up(rubric: Rubric, grade: Grade, asked: Collection[str]) -> Point | None:
    """The missing point to ask on for, the weightiest first; None where the interviewer goes on to the next question.

    That is where the answer is solid and makes every core point, where the person says they do not know, and where
    enough has been asked: `asked` are the points that were.
    """
    if "unknown" in grade.flags or len(asked) >= FOLLOW_UPS:
        return None
    missing = [point for point in rubric.points if point.id in grade.missed and point.ask and point.id not in asked]
    wanted = [point for point in missing if grade.band != "solid" or point.weight >= CORE]
    return max(wanted, key=lambda point: point.weight, default=None)


def minutes(asked: Sequence[Question]) -> int:
    """How long an interview of these questions takes, as an interviewer would plan it."""
    return sum(MINUTES[question.difficulty] for question in asked)


def readings(references: str, most: int = 2) -> tuple[str, ...]:
    """The first entries of a question's references, which are a list in Markdown."""
    entries = (line[2:].strip() for line in references.split("\n") if line.startswith(("- ", "* ")))
    return tuple(entry for entry, _number in zip(entries, range(most), strict=False))


def _one(library: Library, ref: Ref, language: Language = LANGUAGES[0]) -> Question:
    """The question in a language it has. Raises LookupError if it has left the bank."""
    question = library.question(ref, language)
    if question is None:
        raise LookupError(ref.id)
    return question
