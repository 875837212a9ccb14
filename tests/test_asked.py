"""What an interviewer asks on, answered as people answer: in half a sentence that does not say again what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.bank import Library, Ref
from bot.core.rubrics import Point
from bot.flows.grading import assess
from bot.flows.library import load

TESTS = Path(__file__).parent
TRUE_HERE = {  # answers to something else that are true of what is asked, too
    ("position-encoding learned", "input-embeddings trained"),
    ("layernorm-vs-batchnorm features", "why-layernorm own-token"),
    ("why-layernorm own-token", "ffn-role positionwise"),
}
Key = tuple[str, str]  # question, point


def answers() -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Question and point, and a short answer to what is asked about it, in Chinese and in English."""
    for line in (TESTS / "asked.txt").read_text(encoding="utf-8").splitlines():
        key, chinese, english = line.split(" | ")
        question, point = key.split()
        yield (question, point), (chinese, english)


@pytest.fixture(scope="module")
def material() -> tuple[Library, dict[str, Ref], dict[Key, Point]]:
    """The bank, its questions and its points."""
    library = load(TESTS.parent / "content")
    refs = {ref.id: ref for ref in library.refs if ref.bank == "bert"}
    rubrics = {key: rubric for key, ref in refs.items() if (rubric := library.rubric(ref))}
    return library, refs, {(key, point.id): point for key, rubric in rubrics.items() for point in rubric.points}


def hits(material: tuple[Library, dict[str, Ref], dict[Key, Point]], key: Key, said: str, point: Point) -> bool:
    """Whether that makes the point, where it alone is asked for."""
    library, refs, _points = material
    told = assess(library, refs[key[0]], said, only=[point])
    assert told is not None
    return bool(told.hits)


def test_a_short_answer_to_what_is_asked_makes_the_point(
    material: tuple[Library, dict[str, Ref], dict[Key, Point]],
) -> None:
    """In both languages, for every point of the bank, as when the points left out last time are asked for."""
    points, asked = material[2], dict(answers())
    assert asked.keys() == points.keys()
    unheard = [
        (key, said) for key, both in asked.items() for said in both if not hits(material, key, said, points[key])
    ]
    assert unheard == []


def test_what_counts_in_reply_alone_is_made_by_no_other_answer(
    material: tuple[Library, dict[str, Ref], dict[Key, Point]],
) -> None:
    """Not by those to anything else of the bank, beyond what the point's own words make of them."""
    more = set()
    for key, point in ((key, point) for key, point in material[2].items() if point.reply):
        for other, both in answers():
            heard = (one for one in both if other != key and hits(material, key, one, point))
            if any(not hits(material, key, one, replace(point, reply=())) for one in heard):
                more.add((" ".join(key), " ".join(other)))
    assert more == TRUE_HERE


@pytest.mark.parametrize(
    "said", ["不知道", "不清楚，忘了", "I don't know", "嗯", "是的", "不是", "no", "yes", "对 token 算"]
)
def test_what_says_nothing_makes_nothing(material: tuple[Library, dict[str, Ref], dict[Key, Point]], said: str) -> None:
    """Nor does what is asked, said back, or with that behind it."""
    for key, point in ((key, point) for key, point in material[2].items() if point.reply):
        for words in (said, *point.ask.values(), *(f"{ask} {said}" for ask in point.ask.values())):
            assert not hits(material, key, words, point), (key, words)


def test_a_denial_is_no_reply(material: tuple[Library, dict[str, Ref], dict[Key, Point]]) -> None:
    """What the point says, with a no right before it."""
    for key, said in (
        (("layernorm-vs-batchnorm", "batch"), "不跨 batch"),
        (("input-embeddings", "position"), "没有位置嵌入"),
        (("position-encoding", "learned"), "不是训练出来的表"),
        (("position-encoding", "learned"), "a table, not learned"),
    ):
        assert not hits(material, key, said, material[2][key]), said
