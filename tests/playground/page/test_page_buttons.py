"""Inline keyboards, what answers them, and the chat's menu."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.playground.page.stage import GROUP, Stage, keys, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _pressed(stage: Stage) -> dict[str, Any]:
    """The newest press that waits for the bot."""
    updates = stage.playground.mini.updates

    def presses() -> list[dict[str, Any]]:
        return [update["callback_query"] for update in updates.pending if "callback_query" in update]

    return (await stage.playground.wait_for(presses))[-1]


async def test_a_button_spins_until_it_is_answered(stage: Stage) -> None:
    """The press reaches the bot; its answer ends the spinner and shows as a toast to the one who pressed."""
    message = await stage.say("小周", "为什么？", reply_markup=keys("A", "B"))
    page = await stage.open("小周", "bot")
    button = shown(page, message).get_by_test_id("button").filter(has_text="B")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    query = await _pressed(stage)
    assert query["data"] == "b"
    await stage.bot("answerCallbackQuery", callback_query_id=query["id"], text="选过了")
    await expect(page.get_by_test_id("toast")).to_have_text("选过了")
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_an_answer_without_words_only_ends_the_spinner(stage: Stage) -> None:
    """No empty toast."""
    message = await stage.say("小周", "为什么？", reply_markup=keys("A"))
    page = await stage.open("小周", "bot")
    button = shown(page, message).get_by_test_id("button")
    await button.click()
    await stage.bot("answerCallbackQuery", callback_query_id=(await _pressed(stage))["id"])
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await expect(page.get_by_test_id("toast")).to_have_count(0)


async def test_an_alert_waits_for_ok(stage: Stage) -> None:
    """A dialog in front of everything, closed by its one button."""
    message = await stage.say("小周", "删除一切？", reply_markup=keys("Yes"))
    page = await stage.open("小周", "bot")
    await shown(page, message).get_by_test_id("button").click()
    query = await _pressed(stage)
    await stage.bot("answerCallbackQuery", callback_query_id=query["id"], text="已删除", show_alert=True)
    await expect(page.get_by_test_id("alert-text")).to_have_text("已删除")
    await page.get_by_test_id("alert-ok").click()
    await expect(page.get_by_test_id("alert")).to_be_hidden()


async def test_an_edit_may_change_or_remove_the_buttons(stage: Stage) -> None:
    """After the tap the same message has other buttons, and then none."""
    message = await stage.say("小周", "题", reply_markup=keys("A", "B"))
    page = await stage.open("小周", "bot")
    where = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
    await stage.bot("editMessageText", **where, text="✓ A", reply_markup=keys("Next"))
    await expect(shown(page, message).get_by_test_id("button")).to_have_text(["Next"])
    await stage.bot("editMessageReplyMarkup", **where)
    await expect(shown(page, message).get_by_test_id("keyboard")).to_have_count(0)


async def test_the_keyboard_keeps_its_place_over_an_edit(stage: Stage) -> None:
    """Whoever works with keys alone is not thrown out of the message by the edit."""
    message = await stage.say("小周", "题", reply_markup=keys("A", "B"))
    page = await stage.open("小周", "bot")
    await shown(page, message).get_by_test_id("button").filter(has_text="B").focus()
    where = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
    await stage.bot("editMessageText", **where, text="✗ B", reply_markup=keys("Next"))
    await expect(shown(page, message).get_by_test_id("button").filter(has_text="Next")).to_be_focused()


async def test_addresses_open_outside_and_only_safe_ones_are_links(stage: Stage) -> None:
    """A web address is a link of its own window; tg: is a button that says it does nothing here."""
    rows = [[{"text": "Paper", "url": "https://arxiv.org/abs/1706.03762"}, {"text": "Odd", "url": "tg://user?id=1"}]]
    message = await stage.say("小周", "看", reply_markup={"inline_keyboard": rows})
    page = await stage.open("小周", "bot")
    paper, odd = (shown(page, message).locator(f"[data-label={label}]") for label in ("Paper", "Odd"))
    await expect(paper).to_have_attribute("href", "https://arxiv.org/abs/1706.03762")
    await expect(paper).to_have_attribute("target", "_blank")
    await expect(odd).not_to_have_attribute("href", "tg://user?id=1")
    await odd.click()
    await expect(page.get_by_test_id("toast")).to_be_visible()


async def test_the_bot_is_blocked_and_unblocked_from_the_menu(stage: Stage) -> None:
    """The bot learns of both; meanwhile there is nothing to write into."""
    await stage.say("小周", "你好")
    page = await stage.open("小周", "bot")
    await page.get_by_test_id("chat-menu").click()
    await page.get_by_test_id("menu-block").click()
    await expect(page.get_by_test_id("composer-input")).to_be_hidden()
    await expect(page.get_by_test_id("chat-subtitle")).to_have_text("已屏蔽")
    await page.get_by_test_id("unblock").click()
    await expect(page.get_by_test_id("composer-input")).to_be_visible()
    told = [update["my_chat_member"] for update in await stage.bot("getUpdates") if "my_chat_member" in update]
    assert [change["new_chat_member"]["status"] for change in told] == ["kicked", "member"]


async def test_the_group_menu_changes_the_group(stage: Stage) -> None:
    """Polls are forbidden, someone leaves and joins, and the group becomes a supergroup that the page follows."""
    page = await stage.open("Ada", GROUP)
    ada, old = stage.playground.person("Ada"), stage.playground.chat(GROUP).id

    async def choose(entry: str) -> None:
        await page.get_by_test_id("chat-menu").click()
        await page.get_by_test_id(f"menu-{entry}").click()

    await choose("forbid-polls")
    await page.get_by_test_id("chat-menu").click()
    await expect(page.get_by_test_id("menu-allow-polls")).to_be_visible()
    await page.keyboard.press("Escape")
    await choose("leave")
    await expect(page.get_by_test_id("service").last).to_have_text("Ada 离开了群组")
    await page.get_by_test_id("join").click()
    await expect(page.get_by_test_id("composer-input")).to_be_visible()
    await choose("migrate")
    await expect(page.get_by_test_id("service").last).to_have_text("群组已升级为超级群")
    await expect(page.get_by_test_id(f"chat-{old}")).to_have_count(0)
    assert stage.address("Ada", GROUP) in page.url
    assert ada.id in stage.playground.mini.world.chats[old].members
