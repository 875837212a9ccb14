"""A bank's Markdown on a phone: what must come out right."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.markdown import plain, render
from bot.core.text import Text

PIECES = (
    *("**", "*", "~~", "`", "```\n", "$", "$$", "\\", "\n", "\n\n", "- ", "1. ", "> ", "> > ", "# ", "|", "---\n", "_"),
    *("| a | b |\n|---|---|\n", "[a](https://b.c)", "![p](q)", "<br>", "&nbsp;", "\\frac{a}{b}"),
    *("中文", "：", "word", "😀", " ", "    "),
)


def spans(text: Text) -> list[tuple[str, str]]:
    """Each entity's type and the words it covers."""
    raw = text.text.encode("utf-16-le")
    return [
        (entity.type, raw[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le"))
        for entity in text.entities
    ]


@pytest.mark.parametrize(
    ("source", "text", "bold"),
    [
        ("**核心：**缩放", "核心：缩放", "核心："),
        ("缩放**（核心）**之后", "缩放（核心）之后", "（核心）"),
        ("这**“引用”**的", "这“引用”的", "“引用”"),
        ("占**15%**的", "占15%的", "15%"),
        ("叫**`code`的**词", "叫code的词", "的"),
        ("**A**，**B**。", "A，B。", "A"),
        ("**bold**, then", "bold, then", "bold"),
    ],
)
def test_chinese_bold_is_bold(source: str, text: str, bold: str) -> None:
    """Bold beside Chinese punctuation is bold, and no asterisk is left."""
    rendered = render(source)
    assert rendered.text == text
    assert ("bold", bold) in spans(rendered)


def test_inline_styles() -> None:
    """Italic, strikethrough, code and links become entities; bold leaves code out."""
    rendered = render("*斜* ~~删~~ `a*b` [论文](https://arxiv.org/abs/1706.03762) **a `b` c**")
    assert rendered.text == "斜 删 a*b 论文 a b c"
    expected = ["italic 斜", "strikethrough 删", "code a*b", "text_link 论文", "bold a ", "code b", "bold  c"]
    assert [" ".join(span) for span in spans(rendered)] == expected
    assert rendered.entities[3].url == "https://arxiv.org/abs/1706.03762"


def test_links_that_lead_nowhere_are_words() -> None:
    """A relative address cannot be followed from within Telegram."""
    assert render("[这里](other.md)") == Text("这里")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("中文\n中文", "中文中文"),
        ("中文，\nword", "中文，word"),
        ("中文\nword", "中文 word"),
        ("word\nword", "word word"),
        ("word,\n中文", "word, 中文"),
        ("“引用”\n中文", "“引用”中文"),
        ("**粗**\n*斜*", "粗斜"),
        ("one\\\ntwo", "one\ntwo"),
        ("one  \ntwo", "one\ntwo"),
    ],
)
def test_line_breaks(source: str, text: str) -> None:
    """A wrapped line joins without a space within Chinese, with one between words; a hard break stays."""
    assert render(source).text == text


def test_blocks_keep_an_author_s_density() -> None:
    """Blocks are separated by an empty line unless written right below a paragraph or heading."""
    assert render("# 头\n文\n- a\n- b\n\n后\n\n---\n\n末").text == "头\n文\n• a\n• b\n\n后\n\n———\n\n末"


def test_headings_are_bold_lines() -> None:
    """A heading is one stretch of bold, whatever is bold in it."""
    assert spans(render("#### 为什么 **要** 缩放")) == [("bold", "为什么 要 缩放")]


def test_numbers_start_where_the_author_starts() -> None:
    """A list that begins at three counts from three."""
    assert render("3. 三\n4. 四").text == "3. 三\n4. 四"


def test_nested_lists_are_indented() -> None:
    """Bullets, numbers with their start, nesting, hard breaks and second paragraphs within an item."""
    source = "- 一\n- 二\\\n  续\n  - 内\n    1. 三\n    2. 四\n- 五\n\n  段\n"
    assert (
        render(source).text == "• 一\n• 二\n\u2003续\n\u2003• 内\n\u2003\u20031. 三\n\u2003\u20032. 四\n• 五\n\u2003段"
    )


def test_code_keeps_its_language_and_indentation() -> None:
    """A fence is preformatted; what looks like markup in it is not."""
    rendered = render("```python\n    x = 1  # **no**\ny\n```")
    assert rendered.text == "    x = 1  # **no**\ny"
    assert (rendered.entities[0].type, rendered.entities[0].language) == ("pre", "python")


def test_tables_are_aligned_by_columns_of_width() -> None:
    """A Chinese character is two columns wide; numbers stand to the right where asked."""
    rendered = render("| 方法 | cost | m |\n|---|--:|:-:|\n| 注意力 a | $O(n^2)$ | 一 |\n| RNN | `x` | abcd |")
    assert rendered.text.split("\n") == [
        "方法     |  cost |  m",
        "---------+-------+-----",
        "注意力 a | O(n²) |  一",
        "RNN      |     x | abcd",
    ]
    assert [entity.type for entity in rendered.entities] == ["pre"]


def test_quotes_are_flat() -> None:
    """A quotation within a quotation is part of it."""
    assert spans(render("> a **b**\n>\n> > c")) == [("blockquote", "a b\n\nc"), ("bold", "b")]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("由 $\\sqrt{d_k}$ 缩放", "由 √dₖ 缩放"),
        ("$d_k$ 取 64", "dₖ 取 64"),
        ("$x$", "x"),
        ("如下\n$$\na = b\n$$\n所示", "如下\na = b\n所示"),
        ("如下 $$a=b$$ 所示", "如下 a = b 所示"),
        ("$$\n\\begin{aligned}a&=b\\\\c&=d\\end{aligned}\n$$", "a = b\nc = d"),
        ("花 $5 和 $6", "花 $5 和 $6"),
        ("花 \\$5", "花 $5"),
    ],
)
def test_formulas(source: str, text: str) -> None:
    """Formulas between dollars are written in Unicode; prices stay prices."""
    assert render(source).text == text


def test_html_is_literal_and_entities_are_characters() -> None:
    """Tags are shown as they are (the check refuses them); `&nbsp;` and escapes are the characters they mean."""
    assert render("a&nbsp;b<br>c \\* &lt;").text == "a\u00a0b<br>c * <"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("为什么除以 $\\sqrt{d_k}$？", "为什么除以 √dₖ？"),
        ("**粗** `code` [链](https://a.b)", "粗 code 链"),
        ("1. 不是列表", "1. 不是列表"),
        ("- 也不是", "- 也不是"),
        ("一\n行", "一行"),
        ("a &nbsp; b", "a b"),
        ("", ""),
    ],
)
def test_plain_drops_the_formatting(source: str, text: str) -> None:
    """Prompts and choices are one line without formatting."""
    assert plain(source) == text


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_whatever_is_written_makes_a_message(parts: list[str]) -> None:
    """Rendering never fails; entities lie within the text, cut no character and nest no quotation."""
    source = "".join(parts)
    rendered = render(source)
    assert plain(source) == " ".join(plain(source).split())
    quotes = [entity for entity in rendered.entities if entity.type == "blockquote"]
    assert all(words for _type, words in spans(rendered))
    assert all(entity.offset + entity.length <= rendered.units for entity in rendered.entities)
    assert all(one.offset + one.length <= two.offset for one, two in pairwise(quotes))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_makes_a_message(source: str) -> None:
    """The same for characters of every kind."""
    assert all(entity.offset + entity.length <= render(source).units for entity in render(source).entities)
