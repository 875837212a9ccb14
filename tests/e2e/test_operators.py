"""What only operators may do."""

import shutil
from pathlib import Path

from bot.playground.server import Playground
from tests.e2e.acting import say, settled
from tests.e2e.conftest import CONTENT, Start


async def test_an_operator_reloads_the_banks_and_a_mistake_keeps_the_old_ones(
    playground: Playground, start: Start, tmp_path: Path
) -> None:
    """Swapped when they are right; with a mistake nothing changes, and the mistake is told with its line."""
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    zhou, ada = playground.person("小周"), playground.person("Ada")
    async with start(content, admin_ids=frozenset({zhou.id})) as bot:
        page = content / "bert" / "zh" / "attention.md"
        page.write_text(page.read_text(encoding="utf-8") + "\n## 新题？\n\n新答案。\n", encoding="utf-8")
        assert "20 题" in (await say(playground, zhou, "/reload"))["text"]
        page.write_text(page.read_text(encoding="utf-8") + "\n## 没有答案的题？\n", encoding="utf-8")
        refused = await say(playground, zhou, "/reload")
        assert "attention.md:" in refused["text"]
        assert len(bot.desk.library().refs) == 20
        assert "/help" in (await say(playground, ada, "/reload"))["text"]


async def test_commands_are_listed_by_kind_of_chat_and_language(playground: Playground, start: Start) -> None:
    """People see their commands in their language; admins of groups see more, and only operators see /reload."""
    zhou = playground.person("小周")
    await say_hello(playground, start, zhou.id)
    listed = playground.mini.world.commands
    private = [command["command"] for command in listed["all_private_chats"]["zh"]]
    assert "quiz" in private
    assert "reload" not in private
    assert "stats" not in [command["command"] for command in listed["all_group_chats"]["en"]]
    members, admins = (
        {command["command"] for command in listed[scope]["en"]}
        for scope in ("all_group_chats", "all_chat_administrators")
    )
    assert "settings" not in members
    assert members | {"settings", "daily", "timezone", "language"} <= admins
    assert "reload" in [command["command"] for command in listed[f"chat:{zhou.id}"]["zh"]]
    assert listed["all_private_chats"]["zh"] != listed["all_private_chats"]["en"]


async def test_help_in_a_group_tells_each_what_they_can_do(playground: Playground, start: Start) -> None:
    """An admin reads of the settings; a member reads whom to ask for them."""
    group = playground.chat("读书小组")
    async with start():
        member = await say(playground, playground.person("Lin"), "/help", group)
        admin = await say(playground, playground.person("小周"), "/help", group)
    assert "/quiz" in member["text"]
    assert "/settings" not in member["text"]
    assert "管理员" in member["text"]
    assert "/settings" in admin["text"]
    assert "/forget 删除本群" in admin["text"]


async def say_hello(playground: Playground, start: Start, operator: int) -> None:
    """Start the bot, with an operator who has written to it, twice: the second time it knows their chat."""
    for _ in range(2):
        async with start(admin_ids=frozenset({operator})):
            await say(playground, playground.person(operator), "/help")
            await settled(playground, 0.4)
