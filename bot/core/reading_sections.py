"""What follows an answer: choices, explanation, references, under headings in either language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.problems import Problem, did_you_mean, quoted
from bot.core.reading_marks import Heading

_NAMES = {
    "选项": "choices", "choices": "choices",
    "解析": "explanation", "explanation": "explanation",
    "参考": "references", "references": "references",
}  # fmt: skip
_CHOICE = re.compile(r"[ \t]*[-*+][ \t]+\[([ xX])\](?:[ \t]+|$)(.*)")
_RULES = ("---", "***", "___")  # many authors draw one between questions
_LAST_RULE = re.compile(r"(?:^|\n)[ \t]*(?:-{3,}|\*{3,}|_{3,})$")
_FEWEST, _MOST = 2, 12  # a poll's limits


class Passage(NamedTuple):
    """A stretch of Markdown and the line it begins on."""

    text: str
    line: int


_ABSENT = Passage("", 0)


class Option(NamedTuple):
    """One choice and the line it stands on."""

    text: str
    right: bool
    line: int


@dataclass(slots=True)
class Sections:
    """A question's sections; those it does not have are empty. `line` is where the choices begin."""

    choices: tuple[Option, ...] = ()
    explanation: Passage = _ABSENT
    references: Passage = _ABSENT
    line: int = 0


def section_named(heading: str) -> str | None:
    """Which section a heading begins, in either language; None for any other heading."""
    return _NAMES.get(heading.rstrip(":：").strip().casefold())


def trimmed(body: str, line: int) -> Passage:
    """The text without empty lines around it and without a rule drawn below; `line` is the body's first."""
    text = body.rstrip()
    if text.endswith(_RULES):
        text = _LAST_RULE.sub("", text).rstrip()
    if text[:1] > " ":
        return Passage(text, line)
    blank = len(text) - len(text.lstrip())
    start = text.rfind("\n", 0, blank) + 1  # keeps the first line's own indentation
    return Passage(text[start:], line + text.count("\n", 0, start))


def sections_of(headings: list[Heading], path: str, problems: list[Problem]) -> Sections:
    """The sections under these headings; what is wrong with them is added to `problems`."""
    sections, seen = Sections(), dict[str, int]()
    for heading in headings:
        name = section_named(heading.text)
        if name is None:
            problems.append(Problem(path, heading.line, _unknown(heading.text)))
        elif name in seen:
            sentence = f"Keep one section {quoted(heading.text)}: this question has one on line {seen[name]} already."
            problems.append(Problem(path, heading.line, sentence))
        else:
            seen[name] = heading.line
            _fill(sections, name, heading, path, problems)
    return sections


def _unknown(heading: str) -> str:
    guess = did_you_mean(heading, tuple(_NAMES))
    known = "a section is 选项, 解析 or 参考 (Choices, Explanation, References); a heading in an answer is ####"
    return f"Rename the section {quoted(heading)}{guess and f' ({guess})'}: {known}."


def _fill(sections: Sections, name: str, heading: Heading, path: str, problems: list[Problem]) -> None:
    """Put one section in its place."""
    passage = trimmed(heading.body, heading.line + 1)
    if not passage.text:
        problems.append(
            Problem(path, heading.line, f"Write something below {quoted(heading.text)} or remove the heading.")
        )
    elif name == "choices":
        sections.line = heading.line
        sections.choices = _choices(passage, path, problems)
        problems += [Problem(path, heading.line, sentence) for sentence in _miscounted(sections.choices)]
    elif name == "explanation":
        sections.explanation = passage
    else:
        sections.references = passage


def _choices(passage: Passage, path: str, problems: list[Problem]) -> tuple[Option, ...]:
    """The choices, each on a line of its own; an indented line continues the one above."""
    options: list[Option] = []
    for line, text in enumerate(passage.text.split("\n"), passage.line):
        match = _CHOICE.match(text)
        if match:
            options.append(Option(match[2].strip(), match[1] != " ", line))
        elif text.strip() and options and text[0].isspace():
            options[-1] = options[-1]._replace(text=f"{options[-1].text}\n{text.strip()}")
        elif text.strip():
            problems.append(Problem(path, line, "Write each choice as “- [ ] …”, the right one as “- [x] …”."))
    _refuse_bad_texts(options, path, problems)
    return tuple(options)


def _refuse_bad_texts(options: list[Option], path: str, problems: list[Problem]) -> None:
    """Choices without words, and the same words twice."""
    seen: dict[str, int] = {}
    for option in options:
        if not option.text:
            problems.append(Problem(path, option.line, "Write this choice's text after the box."))
        elif seen.setdefault(option.text, option.line) != option.line:
            sentence = f"Change this choice: it is the same as the one on line {seen[option.text]}."
            problems.append(Problem(path, option.line, sentence))


def _miscounted(options: tuple[Option, ...]) -> list[str]:
    """Sentences about too few or too many choices, or right ones."""
    sentences = []
    if not _FEWEST <= len(options) <= _MOST:
        sentences.append(f"Give {_FEWEST} to {_MOST} choices: there are {len(options)}.")
    right = sum(option.right for option in options)
    if right != 1:
        sentences.append(
            f"Mark exactly one choice with [x] as right: {right or 'none'} {'is' if right < 2 else 'are'} marked."
        )
    return sentences
