"""A bank's `bank.yaml`, read with the lines its entries stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from bot.core.bank import LANGUAGES, Language
from bot.core.problems import Problem, did_you_mean, quoted

_KEYS = ("title", "topics", "licence", "sources")
_TOPIC_KEYS = ("id", "title")


class TopicEntry(NamedTuple):
    """A topic that `bank.yaml` lists, and where."""

    id: str
    title: Mapping[Language, str]
    line: int


@dataclass(slots=True)
class Manifest:
    """What `bank.yaml` says; titles by language."""

    title: dict[Language, str] = field(default_factory=dict)
    topics: list[TopicEntry] = field(default_factory=list)
    licence: str = ""


def read_manifest(source: str, path: str) -> tuple[Manifest | None, list[Problem]]:
    """The manifest, as far as it can be read (None where it is no YAML), and everything wrong with it."""
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return None, [Problem(path, _error_line(error), f"Mend the YAML: {_error_words(error)}.")]
    manifest, problems = Manifest(), list[Problem]()
    entries = _entries(node, _KEYS, path, problems)
    if isinstance(node, yaml.MappingNode):
        missing = {
            "title": "Give the bank a title: {zh: …, en: …}.",
            "topics": "List the topics: one line “- id: …” each.",
        }
        problems += [Problem(path, 1, sentence) for key, sentence in missing.items() if key not in entries]
    if "title" in entries:
        manifest.title = _title(entries["title"], path, problems)
    if "topics" in entries:
        manifest.topics = _topics(entries["topics"], path, problems)
    if "licence" in entries:
        manifest.licence = _word(entries["licence"], "licence", path, problems)
    return manifest, problems


def _entries(
    node: yaml.Node | None, known: tuple[str, ...], path: str, problems: list[Problem]
) -> dict[str, yaml.Node]:
    """The values of a mapping by their keys; other keys and other shapes are problems."""
    if not isinstance(node, yaml.MappingNode):
        line = _line(node) if node else 1
        problems.append(Problem(path, line, f"Write keys and values here: {', '.join(known)}."))
        return {}
    entries: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name not in known:
            guess = did_you_mean(name, known)
            sentence = f"Remove the key {quoted(name)}{guess and f' ({guess})'}: known here are {', '.join(known)}."
            problems.append(Problem(path, _line(key), sentence))
        elif name in entries:
            problems.append(Problem(path, _line(key), f"Keep one {name}: this is the second."))
        else:
            entries[name] = value
    return entries


def _title(node: yaml.Node, path: str, problems: list[Problem]) -> dict[Language, str]:
    """A title in each language it is given in."""
    entries = _entries(node, LANGUAGES, path, problems)
    words = {
        language: _word(entries[language], "title", path, problems) for language in LANGUAGES if language in entries
    }
    return {language: word for language, word in words.items() if word}


def _topics(node: yaml.Node, path: str, problems: list[Problem]) -> list[TopicEntry]:
    """The topics in their order, each id once."""
    if not isinstance(node, yaml.SequenceNode):
        problems.append(Problem(path, _line(node), "List the topics: one line “- id: …” each."))
        return []
    topics: dict[str, TopicEntry] = {}
    for item in node.value:
        entries = _entries(item, _TOPIC_KEYS, path, problems)
        topic_id = _word(entries["id"], "id", path, problems) if "id" in entries else ""
        title = _title(entries["title"], path, problems) if "title" in entries else {}
        if topic_id in topics:
            problems.append(
                Problem(path, _line(item), f"List the topic {quoted(topic_id)} once: this is the second time.")
            )
        elif topic_id:
            topics[topic_id] = TopicEntry(topic_id, title, _line(item))
        elif "id" not in entries:
            problems.append(Problem(path, _line(item), "Give this topic an id: the name of its file without .md."))
    return list(topics.values())


def _word(node: yaml.Node, what: str, path: str, problems: list[Problem]) -> str:
    """A plain value; empty, with a problem, for anything else."""
    if isinstance(node, yaml.ScalarNode) and node.value.strip():
        return str(node.value).strip()
    problems.append(Problem(path, _line(node), f"Write the {what} as a few words on one line."))
    return ""


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _error_line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return int(mark.line) + 1 if mark else 1


def _error_words(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or "it holds a character that YAML does not allow")
