"""Extra study through the handlers, and how it looks."""

import pytest
from telegram.error import NetworkError

from bot.core.bank import Library
from bot.store.database import Database
from tests.practice_bench import LIBRARY, QUESTIONS, library
from tests.tg.fake_api import nothing
from tests.tg.phone import Phone, phone_of_ada
from tests.tg.test_practice import lost

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both


@pytest.fixture
async def phone(database: Database) -> Phone:
    """Ada with the bench's bank."""
    return await phone_of_ada(database, LIBRARY)


async def tap_choice(phone: Phone, *, right: bool = True) -> None:
    """Press the right choice of the last question, or another one."""
    lines = phone.last().text.splitlines()
    await phone.tap(next(line[0] for line in lines if line[1:3] == ". " and line.endswith("选项 2") == right))


async def test_a_run(phone: Phone) -> None:
    """The first line says what it is; each answer is explained; the end names what was missed, and does it again."""
    await phone.say("/cram 注意力")
    assert phone.last().text.startswith("加练，不影响复习安排 · 1/3\n注意力 · 难度 1/3\na1 问什么？\nA. ")
    await tap_choice(phone, right=False)
    result = phone.last("editMessageText").text
    assert result.startswith("加练，不影响复习安排 · 1/3\n")
    assert "应为" in result
    assert result.endswith("还有 2 题")
    assert "天后再问" not in result
    assert phone.labels() == ["下一题"]
    for _question in range(2):
        await phone.tap("下一题")
        await tap_choice(phone)
    end = phone.last("editMessageText").text
    assert end.endswith("这一遍过完了，1 题没答对：\n· a1 问什么？")
    assert phone.labels() == ["再做这 1 题"]
    await phone.tap("再做这")
    assert phone.last().text.startswith("加练，不影响复习安排 · 1/1\n")
    await tap_choice(phone)
    assert phone.last("editMessageText").text.endswith("这一遍过完了，全对。")


async def test_a_recall_question(phone: Phone) -> None:
    """It is revealed, and the person says whether they had known it."""
    await phone.say("/cram training")
    assert phone.labels() == ["看答案"]
    await phone.tap("看答案")
    assert phone.last("editMessageText").text.endswith("说出来了吗？")
    await phone.tap("没说出来")
    assert "✗ 没说出来\n这一遍过完了，1 题没答对：\n· r1 问什么？" in phone.last("editMessageText").text


async def test_which_topic(phone: Phone) -> None:
    """Without one, and where none is called that, topics are offered; all of them together, too."""
    await phone.say("/cram")
    assert phone.last().text.startswith("加练哪个主题？")
    assert phone.labels() == ["注意力", "BERT 家族", "训练", "全部"]
    await phone.tap("全部")
    assert phone.last().text.startswith("加练，不影响复习安排 · 1/5\n")
    await phone.say("/cram 注意", 5)
    assert " · 1/3\n" in phone.last().text
    await phone.say("/cram xyzzy", 6)
    assert phone.labels() == ["注意力", "BERT 家族", "训练"]
    await phone.tap("训练")
    assert " · 1/1\n" in phone.last().text


async def test_pressed_again(phone: Phone) -> None:
    """An answered question says so, Next points at what is there, and afterwards that this was answered."""
    await phone.say("/cram attention")
    first = phone.question_id()
    await tap_choice(phone)
    await phone.press("1xa:1:0", first)
    await phone.press("1xn:1", first)
    await phone.press("1xn:1", first)
    assert len(phone.telegram.sent()) == 2
    await tap_choice(phone)
    await phone.press("1xn:1", first)
    twice = ["这题已经答过了", "", "下一题已经在下面了", "", "那一题已经答过了，最下面的才是现在这题"]
    assert phone.toasts() == ["", *twice]
    await phone.press("1xn:99", first)
    assert phone.toasts()[-1].startswith("这个按钮太旧了")


async def test_redelivered_command(phone: Phone) -> None:
    """The same /cram again sends no second question: it shows the one there is, or its result."""
    phone.telegram.after = lost("sendMessage")
    with pytest.raises(NetworkError):
        await phone.say("/cram attention")
    phone.telegram.after = nothing
    await phone.say("/cram attention")
    first, second = phone.telegram.sent()
    assert first.fields == second.fields
    await tap_choice(phone)
    shown = phone.last("editMessageText")
    await phone.say("/cram attention")
    assert phone.last("editMessageText").fields == shown.fields
    assert len(phone.telegram.sent()) == 2


async def test_a_question_that_left_the_bank(phone: Phone, database: Database) -> None:
    """It says so and has a button to go on."""
    await phone.say("/cram attention")
    asked = phone.question_id()
    phone = await _with(phone, database, library(*QUESTIONS[1:]))
    await phone.press("1xa:1:0", asked)
    assert phone.last("editMessageText").text == "这道题刚从题库里撤下或改过，跳过它。"
    (button,) = phone.buttons()
    await phone.press(button["callback_data"], asked)
    assert phone.last().text.startswith("加练，不影响复习安排 · 1/2\n")


async def _with(phone: Phone, database: Database, bank: Library) -> Phone:
    """The same database behind a bot that has loaded another bank since."""
    return await phone_of_ada(database, bank)
