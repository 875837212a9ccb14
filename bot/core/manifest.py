"""A bank's `bank.yaml`, read with the lines its entries stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from bot.core.bank import LANGUAGES, Language
from bot.core.problems import Problem, quoted
from bot.core.yaml_nodes import NoYamlError, compose, entries_of, line_of, word_of

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
    manifest, problems = Manifest(), list[Problem]()
    try:
        node = compose(source, path)
    except NoYamlError as error:
        return None, [error.problem]
    entries = entries_of(node, _KEYS, path, problems)
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
        manifest.licence = word_of(entries["licence"], "licence", path, problems)
    return manifest, problems


def _title(node: yaml.Node, path: str, problems: list[Problem]) -> dict[Language, str]:
    """A title in each language it is given in."""
    entries = entries_of(node, LANGUAGES, path, problems)
    words = {
        language: word_of(entries[language], "title", path, problems) for language in LANGUAGES if language in entries
    }
    return {language: word for language, word in words.items() if word}


def _topics(node: yaml.Node, path: str, problems: list[Problem]) -> list[TopicEntry]:
    """The topics in their order, each id once."""
    if not isinstance(node, yaml.SequenceNode):
        problems.append(Problem(path, line_of(node), "List the topics: one line “- id: …” each."))
        return []
    topics: dict[str, TopicEntry] = {}
    for item in node.value:
        entries = entries_of(item, _TOPIC_KEYS, path, problems)
        topic_id = word_of(entries["id"], "id", path, problems) if "id" in entries else ""
        title = _title(entries["title"], path, problems) if "title" in entries else {}
        if topic_id in topics:
            problems.append(
                Problem(path, line_of(item), f"List the topic {quoted(topic_id)} once: this is the second time.")
            )
        elif topic_id:
            topics[topic_id] = TopicEntry(topic_id, title, line_of(item))
        elif "id" not in entries:
            problems.append(Problem(path, line_of(item), "Give this topic an id: the name of its file without .md."))
    return list(topics.values())
