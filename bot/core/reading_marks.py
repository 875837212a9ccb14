"""Where a file's headings and code fences stand: one pass of a regular expression, so 10,000 questions take no time."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.core.problems import Problem

_MARK = re.compile(r"^(?:(#{1,3})(?!#)([^\n]*)|[ \t]*(`{3,}|~{3,})([^\n]*))$", re.MULTILINE)
_CLOSING_HASHES = re.compile(r"\s+#+\s*$")
_MOST_UNCLOSED = 20  # fences looked at again as text, so that one slip does not hide the rest of the file


class Heading(NamedTuple):
    """One heading of level 1 to 3; `body` is what follows it up to the next one, beginning on line + 1."""

    level: int
    text: str
    line: int
    body: str


class Marks(NamedTuple):
    """A file's text before its first heading, its headings, and what is wrong with its fences."""

    preface: str
    headings: tuple[Heading, ...]
    problems: tuple[Problem, ...]


class _Fence(NamedTuple):
    mark: str
    line: int


_Spot = tuple[int, str, int, int, int]  # level, text, line, start, end; plain tuples, as there are very many


def normalised(source: str) -> str:
    """The text without a byte order mark, its lines ended by line feeds alone."""
    return source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def find_marks(source: str, path: str) -> Marks:
    """The headings of `source` (already normalised) that stand outside code."""
    ignored: set[int] = set()
    spots, problems, unclosed = _scan(source, path, ignored)
    reported = list[Problem]()
    while unclosed is not None and len(ignored) < _MOST_UNCLOSED:
        reported.append(Problem(path, unclosed.line, f"This code fence is never closed: end it with {unclosed.mark}."))
        ignored.add(unclosed.line)
        spots, problems, unclosed = _scan(source, path, ignored)
    ends = [spot[3] for spot in spots[1:]] + [len(source)]
    headings = tuple(
        Heading(level, text, line, source[after + 1 : end])
        for (level, text, line, _start, after), end in zip(spots, ends, strict=False)
    )
    return Marks(source[: spots[0][3]] if spots else source, headings, (*problems, *reported))


def _scan(source: str, path: str, ignored: set[int]) -> tuple[list[_Spot], list[Problem], _Fence | None]:
    """Headings outside fences, fences run into by others, and the fence still open at the end."""
    spots, problems = list[_Spot](), list[Problem]()
    fence: _Fence | None = None
    line, at = 1, 0
    for match in _MARK.finditer(source):
        start, end = match.span()
        line += source.count("\n", at, start)
        at = start
        level, title, mark, info = match.groups()
        if mark:
            if line not in ignored:
                fence = _next_fence(fence, mark, info.strip(), line, path, problems)
        elif fence is None and (len(level) > 1 or title[:1].isspace()):
            text = title.strip()
            text = _CLOSING_HASHES.sub("", title).strip() if text.endswith("#") else text
            spots.append((len(level), text, line, start, end))
    return spots, problems, fence


def _next_fence(
    fence: _Fence | None, mark: str, info: str, line: int, path: str, problems: list[Problem]
) -> _Fence | None:
    """The fence that is open after this line; inside one, a line that opens another shows the first was left open."""
    if fence is None:
        return None if "`" in info else _Fence(mark, line)
    if not mark.startswith(fence.mark):
        return fence
    if not info:
        return None
    if "`" in info:
        return fence
    sentence = f"This code fence is not closed before the next one opens on line {line}: end it with {fence.mark}."
    problems.append(Problem(path, fence.line, sentence))
    return _Fence(mark, line)
