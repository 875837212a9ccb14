"""The inspector, and the strip that tells what a scenario does."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.playground.page.stage import GROUP, PHONE, Stage, keys
from tests.playground.page.test_page_looks import OUTSIDE

pytestmark = pytest.mark.asyncio(loop_scope="session")
SEEN = re.compile(r"call-\d+")


async def test_every_call_stands_there_in_order_with_its_answer(stage: Stage) -> None:
    """Those before the panel was opened and those after; a call unfolds into its request and answer."""
    await stage.bot("getMe")
    page = await stage.open("小周", GROUP)
    await page.get_by_test_id("inspect").click()
    await expect(page.get_by_test_id("inspector")).to_be_visible()
    sent = await stage.bot("sendMessage", chat_id=stage.playground.chat(GROUP).id, text="题", reply_markup=keys("A"))
    await stage.playground.person("Ada").press(stage.playground.chat(GROUP).last, "A")
    rows = page.get_by_test_id(SEEN)
    await expect(rows).to_have_count(3)
    assert await rows.evaluate_all("rows => rows.map(row => row.dataset.method)") == ["getMe", "sendMessage", "press"]
    await expect(rows.nth(2)).to_contain_text("Ada · 按按钮")
    await expect(rows.nth(1)).to_contain_text(re.compile(r"读书小组.*\d+ 毫秒"))
    await rows.nth(1).locator("summary").click()
    await expect(rows.nth(1).get_by_test_id("call-params")).to_contain_text('"callback_data": "a"')
    await expect(rows.nth(1).get_by_test_id("call-answer")).to_contain_text(f'"message_id": {sent["message_id"]}')
    await stage.bot("getMe")
    await expect(rows).to_have_count(4)
    await expect(rows.nth(1).get_by_test_id("call-params")).to_be_visible()


async def test_the_calls_stand_at_the_newest_whenever_they_come_into_sight(stage: Stage) -> None:
    """Back from another tab, or when the panel is opened again, though many came meanwhile."""
    page = await stage.open("小周", GROUP)
    await page.get_by_test_id("inspect").click()
    rows = page.get_by_test_id(SEEN)
    for turn, (away, back) in enumerate([("tab-faults", "tab-calls"), ("inspector-close", "inspect")], 1):
        await page.get_by_test_id(away).click()
        for _ in range(60):
            await stage.bot("getMe")
        await page.wait_for_timeout(300)  # rows are drawn ten times a second
        await page.get_by_test_id(back).click()
        await expect(rows).to_have_count(60 * turn)
        await expect(rows.last).to_be_in_viewport()


async def test_refusals_stand_out_and_methods_can_be_picked(stage: Stage) -> None:
    """A status that is not 200 is shown; the filter offers the methods there were, and what people did."""
    page = await stage.open("小周", GROUP)
    await page.get_by_test_id("inspect").click()
    with pytest.raises(AssertionError, match="chat not found"):
        await stage.bot("sendMessage", chat_id=1, text="?")
    await stage.bot("getMe")
    await stage.bot("getUpdates")
    await stage.playground.person("Ada").send(stage.playground.chat(GROUP), "hello")
    rows, picked = page.get_by_test_id(SEEN), page.get_by_test_id("inspector-filter")
    await expect(rows).to_have_count(3)
    await expect(rows.first).to_have_attribute("data-status", "wrong")
    await expect(rows.first).to_contain_text("400")
    await rows.first.locator("summary").click()
    await expect(rows.first.get_by_test_id("call-answer")).to_contain_text("Bad Request: chat not found")
    for option, methods in {
        "people": ["send"],
        "getMe": ["getMe"],
        "polls": ["sendMessage", "getMe", "getUpdates", "send"],
    }.items():
        await picked.select_option(option)
        await expect(rows).to_have_count(len(methods))
        assert await rows.evaluate_all("rows => rows.map(row => row.dataset.method)") == methods


async def test_the_inspector_is_used_with_keys_alone(stage: Stage) -> None:
    """Opened with Enter, a row unfolded with Enter, closed with Escape, the focus back on its button."""
    await stage.bot("getMe")
    page = await stage.open("小周", size=PHONE, lang="en")
    await page.get_by_test_id("inspect").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("inspector-filter")).to_be_focused()
    await expect(page.get_by_test_id(SEEN)).to_have_count(1)
    for _ in range(2):
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("call-answer")).to_contain_text("kaoguan_bot")
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("inspector")).to_be_hidden()
    await expect(page.get_by_test_id("inspect")).to_be_focused()


async def test_the_strip_tells_the_step_and_holds_the_play(stage: Stage) -> None:
    """In the page's language; without a scenario it is not there."""
    page = await stage.open("小周", GROUP, lang="en")
    await expect(page.get_by_test_id("playing")).to_be_hidden()
    stage.playground.mini.tell_scenario(title="Night", step=3, of=9, who="Ada", verb="renames", words="Ada L.")
    await expect(page.get_by_test_id("playing-text")).to_have_text("3/9 · Ada is now Ada L.")
    await page.get_by_test_id("playing-hold").click()
    await expect(page.get_by_test_id("playing-hold")).to_have_text("Go on")
    assert not stage.playground.mini.going.is_set()
    await page.get_by_test_id("playing-hold").click()
    await expect(page.get_by_test_id("playing-hold")).to_have_text("Pause")
    assert stage.playground.mini.going.is_set()
    stage.playground.mini.tell_scenario()
    await expect(page.get_by_test_id("playing")).to_be_hidden()


async def test_how_long_people_wait_is_shown_and_kept_fresh(stage: Stage) -> None:
    """A row for each kind of action and reaction, on a phone too; it goes on while one looks."""
    who = stage.playground.person("小周")
    message = await stage.say("小周", "?", reply_markup=keys("A"))
    page = await stage.open("小周", size=PHONE, lang="en")
    await page.get_by_test_id("inspect").click()
    await page.get_by_test_id("tab-waits").click()
    rows = page.get_by_test_id("wait")
    await expect(rows).to_have_text([re.compile(r"wrote, got a message1(\d+(\.\d)? ms){4}")])
    await expect(page.get_by_test_id("waits-note")).to_have_text(
        "0 people practise beyond this page; 0 wait just now, 0 were never answered."
    )
    query = await who.press(message, "A")
    await stage.bot("editMessageText", chat_id=who.id, message_id=message["message_id"], text="!")
    await stage.bot("answerCallbackQuery", callback_query_id=query)
    await expect(rows).to_have_count(3)
    kinds = await rows.evaluate_all("rows => rows.map(row => `${row.dataset.action} ${row.dataset.reaction}`)")
    assert kinds == ["press edit", "press toast", "send reply"]
    await expect(page.get_by_test_id("load")).to_be_hidden()
    stage.playground.mini.world.unseen = {1, 2, -3}
    await page.get_by_test_id("load").click()
    await expect(page.get_by_test_id("load")).to_have_attribute("aria-checked", "false")
    assert not stage.playground.mini.busy.is_set()
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert await page.evaluate(OUTSIDE) == []
