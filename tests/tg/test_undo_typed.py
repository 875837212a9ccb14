"""Undo of an answer in words through the handlers: its grade stands there again, to be rated."""

from __future__ import annotations

from typing import Any

import pytest

from bot.store.database import Database
from tests.tg.fake_api import Call
from tests.tg.pen import QUESTION, Pen, pen_of_ada
from tests.typed_bench import PARTLY

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both

UNRATED = [["重来", "困难 ✓", "良好", "简单"], ["我说过这点"]]


@pytest.fixture
async def pen(database: Database) -> Pen:
    """Ada's, with an answer that is graded and rated."""
    pen = pen_of_ada(database)
    await pen.asked()
    await pen.says(PARTLY, 600)
    await pen.taps("说完了")
    return pen


def command(text: str) -> dict[str, Any]:
    """What marks a message as a command."""
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text)}]}


async def test_the_message_with_the_grade_asks_for_a_rating_again(pen: Pen) -> None:
    """As it was before it was rated, however often the command comes; an edit then is graded anew, and rated once."""
    graded, where = pen.last("editMessageText").fields, pen.newest()
    assert pen.labels() == UNRATED
    await pen.taps("良好")
    for _ in range(2):
        await pen.says("/undo", 601, **command("/undo"))
        shown = pen.last("editMessageText").fields
        assert (shown["message_id"], shown["text"]) == (where, graded["text"])
        assert pen.labels() == UNRATED
        assert pen.last().text == "已撤销，评分按钮又在上面那条里了：重新评一次，或者先改你的消息，会重新批改。"
    await pen.edits("不知道", 600)
    assert "不知道也没关系" in pen.last("editMessageText").text
    await pen.taps("重来")
    assert pen.labels()[-1] == ["下一题"]


async def test_the_button_behind_the_question_does_the_same(pen: Pen) -> None:
    """Whoever undoes it at the question finds the grade below it open again."""
    where = pen.newest()
    await pen.taps("良好")
    answered = int(pen.clock().timestamp())
    await pen.presses(f"1undo:1:{answered}", QUESTION)
    question, grade = pen.telegram.sent("editMessageText")[-2:]
    assert question.fields["message_id"] == QUESTION
    assert grade.fields["message_id"] == where
    assert pen.labels() == UNRATED


async def test_a_grade_that_is_gone_is_shown_anew(pen: Pen) -> None:
    """Below all that was written, in reply to the question."""
    await pen.taps("良好")
    pen.telegram.trouble = lambda call: (400, "Bad Request: message to edit not found") if _edits(call) else None
    await pen.says("/undo", 601, **command("/undo"))
    grade, _told = pen.telegram.sent()[-2:]
    assert grade.text.startswith("说到了 2/3")
    assert grade.fields["reply_parameters"]["message_id"] == QUESTION


def _edits(call: Call) -> bool:
    return call.method == "editMessageText"
