"""What is said where no answer is waited for any more, or is none: edits after the rating, emoji, stickers, albums."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.store.database import Database
from bot.tg import typed
from tests.tg.pen import Pen, pen_of_ada
from tests.tg.phone import PRIVATE
from tests.typed_bench import PARTLY

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both

PHOTO = {"photo": [{"file_id": "p", "file_unique_id": "p1", "width": 90, "height": 90}]}
WORDLESS: list[dict[str, Any]] = [
    {"text": "👍"},
    {"text": "…"},
    {"dice": {"emoji": "🎲", "value": 3}},
    {"location": {"latitude": 1.0, "longitude": 2.0}},
    {"contact": {"phone_number": "1", "first_name": "A"}},
]
LATE = "\n评分之后改的不算。想算上：/undo，再改一次。"


@pytest.fixture
def pen(database: Database) -> Pen:
    """Ada's."""
    return pen_of_ada(database)


async def rated(pen: Pen) -> None:
    """An answer, graded and rated."""
    await pen.asked()
    await pen.says(PARTLY, 600)
    await pen.taps("说完了")
    await pen.taps("良好")


async def test_an_edit_after_the_rating_is_told_where_the_grade_stands(pen: Pen) -> None:
    """In one line, the same however often it comes; a press of another rating takes the line away."""
    await rated(pen)
    shown, sent = pen.last("editMessageText"), len(pen.telegram.sent())
    for text in ("不知道", "不知道", "别的"):
        await pen.edits(text, 600)
        assert pen.last("editMessageText").text == shown.text + LATE
    await pen.edits(PARTLY, 600)
    await pen.taps("简单")
    assert LATE not in pen.last("editMessageText").text
    assert len(pen.telegram.sent()) == sent


async def test_where_the_rated_grade_was_deleted_nothing_is_sent(pen: Pen) -> None:
    """There is nothing to say it in."""
    await rated(pen)
    sent = len(pen.telegram.sent())
    pen.telegram.trouble = lambda call: (400, "message to edit not found") if call.method == "editMessageText" else None
    await pen.edits("不知道", 600)
    assert len(pen.telegram.sent()) == sent


@pytest.mark.parametrize("media", WORDLESS)
async def test_what_has_no_words_is_no_answer(pen: Pen, media: dict[str, Any]) -> None:
    """A question in words goes on waiting, and says so; nothing is graded two minutes later."""
    await pen.asked()
    await pen.sends(600, **media)
    assert pen.last().text == "上面那题在等你回答，直接打字就行。"
    pen.clock.now += timedelta(minutes=3)
    await typed.tick(pen.desk)
    assert pen.methods() == ["sendMessage"]


async def test_an_emoji_after_words_changes_nothing(pen: Pen) -> None:
    """Neither before the grade nor below it."""
    await pen.asked()
    await pen.says(PARTLY, 600)
    await pen.says("👍", 601)
    await pen.taps("说完了")
    graded = pen.last("editMessageText").text
    await pen.says("🎉", 602)
    assert pen.last("editMessageText").text == graded
    assert len(pen.telegram.sent()) == 1


async def test_words_after_the_grade_and_after_the_rating(pen: Pen) -> None:
    """Each is told what to do, also within the hour after the zone was asked for."""
    await pen.says("/start", 598, entities=[{"type": "bot_command", "offset": 0, "length": 6}])
    await pen.asked()
    await pen.says(PARTLY, 600)
    await pen.taps("说完了")
    pen.clock.now += timedelta(minutes=4)
    await pen.says("还有一点没说", 601)
    assert pen.last().text == "上面那题等你评分。还要补充，就回复那条点评。"
    await pen.taps("良好", 1001)
    await pen.says("还有一点没说", 602)
    assert pen.last().text == "那题评过分了。要补充：/undo，再改刚才那条消息。"
    pen.clock.now += timedelta(minutes=10)
    await pen.says("还有一点没说", 603)
    assert pen.last().text.startswith("没看懂「还有一点没说」")


async def test_an_album_shows_the_answer_once(pen: Pen) -> None:
    """The same photo that comes twice shows it again, as that may have been cut short."""
    await pen.asked()
    await pen.sends(600, **PHOTO)
    revealed = pen.last().text
    await pen.sends(601, **PHOTO)
    assert pen.last().text == "上面那题的答案已经给出，对照着给自己评分。"
    await pen.sends(600, **PHOTO)
    assert pen.last().text == revealed


async def test_more_than_ten_pieces(pen: Pen) -> None:
    """The tenth ends it; nobody is sent in a circle after that."""
    await pen.asked()
    for number in range(10):
        await pen.says("维度大时方差变大。", 600 + number)
    assert pen.labels()[0] == ["重来 ✓", "困难", "良好", "简单"]
    for more in ({}, {"reply_to_message": {"message_id": 500, "date": 1, "chat": PRIVATE}}):
        await pen.says("还有一点没说", 620, **more)
        assert pen.last().text == "上面那题等你评分。一题最多收 10 条，还要补充，就改前面的消息。"
