"""An interview through the handlers: what is sent, edited and toasted, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.core.bank import Language
from bot.flows.summing import Summing
from bot.store.database import Database
from bot.store.interviews import Interview
from bot.tg import chats, interviewing, typed
from bot.tg.interviewing_views import verdict_views
from tests.interview_bench import BANK, FULL, THIN
from tests.practice_bench import NOON
from tests.tg.fake_api import Call, nothing
from tests.tg.pen import Pen, pen_of_ada

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both

VOICE = {"voice": {"file_id": "v", "file_unique_id": "v1", "duration": 3}}


@pytest.fixture
def pen(database: Database) -> Pen:
    """Ada's, with interviews."""
    made = pen_of_ada(database, BANK)
    made.routes = replace(made.routes | interviewing.routes(made.desk), username="kaoguan_bot")
    made.handlers = [*typed.handlers(made.desk), *chats.last_resort(made.desk, interviewing.listener(made.desk))]
    return made


def commands(text: str) -> dict[str, Any]:
    """What makes a message a command."""
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]}


async def begins(pen: Pen, text: str = "/interview 注意力 1", message_id: int = 600) -> Call:
    """The first question."""
    await pen.says(text, message_id, **commands(text))
    return pen.last()


async def test_a_whole_interview(pen: Pen) -> None:
    """A question without difficulty or choices, a follow-up, the verdict with a suggested rating, a tap."""
    first = await begins(pen)
    assert first.text.splitlines()[-2:] == ["第 1/1 题 · 已过 0 分钟，计划 2 分钟", "a1 问什么？"]
    assert pen.labels() == [["说完了", "到此为止"]]
    await pen.says(THIN, 601)
    assert pen.last() is first
    await pen.taps("说完了")
    assert pen.last().text == "追问：softmax 会怎样？"
    await pen.says("softmax 就会饱和，梯度消失。\n说完了", 602)
    verdict = pen.last().text.splitlines()
    assert verdict[0] == "面试结束 · 注意力 · 1 题 · 0 分钟"
    assert "✓ 1. a1 问什么？" in verdict
    assert "a1 的完整答案。" in verdict
    assert pen.labels() == [["1 · 良好"], ["排进复习"]]
    await pen.taps("1 · 良好")
    assert pen.labels() == [["1 · 简单"], ["排进复习"]]
    await pen.taps("排进复习")
    told = pen.last("editMessageText")
    assert told.text.splitlines()[-1].startswith("已排进复习：")
    assert "reply_markup" not in told.fields
    assert len(pen.telegram.sent("answerCallbackQuery")) == 3


@pytest.mark.parametrize(
    ("typed_in", "note"),
    [
        ("/interview", "开始吧，一共 3 题"),
        ("/interview 注意力 1", "开始吧，一共 1 题"),
        ("/interview 注意力", "开始吧，一共"),
        ("/interview 注意力 九十九", "没有那么多题，能问的都在这场里。\n开始吧，一共 "),
        ("/interview 注意力 ９", "没有那么多题，能问的都在这场里。\n开始吧，一共 "),
        ("/interview 0", "一场 1 到 10 题。"),
        ("/interview 注意力 -1", "一场 1 到 10 题。"),
    ],
)
async def test_a_size_that_cannot_be_is_told_in_one_sentence(pen: Pen, typed_in: str, note: str) -> None:
    """Before the first question, also when the command comes again; not where nothing was asked for."""
    for _ in range(2):
        assert (await begins(pen, typed_in)).text.startswith(note)


async def test_another_while_one_goes_on(pen: Pen) -> None:
    """What goes on is asked again, and where something else was wished, that it is not over."""
    first = await begins(pen)
    question = "\n".join(first.text.splitlines()[-2:])
    assert (await begins(pen, "/interview", 601)).text == question
    other = await begins(pen, "/interview bert 3", 602)
    assert other.text == "这场还没结束，接着问。想换一场，先点「到此为止」。\n" + question
    await pen.says(THIN, 603)
    assert (await begins(pen, "/interview", 604)).text == "我在听。接着说，说完发「说完了」。"
    await pen.taps("到此为止")
    assert (await begins(pen, "/interview bert 3", 605)).text.startswith("没有那么多题")


async def test_gaps_and_what_to_read(pen: Pen) -> None:
    """What was missed, the weightiest first, and the sources of it."""
    await begins(pen)
    await pen.says("不知道", 601)
    text = pen.last().text
    assert "漏洞\n✗ 1. a1 问什么？\n方差随 d_k 增大；softmax 饱和；梯度消失" in text
    assert "该读的\n· a1 et al., 2017" in text
    assert "先把下面这些补上" in text
    assert pen.labels()[0] == ["1 · 重来"]


async def test_said_aloud(pen: Pen) -> None:
    """It cannot be judged: the person rates it, and without a rating nothing is planned."""
    await begins(pen)
    await pen.sends(601, **VOICE)
    assert "· 1. a1 问什么？\n请自己评" in pen.last().text
    assert pen.labels()[0] == ["1 · ?"]
    await pen.taps("1 · ?")
    assert pen.labels()[0] == ["1 · 重来"]


async def test_a_rating_that_is_pressed_twice_changes_once(pen: Pen) -> None:
    """A double tap, and a press that comes again after a kill: the button says which rating is wanted."""
    await begins(pen)
    await pen.says("不知道\n说完了", 601)
    (again,) = [row[0]["callback_data"] for row in pen.last().fields["reply_markup"]["inline_keyboard"][:1]]
    for _ in range(3):
        await pen.presses(again, pen.newest())
        assert pen.labels()[0] == ["1 · 困难"]


async def test_the_end_before_anything_was_answered(pen: Pen) -> None:
    """Is told in one sentence: nobody is judged on a question that they stopped at."""
    await begins(pen, "/interview 3")
    await pen.taps("到此为止")
    assert pen.last().text == "还没作答就结束了。想再来，发 /interview"


async def test_asked_for_while_it_listens(pen: Pen) -> None:
    """It says so: what has been said stays."""
    await begins(pen, "/interview 3")
    await pen.says("方差会变大", 601)
    await begins(pen, "/interview", 602)
    assert pen.last().text == "我在听。接着说，说完发「说完了」。"


async def test_old_buttons(pen: Pen) -> None:
    """A toast, and nothing else."""
    await begins(pen)
    await pen.taps("到此为止")
    sends = len(pen.telegram.sent("sendMessage"))
    for data in ("1id:1", "1id:1:0", "1ip:99", "1ir:99:0:1", "1ir:1:0:5", "1ie:99"):
        await pen.presses(data, 500)
        assert pen.last("answerCallbackQuery").fields["text"]
    assert len(pen.telegram.sent("sendMessage")) == sends


async def test_a_send_that_was_cut_off_comes_again(pen: Pen) -> None:
    """With the tick, once its lease has ended."""

    def trouble(_call: Call) -> tuple[int, str] | None:
        raise NetworkError("connection lost")

    pen.telegram.trouble = trouble
    with pytest.raises(NetworkError):
        await begins(pen)
    pen.telegram.trouble = nothing
    await interviewing.tick(pen.desk)
    assert pen.telegram.sent("sendMessage") == []
    pen.clock.now += timedelta(minutes=3)
    await interviewing.tick(pen.desk)
    assert pen.last().text.endswith("a1 问什么？")
    await interviewing.tick(pen.desk)
    assert len(pen.telegram.sent("sendMessage")) == 1


async def test_silence(pen: Pen) -> None:
    """Two minutes after the last words the tick goes on."""
    await begins(pen)
    await pen.says(FULL, 601)
    pen.clock.now += timedelta(minutes=2, seconds=1)
    await interviewing.tick(pen.desk)
    assert pen.last().text.startswith("面试结束")


async def test_unknown_topics(pen: Pen) -> None:
    """Did you mean."""
    await begins(pen, "/interview 烹饪")
    assert "烹饪" in pen.last().text


async def test_a_topic_instead_of_an_unknown_one(pen: Pen) -> None:
    """Its button begins the interview that was wanted; pressed twice it is one, and once that is over it is too old."""
    await begins(pen, "/interview 烹饪 1")
    below, rows = pen.newest(), pen.last().fields["reply_markup"]["inline_keyboard"]
    data = next(button["callback_data"] for row in rows for button in row if button["text"] == "注意力")
    for _ in range(2):
        await pen.presses(data, below)
    assert pen.last().text.splitlines()[-2].startswith("第 1/1 题")
    await pen.says(FULL, 601)
    await pen.taps("说完了")
    assert pen.last().text.startswith("面试结束 · 注意力 · 1 题")
    sent = len(pen.telegram.sent())
    await pen.presses(data, below)
    assert len(pen.telegram.sent()) == sent
    assert pen.last("answerCallbackQuery").fields["text"].startswith("这个按钮太旧了")


@pytest.mark.parametrize(("language", "text"), [("zh", "还没作答就结束了"), ("en", "It ended before")])
async def test_nothing_to_judge(pen: Pen, language: Language, text: str) -> None:
    """All its questions have left the bank: one sentence, no buttons."""
    there = Interview(1, 7, 600, None, None, "over", 0, NOON, NOON, None, None, None)
    view, rest = verdict_views(pen.desk.words, Summing(there, language, None, 0, planned=False, answers=()), {}, BANK)
    assert view.text.text.startswith(text)
    assert (view.rows, rest) == ((), ())
