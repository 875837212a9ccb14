"""/mistakes through the handlers, and how it looks."""

import pytest

from bot.core.bank import Library
from bot.core.people import zone_for
from bot.core.text import MESSAGE_LIMIT
from bot.flows.mistakes import Mistakes, Wrong
from bot.store.database import Database
from bot.tg.mistakes_views import mistakes_view
from bot.tg.words import Words
from tests.practice_bench import DEFAULTS, LIBRARY, NOON, QUESTIONS, choice_question, library
from tests.tg.phone import Phone, phone_of_ada

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both
MANY: Library = library(*(choice_question(f"q{number}", "attention", 1) for number in range(9)))


async def answered_wrong(database: Database, bank: Library) -> Phone:
    """Ada has chosen the first choice (not the third) of every question."""
    phone = await phone_of_ada(database, bank)
    for number in range(len(bank.refs)):
        await phone.say("/quiz", number)
        if [button["text"] for button in phone.buttons()] == ["看答案"]:
            await phone.tap("看答案")
            await phone.tap("重来")
            continue
        lines = phone.last().text.splitlines()
        await phone.tap(next(line[0] for line in lines if line.endswith("选项 0")))
    return phone


async def test_none(database: Database) -> None:
    """Nobody is shown an empty list."""
    phone = await phone_of_ada(database, LIBRARY)
    await phone.say("/mistakes")
    assert phone.last().text.startswith("没有错题。")


async def test_each_with_what_was_chosen_and_what_is_right(database: Database) -> None:
    """The newest first; one that was rated with its answer."""
    phone = await answered_wrong(database, library(QUESTIONS[0], QUESTIONS[-1]))
    await phone.say("/mistakes", 50)
    assert phone.last().text.splitlines() == [
        "错题 2 道，最近的在前",
        "1. r1 问什么？",
        "自评没答上，应答：r1 的完整答案。",
        "2. a1 问什么？",
        "选了：a1 的选项 0",
        "应为：a1 的选项 2",
    ]
    await phone.tap("加练这 2 题")
    assert phone.last().text.startswith("加练，不影响复习安排 · 1/2\n")


async def test_pages(database: Database) -> None:
    """Four on each; turning edits the message, and goes round; a page that there is no more is the last one."""
    phone = await answered_wrong(database, MANY)
    await phone.say("/mistakes", 50)
    page = phone.question_id()
    assert "4. q5" in phone.last().text
    await phone.tap("‹")
    assert phone.last("editMessageText").text.splitlines()[1] == "9. q0 问什么？"
    assert [button["text"] for button in phone.buttons()][:3] == ["‹", "3/3", "›"]
    await phone.press("1u:77", page)
    assert phone.last("editMessageText").text.splitlines()[1] == "9. q0 问什么？"
    await phone.press("1u:1", page)
    assert phone.last("editMessageText").fields["message_id"] == page
    assert "5. q4" in phone.last("editMessageText").text
    assert phone.toasts()[-3:] == ["", "", ""]


@pytest.mark.parametrize(("language", "head"), [("zh", "错题 1 道"), ("en", "1 mistake")])
def test_a_long_one_fits(language: str, head: str, backend: str) -> None:
    """However long prompt and choices are, a page is one message."""
    long = choice_question("字" * 400, "attention", 1)
    found = Mistakes("zh" if language == "zh" else "en", zone_for(None, DEFAULTS), (Wrong(long, NOON, 0),))
    view = mistakes_view(Words(), found)
    assert view.text.text.startswith(head)
    assert view.text.units < MESSAGE_LIMIT / 4
