"""What makes an answer doubtful: no words, "I don't know", the question said again, lists and tangles of terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.core.finding import Reading, Span
from bot.core.folding import Folded
from bot.core.grades import Flag
from bot.core.rubrics import Concept, Point, Rubric
from bot.core.similarity import share_within

_UNKNOWN = re.compile(
    r"(?:(?:我|这个?题?|真的?|也|完全|还|暂时|抱歉|对不起|sorry|唉|嗯|呃)*"
    r"(?:不知道|不清楚|不会|不懂|不太?会|不了解|不记得|记不清|没学过|没看过|没想好|想不起来|忘记?|忘光|没思路|没印象|"
    r"跳过|过|pass|skip|idk|dunno|no ?idea|no ?clue|not ?sure|"
    r"(?:i )?(?:really )?(?:do not|don't|dont|cannot|can't) (?:know|remember|recall)(?: (?:it|this|that|the answer))?|"
    r"i forg[oe]t)"
    r"(?:了|的|啊|呢|吧|哦|诶|欸|啦|耶|这个|这题|怎么答|怎么说|答案|什么|sorry|抱歉|[,。.!?;~…\s])*)+"
)
_SHORT = 40  # units: whoever says they do not know says little else
_ECHO, _COPY = 0.85, 0.8  # shares of n-grams
_COPY_LEAST = 24  # units: below that, right words are few
_SEPARATORS = re.compile(r"[、,;/|·•+\n\t→>。]+")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])[ \t\u3000]+(?=[\u3400-\u9fff])")
_FUNCTION = re.compile(
    r"[的是使会因把被让将就才则而所以从对为]|"
    r"\b(?:is|are|was|be|the|a|an|of|so|by|because|that|which|it|its|to|makes?|can|will|as|if|when|not|does|do|and|or|in|"
    r"on|at|over|with|for|from|each|one|than|their|they|then|we|you|has|have|there|but|only|every|into|this)\b"
)
_ITEMS_LEAST, _BARE_SHARE, _CONCEPTS_LEAST, _BARE_WIDTH, _LIST_LONGEST = 5, 0.7, 4, 6.0, 400
_RUN_WORDS, _RUN_FUNCTION = 6, 0.1  # English terms without commas
_PAIRS_LEAST, _COHERENT = 4, 0.34


def nothing_said(answer: Folded, prompt: str, rubric: Rubric | None) -> Flag | None:
    """Why there is nothing to grade, if so: no words, "I don't know", or the question said again."""
    words = "".join(char for char in answer.text if char.isalnum())
    if not words:
        return "empty"
    if answer.width() <= _SHORT and _UNKNOWN.fullmatch(answer.text):
        return "unknown"
    echoed = share_within(answer, prompt, 2) >= _ECHO
    return "echo" if echoed and not (rubric and _says_something(answer, rubric)) else None


def _says_something(answer: Folded, rubric: Rubric) -> bool:
    """Whether a point is made in less words than the question has: "LayerNorm" answers "LayerNorm or BatchNorm?"."""
    reading = Reading(answer)
    return answer.width() < _SHORT / 4 and any(
        all(reading.spans(concept) for concept in way.need) for point in rubric.points for way in point.ways
    )


def copied(answer: Folded, references: Sequence[str]) -> bool:
    """Whether it is nearly word for word a model answer, or a long piece of one."""
    if answer.width() < _COPY_LEAST:
        return False
    return any(share_within(answer, reference, 5) >= _COPY for reference in references)


def listed(reading: Reading, rubric: Rubric) -> bool:
    """Whether it is terms in a row instead of sentences."""
    answer = reading.text
    if rubric.list_ok or len(answer.original) > _LIST_LONGEST:
        return False
    named = sum(bool(reading.spans(concept)) for concept in concepts(rubric.points))
    if named < _CONCEPTS_LEAST:
        return named >= _CONCEPTS_LEAST / 2 and _in_items(answer, 1.0)
    return _in_items(answer, _BARE_SHARE) or _in_a_run(answer)


def _in_items(answer: Folded, share: float) -> bool:
    """Whether at least that share of its items are bare terms."""
    text = answer.original
    if len(_BETWEEN_HAN.findall(text)) >= 2:
        text = re.sub(r"[ \t\u3000]+", "、", text)
    items = [item for item in _SEPARATORS.split(_half(text)) if item.strip()]
    bare = [item for item in items if _width(item) <= _BARE_WIDTH and not _FUNCTION.search(item.lower())]
    return len(items) >= _ITEMS_LEAST and len(bare) >= share * len(items)


def _in_a_run(answer: Folded) -> bool:
    """English terms, or Chinese and English ones, parted by blanks alone."""
    words = answer.original.lower().split()
    function = sum(bool(_FUNCTION.search(word)) for word in words)
    long = any(_width(word) > _BARE_WIDTH for word in words)
    return len(words) >= _RUN_WORDS and not long and function <= _RUN_FUNCTION * len(words)


def _half(text: str) -> str:
    return text.translate(str.maketrans("，；／｜＋．", ",;/|+."))


def _width(text: str) -> float:
    return sum(1 / 3 if char < "\u2e80" else 1.0 for char in text.strip())


def tangled(reading: Reading, points: Sequence[Point]) -> bool:
    """Whether terms of different points stand side by side within clauses, as in fluent nonsense."""
    pairs = [bool(before & after) for before, after in _neighbours(reading, points)]
    return len(pairs) >= _PAIRS_LEAST and sum(pairs) < _COHERENT * len(pairs)


def _neighbours(reading: Reading, points: Sequence[Point]) -> list[tuple[set[str], set[str]]]:
    """The points that terms belong to which stand next to each other in a clause."""
    return [
        (points_before, points_after)
        for (before, points_before), (after, points_after) in pairwise(_mentions(reading, points))
        if reading.text.clause(before.start) == reading.text.clause(after.start)
    ]


def _mentions(reading: Reading, points: Sequence[Point]) -> list[tuple[Span, set[str]]]:
    """The terms in their order with the points they belong to; overlapping ones are one."""
    every = sorted(
        (span, point.id) for point in points for concept in concepts((point,)) for span in reading.spans(concept)
    )
    merged: list[tuple[Span, set[str]]] = []
    for span, point in every:
        if merged and span.start < merged[-1][0].end:
            last, known = merged[-1]
            merged[-1] = Span(last.start, max(last.end, span.end)), known | {point}
        else:
            merged.append((span, {point}))
    return merged


def concepts(points: Sequence[Point]) -> list[Concept]:
    """Every concept of these points, each once."""
    return list({concept.words: concept for point in points for way in point.ways for concept in way.need}.values())
