"""The study settings as pages of /settings in private."""

from __future__ import annotations

import pytest

from bot.core.learners import Learner
from bot.core.people import Chat
from bot.store import learners
from bot.store.database import Database
from bot.tg import chats, daily
from bot.tg import learners as feature
from tests.group_bench import ADA, BOB, GROUP, Clock, Front, desk_for
from tests.tg.fake_api import Call, FakeApi

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both

HOME, ABROAD = Chat(ADA.id, "private", "Ada"), Chat(BOB.id, "private", "Bob")


@pytest.fixture
def front(database: Database) -> Front:
    """A bot that knows settings."""
    telegram = FakeApi()
    desk = desk_for(database, telegram, Clock())
    return Front(desk, telegram, [*feature.handlers(desk), *daily.handlers(desk), *chats.handlers(desk)])


def buttons(call: Call) -> dict[str, str]:
    """What the message's buttons say and carry."""
    rows = call.fields["reply_markup"]["inline_keyboard"]
    return {button["text"]: button["callback_data"] for row in rows for button in row}


async def tap(front: Front, label: str, chat: Chat = HOME) -> Call:
    """Press the newest message's button; the page that it shows then."""
    shown = [call for call in front.telegram.calls if "reply_markup" in call.fields]
    await front.presses(buttons(shown[-1])[label], ADA if chat is HOME else BOB, chat)
    return front.telegram.sent("editMessageText")[-1]


async def test_from_the_settings_to_another_retention_and_back(front: Front) -> None:
    """Every step edits the one message; the toast says what holds now."""
    await front.says("/settings", chat=HOME)
    page = await tap(front, "学习")
    assert page.text.splitlines() == [
        "学习",
        "目标记住率：90%",
        "每天新题：10",
        "每天复习：60",
        "作答方式：混合",
        "每次推送：5 题",
        "没做完时提醒：不提醒",
        "今天答过：新题 0，复习 0",
    ]
    choices = await tap(front, "记住率")
    assert list(buttons(choices)) == ["80%", "85%", "90% ✓", "95%", "返回"]
    assert "目标记住率：95%" in (await tap(front, "95%")).text
    assert front.toasts()[-1] == "目标记住率：95%"
    assert await front.desk.read(learners.of, ADA.id) == Learner(95)
    assert "设置" in (await tap(front, "返回")).text


async def test_it_reads_as_english_in_english(front: Front) -> None:
    """No limit is a choice like others, and pressing it twice changes nothing."""
    await front.says("/settings", BOB, ABROAD)
    await tap(front, "Study", ABROAD)
    await tap(front, "New a day", ABROAD)
    for _ in range(2):
        await front.presses("1l:1:-1", BOB, ABROAD)
    assert "New questions a day: No limit" in front.telegram.sent("editMessageText")[-1].text
    assert await front.desk.read(learners.of, BOB.id) == Learner(new_a_day=None)


@pytest.mark.parametrize("data", ["1l:9", "1l:0:91", "1l:0:-1", "1l:1:7", "1l:2:0", "1l:-1", "1l:0:90:1"])
async def test_a_button_that_is_on_no_page_means_nothing(front: Front, data: str) -> None:
    """A forged or outlived button changes nothing and says so."""
    await front.presses(data, chat=HOME)
    assert front.toasts() == ["这个按钮太旧了，重新发命令吧。"]
    assert front.telegram.sent("editMessageText") == []
    assert await front.desk.read(learners.of, ADA.id) == Learner()


async def test_a_reminder_is_chosen_and_dropped(front: Front) -> None:
    """Its hour is said; without one there is none, nor before the daily hour."""
    await front.presses("1l:6:1080", chat=HOME)
    assert front.toasts()[-1] == "还没定每天几点出题，先定一个：/daily 09:00"
    await front.presses("1w:0:0:1080", chat=HOME)
    await front.presses("1l:6:750", chat=HOME)
    assert front.toasts()[-1] == "提醒要晚于每天出题的 18:00。"
    await front.presses("1w:0:0:540", chat=HOME)
    await front.presses("1l:6:1080", chat=HOME)
    assert front.toasts()[-1] == "没做完时提醒：18:00"
    await front.presses("1l:6:-1", chat=HOME)
    assert front.toasts()[-1] == "没做完时提醒：不提醒"
    await front.presses("1l:5:10", chat=HOME)
    assert "每次推送：10 题" in front.telegram.sent("editMessageText")[-1].text


async def test_only_later_hours_are_offered(front: Front) -> None:
    """After the daily one; why there are none; and that a later daily hour ends the reminder is said at once."""
    await front.says("/daily 18:00", BOB, ABROAD)
    await front.presses("1l:6", BOB, ABROAD)
    page = front.telegram.sent("editMessageText")[-1]
    assert list(buttons(page))[:3] == ["none ✓", "20:00", "21:30"]
    await tap(front, "20:00", ABROAD)
    await front.says("/daily 21:00", BOB, ABROAD)
    said = front.telegram.sent()[-1].text
    assert said.splitlines()[-1] == "The reminder at 20:00 is gone: it has to come after the questions."
    await front.says("/daily 22:00", BOB, ABROAD)
    assert "reminder" not in front.telegram.sent()[-1].text
    await front.presses("1l:6", BOB, ABROAD)
    page = front.telegram.sent("editMessageText")[-1]
    assert page.text.startswith("The questions come at 22:00;")
    assert list(buttons(page))[:1] == ["none ✓"]


async def test_a_group_has_no_study_settings(front: Front) -> None:
    """Its settings have no such button, and one carried there does nothing."""
    await front.says("/settings", chat=GROUP)
    assert "学习" not in buttons(front.telegram.sent()[-1])
    await front.presses("1l:0:95")
    assert front.toasts() == ["这个按钮太旧了，重新发命令吧。"]
