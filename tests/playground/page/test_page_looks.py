"""Phone and desktop, light and dark, Chinese and English: the same structure, told apart by nothing but looks."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from tests.playground.page.stage import DESKTOP, GROUP, PHONE, Stage, keys
from tests.playground.page.test_page_access import NAMELESS

pytestmark = pytest.mark.asyncio(loop_scope="session")
ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "bot/playground/page.html").read_text(encoding="utf-8")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# every hook of the open chat with its role and whether it is named, colours and words left out
STRUCTURE = """() => [...document.querySelectorAll('#main [data-testid]')].filter(node => node.checkVisibility())
  .filter(node => !['clock-chip', 'back', 'actions'].includes(node.dataset.testid))
  .map(node => [node.dataset.testid, node.tagName, node.getAttribute('role') ?? ''].join(' '))"""
OUTSIDE = """() => [...document.querySelectorAll('[data-testid]')].filter(node => node.checkVisibility())
  .map(node => [node.dataset.testid, node.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.left < -1 || box.right > innerWidth + 1)).map(([name]) => name)"""
WORDS = """() => [...document.querySelectorAll('[data-t], [data-t-label], [data-t-placeholder]')]
  .flatMap(node => [node.dataset.t && node.textContent, node.getAttribute('aria-label'), node.placeholder])
  .filter(Boolean)"""


async def _scene(stage: Stage) -> None:
    """A bit of everything: a poll with voters, an answer with a button, a pin, a thread, a scenario."""
    group = stage.playground.migrate(stage.playground.chat(GROUP))
    stage.playground.member(group, None, "administrator")
    stage.playground.forum(group)
    await stage.playground.person("小周").create_thread(group, "每日一题")
    poll = await stage.quiz("一", "二", explanation="因为")
    for number, name in enumerate(("Ada", "Lin", "小陈")):
        await stage.playground.person(name).vote(poll, number % 2)
    said = await stage.bot("sendMessage", chat_id=group.id, text="3 人作答", reply_markup=keys("A", "B"))
    await stage.playground.person("Lin").send(group, "好", reply_to=said["message_id"])
    await stage.bot("pinChatMessage", chat_id=group.id, message_id=said["message_id"])
    stage.playground.mini.tell_scenario(title="周", step=1, of=2, who="Ada", verb="votes", words="right")


async def test_eight_looks_of_one_structure(stage: Stage) -> None:
    """The chat has the same parts in all of them, nothing sticks out, and each speaks its own language only."""
    await _scene(stage)
    found: dict[str, list[str]] = {}
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for size, scheme, lang in product((PHONE, DESKTOP), schemes, ("zh", "en")):
        page = await stage.open("Ada", GROUP, size=size, scheme=scheme, lang=lang)
        found[f"{size} {scheme} {lang}"] = await page.evaluate(STRUCTURE)
        assert await page.evaluate(OUTSIDE) == []
        await _speaks(page, lang)
        await page.context.close()
    first, *others = found.values()
    for name in ("poll-option", "voter", "pinned", "threads", "playing", "reply-quote", "keyboard", "composer-input"):
        assert name in " ".join(first)
    assert [other for other in others if other != first] == []


async def test_every_control_of_a_full_page_has_a_name(stage: Stage) -> None:
    """Threads, the strip, the inspector and its rows too; and a badge of three digits stays on one line."""
    await _scene(stage)
    for number in range(120):
        await stage.playground.person("Lin").send(stage.playground.chat(GROUP), str(number))
    for lang in ("zh", "en"):
        page = await stage.open("小周", "bot", lang=lang)
        await page.get_by_test_id("inspect").click()
        await page.locator("[data-method=pinChatMessage] summary").click()
        await expect(page.get_by_test_id("call-answer")).to_be_visible()
        assert await page.evaluate(NAMELESS) == []
    for _ in range(101):
        await stage.playground.person("Lin").send(stage.playground.chat(GROUP), "还有")
    badge = page.get_by_test_id(f"person-{stage.playground.person('Ada').id}").locator(".badge")
    await expect(badge).to_have_text("101")
    assert await badge.evaluate(
        "node => node.scrollHeight <= node.clientHeight && node.scrollWidth <= node.clientWidth"
    )


async def _speaks(page: Page, lang: str) -> None:
    words: list[str] = await page.evaluate(WORDS)
    strange = [
        word
        for word in words
        if bool(CHINESE.search(word)) != (lang == "zh") and word not in {"换成中文", "Switch to English"}
    ]
    assert words
    assert strange == []


def _words(lang: str) -> dict[str, str]:
    """The page's dictionary of one language: key -> its text, or its texts."""
    body = re.search(rf"\n  {lang}: {{\n(.*?)\n  }},", PAGE, re.DOTALL)
    assert body is not None
    return dict(re.findall(r'(\w+): ("[^"]*"|\[[^\]]*\])', body[1]))


async def test_both_languages_have_every_word_with_the_same_gaps() -> None:
    """No key is missing on either side, and each text takes the same values."""
    chinese, english = _words("zh"), _words("en")
    assert chinese.keys() == english.keys()
    for key, text in chinese.items():
        assert set(re.findall(r"\{\d\}", text)) == set(re.findall(r"\{\d\}", english[key])), key
    used = set(re.findall(r'\bt\("(\w+)"', PAGE)) | set(re.findall(r'data-t(?:-label|-placeholder)?="(\w+)"', PAGE))
    assert used <= chinese.keys()


async def test_every_refusal_has_its_chinese() -> None:
    """Each whole sentence with which the playground refuses a person something."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot/playground").glob("*.py"))
    sentences = set(re.findall(r'NotPossibleError\(\s*"([^"]+)"\s*\)', source))
    table = re.search(r"const REFUSALS = {(.*?)\n};", PAGE, re.DOTALL)
    assert table is not None
    assert len(sentences) > 20
    assert set(re.findall(r'^  "([^"]+)": "[^"]+",$', table[1], re.MULTILINE)) == sentences
