"""Sentences and their places."""

from __future__ import annotations

from bot.core.sentences import sentences


def test_sentences_in_both_languages() -> None:
    """Chinese and English marks and new lines end them; a decimal point does not."""
    text = "  方差变大。  softmax 太尖！是吗？ It is 0.5. Yes; no\nend"
    found = [one.text for one in sentences(text)]
    assert found == ["方差变大。", "softmax 太尖！", "是吗？", "It is 0.5.", "Yes;", "no", "end"]


def test_places_are_those_of_the_text() -> None:
    """Whatever stands around them."""
    text = "\n 甲。\n\n  乙 a. b  "
    assert all(text[one.start : one.end] == one.text for one in sentences(text))


def test_nothing() -> None:
    """No sentence in blanks."""
    assert sentences("") == sentences(" \n ") == []
