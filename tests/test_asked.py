"""What an interviewer asks on, answered as people answer: in half a sentence that does not say again what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.core.rubrics import Point
from bot.flows.grading import assess
from bot.flows.library import load

TESTS = Path(__file__).parent
SAID_BY_THE_QUESTION = {  # points of a subject that only the question names: half a sentence is not enough for these
    ("input-embeddings", "position"),
    ("layernorm-vs-batchnorm", "batch"),
    ("layernorm-vs-batchnorm", "features"),
    ("nonlinearity-sources", "linear"),
    ("nonlinearity-sources", "softmax"),
    ("position-encoding", "learned"),
    ("why-layernorm", "own-token"),
}


def answers() -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Question and point, and a short answer to what is asked about it, in Chinese and in English."""
    for line in (TESTS / "asked.txt").read_text(encoding="utf-8").splitlines():
        key, chinese, english = line.split(" | ")
        question, point = key.split()
        yield (question, point), (chinese, english)


def test_a_short_answer_to_what_is_asked_makes_the_point() -> None:
    """In both languages, for every point of the bank, as when the points left out last time are asked for."""
    library, unheard, points = load(TESTS.parent / "content"), set[tuple[str, str]](), dict[tuple[str, str], Point]()
    refs = {ref.id: ref for ref in library.refs if ref.bank == "bert"}
    for ref in refs.values():
        rubric = library.rubric(ref)
        points |= {(ref.id, point.id): point for point in (rubric.points if rubric else ())}
    asked = dict(answers())
    assert asked.keys() == points.keys()
    for (question, point), both in asked.items():
        for answer in both:
            told = assess(library, refs[question], answer, only=[points[question, point]])
            assert told is not None
            if not told.hits:
                unheard.add((question, point))
    assert unheard == SAID_BY_THE_QUESTION
