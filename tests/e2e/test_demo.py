"""The first thing a stranger does: `kaoguan demo`, open the page, and play, with nothing but the mouse and the keys."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser import launched

ROOT = Path(__file__).parents[2]
GROUP = "读书小组"


@asynccontextmanager
async def demo(*options: str) -> AsyncIterator[str]:
    """The real program as a process of its own; gives the page's address, and ends it as Ctrl-C does."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", *options]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            line = (await process.stdout.readline()).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found is not None, line
        yield found[0]
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(15):
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


class Player:
    """One browser page, and whoever it is just now."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def become(self, name: str) -> None:
        """Choose who to be."""
        await self.page.get_by_test_id("people").get_by_role("radio", name=name).click()

    async def open(self, title: str) -> None:
        """Open a chat by its title."""
        await self.page.get_by_test_id("chat-list").get_by_text(title, exact=True).first.click()

    async def write(self, text: str) -> None:
        """Type and press Enter."""
        box = self.page.get_by_test_id("composer-input")
        await box.fill(text)
        await box.press("Enter")

    async def begin(self) -> None:
        """Press the START button of an empty private chat."""
        await self.page.get_by_test_id("start").click()

    def last(self, text: str | re.Pattern[str]) -> Locator:
        """The newest message that says this."""
        return (
            self.page.get_by_test_id("messages").get_by_test_id(re.compile(r"message-\d+")).filter(has_text=text).last
        )

    async def press(self, label: str) -> None:
        """Press the newest button of this label."""
        await self.page.get_by_test_id("button").filter(has_text=re.compile(f"^{label}$")).last.click()


@asynccontextmanager
async def playing(*options: str) -> AsyncIterator[Player]:
    """The demo in a browser, in Chinese."""
    async with launched() as browser, demo(*options) as url:
        page = await browser.new_page(viewport={"width": 1200, "height": 900})
        page.set_default_timeout(15_000)
        expect.set_options(timeout=15_000)
        await page.goto(f"{url}/#lang=zh")
        await page.locator("html[data-ready=true]").wait_for()
        yield Player(page)


@pytest.fixture
async def player() -> AsyncIterator[Player]:
    """The demo as it comes."""
    async with playing() as one:
        yield one


async def test_a_stranger_plays_the_whole_of_it(player: Player) -> None:
    """Three questions in private, a poll of three people, the board, and tomorrow's question at nine."""
    await player.become("小周")
    await player.open("考官")
    await player.begin()
    await expect(player.last("我是考官")).to_be_visible()
    await player.press("08:00")
    await expect(player.page.get_by_test_id("button").filter(has_text="08:00 ✓")).to_be_visible()
    await player.write("/daily 09:00")
    await expect(player.last("每天 09:00")).to_be_visible()
    await player.write("/quiz")
    for answered in range(3):
        await expect(player.last("A. ")).to_be_visible()
        await player.press("A")
        await expect(player.page.get_by_test_id("quote")).to_have_count(answered + 1)
        if answered < 2:
            await player.press("下一题")
            await expect(player.page.get_by_test_id("button").filter(has_text=re.compile("^A$"))).to_have_count(1)
    await player.write("/stats")
    await expect(player.last("答了 3 次")).to_be_visible()

    await player.open(GROUP)
    await player.write("/quiz@kaoguan_bot")
    for name in ("小周", "Ada", "Lin"):
        await player.become(name)
        await player.open(GROUP)
        await player.page.get_by_test_id("poll").last.get_by_test_id("poll-option").first.click()
        await expect(player.page.get_by_test_id("poll").last).to_have_attribute("data-voted", "true")
    await player.page.get_by_test_id("clock-plus").filter(has_text=re.compile("10")).click()
    await player.page.get_by_test_id("clock-plus").first.click()
    await expect(player.last("3 人作答")).to_be_visible()
    await player.write("/leaderboard@kaoguan_bot")
    board = player.last(re.compile("本周.*读书小组"))
    for name in ("小周", "Ada", "Lin"):
        await expect(board).to_contain_text(name)

    await player.become("小周")
    await player.open("考官")
    clock = player.page.get_by_test_id("clock-time")
    # The demo begins at the time it is: before nine today's question is still to come as well.
    mornings = 1 if await clock.inner_text() >= "09:00" else 2
    await player.page.get_by_test_id("clock-morning").click()
    await expect(clock).to_have_text("09:00")
    await expect(player.page.get_by_test_id("button").filter(has_text=re.compile("^A$"))).to_have_count(mornings)


async def test_a_stranger_practises_in_english(player: Player) -> None:
    """Greeting, three questions and the numbers, all in the language of Ada's Telegram."""
    await player.become("Ada")
    await player.open("考官")
    await player.begin()
    await expect(player.last("I am Kaoguan")).to_be_visible()
    await player.write("/quiz")
    for answered in range(3):
        question = player.last(re.compile(r"difficulty \d/3"))
        await expect(question).to_be_visible()
        assert re.findall(r"[\u4e00-\u9fff]+", await question.inner_text()) == []
        await player.press("A")
        await expect(player.page.get_by_test_id("quote")).to_have_count(answered + 1)
        if answered < 2:
            await player.press("Next")
            await expect(player.page.get_by_test_id("button").filter(has_text=re.compile("^A$"))).to_have_count(1)
    await player.write("/stats")
    await expect(player.last("3 answered")).to_be_visible()


async def test_a_lone_visitor_sees_a_living_group() -> None:
    """Six simulated members answer one question within a jump of the clock, and the result names them."""
    async with playing("--people", "6", "--seed", "3") as player:
        await player.open(GROUP)
        await player.write("/quiz@kaoguan_bot")
        await player.page.get_by_test_id("poll-option").first.click()
        await player.page.get_by_test_id("clock-plus").filter(has_text=re.compile("10")).click()
        await player.page.get_by_test_id("clock-plus").first.click()
        await expect(player.last(re.compile(r"[5-7] 人作答"))).to_be_visible()
        assert await player.page.get_by_test_id("voter").count() >= 4


async def test_a_stranger_watches_a_scenario_from_its_first_step() -> None:
    """It waits for the page, tells each step, can be held, and begins anew after a reset."""
    async with playing("--scenario", str(ROOT / "scenarios/contest-night.yaml")) as player:
        strip = player.page.get_by_test_id("playing-text")
        await player.open("读书小组")
        await expect(player.last("/daily 21:00")).to_be_visible()
        await expect(player.last("每天 21:00")).to_be_visible()
        await player.page.get_by_test_id("playing-hold").click()
        await expect(player.page.get_by_test_id("playing-hold")).to_have_attribute("aria-pressed", "true")
        await player.page.get_by_test_id("clock-more").click()
        await player.page.get_by_test_id("reset").click()
        await player.page.get_by_test_id("alert-ok").click()
        await expect(player.page.get_by_test_id("messages").get_by_test_id("text")).to_have_count(0)
        await player.page.get_by_test_id("playing-hold").click()
        await expect(strip).to_contain_text(re.compile(r"^[12]/\d+ · "))


async def test_a_revoked_token_ends_the_bot_until_it_is_back(player: Player) -> None:
    """What was said meanwhile is answered by the bot that starts again, which the clock still wakes."""
    await player.begin()
    await expect(player.last("/quiz")).to_be_visible()
    await player.page.get_by_test_id("inspect").click()
    await player.page.get_by_test_id("tab-faults").click()
    await player.page.get_by_test_id("switch-token").click()
    await player.write("/quiz")  # a long poll that waits already ends, and the next one is refused
    await expect(player.page.get_by_test_id("hit").filter(has_text="getUpdates")).to_be_visible()
    await player.page.get_by_test_id("switch-token").click()
    await player.press("A")
    await expect(player.last("下一题")).to_be_visible()
    await player.page.get_by_test_id("clock-plus").first.click()
    await expect(player.page.get_by_test_id("toast")).to_be_visible()


async def test_a_database_that_was_kept_serves_the_next_demo(tmp_path: Path) -> None:
    """Everybody there is who they were, and what they ask is asked anew."""
    for answered in (1, 2):
        async with demo("--db", str(tmp_path / "kept.db")) as address, aiohttp.ClientSession(address) as http:
            who = (await _state(http))["people"][0]["id"]
            here = {"user_id": who, "chat_id": who}
            await http.post("/api/send", json={**here, "text": "/quiz"})
            state = await _shown(http, '"text": "A"')
            await http.post("/api/press", json={**here, **_button(state, who)})
            await http.post("/api/send", json={**here, "text": "/stats"})
            await _shown(http, f"答了 {answered} 次")


async def _shown(http: aiohttp.ClientSession, text: str) -> dict[str, Any]:
    """The state as soon as this is in it."""
    for _ in range(150):
        state = await _state(http)
        if text in json.dumps(state, ensure_ascii=False):
            return state
        await asyncio.sleep(0.1)
    raise AssertionError(text)


async def _state(http: aiohttp.ClientSession) -> dict[str, Any]:
    async with http.get("/api/state") as answer:
        state: dict[str, Any] = await answer.json()
    return state


def _button(state: dict[str, Any], chat_id: int) -> dict[str, Any]:
    """The message and the data of the newest A in that chat."""
    messages = next(chat["messages"] for chat in state["chats"] if chat["id"] == chat_id)
    return {
        key: value
        for message in messages
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
        if button["text"] == "A"
        for key, value in (("message_id", message["message_id"]), ("data", button["callback_data"]))
    }
