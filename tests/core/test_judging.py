"""Answers graded: points, windows, subjects, wrong claims, doubts."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.doubts import not_known
from bot.core.folding import fold
from bot.core.grades import Flag
from bot.core.judging import NOTHING, grade, worth
from bot.core.review import Rating
from bot.core.rubrics import Rubric
from tests.core.rubric_bench import CONTRAST, SCALE, SOURCE, rubrics

FULL = "维度大时方差变大，softmax 就会饱和，梯度消失，训练不动。"
REFERENCE = "点积的方差随 d_k 增大，softmax 接近 one-hot，梯度接近 0；除以根号 d_k 后方差是 1。"
PROMPT = "为什么 attention 的打分要除以根号 d_k？"
ENOUGH = 100 * (8 / 9) ** 0.5  # what `full_at`, 8 of the 9 that all points weigh, is worth


def points(rubric: Rubric, answer: str) -> list[str]:
    """The points that the answer makes."""
    return [hit.point for hit in grade(rubric, answer).hits]


def test_a_full_answer() -> None:
    """All points, each with the person's own words; nothing is missed, the rating is a suggestion, never Easy."""
    found = grade(SCALE, FULL)
    assert found.hits == (
        ("variance", "维度大时方差变大"),
        ("saturate", "softmax 就会饱和"),
        ("gradient", "梯度消失"),
    )
    assert (found.score, found.band, found.rating, found.sure) == (100, "solid", Rating.GOOD, True)
    assert (found.missed, found.wrong, found.flags) == ((), (), ())


@pytest.mark.parametrize(
    ("answer", "score", "sure"),
    [
        ("维度大时方差变大，softmax 就饱和了。", 86, True),
        ("维度大时方差变大。", 43, False),
        ("只是梯度消失。", 14, True),
    ],
)
def test_who_is_asked_to_check(answer: str, score: int, sure: bool) -> None:
    """In the middle, where people do not agree with the grader, or with each other; not at the ends."""
    light = SOURCE.replace("  full_at: 8\n", "").replace("gradient\n    w: 3", "gradient\n    w: 1")
    found = grade(rubrics(light)["scale"], answer)
    assert (found.score, found.sure) == (score, sure)


def test_what_points_are_worth() -> None:
    """Straight up to `full_at`, more slowly from there, 100 for all; where all are asked for, their share."""
    assert [worth(SCALE, earned) for earned in (0, 4, 8, 9)] == pytest.approx([0, ENOUGH / 2, ENOUGH, 100])
    assert worth(SCALE, 8.5) == pytest.approx((ENOUGH + 100) / 2)
    assert 94 < ENOUGH < 95
    assert [worth(CONTRAST, earned) for earned in (0, 0.5, 1, 2)] == [0, 25, 50, 100]


def test_an_english_answer_gets_the_same_points() -> None:
    """One rubric serves both languages."""
    english = "The variance grows with the dimension, so softmax is saturated and gradients vanish."
    assert points(SCALE, english) == points(SCALE, FULL)


def test_a_traditional_answer_gets_the_same_points() -> None:
    """And so do full-width letters."""
    assert points(SCALE, "維度大時方差變大，ｓｏｆｔｍａｘ 就會飽和，梯度消失") == points(SCALE, FULL)


def test_concepts_far_apart_make_no_point() -> None:
    """They earn four tenths, and a tenth when only half of them are there."""
    apart = grade(SCALE, "方差是一个很常见的统计量，这里先说一点别的东西，比如模型的结构和数据。至于维度，另说。")
    half = grade(SCALE, "我记得和方差有关系，别的就不太记得了。")
    assert apart.hits == half.hits == ()
    assert apart.score == round(ENOUGH * 3 * 0.4 / 8)
    assert half.score == round(ENOUGH * 3 * 0.2 / 2 / 8)


def test_a_refuted_point() -> None:
    """What contradicts a point takes it away."""
    assert points(SCALE, "softmax 会饱和") == ["saturate"]
    assert points(SCALE, "softmax 会饱和，softmax 因此更平均") == []


def test_a_wrong_claim() -> None:
    """It costs, voids its points and caps the score; taken back, or negated, it is no claim."""
    wrong = grade(SCALE, FULL + "这样还能减少计算。")
    assert wrong.wrong == (("speed", "这样还能减少计算"),)
    assert "gradient" in wrong.missed
    assert wrong.score <= 60 < grade(SCALE, FULL).score
    assert grade(SCALE, FULL + "并不是为了减少计算。").wrong == ()
    assert grade(SCALE, FULL + "顺便减少计算。").wrong == ()


def test_the_subject_must_be_the_right_one() -> None:
    """Swapped, none of the words count."""
    assert points(CONTRAST, "LN 对每个 token 求，BN 对整个 batch 求") == ["token", "batch"]
    assert points(CONTRAST, "BN 对每个 token 求，LN 对整个 batch 求") == []
    assert points(CONTRAST, "LN 不像 BN，它对每个 token 求") == ["token"]


@pytest.mark.parametrize(
    ("answer", "flag"),
    [
        ("", "empty"),
        (" \n。。。", "empty"),
        ("😀😀", "empty"),
        ("不知道", "unknown"),
        ("这题我真的不会了，抱歉", "unknown"),
        ("I don't know", "unknown"),
        ("no idea...", "unknown"),
        ("i dunno", "unknown"),
        ("Honestly, I have no idea 😅", "unknown"),
        ("I’m not really sure about this one", "unknown"),
        ("不太清楚", "unknown"),
        ("唉，这题没学过，一点都不会", "unknown"),
        ("答不上来，下一题吧", "unknown"),
        (PROMPT, "echo"),
        ("attention 的打分要除以根号 d_k", "echo"),
    ],
)
def test_nothing_said(answer: str, flag: Flag) -> None:
    """No words, no knowledge, the question again: 0, and no doubt about it."""
    found = grade(SCALE, answer, prompt=PROMPT)
    assert (found.score, found.flags, found.sure, found.rating) == (0, (flag,), True, Rating.AGAIN)
    assert found.missed == ("variance", "saturate", "gradient")
    assert flag in NOTHING


@pytest.mark.parametrize("answer", ["模型不会饱和", "the next one", "I forgot the gate", "不确定的梯度没了", "no"])
def test_words_for_not_knowing_within_an_answer(answer: str) -> None:
    """Whoever says something with them has said something."""
    assert not not_known(fold(answer))


def test_a_short_right_answer_is_no_echo() -> None:
    """Even where the question has the word."""
    found = grade(
        rubrics("points: [{id: a, say: LN, need: ['LayerNorm']}]\nid: q")["q"],
        "LayerNorm",
        prompt="LayerNorm 还是 BN？",
    )
    assert (found.flags, found.score) == ((), 100)


@pytest.mark.parametrize(
    "answer",
    [
        "方差、维度、softmax、饱和、梯度、消失",
        "方差, softmax, one-hot, 梯度, d_k",
        "variance; dimension; softmax; saturation; gradient",
        "softmax saturation variance dimension gradient vanishing",
        "方差 维度 softmax 饱和 梯度 消失",
        "方差\n维度\nsoftmax\n饱和\n梯度",
        "variance dimension softmax saturation gradient vanishing variance " * 4,
    ],
)
def test_lists_of_terms(answer: str) -> None:
    """Terms in a row are no answer, whatever stands between them."""
    found = grade(SCALE, answer, references=[REFERENCE])
    assert "list" in found.flags
    assert found.score <= 25
    assert not found.sure


def test_a_terse_answer_is_no_list() -> None:
    """A word that holds it together is enough, where all others are terms."""
    terse = "Variance of d_k dimension, softmax saturated, gradient vanishing by variance."
    assert grade(SCALE, terse).flags == ()


def test_a_list_where_a_list_is_asked_for() -> None:
    """The author may say so."""
    source = "id: q\nlist_ok: true\npoints:\n" + "".join(
        f"- {{id: p{number}, say: x, need: ['{word}']}}\n"
        for number, word in enumerate(("甲乙", "丙丁", "戊己", "庚辛", "壬癸"))
    )
    assert grade(rubrics(source)["q"], "甲乙、丙丁、戊己、庚辛、壬癸").score == 100


def test_a_list_must_be_parted() -> None:
    """Not even where a list is asked for do the same words count that run on and on."""
    words = ("alpha beta", "gamma delta", "epsilon zeta", "eta theta", "iota kappa", "lambda omicron", "sigma omega")
    points = (f"- {{id: p{number}, say: x, need: ['{word}']}}\n" for number, word in enumerate(words))
    rubric = rubrics("id: q\nlist_ok: true\npoints:\n" + "".join(points))["q"]
    assert grade(rubric, ", ".join(words)).score == 100
    run_on = grade(rubric, " ".join(words))
    assert (run_on.score, run_on.flags) == (25, ("list",))
    dictated = grade(rubric, " and ".join(words))
    assert (dictated.score, dictated.flags) == (100, ())


def test_a_copy_of_the_reference() -> None:
    """It is told, and left to the person."""
    found = grade(SCALE, REFERENCE, references=[REFERENCE])
    assert found.flags == ("copy",)
    assert (found.score, found.sure) == (100, False)


def test_tangled_terms() -> None:
    """Terms of different points side by side, clause after clause."""
    nonsense = "方差的梯度被 softmax 消失地维度化，饱和的方差让梯度在 softmax 里维度，消失的饱和使维度梯度方差。"
    found = grade(SCALE, nonsense)
    assert "tangle" in found.flags
    assert found.score <= 69


def test_scattered_terms() -> None:
    """A long text with few of them, or one that is parted at every word."""
    rambling = "这个问题我们组里也讨论过很多次，每个人的说法都不太一样，" * 8
    few = grade(SCALE, rambling + FULL)
    parted = grade(SCALE, "，".join(("方差", "维度", *"今天天气不错我们出去走走吧" * 14)))
    assert (few.flags, parted.flags) == (("scatter",), ("scatter",))
    assert max(few.score, parted.score) <= 60


def test_likeness_is_a_quarter() -> None:
    """With model answers of the same language; without any, the points alone count."""
    partial = "维度大时方差变大，softmax 就会饱和。"
    alone, like = grade(SCALE, partial), grade(SCALE, partial, references=[REFERENCE])
    assert alone.score == round(ENOUGH * 6 / 8)
    assert alone.score * 0.75 < like.score < alone.score * 0.75 + 25
    assert grade(SCALE, partial, references=["The variance grows."]).score == alone.score


def test_length_earns_nothing() -> None:
    """The same said three times is the same."""
    once, thrice = grade(SCALE, FULL), grade(SCALE, FULL * 3)
    assert [hit.point for hit in once.hits] == [hit.point for hit in thrice.hits]
    assert once.score == thrice.score


@given(st.text(max_size=600))
def test_any_text_at_all(text: str) -> None:
    """Gets a score from 0 to 100, each point once, and quotes that stand in the answer."""
    found = grade(SCALE, text, prompt=PROMPT, references=[REFERENCE])
    assert 0 <= found.score <= 100
    assert sorted([*(hit.point for hit in found.hits), *found.missed]) == ["gradient", "saturate", "variance"]
    assert all(hit.quote for hit in found.hits)


def test_hostile_texts() -> None:
    """Shuffled terms and repetitions do not get far."""
    words = ["方差", "维度", "softmax", "饱和", "梯度", "消失", "的", "是", "减少计算", "one-hot", "variance"]
    draw = random.Random(5)
    for _ in range(200):
        text = draw.choice(["", " ", "，", "\n"]).join(draw.choices(words, k=draw.randint(1, 60)))
        assert 0 <= grade(SCALE, text, references=[REFERENCE]).score <= 100
    assert grade(SCALE, "梯度 " * 800).score < 40
