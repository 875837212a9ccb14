"""Names made safe, answers folded, buttons in rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.spacing import wide
from bot.core.text import MESSAGE_LIMIT, Text, lines
from bot.tg.buttons import Button
from bot.tg.views import fitted, folded, labels, name


@given(st.text(max_size=300))
def test_a_name_is_one_line_that_links_nothing(raw: str) -> None:
    """No line breaks, no direction marks, nothing Telegram would link, never empty."""
    shown = name(raw)
    assert shown
    assert "\n" not in shown
    assert "\u202e" not in shown
    assert not any(f"{mark}{letter}" in shown for mark in "@/#" for letter in "abc")


def test_names_as_people_have_them() -> None:
    """Ordinary names pass as they are; what would be a link is defused; long ones are cut."""
    assert name("小周") == "小周"
    assert name("Ada  Lovelace\n") == "Ada Lovelace"
    assert name("@channel").replace("\u2060", "") == "@channel"
    assert "@channel" not in name("@channel")
    assert "t.me/" not in name("t.me/spam")
    assert len(name("x" * 200)) <= 32
    assert name("a\nb\u2028c") == "a b c"
    assert name("👩‍👧 Ada") == "👩‍👧 Ada"


@pytest.mark.parametrize("raw", ["", "\u200b\u202e", "\u3164", "\u2800 \u2800", "\u200d\u200c", "\x00\n"])
def test_a_name_that_shows_nothing_is_a_question_mark(raw: str) -> None:
    """Fillers and joiners people hide behind."""
    assert name(raw) == "?"


@given(st.integers(0, 12_000))
def test_a_folded_answer_loses_nothing(size: int) -> None:
    """The message fits, and what does not fit continues."""
    body = Text(("字" * 49 + "\n") * (size // 50) + "尾")
    first, rest = folded(Text("头"), body, Text("脚"))
    assert first.units <= MESSAGE_LIMIT
    assert all(piece.units <= MESSAGE_LIMIT for piece in rest)
    told = first.text + "".join(piece.text for piece in rest)
    assert told.count("字") == body.text.count("字")
    assert [e.type for e in first.entities] == ["expandable_blockquote"]


def test_a_folded_answer_keeps_to_a_hundred_entities() -> None:
    """An answer of nothing but code continues in a reply before Telegram refuses the message."""
    body = lines(*(Text("x").styled("code") for _ in range(150)))
    first, rest = folded(Text("头").bold(), body, Text("脚").bold())
    assert len(first.entities) == 100
    assert [len(piece.entities) for piece in rest] == [53]


def test_buttons_stand_in_rows() -> None:
    """Five buttons at two a row make three rows."""
    rows = labels([Button(str(n)) for n in range(5)], 2)
    assert [[b.label for b in row] for row in rows] == [["0", "1"], ["2", "3"], ["4"]]


def test_a_text_is_cut_between_words() -> None:
    """Chinese anywhere, at half as many characters."""
    assert fitted("short enough", 12) == "short enough"
    assert fitted("short  enough\nto be one line", 60) == "short enough to be one line"
    assert fitted("a text that is cut", 12) == "a text that…"
    assert fitted("一二三四五六七八", 16) == "一二三四五六七八"
    assert fitted("一二三四五六七八", 15) == "一二三四五六七…"
    assert fitted("Incomprehensibilities", 10) == "Incompreh…"


@given(st.text(max_size=80), st.integers(1, 40))
def test_a_cut_text_is_never_wider(text: str, columns: int) -> None:
    """However it is made up."""
    assert sum(2 if wide(char) else 1 for char in fitted(text, columns)) <= columns
