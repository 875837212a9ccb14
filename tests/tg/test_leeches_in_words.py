"""A question answered in words that is forgotten again and again: told under its grade, which stays in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.store.database import Database
from bot.tg import withholding
from tests.tg.pen import Pen, pen_of_ada

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both

TOLD = "这道题已忘了 8 次。换个角度记，或者先搁置。"


@pytest.fixture
def pen(database: Database) -> Pen:
    """Ada's, with the buttons that lay a question aside."""
    pen = pen_of_ada(database)
    pen.routes = replace(pen.routes | withholding.routes(pen.desk), username="kaoguan_bot")
    return pen


async def forget(pen: Pen, times: int) -> None:
    """Asked each day, and each day not known."""
    await pen.asked()
    for day in range(times):
        if day:
            pen.clock.now += timedelta(days=1)
            asks = [{"type": "bot_command", "offset": 0, "length": len("/quiz")}]
            await pen.says("/quiz 注意力", 700 + 2 * day, entities=asks)
        await pen.says("不知道", 701 + 2 * day)
        await pen.taps("重来")


async def test_the_eighth_lapse_is_told_under_the_grade(pen: Pen) -> None:
    """Not the seventh; and suspending it leaves the grade, and says how it comes back."""
    await forget(pen, 8)
    assert "忘了" not in pen.last("editMessageText").text
    pen.clock.now += timedelta(days=1)
    await pen.says("/quiz 注意力", 800, entities=[{"type": "bot_command", "offset": 0, "length": len("/quiz")}])
    await pen.says("不知道", 801)
    await pen.taps("重来")
    graded = pen.telegram.sent("editMessageText")
    assert TOLD in graded[-1].text
    assert pen.labels()[-2:] == [["下一题"], ["搁置"]]
    await pen.taps("搁置")
    assert pen.telegram.sent("editMessageText") == graded
    assert pen.last("answerCallbackQuery").fields["text"].startswith("搁置了，不再问")
