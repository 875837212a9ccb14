"""Text with entities: offsets in UTF-16 units, pieces that lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import Entity, Text, join, lines, units

STYLES = ("bold", "italic", "code", "pre", "text_link", "blockquote")
words = st.text(st.sampled_from("ab 中，。.\n😀é"), max_size=60)


def covered(text: Text) -> list[tuple[str, str]]:
    """Each entity's type and the words it covers."""
    raw = text.text.encode("utf-16-le")
    return [
        (entity.type, raw[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le"))
        for entity in text.entities
    ]


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """Texts of several differently styled parts."""
    parts = [Text(draw(words)).styled(draw(st.sampled_from(STYLES))) for _ in range(draw(st.integers(1, 5)))]
    whole = join(draw(st.sampled_from(["", "\n", "\n\n"])), parts)
    return whole.styled(draw(st.sampled_from(STYLES))) if draw(st.booleans()) else whole


def test_units_count_utf_16() -> None:
    """A character outside the basic plane counts twice, as Telegram counts it."""
    assert units("a中😀") == 4


def test_joining_moves_entities_behind_emoji() -> None:
    """Entities of later parts are moved by UTF-16 units, and empty parts leave no separator."""
    text = lines("😀", Text(), Text("粗").bold(), Text("b").styled("code"))
    assert text.text == "😀\n粗\nb"
    assert covered(text) == [("bold", "粗"), ("code", "b")]


def test_styles_leave_code_out() -> None:
    """Bold around code becomes bold on both sides of it, since Telegram nests nothing into code."""
    text = join("", ("a ", Text("x").styled("code"), " b")).bold()
    assert covered(text) == [("bold", "a "), ("code", "x"), ("bold", " b")]


def test_the_same_style_twice_is_one_entity() -> None:
    """Bold inside bold stays one stretch of bold."""
    assert join("", ("a", Text("b").bold())).bold().entities == (Entity("bold", 0, 2),)


def test_links_swallow_code() -> None:
    """A link over code is a link: the two cannot contain each other."""
    linked = Text("f").styled("code").styled("text_link", url="https://example.org")
    assert [entity.type for entity in linked.entities] == ["text_link"]


def test_quotes_are_never_nested() -> None:
    """Quoting flattens the quotations inside and keeps other styles."""
    quoted = join("\n", (Text("in").quote(), Text("b").bold())).quote(folded=True)
    assert [entity.type for entity in quoted.entities] == ["expandable_blockquote", "bold"]


def test_an_empty_text_takes_no_style() -> None:
    """No entity of length zero is made."""
    assert Text("").bold().entities == ()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("aaaa\n\nbbbb", ["aaaa", "bbbb"]),
        ("aaaa\nbbbb", ["aaaa", "bbbb"]),
        ("一二三四。五六七八", ["一二三四。", "五六七八"]),
        ("abcdefghij", ["abcdefgh", "ij"]),
        ("          ", []),
        ("😀😀😀😀😀", ["😀😀😀😀", "😀"]),
    ],
)
def test_splitting_prefers_paragraphs_lines_and_sentences(text: str, pieces: list[str]) -> None:
    """A text of more than eight units is cut where it reads best."""
    assert [piece.text for piece in Text(text).split(8)] == pieces


def test_splitting_cuts_entities() -> None:
    """A style that runs over the cut goes on in the next piece."""
    first, second = Text("aaaaaa bbbbbb").bold().split(8)
    assert covered(first) == [("bold", "aaaaaa")]
    assert covered(second) == [("bold", "bbbbbb")]


def test_splitting_counts_entities() -> None:
    """Telegram takes a hundred entities a message: what carries more is cut, though it is short."""
    text = lines(*(Text("粗").bold() for _ in range(250)))
    pieces = text.split()
    assert [len(piece.entities) for piece in pieces] == [100, 100, 50]
    assert sum(piece.text.count("粗") for piece in pieces) == 250


@given(texts(), st.integers(2, 40))
def test_pieces_fit_and_lose_nothing(text: Text, limit: int) -> None:
    """Pieces hold at most the limit and together every character that is not blank; entities stay within bounds."""
    pieces = text.split(limit)
    assert all(0 < piece.units <= limit for piece in pieces)
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.text.split())
    for piece in pieces:
        assert all(words for _type, words in covered(piece))
        assert all(entity.offset + entity.length <= piece.units for entity in piece.entities)
