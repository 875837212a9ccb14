"""/daily as people use it: typed, pressed, in private and by a group's admins."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.people import Chat
from bot.store import pushes
from bot.store.database import Database
from bot.tg import daily as feature
from bot.tg.buttons import Verb, pack
from tests.group_bench import ADA, BOB, GROUP, Clock, Front, desk_for
from tests.tg.fake_api import FakeApi

HOME = Chat(ADA.id, "private", "Ada")


@pytest.fixture
def front(database: Database) -> Front:
    """A bot whose groups know Ada as an admin."""
    telegram = FakeApi(admins={ADA.id})
    desk = desk_for(database, telegram, Clock())
    return Front(desk, telegram, feature.handlers(desk))


async def minutes(front: Front, chat: Chat) -> list[int]:
    """The chat's hours."""
    return [slot.minute for slot in await front.desk.read(pushes.slots_of, chat.id)]


@pytest.mark.parametrize(
    ("typed", "minute", "said"),
    [
        ("/daily 09:00", 540, "每天 09:00 出几题\n下一题：明天 09:00（时区：北京）"),
        ("/daily 晚上9点半", 1290, "每天 21:30 出几题\n下一题：今天 21:30（时区：北京）"),
    ],
)
async def test_an_hour_that_is_typed(front: Front, typed: str, minute: int, said: str) -> None:
    """It is set, and the answer tells when the next question comes."""
    await front.says(typed, chat=HOME)
    (call,) = front.telegram.sent()
    assert call.text == said
    assert await minutes(front, HOME) == [minute]


async def test_ones_own_hour_is_a_button_like_the_others(front: Front) -> None:
    """Ticked, and in its place among those offered."""
    await front.says("/daily 9:15", chat=HOME)
    rows = front.telegram.sent()[-1].fields["reply_markup"]["inline_keyboard"]
    assert [button["text"] for row in rows for button in row][:4] == ["08:00", "09:15 ✓", "12:30", "21:00"]


async def test_off(front: Front) -> None:
    """No hour any more."""
    await front.says("/daily 9", chat=HOME)
    await front.says("/daily off", chat=HOME)
    assert await minutes(front, HOME) == []
    assert "还没定每天几点出题" in front.telegram.sent()[-1].text


async def test_a_mistake_changes_nothing_and_shows_how(front: Front) -> None:
    """As typed, and how to write it."""
    await front.says("/daily 9", chat=HOME)
    await front.says("/daily 25:00", chat=HOME)
    assert front.telegram.sent()[-1].text.endswith("这样写：/daily 21:30，或 /daily off")
    assert await minutes(front, HOME) == [540]


async def test_without_an_hour_the_state_and_buttons(front: Front) -> None:
    """Pressing one sets it on the same message."""
    await front.says("/daily", chat=HOME)
    (call,) = front.telegram.sent()
    row = call.fields["reply_markup"]["inline_keyboard"][0]
    assert [button["text"] for button in row] == ["08:00", "12:30", "21:00", "关闭"]
    await front.presses(row[2]["callback_data"], chat=HOME)
    assert await minutes(front, HOME) == [1260]
    (ticked,) = front.telegram.sent("editMessageText")[-1].fields["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in ticked] == ["08:00", "12:30", "21:00 ✓", "关闭"]
    await front.presses(row[3]["callback_data"], chat=HOME)
    assert await minutes(front, HOME) == []
    assert len(front.telegram.sent("editMessageText")) == 2
    assert front.toasts() == ["", ""]


@pytest.mark.parametrize("numbers", [(), (1440,), (-2,), (540, 1)])
async def test_an_hour_button_that_means_nothing_is_too_old(front: Front, numbers: tuple[int, ...]) -> None:
    """A toast, and nothing changes."""
    await front.presses(pack(Verb.HOUR, *numbers), chat=HOME)
    (toast,) = front.toasts()
    assert "太旧" in toast
    assert await minutes(front, HOME) == []


async def test_a_group_s_hour_is_its_admins_business(front: Front) -> None:
    """Others get one line, typed or pressed; everybody may look."""
    await front.says("/daily 9", person=BOB)
    await front.presses(pack(Verb.HOUR, 540), person=BOB)
    await front.says("/daily", person=BOB)
    assert await minutes(front, GROUP) == []
    assert front.telegram.sent()[0].text == front.toasts()[0] == "只有管理员能改设置。"
    await front.presses(pack(Verb.HOUR, 540), person=ADA)
    assert await minutes(front, GROUP) == [540]


@pytest.mark.parametrize(("sender", "expected"), [(GROUP.id, [540]), (-777, [])], ids=["the group", "a channel"])
async def test_anonymous_admins_may_and_channels_may_not(front: Front, sender: int, expected: list[int]) -> None:
    """Who writes as the group itself is an admin of it; a channel is nobody."""
    as_chat = {"id": sender, "type": "supergroup", "title": "?"}
    stand_in: dict[str, Any] = {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}}
    await front.says("/daily 9", sender_chat=as_chat, **stand_in)
    assert await minutes(front, GROUP) == expected


async def test_the_hour_of_a_thread_is_pushed_to_that_thread(front: Front) -> None:
    """It is kept with the hour."""
    await front.says("/daily 9", message_thread_id=33, is_topic_message=True)
    (slot,) = await front.desk.read(pushes.slots_of, GROUP.id)
    assert slot.thread_id == 33
