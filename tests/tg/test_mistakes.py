"""/mistakes through the handlers, and how it looks."""

import csv
import io

import pytest

from bot.core.bank import Library
from bot.core.people import zone_for
from bot.core.text import MESSAGE_LIMIT
from bot.flows import mistakes
from bot.flows.mistakes import Mistakes, Wrong
from bot.store.database import Database
from bot.tg.mistakes_files import mistakes_files
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
        if phone.buttons()[0]["text"] == "看答案":
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
    """Three on each; turning edits the message, and goes round; a page that there is no more is the last one."""
    phone = await answered_wrong(database, MANY)
    await phone.say("/mistakes", 50)
    page = phone.question_id()
    assert "3. q6" in phone.last().text
    assert "4. q5" not in phone.last().text
    await phone.tap("‹")
    assert phone.last("editMessageText").text.splitlines()[1] == "7. q2 问什么？"
    assert phone.labels()[:3] == ["‹", "3/3", "›"]
    await phone.press("1u:77", page)
    assert phone.last("editMessageText").text.splitlines()[1] == "7. q2 问什么？"
    await phone.press("1u:1", page)
    assert phone.last("editMessageText").fields["message_id"] == page
    assert "5. q4 问什么？\n选了：q4 的选项 0\n应为：q4 的选项 2" in phone.last("editMessageText").text
    assert phone.toasts()[-3:] == ["", "", ""]


async def test_taken_away(database: Database) -> None:
    """As Markdown to read, with explanation and answer as the author wrote them, and as CSV that Excel reads."""
    phone = await answered_wrong(database, library(QUESTIONS[0], QUESTIONS[-1]))
    await phone.say("/mistakes", 50)
    await phone.tap("导出")
    read, sheet = (call.files["document"] for call in phone.telegram.sent("sendDocument"))
    assert (read.name, sheet.name) == ("mistakes-2026-03-02.md", "mistakes-2026-03-02.csv")
    assert read.content.decode().split("\n\n") == [
        "# 错题 2026-03-02",
        "## 1. r1 问什么？",
        "r1 的完整答案。",
        "## 2. a1 问什么？",
        "- 选了：a1 的选项 0\n- 应为：a1 的选项 2",
        "a1 的解析。",
        "a1 的**完整**答案。\n",
    ]
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["bank", "id", "topic"]
    assert rows[1][:6] == ["nlp", "r1", "training", "r1 问什么？", "", ""]
    assert rows[2][1:6] == ["a1", "attention", "a1 问什么？", "a1 的选项 0", "a1 的选项 2"]
    assert rows[2][7].startswith("2026-03-02T12:00:00+08:00")


async def test_pressed_twice_they_are_sent_once(database: Database) -> None:
    """However often and late the press comes; the button then asks for the next export, on the page that was shown."""
    phone = await answered_wrong(database, MANY)
    await phone.say("/mistakes", 50)
    page = phone.question_id()
    await phone.tap("›")
    data = next(button["callback_data"] for button in phone.buttons() if button["text"] == "导出")
    for _press in range(3):
        await phone.press(data, page)
    assert len(phone.telegram.sent("sendDocument")) == 2
    assert phone.toasts()[-3:] == ["", "已经发在下面了。", "已经发在下面了。"]
    assert phone.last("editMessageText").text.splitlines()[1] == "4. q5 问什么？"
    await phone.tap("导出")
    await phone.press(data, page)
    assert len(phone.telegram.sent("sendDocument")) == 4
    await phone.say("/mistakes", 51)
    await phone.tap("导出")
    assert len(phone.telegram.sent("sendDocument")) == 6


async def test_cut_between_the_files_the_other_one_is_sent(database: Database) -> None:
    """The first stood there and was noted, the second was not: the press that comes again sends that alone."""
    phone = await answered_wrong(database, MANY)
    await phone.say("/mistakes", 50)
    page = phone.question_id()
    await database.write(mistakes.file_sent, 7, page, 0, 0)
    await phone.tap("导出")
    assert [call.files["document"].name for call in phone.telegram.sent("sendDocument")] == ["mistakes-2026-03-02.csv"]


def test_what_was_left_out(backend: str) -> None:
    """Two of the points, in the place of choices; all of them in the file."""
    wrong = Wrong(QUESTIONS[0], NOON, None, ("方差变大", "softmax 饱和", "梯度消失"))
    found = Mistakes("zh", zone_for(None, DEFAULTS), (wrong,))
    shown = mistakes_view(Words(), found).text.text.splitlines()
    assert shown == ["错题 1 道，最近的在前", "1. a1 问什么？", "漏了：方差变大", "漏了：softmax 饱和"]
    read, sheet = mistakes_files(Words(), found, NOON)
    assert "- 应为：a1 的选项 2\n- 漏了：方差变大\n- 漏了：softmax 饱和\n- 漏了：梯度消失" in read.content.decode()
    assert "方差变大; softmax 饱和; 梯度消失" in sheet.content.decode("utf-8-sig")


async def test_nothing_to_take_away(database: Database) -> None:
    """The button of an old page, once all is right."""
    phone = await phone_of_ada(database, LIBRARY)
    await phone.press("1uf:0:0", 70)
    assert phone.toasts()[-1].startswith("没有错题。")
    assert phone.telegram.sent("sendDocument") == []


@pytest.mark.parametrize(("language", "head"), [("zh", "错题 1 道"), ("en", "1 mistake")])
def test_a_long_one_fits(language: str, head: str, backend: str) -> None:
    """However long prompt and choices are, a page is one message."""
    long = choice_question("字" * 400, "attention", 1)
    found = Mistakes("zh" if language == "zh" else "en", zone_for(None, DEFAULTS), (Wrong(long, NOON, 0),))
    view = mistakes_view(Words(), found)
    assert view.text.text.startswith(head)
    assert view.text.units < MESSAGE_LIMIT / 4
