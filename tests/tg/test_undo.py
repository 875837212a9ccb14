"""Undo through the handlers: what is edited, said and toasted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store.database import Database
from tests.practice_bench import LIBRARY
from tests.tg.fake_api import nothing
from tests.tg.phone import Phone, phone_of_ada

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both


@pytest.fixture
async def phone(database: Database) -> Phone:
    """Ada with the bench's bank."""
    return await phone_of_ada(database, LIBRARY)


async def test_undo_behind_the_dots(phone: Phone) -> None:
    """The message shows the question again, with its buttons; pressed twice it does so twice, and is said once more."""
    await phone.say("/quiz")
    question = phone.question_id()
    asked = phone.last().fields
    await phone.tap("A")
    result = phone.last("editMessageText")
    await phone.tap("…")
    assert phone.last("editMessageText").text == result.text
    assert phone.labels() == ["撤销", "搁置", "返回"]
    await phone.tap("返回")
    assert phone.last("editMessageText").fields == result.fields
    await phone.tap("…")
    (undo,) = [button["callback_data"] for button in phone.buttons() if button["text"] == "撤销"]
    for _ in range(2):
        await phone.press(undo, question)
        shown = phone.last("editMessageText").fields
        assert (shown["text"], shown["reply_markup"]) == (asked["text"], asked["reply_markup"])
    assert phone.toasts()[-2:] == ["已撤销，可以重新作答"] * 2
    await phone.tap("B")
    assert phone.last("editMessageText").fields["message_id"] == question


async def test_undo_by_command(phone: Phone) -> None:
    """The question opens where it was asked and a line says so; with nothing left to undo, a line says why."""
    await phone.say("/undo", 5)
    assert phone.last().text == "还没有可以撤销的作答。"
    await phone.say("/quiz")
    question = phone.question_id()
    await phone.tap("A")
    for _ in range(2):
        await phone.say("/undo", 6)
        assert phone.last("editMessageText").fields["message_id"] == question
        assert phone.last().text == "已撤销，题目就在上面，可以重新作答。"
    phone.clock.now += timedelta(minutes=1)
    await phone.press("1a:1:0", question)
    await phone.press("1undo:1:5", question)
    assert phone.toasts()[-1] == "只能撤销最后一次作答，这一次之后又答过了。"


async def test_undone_where_the_message_is_gone(phone: Phone) -> None:
    """The question is asked anew, by itself."""
    await phone.say("/quiz")
    await phone.tap("A")
    phone.telegram.trouble = lambda call: (
        (400, "Bad Request: message to edit not found") if call.method == "editMessageText" else None
    )
    await phone.say("/undo", 6)
    assert phone.last().text.startswith("注意力 · 难度 1/3")
    phone.telegram.trouble = nothing
    await phone.press("1a:1:0", phone.question_id())
    assert phone.toasts()[-1] == ""
