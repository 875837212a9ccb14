"""One spelling for what is compared, and the way back to the person's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.folding import LONGEST, fold, folded


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("梯度飽和，層歸一化", "梯度饱和,层归一化"),
        ("ＳｏｆｔＭａｘ（Ａ）", "softmax(a)"),
        ("$\\sqrt{d_k}$ 与 √dₖ", "sqrtdk与√dk"),
        ("$\\mathrm{Concat}(\\text{head}_1,\\dots)\\,W^O$", "concat(head1,)w^o"),
        ("\\left(x\\right) \\textual", "(x)textual"),
        ("接近 0 或 1", "接近0或1"),
        ("W_Q = W_K, x + F(x)", "wq=wk,x+f(x)"),
        ("feed-forward  network", "feed forward network"),
        ("BERT。  GPT", "bert。gpt"),
        ("It grows. 1.5 e.g. so", "it grows。1.5 e.g。so"),
        ("doesn’t", "doesn't"),
        ("It DOESNT grow, cant and isnt; a scant hint", "it doesn't grow,can't and isn't;a scant hint"),
        ("z̸̢͈a̵l̷", "zal"),
        ("a\u200bb\u202ec", "abc"),
        ("", ""),
    ],
)
def test_one_spelling(written: str, compared: str) -> None:
    """Width, case, script, markup and blanks make no difference."""
    assert folded(written) == compared


def test_quotes_are_the_persons_own_words() -> None:
    """What was found is shown as it was written, up to the ends of its clause."""
    answer = fold("首先，點積的 方差 隨 d_k 增大，所以飽和。")
    place = answer.text.index("方差")
    assert answer.quote(place, place + 2) == "點積的 方差 隨 d_k 增大"


def test_an_apostrophe_that_is_wanting_is_not_quoted() -> None:
    """It is compared as if it stood there, and shown as it was written."""
    answer = fold("so relu isnt smooth, gelu is")
    place = answer.text.index("isn't")
    assert answer.quote(place, place + 5) == "so relu isnt smooth"


def test_a_long_clause_is_not_quoted_whole() -> None:
    """Then it is what was found, with the whole of its words."""
    answer = fold("很" * 60 + " gradients vanish " + "很" * 60)
    place = answer.text.index("radients van")
    assert answer.quote(place, place + 12) == "gradients vanish"


def test_no_more_than_the_longest_is_looked_at() -> None:
    """An answer without end takes no time without end."""
    assert len(fold("方" * (LONGEST + 5)).text) == LONGEST


@given(st.text(max_size=300))
def test_every_place_leads_back(text: str) -> None:
    """Each character of the folded text came from a place of the original, in order; folding twice changes nothing."""
    found = fold(text)
    assert len(found.at) == len(found.text)
    assert list(found.at) == sorted(found.at)
    assert all(0 <= place < len(text) for place in found.at)
    assert found.width() == pytest.approx(found.width(0, len(found.text)))
    for place in range(len(found.text)):
        start, end = found.clause(place)
        assert 0 <= start <= end <= len(found.text)
