"""Keyboards as Telegram takes and refuses them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.errors import RefusedError
from bot.playground.keyboards import checked


def keyboard(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (keyboard({"text": "A", "callback_data": "二" * 22}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "A", "callback_data": ""}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "A"}), "text buttons are unallowed"),
        (keyboard({"text": " ", "callback_data": "a"}), "text must be non-empty"),
        (keyboard({"text": "A", "callback_data": "a", "url": "https://example.org"}), "exactly one action"),
        (keyboard({"text": "A", "url": "ftp://example.org"}), "BUTTON_URL_INVALID"),
        (keyboard({"text": "A", "callback_data": "a", "style": "pink"}), "BUTTON_STYLE_INVALID"),
        (keyboard({"text": "A", "copy_text": {"text": ""}}), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard(*[{"text": "A", "callback_data": "a"}] * 9), "BUTTON_ROW_TOO_LONG"),
        ({"inline_keyboard": [[{"text": "A", "callback_data": "a"}]] * 101}, "REPLY_MARKUP_TOO_LONG"),
        ({"inline_keyboard": [{"text": "A", "callback_data": "a"}]}, "Array of Arrays"),
        ({"inline_keyboard": "A"}, "of type Array"),
        ("A", "object expected as reply markup"),
        ({"buttons": []}, "object expected as reply markup"),
    ],
)
def test_keyboards_that_telegram_refuses(markup: Any, words: str) -> None:
    """Every wrong shape is a 400 in its own words."""
    with pytest.raises(RefusedError, match=words):
        checked(markup)


def test_keyboards_that_pass_are_shown_as_sent() -> None:
    """64 bytes of data are allowed; empty rows and empty keyboards vanish."""
    fine = keyboard({"text": "A", "callback_data": "x" * 64})
    assert checked(fine) == fine
    assert checked({"inline_keyboard": [[]]}) is None
    assert checked({"force_reply": True}) is None
    assert checked(None) is None


def test_an_edit_takes_inline_keyboards_alone() -> None:
    """A reply keyboard cannot be edited into a message."""
    with pytest.raises(RefusedError, match="inline keyboard expected"):
        checked({"keyboard": [["A"]]}, inline_only=True)
