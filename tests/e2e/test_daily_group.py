"""A group's daily from set-up to the third result, against a Telegram that checks every call."""

from bot.app import Running
from bot.playground.server import Playground
from tests.e2e.acting import TEN, labels, say, settled, styled, tap
from tests.referee import judge


async def test_set_up_with_buttons_pinned_told_and_folded(playground: Playground, bot: Running) -> None:
    """An admin adds hours and wants pins; polls come, take each other's place, and old results shrink to a line."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    playground.member(group, None, "administrator")
    await say(playground, zhou, "/daily 10:00", group)
    page = await say(playground, zhou, "/settings", group)
    page = await tap(playground, zhou, page, "时间")
    page = await tap(playground, zhou, page, "+ 12:30")
    page = await tap(playground, zhou, page, "置顶")
    assert labels(page) == ["10:00", "12:30", "+ 08:00", "+ 21:00", "置顶 ✓", "返回"]
    for number, (hour, minute) in enumerate(((2, 0), (4, 30)), 1):
        await playground.clock.jump_to(TEN.replace(hour=hour, minute=minute))
        await playground.wait_for(lambda: len(group.polls) == number)  # noqa: B023
        await settled(playground)
        assert group.pinned == [group.polls[-1]["message_id"]]
    first = next(message for message in group.from_bot if "没有人作答" in message.get("text", ""))
    assert "\n" in first["text"]
    await playground.clock.jump_to(TEN.replace(day=24))
    await playground.wait_for(lambda: len(group.polls) == 3)
    await settled(playground)
    folded = group.message(first["message_id"])
    head, _break, rest = folded["text"].partition("\n")
    assert "没有人作答" in head
    assert styled(folded, "expandable_blockquote") == [rest]
    assert [poll["poll"]["is_closed"] for poll in group.polls] == [True, True, False]
    judge(playground.record)


async def test_a_pin_that_is_not_allowed_is_told_once_in_private(playground: Playground, bot: Running) -> None:
    """The bot is no admin there; who set the hour has written to it, so the group is not bothered."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    await say(playground, zhou, "/start")
    await say(playground, zhou, "/daily 10:00", group)
    await say(playground, zhou, "/daily 置顶", group)
    for day in (23, 24):
        await playground.clock.jump_to(TEN.replace(day=day))
        await playground.wait_for(lambda: len(group.polls) == day - 22)  # noqa: B023
        await settled(playground)
    assert sum("置顶" in text for text in zhou.chat.texts) == 1
    assert sum("没有置顶的权限" in text for text in group.texts) == 0
