"""A group is erased by its admins, and by nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.app import Running
from bot.flows import forgetting
from bot.playground import actions
from bot.playground.handles import ChatHandle
from bot.playground.server import Playground
from tests.e2e.acting import CLOSES, labels, right_of, say, settled, shows, tap
from tests.e2e.rig_faults import again
from tests.referee import judge


async def test_a_group_is_erased_after_two_confirmations(playground: Playground, bot: Running) -> None:
    """Hour, board and open poll go; what its people have to review in private stays."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    poll = await say(playground, zhou, "/quiz", group)
    await zhou.vote(poll, (right_of(poll) + 1) % 4)
    await say(playground, zhou, "/daily 10:00", group)
    asked = await say(playground, zhou, "/forget", group)
    assert labels(asked) == ["删除", "留着"]
    sure = await tap(playground, zhou, asked, "删除")
    assert "「读书小组」" in sure["text"]
    assert labels(sure) == ["留着", "确定删除"]
    assert sure["reply_markup"]["inline_keyboard"][0][1]["style"] == "danger"
    await zhou.press(sure, "确定删除")
    await shows(playground, group, asked, "已全部删除")
    assert group.message(poll["message_id"])["poll"]["is_closed"]
    before = len(group.from_bot)
    await playground.clock.jump_to(datetime(2026, 11, 23, 2, 0, 30, tzinfo=UTC))
    await playground.clock.advance(CLOSES)
    await settled(playground)
    assert len(group.from_bot) == before
    assert "小周" not in (await say(playground, zhou, "/leaderboard", group))["text"]
    await playground.clock.jump_to(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    assert poll["poll"]["question"] in (await say(playground, zhou, "/quiz"))["text"]
    judge(playground.record)


async def test_who_is_no_admin_erases_nothing(playground: Playground, bot: Running) -> None:
    """A member is told so, by a sentence and by toasts; an admin may still keep everything."""
    group, zhou, lin = playground.chat("读书小组"), playground.person("小周"), playground.person("Lin")
    poll = await say(playground, zhou, "/quiz", group)
    await zhou.vote(poll, right_of(poll))
    assert "只有管理员" in (await say(playground, lin, "/forget", group))["text"]
    asked = await say(playground, zhou, "/forget", group)
    assert labels(await tap(playground, lin, asked, "删除")) == ["删除", "留着"]
    sure = await tap(playground, zhou, asked, "删除")
    assert "确定删除" in labels(await tap(playground, lin, sure, "确定删除"))
    assert {toast["text"][:5] for toast in lin.toasts} == {"只有管理员"}
    await zhou.press(sure, "留着")
    await shows(playground, group, asked, "都留着")
    assert "小周" in (await say(playground, zhou, "/leaderboard", group))["text"]


async def test_an_anonymous_admin_erases_as_any_other(playground: Playground, bot: Running) -> None:
    """The command comes in the group's own name; the presses name the person, who is an admin."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    before = len(group.from_bot)
    anonymously(playground, group, "/forget")
    await playground.wait_for(lambda: len(group.from_bot) > before)
    await settled(playground)
    await tap(playground, zhou, group.last, "删除")
    asked = group.last
    await zhou.press(asked, "确定删除")
    await shows(playground, group, asked, "已全部删除")


async def test_a_confirmation_delivered_twice_erases_once(playground: Playground, bot: Running) -> None:
    """The second time there is nothing left to erase, and the message says what it said."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    asked = await say(playground, zhou, "/forget", group)
    sure = await tap(playground, zhou, asked, "删除")
    await zhou.press(sure, "确定删除")
    update = playground.updates.pending[-1]
    await shows(playground, group, asked, "已全部删除")
    await again(playground, update)
    assert "已全部删除" in group.message(asked["message_id"])["text"]


@pytest.mark.parametrize("whose", ["a person's", "a group's"])
async def test_what_was_said_before_an_erasure_cannot_come_again(
    playground: Playground, bot: Running, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    """When all is erased Telegram has nothing left to tell after a crash but the very press."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    poll = await say(playground, zhou, "/quiz", group)
    asked = await say(playground, zhou, "/forget", group if whose == "a group's" else None)
    if whose == "a group's":
        asked = await tap(playground, zhou, asked, "删除")
    waiting: list[list[str]] = []

    def watched(forget: Callable[..., bool], *given: Any) -> bool:
        waiting.append([kind for update in playground.updates.pending for kind in update if kind != "update_id"])
        return forget(*given)

    for name in ("forget_person", "forget_group"):
        monkeypatch.setattr(forgetting, name, partial(watched, getattr(forgetting, name)))
    await zhou.vote(poll, 1)
    await zhou.press(asked, "确定删除" if whose == "a group's" else "全部删除")
    await shows(playground, group if whose == "a group's" else zhou.chat, asked, "已全部删除")
    assert waiting == [["callback_query"]]


@pytest.mark.parametrize("whose", ["a person's", "a group's"])
async def test_no_file_has_what_was_erased(playground: Playground, bot: Running, tmp_path: Path, whose: str) -> None:
    """While the bot runs on: neither the database nor its log holds the name any more."""
    group, lin, name = playground.chat("读书小组"), playground.person("Lin"), "Nobody Else Has This Name"
    here = group if whose == "a group's" else None

    def found() -> bool:
        return any(name.encode() in file.read_bytes() for file in tmp_path.glob("e2e.db*"))

    if here is None:
        await lin.rename(name)
    else:
        lin = playground.person("小周")
        await lin.retitle(group, name)
    asked = await say(playground, lin, "/forget", here)
    assert found()
    if here is not None:
        asked = await tap(playground, lin, asked, "删除")
    await lin.press(asked, "确定删除" if here is not None else "全部删除")
    await shows(playground, here or lin.chat, asked, "已全部删除")
    assert not found()


def anonymously(playground: Playground, group: ChatHandle, text: str) -> None:
    """An admin writes in the group's own name."""
    mini = playground.mini
    chat = mini.world.chat(group.id)
    bot = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    itself = {"id": group.id, "title": chat.title, "type": chat.type}
    length = len(text.split(maxsplit=1)[0])
    body = {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": length}], "sender_chat": itself}
    actions.tell(mini, "message", chat, mini.post(chat, bot, body))
