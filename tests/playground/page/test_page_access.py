"""The page without a mouse, without eyes and without a network."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.playground.page.stage import GROUP, PHONE, Stage, keys, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")
# controls that are to be seen and have neither a label nor text of their own
NAMELESS = """() => [...document.querySelectorAll('button, a, input, select, textarea, [role=button], [tabindex="0"]')]
  .filter(node => node.checkVisibility())
  .filter(node => !(node.getAttribute('aria-label') || node.innerText || node.labels?.length))
  .map(node => node.outerHTML)"""


async def test_every_control_has_a_name(stage: Stage) -> None:
    """A screen reader can say what each of them is, on either width and in both languages."""
    await stage.quiz("一", "二")
    await stage.bot("sendMessage", chat_id=stage.playground.chat(GROUP).id, text="题", reply_markup=keys("A"))
    for lang, size in (("zh", PHONE), ("en", (1180, 800))):
        page = await stage.open("Ada", GROUP, lang=lang, size=size)
        await expect(page.get_by_test_id("button")).to_be_visible()
        if size != PHONE:
            await page.get_by_test_id("clock-more").click()
        assert await page.evaluate(NAMELESS) == []


async def test_a_quiz_is_answered_with_keys_alone(stage: Stage) -> None:
    """Tab to an option, space to choose it."""
    poll = await stage.quiz("一", "二")
    page = await stage.open("Ada", GROUP)
    option = shown(page, poll).get_by_test_id("poll-option").first
    while not await option.evaluate("node => node === document.activeElement"):
        await page.keyboard.press("Tab")
    outline = await option.evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline == "solid"
    await page.keyboard.press("Space")
    await expect(page.get_by_test_id("poll")).to_have_attribute("data-voted", "true")


async def test_arrows_move_between_people(stage: Stage) -> None:
    """The group of people is one stop of the Tab key; the arrows choose and keep the focus."""
    page = await stage.open("小周", GROUP)
    zhou, mia = (page.get_by_test_id(f"person-{stage.playground.person(name).id}") for name in ("小周", "Mia"))
    await zhou.focus()
    await page.keyboard.press("ArrowLeft")
    await expect(mia).to_have_attribute("aria-checked", "true")
    await expect(mia).to_be_focused()
    await expect(zhou).to_have_attribute("tabindex", "-1")


async def test_a_menu_gives_the_focus_back(stage: Stage) -> None:
    """Opened with a key, walked with arrows, closed with Escape."""
    page = await stage.open("Ada", GROUP)
    await page.get_by_test_id("chat-menu").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("menu-admin")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_test_id("menu-leave")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("menu")).to_have_count(0)
    await expect(page.get_by_test_id("chat-menu")).to_be_focused()


async def test_the_page_asks_nobody_else_for_anything(stage: Stage) -> None:
    """It works offline: every request goes to the playground."""
    page = await stage.open("小周", "bot")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.reload()
    await page.wait_for_selector("html[data-ready=true]")
    assert asked
    assert [url for url in asked if not url.startswith((stage.playground.url, "data:"))] == []


async def test_the_head_tells_who_types_and_what_is_pinned(stage: Stage) -> None:
    """Typing ends with the message; the newest pin stands above the chat."""
    page = await stage.open("小周", GROUP)
    chat_id = stage.playground.chat(GROUP).id
    await stage.bot("sendChatAction", chat_id=chat_id, action="typing")
    await expect(page.get_by_test_id("chat-subtitle")).to_have_text("正在输入…")
    sent = await stage.bot("sendMessage", chat_id=chat_id, text="本周的题")
    await expect(page.get_by_test_id("chat-subtitle")).to_have_text("6 位成员")
    await expect(page.get_by_test_id("pinned")).to_be_hidden()
    stage.playground.member(stage.playground.chat(GROUP), None, "administrator")
    await stage.bot("pinChatMessage", chat_id=chat_id, message_id=sent["message_id"])
    await expect(page.get_by_test_id("pinned")).to_contain_text("本周的题")
