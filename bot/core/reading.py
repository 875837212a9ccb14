"""One file of a bank, read by its lines: questions with the lines they stand on, and every mistake of structure.

No Markdown is rendered here; `lint` looks at the texts themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.bank import Choice, Language, Question, Ref
from bot.core.problems import Problem
from bot.core.reading_heading import has_braces, head_of, id_of, is_numbered, unnumbered
from bot.core.reading_marks import Heading, find_marks, normalised
from bot.core.reading_plain import is_indented, unwrapped
from bot.core.reading_sections import Passage, Sections, section_named, sections_of, trimmed

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_CONTROLS = bytes(code for code in range(128) if _CONTROL.match(chr(code)))


@dataclass(frozen=True, slots=True)
class Draft:
    """One question as its file has it. `named` says whether the author gave the id."""

    id: str
    named: bool
    prompt: Passage
    answer: Passage
    difficulty: int
    tags: tuple[str, ...]
    sections: Sections

    def question(self, bank: str, language: Language, topic: str, path: str) -> Question:
        """The question it becomes."""
        sections = self.sections
        return Question(
            Ref(bank, self.id),
            language,
            topic,
            self.prompt.text,
            self.answer.text,
            self.difficulty,
            self.tags,
            tuple(Choice(option.text, option.right) for option in sections.choices),
            sections.explanation.text,
            sections.references.text,
            path,
            self.prompt.line,
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: its title (empty where it has none), its questions in order, its mistakes."""

    path: str
    title: str
    title_line: int
    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]


class _Style(NamedTuple):
    """Which headings are questions, and whether lines are wrapped in the manner of plain banks."""

    level: int
    plain: bool
    wrapped: bool


def read(source: str, path: str) -> Sheet:
    """The questions of one file and everything wrong with its structure."""
    source = normalised(source)
    marks = find_marks(source, path)
    headings, problems = marks.headings, [*marks.problems, *_control_characters(source, path)]
    style = _style(headings, source)
    _refuse_stray_text(marks.preface, headings, style, path, problems)
    drafts = tuple(_draft(group, style, path, problems) for group in _questions(headings, style.level))
    if not drafts:
        problems.append(Problem(path, 1, "Add a question: a line that begins with ## and holds its prompt."))
    title = next((heading for heading in headings if heading.level < style.level), None)
    return Sheet(path, title.text if title else "", title.line if title else 1, drafts, tuple(sorted(problems)))


def _control_characters(source: str, path: str) -> Iterator[Problem]:
    """What nobody sees in an editor and a chat shows as a box; a database of PostgreSQL takes no U+0000."""
    raw = source.encode(errors="surrogatepass")
    if len(raw.translate(None, _CONTROLS)) == len(raw):
        return  # said ten times as fast as by searching
    for found in _CONTROL.finditer(source):
        line, sign = source.count("\n", 0, found.start()) + 1, f"U+{ord(found[0]):04X}"
        yield Problem(path, line, f"Remove the control character {sign}: no text holds one but tabs and line ends.")


def _style(headings: tuple[Heading, ...], source: str) -> _Style:
    """How this file is written: our sections and braces, or a plain bank of one of three shapes."""
    seconds = [heading for heading in headings if heading.level == 2]
    thirds = [heading for heading in headings if heading.level == 3]
    if any(section_named(heading.text) for heading in thirds) or any(has_braces(heading.text) for heading in seconds):
        return _Style(2, plain=False, wrapped=False)
    titles_only = len(seconds) < 2 or not any(heading.body.strip() for heading in seconds)
    if titles_only and any(is_numbered(heading.text) for heading in thirds):
        return _Style(3, plain=True, wrapped=True)
    level = 2 if seconds or thirds or len(headings) < 2 else 1
    return _Style(level, plain=True, wrapped=is_indented(source))


def _questions(headings: tuple[Heading, ...], level: int) -> Iterator[list[Heading]]:
    """Each question's heading together with those of its sections."""
    group: list[Heading] = []
    for heading in headings:
        if heading.level <= level and group:
            yield group
            group = []
        if heading.level == level or (heading.level > level and group):
            group.append(heading)
    if group:
        yield group


def _refuse_stray_text(
    preface: str, headings: tuple[Heading, ...], style: _Style, path: str, problems: list[Problem]
) -> None:
    """Text that belongs to no question, sections without one, and a second topic in a file."""
    sentence = "Move this text below a question: nothing asks what stands outside of one."
    if preface.strip():
        problems.append(Problem(path, _first_line(preface, 1), sentence))
    seen = set[int]()
    for heading in headings:
        if heading.level < style.level and heading.body.strip():
            problems.append(Problem(path, _first_line(heading.body, heading.line + 1), sentence))
        if heading.level == 1 in seen and not style.plain:
            problems.append(Problem(path, heading.line, "Give this topic a file of its own: a file has one # title."))
        if heading.level > style.level not in seen:
            problems.append(Problem(path, heading.line, "Put a question (## and its prompt) above this section."))
        seen.add(heading.level)


def _draft(group: list[Heading], style: _Style, path: str, problems: list[Problem]) -> Draft:
    """One question from its headings."""
    first = group[0]
    head = head_of(first.text, path, first.line, problems)
    prompt = unnumbered(head.prompt) if style.plain else head.prompt
    body = unwrapped(first.body) if style.wrapped else first.body
    answer = trimmed(body, first.line + 1)
    if not prompt:
        problems.append(Problem(path, first.line, "Write the question's prompt after the ##."))
    if not answer.text:
        problems.append(Problem(path, first.line, "Write the answer below the prompt: this question has none."))
    sections = sections_of(group[1:], path, problems)
    passage = Passage(prompt, first.line)
    return Draft(head.id or id_of(prompt), bool(head.id), passage, answer, head.difficulty, head.tags, sections)


def _first_line(body: str, line: int) -> int:
    """The line of the first word in `body`, which begins on `line`."""
    return trimmed(body, line).line
