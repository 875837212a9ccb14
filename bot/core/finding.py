"""Where an answer says something: concepts, negated or not, of which subject, and how close together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.core.folding import Folded
from bot.core.rubrics import Concept, Part, Phrase

_GAP = 60  # characters that `..` may stand for
_SCOPE = 7  # units before a claim in which a negation takes it back
_ENDING = 20  # letters that may follow a beginning
_MOST = 24  # places of a phrase that are looked at: a thousand times the same word says no more than once
_EXEMPT = (
    "不仅|不但|不只|不光|不止|不同|不断|不过|不论|不管|无论|无关|非线性|非对称|非常|未必|不一定|不得不|不对称|"
    "not only|not just|not necessarily|no matter|nonlinear|non linear"
)
_NEGATOR = (
    "不是|并不|并非|不会|不能|不可能|不再|不可|没有|没法|无法|不需要|不需|不用|不必|不要|而非|无需|无须|没|未|不|"
    r"\b(?:not|no|never|without|cannot|neither|nor|hardly|(?:is|are|was|do|does|did|ca|wo|should|would|could|has|have)n't)\b"
)
_NEGATIONS = re.compile(f"(?P<exempt>{_EXEMPT})|{_NEGATOR}")
_DIRECT = re.compile(
    f"(?P<exempt>{_EXEMPT})$|(?:{_NEGATOR}) ?(?:会|能|是|再|被|去|做|作|让|使|a |an |the |any |be |really )?$"
)
_AVOIDED = re.compile(
    "避免|防止|缓解|减轻|使|让|缩放|除以|之后|以后|才|就|为了|以免|不致|不至|否则|"
    r"\b(?:avoid|prevent|keep|so|scal|divid|without|otherwise|stop|reduc|mitigat)"
)
_COMPARED_BEFORE = re.compile(
    "(?:不像|有别于|不同于|区别于|比起|相比于?|相较于?|相对于|而不是|而非|不是|"
    r"\b(?:unlike|than|instead of|rather than|compared (?:to|with)|in contrast to|as opposed to|not)) ?(?:the )?$"
)
_COMPARED_AROUND = (re.compile("[与和跟同]$"), re.compile("(?:不同|不一样|相比|相反|的区别|的差别)"))


class Span(NamedTuple):
    """A stretch of a folded text."""

    start: int
    end: int


class Spot(NamedTuple):
    """Where all of a way's concepts stand: the stretch around them and its width in units."""

    start: int
    end: int
    width: float


class Reading:
    """One answer, being read: what has been looked for is looked up the second time."""

    def __init__(self, text: Folded) -> None:
        self.text = text
        self._parts: dict[Part, list[Span]] = {}
        self._concepts: dict[tuple[Concept, bool], list[Span]] = {}

    def spans(self, concept: Concept, *, claimed: bool = False) -> list[Span]:
        """Where the answer says it, in order, negations heeded; as a claim, `claimed`, any negation takes it back."""
        key = concept, claimed
        if key not in self._concepts:
            self._concepts[key] = sorted(set(self._search(concept, claimed=claimed)))
        return self._concepts[key]

    def _search(self, concept: Concept, *, claimed: bool) -> Iterator[Span]:
        for phrase in concept.phrases:
            for span in self._places(phrase):
                if not (self._taken_back(span) if claimed else self._negated(phrase, span)):
                    yield span

    def _places(self, phrase: Phrase) -> Iterable[Span]:
        if phrase.regex is not None:
            found = (Span(*match.span()) for match in phrase.regex.finditer(self.text.text))
            return [span for span, _number in zip(found, range(_MOST), strict=False) if span.end > span.start]
        first, *others = phrase.parts
        return self._followed(self._places_of(first), others)

    def _places_of(self, part: Part) -> list[Span]:
        if part not in self._parts:
            self._parts[part] = list(find(self.text.text, part))
        return self._parts[part]

    def _followed(self, spans: list[Span], parts: Sequence[Part]) -> list[Span]:
        """Those spans after which the parts follow, in their order and within the sentence."""
        for part in parts:
            after, starts = self._places_of(part), [span.start for span in self._places_of(part)]
            spans = [
                Span(span.start, following.end)
                for span in spans
                if (at := bisect_right(starts, span.end - 1)) < len(after)
                and (following := after[at]).start - span.end <= _GAP
                and self.text.sentence(span.start) == self.text.sentence(following.start)
            ]
        return spans

    def _negated(self, phrase: Phrase, span: Span) -> bool:
        """Whether a negation stands right before it, where that matters."""
        if phrase.negation == "ignored":
            return False
        begins = self.text.clause(span.start)[0]
        match = _DIRECT.search(self.text.text[max(begins, span.start - 16) : span.start])
        if match is None or match["exempt"]:
            return False
        return phrase.negation == "direct" or not self._avoided(span)

    def _avoided(self, span: Span) -> bool:
        begins, _ends = self.text.sentence(span.start)
        return _AVOIDED.search(self.text.text[begins : span.start]) is not None

    def _taken_back(self, span: Span) -> bool:
        """Whether an odd number of negations stand before it in its clause, close by."""
        begins = self.text.clause(span.start)[0]
        while self.text.width(begins, span.start) > _SCOPE:
            begins += 1
        found = _NEGATIONS.finditer(self.text.text, begins, span.start)
        return sum(match["exempt"] is None for match in found) % 2 == 1

    def subjects(self, subjects: Mapping[str, Concept]) -> list[tuple[int, str]]:
        """Where the answer begins to speak of which subject; one it only compares with is left out."""
        named = ((span, name) for name, concept in subjects.items() for span in self.spans(concept))
        return sorted((span.start, name) for span, name in named if not self._compared(span))

    def _compared(self, span: Span) -> bool:
        before = self.text.text[max(0, span.start - 20) : span.start]
        after = self.text.text[span.end : span.end + 6]
        between, unlike = _COMPARED_AROUND
        return bool(_COMPARED_BEFORE.search(before) or (between.search(before) and unlike.search(after)))


def find(text: str, part: Part) -> Iterator[Span]:
    """Where a part stands in a folded text; Latin words and numbers are found whole."""
    words, place, found = part.text, text.find(part.text), 0
    while place >= 0 and found < _MOST:
        end = _word_end(text, place + len(words), part)
        if end is not None and not _goes_on(text[place - 1 : place] if place else "", words[0]):
            yield Span(place, end)
            found += 1
        place = text.find(words, place + 1)


def _word_end(text: str, end: int, part: Part) -> int | None:
    """Where the word ends that the part ends in; None where it goes on and may not."""
    if part.prefix:
        last = min(len(text), end + _ENDING)
        while end < last and _goes_on(text[end], part.text[-1]):
            end += 1
        return end
    endings = ("",) if part.exact or not part.text[-1].isalpha() else ("", "s", "es")
    ends = (end + len(ending) for ending in endings if text.startswith(ending, end))
    return next((at for at in ends if not _goes_on(text[at : at + 1], part.text[-1])), None)


def _goes_on(char: str, beside: str) -> bool:
    """Whether two characters belong to one Latin word or one number."""
    if not (char.isascii() and beside.isascii()):
        return False
    return (char.isalpha() and beside.isalpha()) or (char.isdigit() and beside.isdigit())


def about(subject: str, place: int, subjects: Sequence[tuple[int, str]]) -> bool:
    """Whether the subject spoken of at that place is this one, or none has been named yet; subjects as a reading's."""
    before = [name for start, name in subjects if start <= place]
    return not before or before[-1] == subject or (place, subject) in subjects


def closest(text: Folded, groups: Sequence[list[Span]]) -> Spot | None:
    """The narrowest stretch with something of each group; None where a group is empty."""
    if not all(groups):
        return None
    every = sorted((span, group) for group, spans in enumerate(groups) for span in spans)
    last: dict[int, Span] = {}
    best: Spot | None = None
    for span, group in every:
        last[group] = span
        if len(last) == len(groups):
            start, end = min(one.start for one in last.values()), max(one.end for one in last.values())
            width = text.width(start, end)
            if best is None or width < best.width:
                best = Spot(start, end, width)
    return best
