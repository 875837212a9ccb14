"""Take the README's screenshots: the bot on the playground, played by its people, in Chinese and in English.

make screenshots
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page
from pydantic import SecretStr

from bot.app import Running, running
from bot.playground.clock import PlaygroundClock
from bot.playground.defaults import DEFAULT, Cast, lively
from bot.playground.handles import Person
from bot.playground.server import Playground
from bot.settings import Settings
from tests.browser import launched
from tests.e2e.acting import right_letter, say, settled, tap

ROOT = Path(__file__).parent.parent
SHOTS = ROOT / "docs" / "screenshots"
MONDAY = datetime(2026, 11, 23, 12, 40, tzinfo=UTC)  # 20:40 in Shanghai
WRITTEN = {
    "zh": (
        "打字回答",
        "说完了",
        "维度一高，点积的方差就跟着变大，softmax 会饱和，只认最大的那个。除以 √dₖ，方差就回到 1 附近。",
    ),
    "en": (
        "Write it",
        "Done",
        "The variance of dot products grows with d_k, and softmax saturates. √d_k brings the variance back to 1.",
    ),
}
LANGUAGES = {"zh": ("小周", ".zh"), "en": ("Ada", "")}
PHONE = {"width": 400, "height": 860}
DESKTOP = {"width": 1240, "height": 860}


async def main() -> None:
    """All screenshots, anew."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    async with launched() as browser:
        for language, (name, suffix) in LANGUAGES.items():
            await shoot(browser, language, name, suffix)
            await study(browser, language, name, suffix)
            await group_week(browser, language, suffix)


async def study(browser: Browser, language: str, name: str, suffix: str) -> None:
    """A year of studying on three phones: a graded answer, the plan for an exam, the picture of the year."""
    async with at_work(language) as (playground, bot):
        person = playground.person(name)
        shots = [
            await phone(browser, playground, person.id, person.id, language, up)
            async for up in studied(bot, playground, person, language)
        ]
    await side_by_side(browser, tuple(shots), SHOTS / f"study{suffix}.png", density=1.5)


async def studied(bot: Running, playground: Playground, person: Person, language: str) -> AsyncIterator[int]:
    """Whatever it takes until each of the three stands there, so many pixels above the end."""
    write, done, answer = WRITTEN[language]
    asked = await say(playground, person, "/quiz softmax")
    await tap(playground, person, asked, write)
    noted = await say(playground, person, answer)
    await tap(playground, person, noted, done)
    await settled(playground, 1)
    yield 0
    await person.upload("export.json", a_year(bot), caption="/import")
    await settled(playground, 1)
    for day in range(1, 9):
        await playground.clock.jump_to(MONDAY + timedelta(days=day))
        message = await say(playground, person, "/quiz")
        await person.press(message, right_letter(bot, message))
        await settled(playground, 1)
    await say(playground, person, "/daily 21:00")
    await say(playground, person, "/exam 2026-12-20")
    await settled(playground, 1)
    yield 0
    await say(playground, person, "/stats")
    await settled(playground, 1)
    yield 330


def a_year(bot: Running) -> bytes:
    """The reviews of a diligent year but for three questions, as /export writes them."""
    draw, rows = random.Random(5), []
    for ref in bot.desk.library().refs[:-3]:
        at, gap = MONDAY - timedelta(days=draw.randint(150, 340)), 2.0
        while at < MONDAY - timedelta(hours=12):
            rating = draw.choice((1, 2, 3, 3, 3, 3, 3, 4))
            rows.append({"bank": ref.bank, "question": ref.id, "rating": rating, "reviewed_at": at.isoformat()})
            gap = 1.0 if rating == 1 else min(gap * 1.5, 24)
            at += timedelta(days=gap * draw.uniform(0.5, 1.2))
    return json.dumps({"format": "kaoguan-export", "version": 1, "tables": {"reviews": rows}}).encode()


async def group_week(browser: Browser, language: str, suffix: str) -> None:
    """A group's life on five phones: set-up, the daily question, its result, the board, the end of the week."""
    async with at_work(language, seed=5, cast=lively(6, 5)) as (playground, _bot):
        shots = [shot async for shot in lived(browser, playground, language)]
    await side_by_side(browser, tuple(shots), SHOTS / f"group{suffix}.png", density=1)


async def lived(browser: Browser, playground: Playground, language: str) -> AsyncIterator[bytes]:
    """The week, and what a phone shows at five moments of it."""
    founder, group = playground.person("小周"), playground.chat("读书小组")
    playground.member(group, None, "administrator")
    me, chat = playground.person(LANGUAGES[language][0]).id, group.id
    await say(playground, founder, "/daily 21:00", group)
    await say(playground, founder, "/daily pin", group)
    yield await phone(browser, playground, me, chat, language)
    for day in range(7):
        await playground.clock.jump_to(MONDAY + timedelta(days=day, minutes=21))
        await settled(playground, 0.5)
        if day == 5:
            yield await phone(browser, playground, me, chat, language)
    await playground.clock.jump_to(MONDAY + timedelta(days=6, minutes=24))
    await settled(playground, 0.5)
    yield await phone(browser, playground, me, chat, language)
    await playground.clock.advance(3600 * 3)
    await say(playground, founder, "/leaderboard", group)
    yield await phone(browser, playground, me, chat, language)
    await asyncio.sleep(61)  # the bot's own pace counts real seconds, and a week in a minute is too much for it
    await playground.clock.jump_to(MONDAY + timedelta(days=7, minutes=21))
    await settled(playground, 1)
    yield await phone(browser, playground, me, chat, language)


@asynccontextmanager
async def at_work(
    language: str, seed: int | None = None, cast: Cast = DEFAULT
) -> AsyncIterator[tuple[Playground, Running]]:
    """A playground on Monday morning, and a bot on it that ticks when the clock jumps; both are gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            Playground(clock=PlaygroundClock(MONDAY), seed=seed, cast=cast) as playground,
            running(settings_for(playground, folder, language), playground.clock.now) as bot,
        ):
            playground.clock.listen(bot.ticker.now)
            yield playground, bot


def settings_for(playground: Playground, folder: str, language: str) -> Settings:
    """A bot on this playground that speaks this language in groups."""
    return Settings(
        _env_file=None,
        bot_token=SecretStr(playground.token),
        bot_api_url=playground.url,
        database_url=f"sqlite:///{folder}/shots.db",
        content_dir=ROOT / "content",
        default_language="zh" if language == "zh" else "en",
        http_port=0,
    )


async def shoot(browser: Browser, language: str, name: str, suffix: str) -> None:
    """One language's: a phone in private, a phone in the group, both side by side, and a desktop in the dark."""
    async with at_work(language) as (playground, bot):
        person = playground.person(name)
        await practise(playground, bot, name)
        private = await phone(browser, playground, person.id, person.id, language)
        keep(SHOTS / f"phone{suffix}.png", private)
        await group_evening(playground, name)
        group = playground.chat("读书小组")
        poll = await phone(browser, playground, person.id, group.id, language)
        await side_by_side(browser, (private, poll), SHOTS / f"overview{suffix}.png")
        await desktop(browser, playground, person.id, group.id, language, SHOTS / f"desktop{suffix}.png")


async def practise(playground: Playground, bot: Running, name: str) -> None:
    """A right answer, then a wrong one."""
    person = playground.person(name)
    message = await say(playground, person, "/quiz softmax")
    await person.press(message, right_letter(bot, message))
    await settled(playground, 1)


async def group_evening(playground: Playground, name: str) -> None:
    """A poll, four votes, the result and the board."""
    group, person = playground.chat("读书小组"), playground.person(name)
    poll = await say(playground, person, "/quiz normalization", group)
    right = poll["poll"]["correct_option_ids"][0]
    for voter, choice in (("小周", right), ("Ada", right), ("Lin", (right + 1) % 4), ("Mia", right)):
        await playground.person(voter).vote(poll, choice)
    await settled(playground)
    await playground.clock.advance(601)
    await settled(playground, 1)
    await say(playground, person, "/leaderboard", group)


async def phone(browser: Browser, playground: Playground, me: int, chat: int, language: str, up: int = 0) -> bytes:
    """A phone's screen, at twice the density, so many pixels above the end of the chat."""
    page = await opened(browser, playground, me, chat, language, PHONE, "light")
    await page.locator("#scroll").evaluate("(it, up) => it.scrollBy(0, -up)", up)
    shot = await page.screenshot()
    await page.close()
    return shot


async def desktop(browser: Browser, playground: Playground, me: int, chat: int, language: str, path: Path) -> None:
    """A desktop's window, in the dark."""
    page = await opened(browser, playground, me, chat, language, DESKTOP, "dark")
    keep(path, await page.screenshot())
    await page.close()


def keep(path: Path, shot: bytes) -> None:
    """A file of a third of the size: a page has no more than 256 colours that one can tell apart."""
    Image.open(BytesIO(shot)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


async def opened(
    browser: Browser, playground: Playground, me: int, chat: int, language: str, size: dict[str, int], theme: str
) -> Page:
    """The page at one person's view of one chat, ready to be looked at."""
    page = await browser.new_page(viewport={"width": size["width"], "height": size["height"]}, device_scale_factor=2)
    await page.goto(f"{playground.url}/#person={me}&chat={chat}&lang={language}&theme={theme}")
    await page.locator("html[data-ready=true]").wait_for()
    await page.wait_for_timeout(400)
    return page


async def side_by_side(browser: Browser, shots: tuple[bytes, ...], path: Path, density: float = 2) -> None:
    """Several phones in one picture."""
    images = "".join(f'<img src="data:image/png;base64,{base64.b64encode(shot).decode()}">' for shot in shots)
    page = await browser.new_page(viewport={"width": 440 * len(shots), "height": 900}, device_scale_factor=density)
    await page.set_content(
        f"<style>body{{margin:0;padding:20px;display:flex;gap:40px;background:#eef1f4}}"
        f"img{{width:400px;border-radius:18px;box-shadow:0 6px 24px #0003}}</style>{images}"
    )
    keep(path, await page.screenshot())
    await page.close()


if __name__ == "__main__":
    asyncio.run(main())
