"""What the grader is worth on the bank's own rubrics, as far as it is quickly told. `make bench-grading` tells all."""

from __future__ import annotations

import random
from itertools import product

import pytest

from bench.grading import hostile, people, worthless
from bench.grading.keywords import keyword_lists
from bench.grading.material import Material
from bot.flows.grading import assess

# Questions whose good answers make points of one another, too: what LayerNorm does instead of BatchNorm and why, and
# where LayerNorm stands, which begins with the sum that is the input embedding.
AKIN = {
    ("layernorm-vs-batchnorm", "why-layernorm"),
    ("why-layernorm", "layernorm-vs-batchnorm"),
    ("layernorm-position", "input-embeddings"),
}


@pytest.fixture(scope="module")
def material() -> Material:
    return Material()


def test_points_hit_are_those_that_a_person_finds(material: Material) -> None:
    """On 228 honest answers: the goals of both languages, and hardly any is told that was not made."""
    figures = list(people.points(people.graded(material)))
    assert all(figure.goal is None or figure.goal.met(figure.value) for figure in figures), figures
    assert all(figure.value >= 0.9 for figure in figures if "precision" in figure.what), figures


def test_english_answers_to_chinese_questions_lose_nothing(material: Material) -> None:
    """Under five points against Chinese answers that say the same, whether or not there is an English side."""
    for figure in people.languages(material):
        assert figure.goal is None or figure.goal.met(figure.value), figure


def test_what_says_nothing_gets_nothing(material: Material) -> None:
    """Empty, "don't know" and off-topic answers stay below 20 for every question."""
    for figure in worthless.nothing(material):
        assert figure.goal
        assert figure.goal.met(figure.value), figure


def test_noise_of_every_kind_is_graded_and_never_passes_well(material: Material) -> None:
    """Nothing crashes, and nothing gets more than 60."""
    for ref, kind, answer in hostile.answers(material, 5 * len(hostile.KINDS)):
        grade = assess(material.library, ref, answer)
        assert grade is not None
        assert grade.score <= 60, kind


def test_keyword_lists_are_told_from_answers(material: Material) -> None:
    """A row of the rubric's own words stays below 35, but where a list may be the answer."""
    for ref in (ref for ref in material.refs if not material.rubric(ref).list_ok):
        for words in keyword_lists(material.rubric(ref), random.Random(ref.id), 1):
            grade = assess(material.library, ref, words)
            assert grade is not None
            assert grade.score < 35, words


def test_good_answers_pass_for_no_other_question(material: Material) -> None:
    """What people say to one question scores below 40 at the others, but where the two are akin."""
    for one, ref in product(material.good, material.refs):
        if ref == one.ref or (one.ref.id, ref.id) in AKIN:
            continue
        grade = assess(material.library, ref, one.answer)
        assert grade is not None
        assert grade.score < worthless.PASSED, (one.ref.id, one.language, one.kind, ref.id)
