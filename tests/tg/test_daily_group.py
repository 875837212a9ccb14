"""/daily as a group's admins use it: typed in both languages, and with buttons."""

from __future__ import annotations

import pytest

from bot.core.people import Chat
from bot.core.slots import Hour
from bot.store import people, pushes
from bot.store.database import Database
from bot.tg import chats as settings
from bot.tg import daily as feature
from bot.tg.buttons import Verb, pack
from bot.tg.daily_views import Do
from tests.group_bench import ADA, BOB, GROUP, Clock, Front, desk_for
from tests.tg.fake_api import Call, FakeApi

NINE = 9 * 60


@pytest.fixture
def front(database: Database) -> Front:
    """A bot whose group knows Ada as an admin."""
    telegram = FakeApi(admins={ADA.id})
    desk = desk_for(database, telegram, Clock())
    return Front(desk, telegram, [*feature.handlers(desk), *settings.handlers(desk)])


async def hours(front: Front) -> list[Hour]:
    """The group's hours."""
    slots = await front.desk.read(pushes.slots_of, GROUP.id)
    return [Hour(slot.minute, slot.about, slot.weekdays, slot.kind) for slot in slots]


def buttons(call: Call) -> dict[str, str]:
    """What the message's buttons say and carry."""
    rows = call.fields["reply_markup"]["inline_keyboard"]
    return {button["text"]: button["callback_data"] for row in rows for button in row}


def shown(front: Front) -> Call:
    """The page as it was edited last."""
    return front.telegram.sent("editMessageText")[-1]


async def test_topic_days_and_kind_are_typed_in_either_language(front: Front) -> None:
    """The answer says all of it in a line an hour, and when the next one comes."""
    await front.says("/daily 12:30 注意力 工作日 讨论")
    await front.says("/daily 9 am bert")
    assert await hours(front) == [Hour(NINE, "bert"), Hour(750, "attention", weekdays=True, kind="card")]
    assert front.telegram.sent()[-1].text.split("\n") == [
        "每天 09:00 出一题：BERT 家族",
        "工作日 12:30 出一道讨论题：注意力",
        "下一题：今天 12:30（时区：北京）",
    ]


async def test_it_reads_as_english_in_english(front: Front) -> None:
    """The same, said as one says it there."""
    await front.says("/language en")
    await front.says("/daily 09:00 attention weekdays discussion")
    assert front.telegram.sent()[-1].text.split("\n") == [
        "A question to discuss at 09:00 on weekdays: Attention",
        "Next: tomorrow at 09:00 (Beijing time)",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/daily soon", "没看懂「soon」。这样写：/daily 09:00 工作日 讨论，去掉就写 /daily 09:00 off"),
        ("/daily 10 atention", "没有叫「atention」的主题。相近的有：注意力。这样写：/daily 09:00 主题名 工作日"),
        (
            "/daily 10 xyzzy",
            "没有叫「xyzzy」的主题。时间后面可以写主题、「工作日」、「讨论」，如 /daily 09:00 工作日",
        ),
        ("/daily 09:10", "两次出题至少隔 30 分钟，现在有 09:00。"),
    ],
)
async def test_what_cannot_be_done_is_one_sentence(front: Front, typed: str, said: str) -> None:
    """And nothing has changed."""
    await front.says("/daily 09:00")
    await front.says(typed)
    assert front.telegram.sent()[-1].text == said
    assert await hours(front) == [Hour(NINE)]


async def test_a_seventh_hour_is_refused(front: Front) -> None:
    """With the six there are."""
    for hour in range(8, 14):
        await front.says(f"/daily {hour}")
    await front.says("/daily 20")
    said = front.telegram.sent()[-1].text
    assert said == "一天最多 6 次，现在有 08:00、09:00、10:00、11:00、12:00、13:00。先去掉一个。"
    assert len(await hours(front)) == 6


async def test_one_hour_off_and_all(front: Front) -> None:
    """Typed as one thinks of it."""
    for hour in (8, 12, 20):
        await front.says(f"/daily {hour}")
    await front.says("/daily 12:00 off")
    assert [hour.minute for hour in await hours(front)] == [480, 1200]
    await front.says("/daily 关")
    assert await hours(front) == []


async def test_everything_about_an_hour_has_a_button(front: Front) -> None:
    """From /settings to one hour, its kind and days, and away with it."""
    await front.says("/settings")
    page = buttons(front.telegram.sent()[-1])
    await front.presses(page["时间"])
    assert list(buttons(shown(front))) == ["+ 08:00", "+ 12:30", "+ 21:00", "置顶", "返回"]
    await front.presses(buttons(shown(front))["+ 21:00"])
    await front.presses(buttons(shown(front))["21:00"])
    assert list(buttons(shown(front))) == ["测验 ✓", "讨论", "每天 ✓", "工作日", "去掉", "返回"]
    await front.presses(buttons(shown(front))["讨论"])
    await front.presses(buttons(shown(front))["工作日"])
    assert list(buttons(shown(front))) == ["测验", "讨论 ✓", "每天", "工作日 ✓", "去掉", "返回"]
    assert await hours(front) == [Hour(1260, None, weekdays=True, kind="card")]
    assert shown(front).text == "工作日 21:00 出一道讨论题\n换主题这样写：/daily 21:00 主题名 工作日 讨论"
    await front.presses(buttons(shown(front))["去掉"])
    assert await hours(front) == []
    await front.presses(buttons(shown(front))["返回"])
    assert "设置" in shown(front).text


async def test_pins_are_switched_by_button_and_by_word(front: Front) -> None:
    """Each says what it makes of it, so that pressing twice is pressing once."""
    await front.says("/daily")
    page = buttons(front.telegram.sent()[-1])
    for _ in range(2):
        await front.presses(page["置顶"])
        assert "置顶 ✓" in buttons(shown(front))
    await front.says("/daily 取消置顶")
    stored = await front.desk.read(people.find_chat, GROUP.id)
    assert stored is not None
    assert not stored.pins
    await front.says("/daily pin")
    stored = await front.desk.read(people.find_chat, GROUP.id)
    assert stored is not None
    assert stored.pins


async def test_a_button_that_cannot_be_done_says_why(front: Front) -> None:
    """An hour too near to one that was set meanwhile."""
    await front.says("/daily")
    old = buttons(front.telegram.sent()[-1])
    await front.says("/daily 8:10")
    await front.presses(old["+ 08:00"])
    assert front.toasts() == ["两次出题至少隔 30 分钟，现在有 08:10。"]
    assert "+ 08:00" not in buttons(shown(front))


@pytest.mark.parametrize(
    "numbers",
    [
        (Do.SHOW,),
        (Do.SLOT, NINE),
        (Do.KIND, NINE, 1),
        (Do.DAYS, NINE, 1),
        (Do.DROP, NINE),
        (Do.ADD, 1260),
        (Do.PINS, 1),
        (Do.RESUME,),
    ],
)
async def test_a_group_s_hours_are_its_admins_business(front: Front, numbers: tuple[int, ...]) -> None:
    """Others get a toast, and do not turn the pages under an admin's fingers; everybody may ask."""
    await front.says("/daily 9")
    await front.presses(pack(Verb.DAILY, *numbers), person=BOB)
    assert front.toasts() == ["只有管理员能改设置。"]
    assert front.telegram.sent("editMessageText") == []
    assert await hours(front) == [Hour(NINE)]
    await front.says("/daily", person=BOB)
    assert front.telegram.sent()[-1].text.startswith("每天 09:00 出一题\n")


@pytest.mark.parametrize(
    "numbers", [(), (99,), (Do.ADD, 1440), (Do.ADD, -1), (Do.PINS, 2), (Do.KIND, NINE), (Do.DROP,)]
)
async def test_a_button_of_another_version_is_too_old(front: Front, numbers: tuple[int, ...]) -> None:
    """A toast, and nothing changes."""
    await front.presses(pack(Verb.DAILY, *numbers))
    (toast,) = front.toasts()
    assert "太旧" in toast
    assert await hours(front) == []


async def test_a_page_of_an_hour_that_has_gone_shows_the_others(front: Front) -> None:
    """Removed by somebody else while it was looked at."""
    await front.says("/daily 9")
    await front.presses(pack(Verb.DAILY, Do.KIND, 600, 1))
    assert shown(front).text.startswith("每天 09:00 出一题\n")


async def test_the_admin_who_set_an_hour_is_remembered(front: Front) -> None:
    """So that trouble can be told to them; who writes as the group is nobody."""
    await front.says("/daily 9")
    as_group = {"id": GROUP.id, "type": "supergroup", "title": "?"}
    await front.says("/daily 12", sender_chat=as_group)
    slots = await front.desk.read(pushes.slots_of, GROUP.id)
    assert [slot.set_by for slot in slots] == [ADA.id, None]


async def test_a_private_chat_is_never_pinned(front: Front) -> None:
    """There it is a word that means nothing."""
    home = Chat(ADA.id, "private", "Ada")
    await front.says("/daily pin", chat=home)
    assert front.telegram.sent()[-1].text == "没看懂「pin」。这样写：/daily 21:30，或 /daily off"
    await front.presses(pack(Verb.DAILY, Do.PINS, 1), chat=home)
    assert "太旧" in front.toasts()[-1]
