"""Formulas as a reader expects them in a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.maths import readable, translate


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\sqrt{d_k}", "√dₖ"),
        (r"\sqrt{a+b}", "√(a + b)"),
        (r"\sqrt[3]{x}", "∛x"),
        (r"\frac{QK^\top}{\sqrt{d_k}}", "QKᵀ/√dₖ"),
        (r"\frac12", "1/2"),
        (r"\frac{a+b}{c-d}", "(a + b)/(c − d)"),
        (r"\frac{1}{2\sigma^2}", "1/(2σ²)"),
        (r"\frac{\partial L}{\partial x}", "∂L/∂x"),
        (r"3\frac{1}{2}", "3 1/2"),
        (r"x_{ij}", "xᵢⱼ"),
        (r"x_{i,j}", "x_(i,j)"),
        (r"x^23", "x²3"),
        (r"10^{-6}", "10⁻⁶"),
        (r"e^{-x^2/2}", "e^(−x²/2)"),
        (r"W^Q x", "W^Q x"),
        (r"d_{\text{model}}", "d_model"),
        (r"f'(x)", "f′(x)"),
        (r"q\cdot k = \sum_{i=1}^{n} q_i k_i", "q·k = ∑ᵢ₌₁ⁿ qᵢkᵢ"),
        (r"x \in \mathbb{R}^{n\times d}", "x ∈ ℝ^(n×d)"),
        (r"\mathbb{E}[x]\approx\hat{y}_i", "𝔼[x] ≈ ŷᵢ"),
        (r"\bar{x}", "x\u0304"),
        (r"\bar{y}", "ȳ"),
        (r"\hat{xy}", "hat(xy)"),
        (r"\mathcal{L}(\theta)", "ℒ(θ)"),
        (r"\mathrm{softmax}\left(\frac{QK^T}{\sqrt{d_k}}\right)V", "softmax(QKᵀ/√dₖ)V"),
        (r"0.5x(1+\tanh(\sqrt{2/\pi}))", "0.5x(1 + tanh(√(2/π)))"),
        (r"n \log n", "n log n"),
        (r"\exp x", "exp x"),
        (r"\lim_{x \to 0} \frac{\sin x}{x}", "lim_(x→0) (sin x)/x"),
        (r"P(A\mid B)", "P(A | B)"),
        (r"-1\le x\le 1", "−1 ≤ x ≤ 1"),
        (r"a=-b", "a = −b"),
        (r"\{1,2\}", "{1, 2}"),
        (r"15\%", "15%"),
        (r"a\text{ if }b", "a if b"),
        (r"\not\in", "∈\u0338"),
        (r"\binom{n}{k}", "C(n, k)"),
        (r"\overset{d}{=}", "=ᵈ"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "[a b; c d]"),
        (r"\begin{cases} x, & x>0 \\ 0 & x\le 0\end{cases}", "{x, x > 0; 0, x ≤ 0}"),
        (r"\begin{aligned} a &= b \\ c &= d\end{aligned}", "a = b\nc = d"),
        (r"\displaystyle\underline{x}", "x"),
        ("", ""),
    ],
)
def test_formulas_read_well(source: str, text: str) -> None:
    """LaTeX becomes the Unicode that people write by hand."""
    assert readable(source) == text


@pytest.mark.parametrize(
    ("source", "unknown"),
    [
        (r"\foo{x}+\bar{x}+\foo y", (r"\foo",)),
        (r"\begin{tikz}a\end{tikz}", (r"\begin{tikz}",)),
        (r"\alpha+\sqrt2", ()),
    ],
)
def test_unknown_commands_are_told(source: str, unknown: tuple[str, ...]) -> None:
    """Each command nobody knows is told once."""
    assert translate(source).unknown == unknown


@given(
    st.lists(
        st.sampled_from(
            [*"{}^_&'x1+,()[] \\", "\\\\", "\\frac", "\\sqrt", "\\begin{cases}", "\\end", "\\text", "\\hat"]
        )
    )
)
def test_no_formula_fails(parts: list[str]) -> None:
    """However broken a formula is, it becomes some text."""
    assert isinstance(readable("".join(parts)), str)


def test_deep_nesting_ends() -> None:
    """Thousands of groups within each other are no trouble."""
    assert readable("{" * 5000 + "x")
    assert readable(r"\sqrt" * 5000)
