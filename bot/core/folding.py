"""Answers and rubrics brought to one spelling: Traditional to Simplified, full to half width, lower case, no markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, pairwise
from unicodedata import category, normalize

from bot.core.spacing import wide
from bot.core.spelling import RESPELT

LONGEST = 4096  # characters of an answer that are looked at
_DROPPED = frozenset("_{}$\\*`~")  # of LaTeX and Markdown: d_k and $d_k$ are dk
_STYLE = re.compile(  # of LaTeX, says nothing: \mathrm{Concat} is Concat
    r"\\(?:(?:math(?:rm|bf|it|sf|tt|cal)|operatorname|text(?:rm|bf|it|sf|tt)?|left|right|[lcd]?dots|q?quad)(?![A-Za-z])|[,;:!])"
)
_UNSEEN = frozenset({"Mn", "Me", "Cf"})
_GAPS = frozenset(" -")  # between Latin words they are one blank, elsewhere nothing
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_DASHES = frozenset("-‐‑‒–—―−")
_STOPS = frozenset("。!?;\n")
_FULL_STOP = "。"
_NARROW = 1 / 3  # of a Han character's width: what a Latin letter counts in windows
_QUOTE_MOST = 40  # units of a quotation


@dataclass(frozen=True)
class Folded:
    """A text as it is compared. `at[i]` is where the i-th character of `text` came from in `original`."""

    text: str
    at: tuple[int, ...]
    original: str

    @cached_property
    def _widths(self) -> tuple[float, ...]:
        return (0.0, *accumulate(1.0 if wide(char) else _NARROW for char in self.text))

    @cached_property
    def _stops(self) -> tuple[int, ...]:
        return tuple(place for place, char in enumerate(self.text) if char in _STOPS)

    @cached_property
    def _clauses(self) -> tuple[int, ...]:
        return tuple(place for place, char in enumerate(self.text) if char in _STOPS or char in ",:")

    def width(self, start: int = 0, end: int | None = None) -> float:
        """How wide a stretch is, in units: a Han character is 1, a letter a third."""
        return round(self._widths[len(self.text) if end is None else end] - self._widths[start], 3)

    def sentence(self, place: int) -> tuple[int, int]:
        """Where the sentence around a place begins and ends."""
        return _between(self._stops, place, len(self.text))

    def clause(self, place: int) -> tuple[int, int]:
        """Where the clause around a place begins and ends: commas part clauses, too."""
        return _between(self._clauses, place, len(self.text))

    @cached_property
    def clauses(self) -> int:
        """How many clauses with something in them there are, at least 1."""
        ends = (-1, *self._clauses, len(self.text))
        return max(1, sum(after - before > 1 for before, after in pairwise(ends)))

    def quote(self, start: int, end: int) -> str:
        """The person's own words for a stretch, widened to its clauses where these are short; on one line."""
        first, last = self.clause(start)[0], self.clause(max(start, end - 1))[1]
        if self.width(first, last) > _QUOTE_MOST:
            first, last = self._words(start, end)
        words = self.original[self.at[first] : self.at[last - 1] + 1]
        return " ".join(words.split()).strip(" ,，。.;；:：、")

    def _words(self, start: int, end: int) -> tuple[int, int]:
        """The stretch with the rest of a Latin word at either side."""
        while start > 0 and _latin(self.text[start - 1]) and _latin(self.text[start]):
            start -= 1
        while end < len(self.text) and _latin(self.text[end]) and _latin(self.text[end - 1]):
            end += 1
        return start, end


def fold(text: str) -> Folded:
    """The first `LONGEST` characters of a text as they are compared, in one spelling (bot/core/spelling.py)."""
    text = text[:LONGEST]
    forms, letters, places = _FORMS, list[str](), list[int]()
    style = {place for found in _STYLE.finditer(text) for place in range(*found.span())} if "\\" in text else ()
    gap = -1  # where blanks or dashes began after a Latin letter or digit; they count if another one follows
    for place, original in enumerate(text):
        if place in style:
            continue
        stops = original == "." and not text[place + 1 : place + 2].strip()  # not so within a number
        for char in _FULL_STOP if stops else forms[original]:
            if char in _GAPS:
                gap = place if gap < 0 and letters and letters[-1] in _LATIN else gap
                continue
            if gap >= 0 and char in _LATIN:
                letters.append(" ")
                places.append(gap)
            gap = -1
            letters.append(char)
            places.append(place)
    whole = Folded("".join(letters), tuple(places), text)
    for pattern, spell in RESPELT:
        whole = respelt(whole, pattern, spell)
    return whole


def respelt(text: Folded, pattern: re.Pattern[str], spell: Callable[[re.Match[str]], str]) -> Folded:
    """The text with whatever matches in another spelling, which came from where the old one did."""
    letters, places, done = list[str](), list[int](), 0
    for match in pattern.finditer(text.text):
        if (spelling := spell(match)) != match[0]:
            start, end = match.span()
            came = (text.at[min(start + number, end - 1)] for number in range(len(spelling) - 1))
            letters += [text.text[done:start], spelling]
            places += [*text.at[done:start], *came, text.at[end - 1]]
            done = end
    return Folded("".join(letters) + text.text[done:], (*places, *text.at[done:]), text.original) if done else text


def folded(words: str) -> str:
    """An author's words as they are compared."""
    return fold(words).text


class _Forms(dict[str, str]):
    """What each character is compared as, found out when it is first met: nothing for marks, controls and markup."""

    def __missing__(self, char: str) -> str:
        """The form of a character not met before."""
        plain = "\n" if char == "\n" else normalize("NFKC", char).lower()
        kept = (one for one in plain if category(one) not in _UNSEEN and one not in _DROPPED)
        form = "".join("-" if one in _DASHES else _simplified().get(one, one) for one in kept).replace("’", "'")
        return self.setdefault(char, " " if form.isspace() and form != "\n" else form)


_FORMS = _Forms()


def _latin(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in "'’")


def _between(stops: tuple[int, ...], place: int, length: int) -> tuple[int, int]:
    """The stretch between the stops around a place; a place on a stop belongs to what it ends."""
    number = bisect_right(stops, place - 1)
    return (stops[number - 1] + 1 if number else 0), (stops[number] if number < len(stops) else length)


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters by their Simplified ones, character by character, so that places stay."""
    from opencc import OpenCC  # noqa: PLC0415 - its dictionaries are read when the first answer is graded

    convert, found = OpenCC("t2s").convert, dict[str, str]()
    for block in range(0x3400, 0xA000, 1024):  # at once they took 5 MB, which stayed with the process
        every = [chr(code) for code in range(block, block + 1024)]
        simple = convert("\n".join(every)).split("\n")
        found |= {old: new for old, new in zip(every, simple, strict=True) if old != new and len(new) == 1}
    return found
