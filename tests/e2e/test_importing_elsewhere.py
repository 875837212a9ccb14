"""Moving house: what one bot exports, a fresh one with a database of its own takes in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.app import Running, running
from bot.playground.clock import PlaygroundClock
from bot.playground.handles import Person
from bot.playground.server import Playground
from bot.settings import Settings
from tests.e2e.acting import say, settled
from tests.e2e.conftest import CONTENT
from tests.e2e.test_exporting import exported, practised, unpacked
from tests.e2e.test_importing import brought, document, remembered


@asynccontextmanager
async def elsewhere(playground: Playground, home: Path) -> AsyncIterator[tuple[Playground, Running]]:
    """Another bot, at the same moment."""
    async with Playground(clock=PlaygroundClock(playground.clock.now())) as there:
        settings = Settings(
            _env_file=None,
            bot_token=SecretStr(there.token),
            bot_api_url=there.url,
            database_url=f"sqlite:///{home / 'elsewhere.db'}",
            content_dir=CONTENT,
            http_port=0,
        )
        async with running(settings, there.clock.now) as bot:
            yield there, bot


async def test_a_fresh_bot_goes_on_where_the_old_one_was(
    playground: Playground, bot: Running, zhou: Person, tmp_path: Path
) -> None:
    """Log, due days, what is due in the next weeks, retention and mistakes are the same; what was chosen then is not
    told, and a streak is of answers given here."""
    for _day in range(3):
        await practised(playground, bot, zhou)
        await playground.clock.advance(86_400)
        await settled(playground)
    files = await exported(playground, zhou)
    name = next(name for name in files if name.endswith(".zip"))
    mistakes = (await say(playground, zhou, "/mistakes"))["text"].splitlines()
    stats = (await say(playground, zhou, "/stats"))["caption"].splitlines()
    async with elsewhere(playground, tmp_path) as (there, other):
        me = there.person("小周")
        assert me.id == zhou.id
        assert "新加入 6 条" in await brought(there, me, name, files[name], caption="/import")
        assert await remembered(other, me) == await remembered(bot, zhou)
        same = [line for line in mistakes if not line.startswith("选了")]
        assert (await say(there, me, "/mistakes"))["text"].splitlines() == same
        counted = [line for line in stats if line.startswith(("记住率", "今天到期", "记牢"))]
        caption = (await say(there, me, "/stats"))["caption"].splitlines()
        assert caption == ["过去一年复习 6 次，学习 3 天，其中 6 次是导入的", *counted]


async def test_nothing_at_all_comes_back_as_nothing(
    playground: Playground, bot: Running, zhou: Person, tmp_path: Path
) -> None:
    """The export of somebody who has done nothing is a file of ours."""
    files = await exported(playground, zhou)
    async with elsewhere(playground, tmp_path) as (there, other):
        me = there.person("小周")
        for name, content in files.items():
            assert await brought(there, me, name, content, caption="/import") == "文件里没有能用的复习记录。"
        assert await remembered(other, me) == ({}, {})


async def test_an_export_in_the_middle_of_an_interview(playground: Playground, bot: Running, zhou: Person) -> None:
    """It has what was said so far, and the interview goes on; so it does over an import."""
    await say(playground, zhou, "/interview 1")
    await zhou.send(None, "不知道从哪里说起，先说一句。")
    await settled(playground)
    files = unpacked((await exported(playground, zhou))["kaoguan-export-2026-11-23.zip"])
    assert {"interviews.csv", "turns.csv", "pieces.csv"} <= files.keys()
    assert "没有能用的" in await brought(playground, zhou, "a.json", document([]), caption="/import")
    asked = len(zhou.chat.from_bot)
    await zhou.send(None, "说完了")
    await playground.wait_for(lambda: len(zhou.chat.from_bot) > asked, timeout=20)
