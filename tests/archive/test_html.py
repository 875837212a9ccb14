"""Text with entities as HTML."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive import html
from bot.core.markdown import render
from bot.core.text import Entity, Text, join, units

KINDS = ("bold", "italic", "code", "pre", "text_link", "spoiler")
_TAG = r"<(/?)(b|i|code|pre|a|span)\b[^>]*>"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a **b** c", "a <b>b</b> c"),
        ("**b *c* d**", "<b>b <i>c</i> d</b>"),
        ("`x < y` & z", "<code>x &lt; y</code> &amp; z"),
        ("one\n\ntwo", "one<br><br>two"),
        ("[here](https://a.org/?x=1&y=2)", '<a href="https://a.org/?x=1&amp;y=2">here</a>'),
        ("```\nif a:\n    b\n```", "<pre>if a:\n    b</pre>"),
        ("> quoted", "<blockquote>quoted</blockquote>"),
        ("$\\sqrt{d_k}$", "√dₖ"),
        ("1 < 2 <b>", "1 &lt; 2 &lt;b&gt;"),
    ],
)
def test_what_the_bank_writes_is_what_a_card_shows(markdown: str, expected: str) -> None:
    """Styles are tags, formulas are Unicode as in Telegram, and markup of the text's own is none."""
    assert html.of(render(markdown)) == expected


def test_styles_after_signs_of_two_units_stand_where_they_should() -> None:
    """Offsets are in UTF-16 units."""
    assert html.of(join("", ("😀", Text("b").bold(), "c"))) == "😀<b>b</b>c"


@given(
    st.text(alphabet="ab式\n<&", min_size=9, max_size=12),
    st.lists(st.builds(Entity, st.sampled_from(KINDS), st.integers(0, 9), st.integers(0, 9)), max_size=4),
)
def test_tags_are_always_closed_in_their_order(text: str, entities: list[Entity]) -> None:
    """However entities lie across each other."""
    fitting = [entity for entity in entities if entity.offset + entity.length <= units(text)]
    made = html.of(Text(text, tuple(sorted(fitting, key=lambda entity: (entity.offset, -entity.length)))))
    waiting: list[str] = []
    for closes, name in re.findall(_TAG, made):
        if closes:
            assert waiting.pop() == name
        else:
            waiting.append(name)
    assert waiting == []
