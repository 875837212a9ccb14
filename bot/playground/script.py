"""Scenario files: YAML in, a Scenario out, or every mistake as `path:line: sentence`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import yaml

from bot.playground.defaults import DEFAULT, Cast, Part
from bot.playground.errors import ScenarioError
from bot.playground.scenario import BARE, MOMENT, VERBS, Argument, Scenario, Step
from bot.playground.switching import complaint

Fields = dict[str, yaml.Node]
_KEYS = ("title", "seed", "start", "zone", "group", "pace", "people", "steps")
_PERSON_KEYS = ("language", "username", "skill", "joins")
_SLOWEST = 60.0  # seconds between two steps, or of one pause


def read(path: Path) -> Scenario:
    """The scenario in a file. Raises ScenarioError with a line for every mistake in it."""
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ScenarioError(f"{path}:1: The scenario cannot be read: {reason}.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ScenarioError(f"{path}:{line}: This is no YAML: {error.problem}.") from error
    reader = _Reader(str(path))
    scenario = reader.scenario(root)
    if reader.mistakes:
        raise ScenarioError("\n".join(f"{path}:{line}: {told}" for line, told in sorted(reader.mistakes)))
    return scenario


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path
        self.mistakes: list[tuple[int, str]] = []

    def scenario(self, root: yaml.Node | None) -> Scenario:
        if root is None:
            self.mistakes.append((1, "The scenario is empty."))
            return Scenario()
        given = self.fields(root, _KEYS, "The scenario")
        if "steps" not in given:
            self.wrong(root, "There are no steps.")
        zone = ZoneInfo(self.value(given, "zone", _zone, "an IANA time zone like Asia/Shanghai") or "Asia/Shanghai")
        cast = self.cast(given)
        start = self.value(given, "start", _start, "a moment like 2026-11-23 19:55")
        return Scenario(
            cast=cast,
            seed=self.value(given, "seed", int, "a whole number"),
            start=start.replace(tzinfo=zone) if start else None,
            zone=zone,
            steps=tuple(self.steps(given.get("steps"), cast)),
            title=self.value(given, "title", str, "a text") or "",
            pace=1.0 if (pace := self.value(given, "pace", _seconds, "seconds from 0 to 60")) is None else pace,
            path=self.path,
        )

    def cast(self, given: Fields) -> Cast:
        group = self.value(given, "group", _text, "the group's name") or DEFAULT.group
        if "people" not in given:
            return Cast(DEFAULT.people, group)
        people = [self.part(name, node) for name, node in self.fields(given["people"], None, "people").items()]
        if people and not people[0].inside:
            self.wrong(given["people"], f"{people[0].name} comes first, so founded the group, and cannot join later.")
        if not people and isinstance(given["people"], yaml.MappingNode):
            self.wrong(given["people"], "There are no people.")
        return Cast(tuple(people) or DEFAULT.people, group)

    def part(self, name: str, node: yaml.Node) -> Part:
        given = {} if _empty(node) else self.fields(node, _PERSON_KEYS, name)
        return Part(
            name,
            username=self.value(given, "username", _username, "5 to 32 letters, digits or _") or "",
            language=self.value(given, "language", _language, "a code like zh-hans or en") or "zh-hans",
            skill=self.value(given, "skill", _share, "a number from 0 to 1"),
            inside=self.value(given, "joins", _later, "later") is None,
        )

    def steps(self, node: yaml.Node | None, cast: Cast) -> Iterator[Step]:
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self.wrong(node, "The steps are a list, each line of it beginning with a dash.")
            return
        inside = {part.name: part.inside for part in cast.people}
        for item in node.value:
            step = _step(item, inside)
            if isinstance(step, str):
                self.wrong(item, step)
            else:
                self.follow(item, step, inside)
                yield step

    def follow(self, node: yaml.Node, step: Step, inside: dict[str, bool]) -> None:
        """Who is in the group after this step; whoever acts there must be in it."""
        present = inside.get(step.who, True)
        if step.verb == "joins" and present:
            self.wrong(node, f"{step.who} is in the group already.")
        elif step.verb not in {"joins", "tells", "taps", "renames"} and not present:
            self.wrong(node, f"{step.who} is not in the group here.")
        if step.verb in {"joins", "leaves"}:
            inside[step.who] = step.verb == "joins"

    def fields(self, node: yaml.Node, known: tuple[str, ...] | None, what: str) -> Fields:
        """A mapping by its keys; `known` are those there may be (None: any)."""
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, f"{what} must be a list of `key: value` lines.")
            return {}
        found: Fields = {}
        for key, value in node.value:
            name = str(key.value)
            if name in found:
                self.wrong(key, f"“{name}” stands here twice.")
            elif known is not None and name not in known:
                self.wrong(key, f"There is no “{name}” here.{_guess(name, known)}")
            found[name] = value
        return found

    def value(self, given: Fields, key: str, convert: Callable[[str], Any], what: str) -> Any:  # noqa: ANN401 - convert's
        """The field, converted; None when it is not there, or wrong, which is told."""
        node = given.get(key)
        if node is None:
            return None
        try:
            if isinstance(node, yaml.ScalarNode):
                return convert(node.value)
        except ValueError:
            pass
        self.wrong(node, f"“{key}” must be {what}.")
        return None

    def wrong(self, node: yaml.Node, sentence: str) -> None:
        self.mistakes.append((_line(node), sentence))


def _step(node: yaml.Node, people: Iterable[str]) -> Step | str:
    """One step, or what is wrong with it."""
    said, words = _said(node)
    if not said:
        return "A step is one line, as in: - Ada says: /quiz"
    who, _, verb = said.rpartition(" ")
    known = VERBS if who else BARE
    if verb not in known:
        return f"“{verb}” is no step{' of a person' if who else ''}.{_guess(verb, known)}"
    if who and who not in people:
        return f"There is no person “{who}”.{_guess(who, people)}"
    complaint = _complaint(known[verb], words, people)
    return f"“{verb}” {complaint}." if complaint else Step(_line(node), who, verb, words)


def _said(node: yaml.Node) -> tuple[str, str]:
    """A step's words before and behind the colon; "" for what is no step."""
    if isinstance(node, yaml.ScalarNode) and node.value:
        return node.value, ""
    if isinstance(node, yaml.MappingNode) and len(node.value) == 1:
        key, value = node.value[0]
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode):
            return key.value, "" if _empty(value) else value.value
    return "", ""


def _complaint(argument: Argument, words: str, people: Iterable[str]) -> str:
    """What is wrong with the words behind the colon; "" when nothing is."""
    if argument == "nothing":
        return "takes no words" if words else ""
    if not words:
        return "needs words behind the colon"
    if argument == "person" and words not in people:
        return f"needs a person, and there is no “{words}”"
    if argument == "fault":
        return complaint(words)
    wanted = {
        "choice": ("right|wrong|[A-L]", "takes right, wrong, or a letter"),
        "moment": (MOMENT.pattern, "takes +10m, +2h, +1d, 21:00, or mon 21:00"),
        "seconds": (r"\d{1,2}(\.\d+)?", "takes seconds, at most 60"),
        "switch": ("on|off", "takes on or off"),
        "count": (r"[1-9]\d{0,3}", "takes how many updates, at most 9999"),
    }
    pattern, told = wanted.get(argument, (".+", ""))
    return "" if re.fullmatch(pattern, words, re.DOTALL) else told


def _guess(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.65)
    return f" Did you mean “{close[0]}”?" if close else ""


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _matching(pattern: str) -> Callable[[str], str]:
    def convert(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(text)
        return text

    return convert


def _start(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - the file's zone comes afterwards


_text = _matching(r"(?s).*\S.*")
_username = _matching(r"\w{5,32}")
_language = _matching(r"[a-z]{2}(-[a-z]+)?")
_later = _matching("later")


def _zone(text: str) -> str:
    if text not in available_timezones():
        raise ValueError(text)
    return text


def _between(least: float, most: float) -> Callable[[str], float]:
    def convert(text: str) -> float:
        number = float(text)
        if not least <= number <= most:
            raise ValueError(text)
        return number

    return convert


_share = _between(0, 1)
_seconds = _between(0, _SLOWEST)
