"""What only rendering shows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.limits import too_long
from bot.core.lint import lint
from bot.core.reading import Draft, read


def draft(
    answer: str = "答。", *, prompt: str = "问？", choices: tuple[str, str] = ("一", "二"), explanation: str = "解。"
) -> Draft:
    """A question whose prompt is on line 1, answer on 2, choices on 4 and 5, explanation on 7."""
    lines = (
        f"## {prompt} {{#q}}",
        "### 选项",
        f"- [x] {choices[0]}",
        f"- [ ] {choices[1]}",
        "### 解析",
        explanation,
        "### 参考",
        "书",
    )
    source = "\n".join((lines[0], answer, *lines[1:]))
    return read(source, "a.md").drafts[0]


@pytest.mark.parametrize(
    ("answer", "line", "part"),
    [
        ("一\n\n二 **粗 ** 三", 4, "“**” has no effect"),
        ("一\n二 ~~删 ~~", 3, "“~~” has no effect"),
        ("一 `码", 2, "opens no code"),
        ("一 $ x $ 二", 2, "“$” belongs to no formula"),
        ("一 \\sqrt{d} 二", 2, "“\\sqrt” is a command outside a formula"),
        ("- 一\n- 二 [词](没 有)", 3, "“](” belongs to no link"),
        ("一<br>二", 2, "“<br>” is HTML"),
        ("一 <!-- 注 -->", 2, "“<!--” is HTML"),
        ("一<script>二</script>", 2, "“<script>” is HTML"),
        ("一\n二 <STYLE>", 3, "“<STYLE>” is HTML"),
        ("一 </iframe> 二", 2, "“</iframe>” is HTML"),
        ('一 <x-note class="y"> 二', 2, "is HTML"),
        ("一 &unheard; 二", 2, "is no character that HTML knows"),
        ("####没有空格", 2, "begins no heading"),
        ("文\n\n| 一 | 二 |", 4, "belongs to no table"),
        ("这是_重点_吗", 2, "has no effect beside Chinese"),
        ("完\\", 2, "remove the backslash"),
        ("由 $\\unheard{x}$ 得", 2, "“\\unheard” is no LaTeX command"),
        ("$$\n\\unheard\n$$", 2, "“\\unheard” is no LaTeX command"),
        ("![图](https://a.b/c.png)", 2, "Describe the picture in words"),
        ("> 一\n>\n> > 二", 4, "Unfold this quotation"),
        ("[词](other.md)", 2, "an address that begins with https://"),
        ("[a]: https://b.c", 2, "shows nothing"),
        ("| 一 |\n|---|\n| **二 ** |", 4, "“**” has no effect"),
    ],
)
def test_leftovers_are_told_with_their_line(answer: str, line: int, part: str) -> None:
    """Markup that would be shown as it stands, and what Telegram cannot show."""
    found = lint(draft(answer), "a.md")
    assert [problem.line for problem in found if part in problem.sentence] == [line], found


@pytest.mark.parametrize(
    "answer",
    [
        "V * H 与 E*H，a_b_c，x<0，<unk>，<s> 与 </s>，<think>，<a-b>，[mask]，A\\*，\\$5，80~90，1 | 2，#1",
        "`**`、`$x$`、`<br>`、`<script>`",
        "```\n**a ** $x <br> \\sqrt\n```",
        "**核心：**缩放 $\\sqrt{d_k}$，[论文](https://arxiv.org/abs/1706.03762)",
        "> 引\n\n> 再引",
    ],
)
def test_honest_text_passes(answer: str) -> None:
    """Asterisks of products, escapes and code are no leftovers."""
    assert lint(draft(answer), "a.md") == []


def test_prompts_and_choices_are_rendered_too() -> None:
    """A formula in a prompt or a choice is looked at on its own line, and choices alike when shown are told."""
    found = lint(draft(prompt="$\\foo$？", choices=("**一**", "一")), "a.md")
    assert [(problem.line, problem.sentence.split()[0]) for problem in found] == [(1, "“\\foo”"), (5, "Change")]


@pytest.mark.parametrize(
    ("question", "line", "sentence"),
    [
        (draft(prompt="长" * 301), 1, "Shorten the prompt to 300 characters: it has 301."),
        (draft(choices=("一", "长" * 101)), 5, "Shorten the choice to 100 characters: it has 101."),
        (draft(explanation="长" * 201), 7, "Shorten the explanation to 200 characters: it has 201."),
        (draft(explanation="a\\\nb\\\nc\\\nd"), 7, "Write the explanation with at most 2 line breaks: it has 3."),
        (draft("长" * 12_001), 2, "Shorten the answer to 12000 characters with its references: it has 12002."),
    ],
)
def test_limits(question: Draft, line: int, sentence: str) -> None:
    """One character over a limit is told, thorough or not."""
    for exact in (True, False):
        assert [(p.line, p.sentence) for p in too_long(question, "a.md", exact=exact)] == [(line, sentence)]


def test_limits_count_what_is_shown() -> None:
    """Formatting and formulas count as they are rendered, emoji twice."""
    question = draft(prompt="**" + "长" * 299 + "** $\\alpha$"[:-1] + "$", choices=("`" + "b" * 98 + "`", "😀" * 50))
    assert [p.sentence for p in too_long(question, "a.md", exact=True)] == [
        "Shorten the prompt to 300 characters: it has 301."
    ]
    assert not list(too_long(draft(choices=("$" + "\\alpha" * 100 + "$", "二")), "a.md", exact=True))


def test_too_much_formatting() -> None:
    """More stretches than a message can carry are told."""
    (problem,) = too_long(draft("**一** `二` " * 46), "a.md", exact=True)
    assert problem.sentence.startswith("Format less: 92 stretches")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["**", "`", "$", "\\", "\n", "- ", "> ", "| a |\n|---|\n", "### 选项\n", "- [x] ", "中", "![p](q)", "\\foo"]
        )
    )
)
def test_no_question_breaks_the_check(parts: list[str]) -> None:
    """Whatever a question holds, it is checked, and lines of problems lie within its file."""
    source = "## 问\n" + "".join(parts)
    for question in read(source, "a.md").drafts:
        for problem in (*lint(question, "a.md"), *too_long(question, "a.md", exact=True)):
            assert 1 <= problem.line <= source.count("\n") + 1
