"""Slips of the finger in the words that a rubric looks for are forgiven, and other words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.crediting import credited
from bot.core.folding import fold
from bot.core.judging import grade
from bot.core.rubric_reading import read_rubrics
from bot.core.rubrics import Rubric
from bot.core.slips import mended

_YAML = """
full_at: 60
points:
  - {id: a, w: 50, say: {zh: 梯度, en: gradients}, need: ['gradient|梯度', 'vanish*|消失']}
  - {id: b, w: 50, say: {zh: 嵌入, en: embeddings}, need: ['embedding*|嵌入', '=masked|遮盖']}
"""


def _rubric() -> Rubric:
    (rubric,), problems = read_rubrics(_YAML, "a.yaml")
    assert problems == []
    return rubric


RUBRIC = _rubric()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("embeding", "embedding"),  # one missing
        ("embeddding", "embedding"),  # one too many
        ("embefding", "embedding"),  # a wrong one
        ("embeddnig", "embedding"),  # two swapped
        ("embedings", "embeddings"),  # a beginning goes on
        ("vansihing", "vanishing"),
        ("gradeint", "gradient"),
        ("gradeints", "gradients"),
        ("mbedding", "mbedding"),  # the first letter
        ("gradienz", "gradienz"),  # the last one
        ("gradeintal", "gradeintal"),  # no beginning
        ("embdng", "embdng"),  # more than one
        ("marked", "marked"),  # a word of its own
        ("maksed", "masked"),
        ("grad", "gradient"),  # a short form is none
        ("the gradeint of the embeding", "the gradient of the embedding"),
    ],
)
def test_one_slip_within_a_word_is_forgiven(typed: str, meant: str) -> None:
    """Neither the first letter nor the last, and nothing that is another English word."""
    assert mended(fold(typed), RUBRIC.lexicon).text == meant


def test_a_slip_costs_no_point_and_is_quoted_as_it_was_typed() -> None:
    """The grade is that of the right spelling."""
    typed, right = (grade(RUBRIC, f"the {word} vanishes") for word in ("gradeint", "gradient"))
    assert [hit.point for hit in typed.hits] == ["a"]
    assert (typed.score, typed.band) == (right.score, right.band)
    assert typed.hits[0].quote == "the gradeint vanishes"


def test_a_point_granted_is_worth_the_same_to_who_mistyped_the_others() -> None:
    """What was made before is what the grade counted, slips and all."""
    typed, right = (f"the {word} may vanish somehow" for word in ("gradeint", "gradient"))
    granted = [credited(grade(RUBRIC, answer), RUBRIC, answer, ["b"]) for answer in (typed, right)]
    assert granted[0].score == granted[1].score
    assert granted[0].missed == granted[1].missed == ()


def test_a_quotation_with_the_persons_slip_proves_what_it_would_without() -> None:
    """An opinion quotes as the person typed."""
    answer = "what matters is that every gradeint there becomes tiny in the end"
    opinion = grade(RUBRIC, answer, quotes={"a": "every gradeint there becomes tiny"})
    assert [hit.point for hit in opinion.hits] == ["a"]
    assert grade(RUBRIC, answer).hits == ()


def test_a_list_of_terms_is_one_with_slips_in_it_too() -> None:
    """Whoever mistypes the terms they have heard of has said no more."""
    terms = "gradient, vanishing, embedding, masked, vanished, gradients"
    typed = "gradeint, vansihing, embeding, maksed, vanihsed, gradeints"
    assert grade(RUBRIC, terms).flags == grade(RUBRIC, typed).flags == ("list",)
    assert grade(RUBRIC, terms).score == grade(RUBRIC, typed).score <= 25


def test_without_a_lexicon_nothing_changes() -> None:
    """As for a rubric in Chinese alone."""
    text = fold("gradeint 梯度")
    assert mended(text, {}) is text


@given(st.text(alphabet="abdegimnrst 梯。", max_size=80))
def test_every_character_leads_back(text: str) -> None:
    """Whatever is mended: as many places as characters, in their order, within what was written."""
    answer = mended(fold(text), RUBRIC.lexicon)
    assert len(answer.text) == len(answer.at)
    assert list(answer.at) == sorted(answer.at)
    assert all(0 <= place < len(text) for place in answer.at)
