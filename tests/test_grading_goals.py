"""What the grader is worth on the bank's own rubrics, as far as it is quickly told. `make bench-grading` tells all."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import pytest

from bench.grading import hostile, people, worthless
from bench.grading.keywords import keyword_lists
from bench.grading.material import LATER, Material
from bot.core.bank import Library, Ref
from bot.core.rubrics import Rubric
from bot.flows.grading import assess


@pytest.fixture(scope="module")
def material() -> Material:
    return Material()


def test_points_hit_are_those_that_a_person_finds(material: Material) -> None:
    """On 228 honest answers: the goals of both languages, and hardly any is told that was not made."""
    figures = list(people.points(people.graded(material)))
    assert all(figure.goal is None or figure.goal.met(figure.value) for figure in figures), figures
    assert all(figure.value >= 0.9 for figure in figures if "precision" in figure.what), figures


def test_answers_that_are_younger_than_the_rubrics() -> None:
    """The same goals hold of what nobody had written when the rubrics were done; none is taken for another's."""
    graded = people.graded(Material(honest=LATER))
    figures = list(people.points(graded))
    assert len(graded) == 114
    assert all(figure.goal is None or figure.goal.met(figure.value) for figure in figures), figures
    assert not [one.answer for one, grade in graded if "elsewhere" in grade.flags]


def test_answers_without_punctuation(material: Material) -> None:
    """As phones write down what is said: the same points are found, and no good answer is taken for a list."""
    figures = list(people.unmarked(material))
    assert all(figure.goal is None or figure.goal.met(figure.value) for figure in figures), figures


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
    """What people say to one question scores below 40 at the others."""
    for one, ref in product(material.good, material.refs):
        if ref == one.ref:
            continue
        grade = assess(material.library, ref, one.answer)
        assert grade is not None
        assert grade.score < worthless.PASSED, (one.ref.id, one.language, one.kind, ref.id)


def test_no_answer_is_taken_for_one_to_another_question(material: Material) -> None:
    """Not one of the 228, good or bad, even if every other question was called near."""
    for one in material.answers:
        everything = tuple(ref.id for ref in material.refs if ref != one.ref)
        library = with_rubric(material.library, one.ref, replace(material.rubric(one.ref), near=everything))
        grade = assess(library, one.ref, one.answer)
        assert grade is not None
        assert "elsewhere" not in grade.flags, (one.ref.id, one.language, one.kind)


def with_rubric(library: Library, ref: Ref, rubric: Rubric) -> Library:
    """The same library, with that rubric of the question."""
    banks = ((bank, bank.rubrics) for bank in library.banks)
    changed = (replace(bank, rubrics={**own, ref.id: rubric}) if bank.name == ref.bank else bank for bank, own in banks)
    return replace(library, banks=tuple(changed))
