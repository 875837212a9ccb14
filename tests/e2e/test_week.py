"""The week of a group of six, by the clock, against a Telegram that keeps its limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import running
from bot.playground.clock import PlaygroundClock
from bot.playground.defaults import lively
from bot.playground.server import Playground
from bot.settings import Settings
from bot.tg.limiter import Limiter
from tests.e2e.acting import Json, labels, say, settled, styled, tap
from tests.e2e.conftest import CONTENT
from tests.referee import judge

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # 8:30 in Shanghai
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SENDS = ("sendMessage", "sendPoll")


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """Six people, of whom five answer by themselves, and Telegram's flood limits on."""
    async with Playground(clock=PlaygroundClock(MONDAY), seed=7, cast=lively(5, 7), limits=True) as here:
        yield here


@pytest.fixture(autouse=True)
def _in_the_playground_s_time(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot's own limiter lives by the same clock: else a week in a minute would wait for real minutes."""
    monkeypatch.setattr("bot.login.Limiter", partial(Limiter, clock=lambda: playground.clock.now().timestamp()))


async def test_a_week_of_six(playground: Playground, tmp_path: Path) -> None:
    """Two daily hours, questions in between, boards; the week closes; no answer is a 429, and it is never a flood."""
    group, founder = playground.chat("读书小组"), playground.person("小周")
    settings = Settings(
        _env_file=None,
        bot_token=SecretStr(playground.token),
        bot_api_url=playground.url,
        database_url=f"sqlite:///{tmp_path / 'week.db'}",
        content_dir=CONTENT,
        http_port=0,
    )
    async with running(settings, playground.clock.now) as bot:
        playground.clock.listen(bot.ticker.now)
        for command in ("/daily 09:00", "/daily 21:00"):
            await say(playground, founder, command, group)
        for day in range(8):
            await live_a_day(playground, day)
    judge(playground.record)
    assert [call.method for call in playground.record.calls if call.status == 429] == []
    assert max(hourly(playground).values()) <= 60
    pushed = 2 * 8 - 1  # the last evening is not played
    assert len(group.polls) >= pushed
    closed = next(message for message in group.from_bot if "本周小结" in message.get("text", ""))
    assert closed["text"].startswith("本周小结 · 11 月 23–29 日\n1  ")
    assert "最容易错的：" in closed["text"]
    assert styled(closed, "expandable_blockquote")
    assert labels(closed)[0].startswith("再问这")


async def live_a_day(playground: Playground, day: int) -> None:
    """Nine o'clock comes, somebody asks twice, people answer, someone looks at the board; then it is evening."""
    group, founder = playground.chat("读书小组"), playground.person("小周")
    await playground.clock.jump_to(MONDAY + day * DAY + HOUR)
    await settled(playground)
    for _time in range(2):
        await say(playground, founder, "/quiz", group)
        await playground.clock.advance(timedelta(minutes=11))
        await settled(playground)
    board: Json = await say(playground, playground.person("Ada"), "/leaderboard", group)
    await tap(playground, playground.person("Lin"), board, "全部")
    if day < 7:
        await playground.clock.jump_to(MONDAY + day * DAY + 13 * HOUR)
        await settled(playground)


def hourly(playground: Playground) -> Counter[int]:
    """How many messages the bot sent into the group in each hour of the record."""
    group = playground.chat("读书小组").id
    sent = [call for method in SENDS for call in playground.record.of(method)]
    return Counter(int(call.at.timestamp() // 3600) for call in sent if int(call.params["chat_id"]) == group)
