"""/vacation and its buttons."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from bot.core.vacations import NoVacation
from bot.flows.vacations import Away, Unclear
from bot.store.database import Database
from bot.tg.vacations_views import unclear_view, vacation_view
from bot.tg.words import Words
from tests.practice_bench import LIBRARY
from tests.tg.phone import Phone, phone_of_ada

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both


@pytest.fixture
async def phone(database: Database) -> Phone:
    """Ada, at noon of 2 March."""
    return await phone_of_ada(database, LIBRARY)


async def test_going_and_coming_back_with_buttons(phone: Phone) -> None:
    """One message all the time: how long, until when, back."""
    await phone.say("/vacation")
    assert phone.last().text.splitlines()[0] == "现在没有休假。"
    assert phone.labels() == ["3 天", "7 天", "14 天", "先不定", "设置"]
    await phone.tap("7 天")
    edited = phone.last("editMessageText")
    assert edited.text.splitlines() == [
        "休假中：3 月 2 日（周一）–3 月 8 日（周日）。",
        "休假时不推送，连续天数不增也不断；回来后积下的复习分几天给。",
    ]
    assert phone.labels() == ["我回来了", "设置"]
    await phone.tap("我回来了")
    assert phone.last("editMessageText").text.startswith("现在没有休假。")
    await phone.tap("先不定")
    assert phone.last("editMessageText").text.startswith("休假中，哪天回来都行。")
    assert phone.toasts() == ["", "", ""]


async def test_in_words(phone: Phone) -> None:
    """A planned one can be called off; what is not understood is shown how to write."""
    await phone.say("/vacation 12-01 12-14")
    assert phone.last().text.splitlines()[0] == "已记下休假：12 月 1 日（周二）–12 月 14 日（周一）。"
    assert phone.labels()[0] == "不休了"
    await phone.say("/vacation 12-30 01-05")
    assert phone.last().text.splitlines()[0] == "已记下休假：12 月 30 日（周三）–2027 年 1 月 5 日（周二）。"
    await phone.say("/vacation off")
    assert phone.last().text.startswith("现在没有休假。")
    await phone.say("/vacation someday")
    assert phone.last().text.startswith("没看懂「someday」。这样写：/vacation 7")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("400", "一次休 1 到 366 天，「400」不行。这样写：/vacation 7；还不知道哪天回来：/vacation on"),
        ("0", "一次休 1 到 366 天，「0」不行。这样写：/vacation 7；还不知道哪天回来：/vacation on"),
        (
            "2026-02-01",
            "「2026-02-01」里有已经过去的日子，休假从今天起才算。这样写：/vacation 7，或 /vacation 12-01 12-14",
        ),
        (
            "2026-05-09 2026-05-01",
            "「2026-05-09 2026-05-01」结束在开始之前。先写开始，再写结束：/vacation 12-01 12-14",
        ),
        ("2028-05-01", "「2028-05-01」太远了，最多排到 2027-03-02。还不知道哪天回来：/vacation on"),
    ],
)
async def test_why_it_is_none(phone: Phone, typed: str, answer: str) -> None:
    """In one sentence, with the limit; nothing is changed."""
    await phone.say(f"/vacation {typed}")
    assert phone.last().text == answer
    await phone.say("/vacation")
    assert phone.last().text.startswith("现在没有休假。")


@pytest.mark.parametrize("why", ["length", "past", "reversed", "far", "unknown"])
def test_why_it_is_none_in_english(why: Literal["length", "past", "reversed", "far", "unknown"], backend: str) -> None:
    """Each says what was typed and what to write."""
    view = unclear_view(Words(), Unclear("en", date(2026, 3, 2), NoVacation(why)), "400")
    assert "“400”" in view.text.text
    assert "/vacation" in view.text.text
    said = {"length": "1 to 366 days", "far": "2027-03-02 is the furthest", "past": "today or later"}
    assert said.get(why, "") in view.text.text


async def test_a_number_that_is_on_no_button(phone: Phone) -> None:
    """A forged one is too old."""
    await phone.say("/vacation")
    await phone.press("1va:99")
    assert phone.toasts() == ["这个按钮太旧了，重新发命令吧。"]
    await phone.press("1va:0")
    assert phone.last("editMessageText").text.startswith("现在没有休假。")


@pytest.mark.parametrize(
    ("portion", "zh", "en"),
    [
        (
            3,
            "积下的还有 43 题，分 6 天给，今天还有 3 题。",
            "Piled up: 43 reviews. They come over 6 days, 3 still today.",
        ),
        (0, "今天的做完了，其余之后几天给。", "Today’s are done; the rest comes over the next days."),
        (43, "积下的还有 43 题，今天给完。", "Piled up: 43 reviews; they come today."),
    ],
)
def test_what_is_left_of_what_piled_up(portion: int, zh: str, en: str, backend: str) -> None:
    """How much there is, and of it today."""
    for language, said in (("zh", zh), ("en", en)):
        away = Away("zh" if language == "zh" else "en", date(2026, 3, 2), None, 43, portion, 6)
        assert said in vacation_view(Words(), away).text.text
