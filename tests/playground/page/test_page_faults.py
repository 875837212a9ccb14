"""The panel that lets Telegram fail."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.playground.page.stage import DESKTOP, GROUP, PHONE, Stage
from tests.playground.page.test_page_access import NAMELESS
from tests.playground.page.test_page_looks import OUTSIDE

pytestmark = pytest.mark.asyncio(loop_scope="session")
SET = re.compile(r"fault-\d+")


async def panel(stage: Stage, size: tuple[int, int] = DESKTOP, lang: str = "zh") -> Page:
    """A page with the panel open."""
    page = await stage.open("小周", GROUP if size == DESKTOP else None, size=size, lang=lang)
    await page.get_by_test_id("inspect").click()
    await page.get_by_test_id("tab-faults").click()
    await expect(page.get_by_test_id("faults")).to_be_visible()
    return page


async def set_fault(page: Page, kind: str, method: str, count: int, seconds: float | None = None) -> None:
    """Fill in the form and send it."""
    await page.get_by_test_id("fault-kind").select_option(kind)
    await page.get_by_test_id("fault-method").select_option(method)
    await page.get_by_test_id("fault-count").fill(str(count))
    if seconds is not None:
        await page.get_by_test_id("fault-seconds").fill(str(seconds))
    await page.get_by_test_id("fault-set").click()


async def test_a_fault_is_set_hits_is_counted_and_called_off(stage: Stage) -> None:
    """By method, kind, count and seconds; the call that was hit is marked among the calls."""
    page = await panel(stage)
    await expect(page.get_by_test_id("faults").get_by_text("没有。")).to_have_count(2)
    await set_fault(page, "429", "sendMessage", 3, 2.5)
    row = page.get_by_test_id(SET)
    await expect(row).to_have_text(re.compile(r"sendMessage 429 太快 · 2\.5 秒.*还剩 3 次，发生 0 次"))
    with pytest.raises(AssertionError, match="retry after 2"):
        await stage.bot("sendMessage", chat_id=stage.playground.chat(GROUP).id, text="spoilt")
    await expect(row).to_have_attribute("data-left", "2")
    await expect(page.get_by_test_id("hit")).to_have_text(["sendMessage 429 太快1 次"])
    await page.get_by_test_id("tab-calls").click()
    call = page.get_by_test_id(re.compile(r"call-\d+"))
    await expect(call).to_have_attribute("data-fault", "429")
    await expect(call).to_contain_text("429 太快")
    await page.get_by_test_id("tab-faults").click()
    await page.get_by_test_id("fault-off").click()
    await expect(page.get_by_test_id(SET)).to_have_count(0)
    await expect(page.get_by_test_id("hit")).to_have_count(1)
    await stage.bot("sendMessage", chat_id=stage.playground.chat(GROUP).id, text="fine")


async def test_a_fault_of_updates_asks_for_their_kind_and_all_go_at_once(stage: Stage) -> None:
    """The fields follow the kind: no seconds where none count; another page sees it too."""
    page, other = await panel(stage), await panel(stage, lang="en")
    await page.get_by_test_id("fault-kind").select_option("502")
    await expect(page.get_by_test_id("fault-seconds")).to_be_hidden()
    await set_fault(page, "twice", "poll_answer", 5)
    await set_fault(page, "drop_after", "*", 1)
    await expect(other.get_by_test_id(SET)).to_have_text(
        [
            re.compile("poll_answer comes again once confirmed.*5 left, 0 hit"),
            re.compile("Any method line cut, done.*1 left"),
        ]
    )
    assert [fault.kind for fault in stage.playground.faults.waiting] == ["twice", "drop_after"]
    await other.get_by_test_id("faults-off").click()
    await expect(page.get_by_test_id(SET)).to_have_count(0)
    assert stage.playground.faults.waiting == []


async def test_limits_token_and_redelivery(stage: Stage) -> None:
    """Each takes hold at once and is shown."""
    await stage.playground.person("小周").send(None, "/start")
    await stage.bot("getUpdates")
    assert await stage.bot("getUpdates", offset=2**31) == []
    page = await panel(stage, lang="en")
    await page.get_by_test_id("switch-limits").click()
    await expect(page.get_by_test_id("switch-limits")).to_have_attribute("aria-checked", "true")
    assert stage.playground.limits.on
    await page.get_by_test_id("redeliver").click()
    await expect(page.get_by_test_id("toast")).to_have_text("1 update comes again")
    assert len(await stage.bot("getUpdates", offset=2**31)) == 1
    await page.get_by_test_id("switch-token").click()
    await expect(page.get_by_test_id("switch-token")).to_have_attribute("aria-checked", "true")
    with pytest.raises(AssertionError, match="Unauthorized"):
        await stage.bot("getMe")
    await page.get_by_test_id("switch-token").click()
    await expect(page.get_by_test_id("switch-token")).to_have_attribute("aria-checked", "false")
    await stage.bot("getMe")


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_panel_fits_a_phone_and_needs_no_mouse(stage: Stage, lang: str) -> None:
    """Nothing sticks out, all has a name; arrows change tabs, Enter in a field sets, Escape closes."""
    stage.playground.faults.add("editMessageReplyMarkup", 99_999, kind="drop_before")
    stage.playground.faults.note("answerCallbackQuery", "truncated", 12_345)
    page = await panel(stage, PHONE, lang)
    await expect(page.get_by_test_id("hit")).to_have_count(1)
    assert await page.evaluate(OUTSIDE) == []
    assert await page.evaluate(NAMELESS) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    await page.get_by_test_id("tab-faults").press("ArrowLeft")
    await expect(page.get_by_test_id("tab-calls")).to_be_focused()
    await expect(page.get_by_test_id("inspector-filter")).to_be_visible()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_test_id("faults")).to_be_visible()
    await page.get_by_test_id("fault-count").press("Enter")
    await expect(page.get_by_test_id(SET)).to_have_count(2)
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("inspector")).to_be_hidden()


async def test_what_cannot_be_set_is_told(stage: Stage) -> None:
    """The server's sentence, in the page's language."""
    page = await panel(stage)
    await page.get_by_test_id("fault-count").evaluate("field => { field.removeAttribute('max'); }")
    await set_fault(page, "500", "*", 100_001)
    await expect(page.get_by_test_id("toast")).to_have_text("次数要在 1 到 100000 之间。")
    await expect(page.get_by_test_id(SET)).to_have_count(0)
