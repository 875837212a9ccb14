"""The dots through the handlers: burying, suspending, bringing back, leeches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.bank import LANGUAGES, Language
from bot.core.review import Rating
from bot.flows.answers import Result
from bot.store import people
from bot.store.database import Database
from bot.tg.practice_views import result_view
from bot.tg.words import Words
from tests.practice_bench import ADA, LIBRARY, NOON, QUESTIONS, asked
from tests.tg.phone import Phone, phone_of_ada

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both


@pytest.fixture
async def phone(database: Database) -> Phone:
    """Ada with the bench's bank."""
    return await phone_of_ada(database, LIBRARY)


async def test_not_today(phone: Phone) -> None:
    """The question makes room, and another is asked; changed one's mind, it stands there again with its choices."""
    await phone.say("/quiz")
    question = phone.last().fields
    await phone.tap("…")
    assert phone.last("editMessageText").text == question["text"]
    assert phone.labels() == ["明天再说", "搁置", "返回"]
    await phone.tap("明天再说")
    assert phone.last("editMessageText").text == "a1 问什么？\n今天不问了，明天再说。"
    assert phone.toasts()[-1] == "今天不问了，明天再说。"
    await phone.tap("还是现在答")
    shown = phone.last("editMessageText").fields
    assert (shown["text"], shown["reply_markup"]) == (question["text"], question["reply_markup"])
    await phone.tap("…")
    await phone.tap("明天再说")
    await phone.tap("下一题")
    assert "a2 问什么？" in phone.last().text


async def test_suspended_after_an_answer_and_brought_back(phone: Phone) -> None:
    """The result stays; the dots tell that it is suspended; the list in the settings brings it back."""
    await phone.say("/quiz")
    await phone.tap("A")
    result = phone.last("editMessageText").text
    await phone.tap("…")
    await phone.tap("搁置")
    assert phone.last("editMessageText").text == result
    await phone.tap("…")
    assert phone.labels() == ["撤销", "搁置 ✓", "返回"]
    await phone.press("1susp:0")
    assert phone.last("editMessageText").text == "搁置的题，共 1 道。点号码恢复：\n1. a1 问什么？"
    await phone.tap("恢复 1")
    assert phone.last("editMessageText").text == "没有搁置的题。"
    assert phone.toasts()[-1] == "恢复了，到期就问"


async def test_toasts_in_the_language_that_was_chosen(phone: Phone, database: Database) -> None:
    """Not in that of her Telegram, which is Chinese."""
    await phone.say("/review")
    await database.write(lambda tx: people.change_chat(tx, ADA.id, language="en"))
    await phone.say("/quiz", 2)
    await phone.press("1wish:1:9")
    assert phone.toasts()[-1].startswith("That button is too old")
    await phone.tap("…")
    await phone.tap("Not today")
    assert phone.toasts()[-1] == "Not today; I ask again tomorrow."
    await phone.press("1exam:7:1")
    assert phone.toasts()[-1].startswith("That button is too old")
    await phone.say("/cram attention", 3)
    await phone.tap("A")
    await phone.press(phone.telegram.sent()[-1].fields["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    assert phone.toasts()[-1] == "You have answered this one"


@pytest.mark.parametrize("data", ["1wish:1:3", "1wish:99:1", "1more:99:1"])
async def test_forged_buttons(phone: Phone, data: str) -> None:
    """They are too old."""
    await phone.say("/quiz")
    await phone.press(data)
    assert phone.toasts() == ["这个按钮太旧了，重新发命令吧。"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("backend")
def test_a_leech_is_told_once_in_four(language: Language) -> None:
    """One line and two buttons; without an easier question one of them."""
    stale = Result(asked(QUESTIONS[2], language), 0, False, Rating.AGAIN, 1, 0, 0, True, NOON, 8, True)
    view, _rest = result_view(Words(), stale)
    assert "8 次" in view.text.text if language == "zh" else "8 times" in view.text.text
    assert [len(row) for row in view.rows] == [2, 2]
    alone, _rest = result_view(Words(), replace(stale, easier=False))
    assert [len(row) for row in alone.rows] == [2, 1]
    usual, _rest = result_view(Words(), replace(stale, lapses=9))
    assert len(usual.rows) == 1
