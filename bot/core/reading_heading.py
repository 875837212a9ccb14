"""A question's heading: the prompt and what its braces say."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from bot.core.problems import Problem, did_you_mean, quoted

_BRACES = re.compile(r"\s*\{\s*((?:[#.]|\w+\s*[=:：])[^{}]*)\}$")
_ITEM = re.compile(r'#(?P<id>\S*)|(?P<key>\w+)\s*=\s*(?:"(?P<long>[^"]*)"|(?P<short>[^\s"]+))|(?P<other>\S+)')
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_NUMBER = re.compile(r"^\d+\s*[.．、)）]\s*")
_NO_WORD = re.compile(r"[\W_]+")
_QUOTES = str.maketrans("“”＂", '"""')
_NARROW = str.maketrans("｛｝＃＝", "{}#=")
_SHAPE = '{#id difficulty=2 tags="a, b"}'


@dataclass(slots=True)
class Head:
    """What a question's heading says. `id` is empty where none is given."""

    prompt: str
    id: str = ""
    difficulty: int = 1
    tags: tuple[str, ...] = ()


def has_braces(heading: str) -> bool:
    """Whether the heading ends in attributes."""
    return heading.endswith("}") and _BRACES.search(heading) is not None


def is_numbered(heading: str) -> bool:
    """Whether the heading begins with a number, as `1. Why?`."""
    return _NUMBER.match(heading) is not None


def unnumbered(heading: str) -> str:
    """The heading without its number."""
    return _NUMBER.sub("", heading)


def head_of(heading: str, path: str, line: int, problems: list[Problem]) -> Head:
    """The heading taken apart; what is wrong with it is added to `problems`."""
    match = _BRACES.search(heading) if heading.endswith("}") else None
    if match is None:
        if _BRACES.search(heading.translate(_NARROW)):
            problems.append(Problem(path, line, f"Write the braces and what they hold in half-width signs: {_SHAPE}."))
        elif "{#" in heading:
            problems.append(Problem(path, line, f"Close the braces at the end of the heading: {_SHAPE}."))
        return Head(heading)
    head = Head(heading[: match.start()].strip())
    for item in _ITEM.finditer(match[1].translate(_QUOTES)):
        sentence = _apply(head, item)
        if sentence:
            problems.append(Problem(path, line, sentence))
    return head


def id_of(prompt: str) -> str:
    """The id of a prompt that names none: 8 hex digits that survive changes of case, width and punctuation."""
    return hashlib.sha256(essence(prompt).encode()).hexdigest()[:8]


def essence(prompt: str) -> str:
    """The prompt's letters and figures alone, in one case and width; of a prompt without any, the prompt."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", prompt).casefold()) or prompt


def _apply(head: Head, item: re.Match[str]) -> str:
    """Put one attribute into `head`; a sentence where that fails."""
    if item["other"]:
        return f"Write {item['other']} as {_SHAPE} does: nothing else stands in the braces."
    value = item["long"] or item["short"] or ""
    match item["key"]:
        case None:
            return _apply_id(head, item["id"])
        case "difficulty":
            return _apply_difficulty(head, value)
        case "tags":
            head.tags = tuple(tag for part in re.split("[,，、]", value) if (tag := part.strip()))
            return ""
        case key:
            guess = did_you_mean(key, ("difficulty", "tags"))
            return f"Remove {key}={guess and f' ({guess})'}: the braces hold #id, difficulty and tags."


def _apply_id(head: Head, value: str) -> str:
    if head.id:
        return f"Keep one id: this heading has #{head.id} and #{value}."
    if not _ID.fullmatch(value):
        return (
            f"Change the id {quoted(value)}: use up to 64 letters a-z, digits, - and _, beginning with none of the two."
        )
    head.id = value
    return ""


def _apply_difficulty(head: Head, value: str) -> str:
    if value not in {"1", "2", "3"}:
        return f"Set difficulty to 1, 2 or 3: it says {quoted(value)}."
    head.difficulty = int(value)
    return ""
