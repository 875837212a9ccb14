"""bank.yaml, with the lines of what is wrong in it."""

from __future__ import annotations

import pytest

from bot.core.manifest import read_manifest

GOOD = "title: {zh: 题库, en: Bank}\ntopics:\n  - id: a\n    title: {zh: 甲}\n  - id: b\nlicence: MIT\nsources: [书]\n"


def test_a_good_manifest() -> None:
    """Titles by language, topics in order, the licence."""
    manifest, problems = read_manifest(GOOD, "bank.yaml")
    assert problems == []
    assert manifest is not None
    assert (manifest.title, manifest.licence) == ({"zh": "题库", "en": "Bank"}, "MIT")
    assert manifest.topics == [("a", {"zh": "甲"}, 3), ("b", {}, 5)]


@pytest.mark.parametrize(
    ("source", "line", "part"),
    [
        ("", 1, "Write keys and values here: title, topics"),
        ("- a", 1, "Write keys and values here"),
        ("title: {zh: 题}", 1, "List the topics"),
        ("topics: []", 1, "Give the bank a title"),
        ("topics: []\ntitle: 题库", 2, "Write keys and values here: zh, en"),
        ("topics: []\ntitle: {zh: 题, fr: x}", 2, "Remove the key “fr”"),
        (GOOD + "autor: x", 8, "Remove the key “autor”"),
        (GOOD + "licens: x", 8, "did you mean licence?"),
        (GOOD + "licence: x", 8, "Keep one licence"),
        ("title: {zh: 题}\ntopics: a", 2, "List the topics"),
        ("title: {zh: 题}\ntopics:\n- title: {zh: 甲}", 3, "Give this topic an id"),
        ("title: {zh: 题}\ntopics:\n- id: a\n- id: a", 4, "once: this is the second time"),
        ("title: {zh: 题}\ntopics: []\nlicence: [a]", 3, "Write the licence as a few words"),
    ],
)
def test_mistakes(source: str, line: int, part: str) -> None:
    """Each mistake is told with its line."""
    _manifest, problems = read_manifest(source, "bank.yaml")
    assert [(problem.line, part in problem.sentence) for problem in problems] == [(line, True)], problems


def test_broken_yaml() -> None:
    """What is no YAML gives no manifest and the line where it breaks."""
    manifest, (problem,) = read_manifest("title: {zh: 题\ntopics: [", "bank.yaml")
    assert manifest is None
    assert problem.line == 2
    assert problem.sentence.startswith("Mend the YAML")
