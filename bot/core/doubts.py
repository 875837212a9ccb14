"""What makes an answer doubtful: no words, "I don't know", the question said again, lists and tangles of terms."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from bot.core.finding import Reading, Span
from bot.core.folding import Folded, folded
from bot.core.grades import Flag
from bot.core.rubrics import Concept, Point, Rubric
from bot.core.similarity import share_within
from bot.core.slips import spelt

_Mention = tuple[Span, set[str]]  # a term where it stands, and the points it belongs to
_UNKNOWN = re.compile(
    r"不(?:是)?(?:太|大|很|怎么)?(?:知道|清楚|会[做答说]?|懂|了解|记得|确定|晓得)|"
    r"没(?:有)?(?:学|看|听说?|背|接触|复习|准备)(?:过|到|好|完|懂|会)?|"
    r"[没毫](?:有|无)?(?:什么)?(?:思路|头绪|印象|概念|想法|想好)|"
    r"记不(?:太?清楚?|得|起来?|住)|(?:想|答|说|讲)不(?:上来|起来?|出来?|到|清楚?)|"
    r"忘(?:记|光|干净)?|跳过|过|放弃|下一[题道]|"
    r"\b(?:pass|skip|idk|dunno|clueless|beats me|(?:give|gave) up|next (?:question|one please|please)|"
    r"forg[oe]t(?:ten)?|"
    r"no ?(?:real |earthly )?(?:idea|clue)|not (?:really |quite |so |too )?(?:sure|certain)|"
    r"not (?:a|the \w+est) (?:clue|idea)|"
    r"(?:do not|don't|dont|cannot|can not|can't|cant|could not|couldn't) (?:really |even |quite |yet )?"
    r"(?:know|remember|recall|say|tell|answer)|never (?:heard|learn(?:ed|t)|read|studied)|"
    r"(?:have not|haven't|havent|did not|didn't) (?:learn(?:ed|t)?|study|studied|read|revised?))\b"
)
_AROUND_UNKNOWN = re.compile(
    r"我|这个?|那个?|道|题|真[的心是]?|也|都|一点儿?|完全|根本|实在|确实|还|暂时|现在|抱歉|对不起|不好意思|唉|嗯|呃|额|了|的|啊|呢|吧|"
    r"哦|诶|欸|啦|耶|哈|该?怎么[答说讲]|答案|什么|"
    r"\b(?:i'm|i've|i'd|im|ive|i|am|have|really|honestly|absolutely|completely|totally|sorry|tbh|lol|well|h+m+|u+h*m*|"
    r"ok|okay|yet|at all|about|of|on|to|how|the|answer|this|that|it|one|question|please|just|so|afraid)\b"
)
_SHORT = 40  # units: whoever says they do not know says little else
_ECHO, _COPY = 0.85, 0.8  # shares of n-grams
_COPY_LEAST = 24  # units: below that, right words are few
_ITEM = re.compile(r"[^、,;/|·•+\n\t→>。]+")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])[ \t\u3000]+(?=[\u3400-\u9fff])")
_GLUE = re.compile(
    r"[的是使会因把被让将就才则而所以从对为在了和与及也都还再这那其之于用有到时]|"
    r"\b(?:is|are|was|be|the|a|an|of|so|by|because|that|which|it|its|to|makes?|can|will|as|if|when|not|does|do|and|or|in|"
    r"on|at|over|with|for|from|each|one|than|their|they|then|we|you|has|have|there|but|only|every|into|this)\b"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_CLAUSES = 0.25  # of the Chinese stretches: so many hold two terms in sentences
_WORDS = re.compile(r"[a-z]{2}|[\u3400-\u9fff]")
_ITEMS_LEAST, _BARE_SHARE, _TERMS_LEAST, _BARE_WIDTH, _LIST_LONGEST = 5, 0.7, 4, 6.0, 400
_ITEMS_MANY, _BARE_SHARE_MANY = 7, 0.4  # of so many items, if all are short
_MAKING = 0.34  # of a list's items, where a list may be an answer
_DENSE, _DENSE_GLUE, _DENSE_TERMS, _DENSE_WIDEST = 0.68, 0.03, 6, 120.0
_UNPARTED = 25.0  # units of a clause, on average: honest lists have 23 at the most
_PAIRS_LEAST, _COHERENT = 4, 0.34
_SPARSE, _SPARSE_UNPARTED, _SPARSE_WIDTH = 0.08, 0.2, 150.0
_CLAUSE_WIDTHS = (4.0, 60.0)  # units, on average, of what people write


def nothing_said(answer: Folded, prompt: str, rubric: Rubric | None) -> Flag | None:
    """Why there is nothing to grade, if so: no words, "I don't know", or the question said again."""
    words = "".join(char for char in answer.text if char.isalnum())
    if not words:
        return "empty"
    if not_known(answer):
        return "unknown"
    echoed = share_within(answer, prompt, 2) >= _ECHO
    return "echo" if echoed and not (rubric and _says_something(answer, rubric)) else None


def not_known(answer: Folded) -> bool:
    """Whether it says that one does not know, and nothing else."""
    if answer.width() > _SHORT:
        return False
    rest, found = _UNKNOWN.subn(" ", answer.text)
    return found > 0 and not any(map(str.isalnum, _AROUND_UNKNOWN.sub(" ", rest)))


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
    """Whether it is terms in a row instead of sentences: bare items, or hardly anything but the rubric's terms.

    Where a list may be an answer, it must be parted, and its items must make points: terms alone, in any order, do not.
    """
    items, dense = _in_items(reading, rubric), _dense(reading, rubric)
    if not rubric.list_ok:
        return items or dense
    terms = _mentions(reading, rubric.points)
    jumbled = dense and _incoherent(terms, reading)
    return (items and _pointless(reading, rubric)) or jumbled or _unparted(reading.text, terms)


def _in_items(reading: Reading, rubric: Rubric) -> bool:
    """Whether most of its items are bare terms, and some of them the rubric's; digits and letters alone are none."""
    places = _items(reading.text.original)
    items = [folded(reading.text.original[start:end]) for start, end in places]
    bare = sum(map(_bare, items))
    many = len(items) >= _ITEMS_MANY and all(_width(item) <= _BARE_WIDTH for item in items)
    if len(items) < _ITEMS_LEAST or bare < (_BARE_SHARE_MANY if many else _BARE_SHARE) * len(items):
        return False
    return sum(map(bool, _within(places, reading.text, _mentions(reading, rubric.points)))) >= _TERMS_LEAST


def _items(text: str) -> list[tuple[int, int]]:
    """What commas, line breaks and the like part, by its places; blanks part Chinese words where they do so twice."""
    if len(text) > _LIST_LONGEST:
        return []
    if len(_BETWEEN_HAN.findall(text)) >= 2:
        text = re.sub(r"[ \t\u3000]", "、", text)
    return [match.span() for match in _ITEM.finditer(_half(text)) if match[0].strip()]


def _within(places: Sequence[tuple[int, int]], text: Folded, terms: Sequence[_Mention]) -> list[int]:
    """How many terms each stretch of the original text has a part of."""
    starts = [text.at[span.start] for span, _points in terms]
    ends = [text.at[span.end - 1] for span, _points in terms]
    return [bisect_left(starts, end) - bisect_left(ends, start) for start, end in places]


def _pointless(reading: Reading, rubric: Rubric) -> bool:
    """Whether hardly an item makes a point by itself."""
    original = reading.text.original
    parts = [Reading(spelt(original[start:end], rubric.lexicon)) for start, end in _items(original)]
    ways = [way for point in rubric.points for way in point.ways]
    making = sum(any(all(map(part.spans, way.need)) for way in ways) for part in parts)
    return making <= _MAKING * len(parts)


def _bare(item: str) -> bool:
    return _width(item) <= _BARE_WIDTH and bool(_WORDS.search(item)) and not _GLUE.search(item)


def _dense(reading: Reading, rubric: Rubric) -> bool:
    """Whether it is hardly anything but terms, with next to no words between them that hold sentences together."""
    text = reading.text
    terms = [term for term in _mentions(reading, rubric.points) if _WORDS.search(text.text, *term[0])]
    if len(terms) < _DENSE_TERMS or text.width() > _DENSE_WIDEST or _covered(text, terms) < _DENSE:
        return False
    return _glue_between(text, terms) <= _DENSE_GLUE * text.width() and not _in_clauses(text, terms)


def _glue_between(text: Folded, terms: Sequence[_Mention]) -> int:
    """How many words hold sentences together, outside of terms: which of the two may be a term of its own."""
    inside = {place for span, _points in terms for place in range(span.start, span.end)}
    found = [match for match in _GLUE.finditer(text.text) if match.start() not in inside]
    return sum(len(match[0]) if "\u3400" <= match[0][0] else 1 for match in found)  # noqa: SIM300


def _in_clauses(text: Folded, terms: Sequence[_Mention]) -> bool:
    """Whether Chinese stretches are more than single terms: 队列先入先出 is a clause, 队列 is none."""
    stretches = [match.span() for match in _CHINESE.finditer(text.original)]
    clauses = sum(count >= 2 for count in _within(stretches, text, terms))
    return clauses > _CLAUSES * len(stretches)


def _unparted(text: Folded, terms: Sequence[_Mention]) -> bool:
    """Whether it is terms that nothing parts or holds together, for longer than anybody goes on.

    What a phone writes down as it is said has no marks either, but is made of sentences.
    """
    long = text.width() > _UNPARTED * text.clauses and _covered(text, terms) >= _DENSE
    return long and _glue_between(text, terms) <= _DENSE_GLUE * text.width()


def _covered(text: Folded, terms: Sequence[_Mention]) -> float:
    """Which share of the answer are the rubric's terms."""
    return sum(text.width(span.start, span.end) for span, _points in terms) / (text.width() or 1.0)


def _half(text: str) -> str:
    return text.translate(str.maketrans("，；／｜＋．", ",;/|+."))


def _width(text: str) -> float:
    return sum(1 / 3 if char < "\u2e80" else 1.0 for char in text.strip())


def tangled(reading: Reading, rubric: Rubric) -> bool:
    """Whether terms of different points stand side by side within clauses, as in fluent nonsense."""
    return not rubric.list_ok and _incoherent(_mentions(reading, rubric.points), reading)


def scattered(reading: Reading, rubric: Rubric) -> bool:
    """Whether a long text has few terms; or not many, and is parted as no sentences are: nowhere, or at every word."""
    text, terms = reading.text, _mentions(reading, rubric.points)
    if text.width() <= _SPARSE_WIDTH:
        return False
    least, most = _CLAUSE_WIDTHS
    usual = least <= text.width() / text.clauses <= most
    return _covered(text, terms) < (_SPARSE if usual else _SPARSE_UNPARTED)


def _incoherent(terms: Sequence[_Mention], reading: Reading) -> bool:
    """Whether neighbouring terms of a clause seldom belong to one point."""
    pairs = [
        bool(points_before & points_after)
        for (before, points_before), (after, points_after) in pairwise(terms)
        if reading.text.clause(before.start) == reading.text.clause(after.start)
    ]
    return len(pairs) >= _PAIRS_LEAST and sum(pairs) < _COHERENT * len(pairs)


def _mentions(reading: Reading, points: Sequence[Point]) -> list[_Mention]:
    """The terms in their order with the points they belong to; overlapping ones are one."""
    every = sorted(
        (span, point.id) for point in points for concept in concepts((point,)) for span in reading.spans(concept)
    )
    merged: list[_Mention] = []
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
