"""Screens, themes, languages, the clock, and what the page survives."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from tests.playground.page.stage import GROUP, PHONE, Stage, keys, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")
BOTTOM = "node => Math.round(node.scrollHeight - node.scrollTop - node.clientHeight)"
# WCAG's contrast of an element's text with the first opaque colour behind it
CONTRAST = """node => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [.2126, .7152, .0722][at], 0);
  let behind = node;
  while (rgb(getComputedStyle(behind).backgroundColor)[3] < 255) behind = behind.parentElement;
  const [a, b] = [getComputedStyle(node).color, getComputedStyle(behind).backgroundColor].map(c => light(rgb(c)));
  return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
}"""


async def test_a_phone_shows_one_column_and_a_way_back(stage: Stage) -> None:
    """The list or the chat, never both, nothing wider than the screen; the clock waits behind its chip."""
    await stage.say("小周", "很长的一行 " * 40, reply_markup=keys("A", "B", "C", "D"))
    page = await stage.open("小周", size=PHONE)
    chat, messages = page.get_by_test_id(f"chat-{stage.playground.person('小周').id}"), page.get_by_test_id("messages")
    await expect(messages).to_be_hidden()
    await chat.click()
    await expect(messages).to_be_visible()
    await expect(page.get_by_test_id("chat-list")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert await page.locator("#scroll").evaluate("node => node.scrollWidth - node.clientWidth") == 0
    await expect(page.get_by_test_id("clock")).to_be_hidden()
    await page.get_by_test_id("clock-chip").click()
    await expect(page.get_by_test_id("clock-morning")).to_be_visible()
    await page.get_by_test_id("clock-close").click()
    await page.get_by_test_id("back").click()
    await expect(chat).to_be_visible()
    await expect(messages).to_be_hidden()


async def test_dark_follows_the_system_until_one_chooses(stage: Stage) -> None:
    """The toggle wins over the system and is remembered."""
    page = await stage.open("小周", GROUP, scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    dark = await page.evaluate(background)
    await page.emulate_media(color_scheme="light")
    light = await page.evaluate(background)
    assert dark != light
    await page.get_by_test_id("theme-toggle").click()
    assert await page.evaluate(background) == dark
    await page.reload()
    assert await page.evaluate(background) == dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_stand_out_from_what_is_behind_them(stage: Stage, scheme: Literal["light", "dark"]) -> None:
    """AA: at least 4.5 to 1, for every kind of text there is."""
    await stage.playground.person("Ada").send(stage.playground.chat(GROUP), "我先来 /quiz")
    poll = await stage.quiz("一", "二", explanation="因为")
    await stage.playground.person("Ada").vote(poll, 1)
    page = await stage.open("Ada", GROUP, scheme=scheme)
    await page.get_by_test_id("composer-input").fill("x")
    hooks = (
        *("text", "meta", "sender", "command-link", "poll-question", "poll-kind", "poll-total", "poll-results"),
        *("chat-title", "chat-subtitle", "chat-preview", "composer-input", "clock-time", "clock-date"),
        *("clock-morning", "clock-more", "lang-toggle", "send"),
    )
    for hook in hooks:
        contrast = await page.get_by_test_id(hook).last.evaluate(CONTRAST)
        assert contrast >= 4.5, f"{hook}: {contrast:.2f}"


async def test_the_page_speaks_two_languages(stage: Stage) -> None:
    """The browser's language to begin with, the other one by the toggle, which is remembered."""
    page = await stage.open("小周", GROUP, lang="", locale="en-US")
    await expect(page.get_by_test_id("composer-input")).to_have_attribute("placeholder", "Message")
    await page.get_by_test_id("lang-toggle").click()
    await expect(page.get_by_test_id("composer-input")).to_have_attribute("placeholder", "消息")
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


async def test_the_clock_jumps_to_tomorrow_morning_in_the_chosen_zone(stage: Stage) -> None:
    """Nine o'clock there, the next day; the page shows it and its messages in that zone."""
    await stage.say("小周", "早")
    page = await stage.open("小周", "bot", timezone_id="America/New_York")
    await page.get_by_test_id("clock-more").click()
    await page.get_by_test_id("clock-zone").select_option("Asia/Tokyo")
    before = stage.playground.clock.now()
    await page.get_by_test_id("clock-morning").click()
    await expect(page.get_by_test_id("clock-time")).to_have_text("09:00")
    now = stage.playground.clock.now()
    assert (now.hour, now.minute) == (0, 0)  # Tokyo is nine hours ahead of UTC
    assert 0 < (now - before).total_seconds() < 2 * 86400
    message = await stage.say("小周", "到点了")
    await expect(shown(page, message).get_by_test_id("meta")).to_contain_text("09:00")


async def test_the_clock_goes_to_any_moment_but_not_back(stage: Stage) -> None:
    """A typed moment is local; one that is over is refused in a sentence."""
    page = await stage.open("小周", GROUP)
    await page.get_by_test_id("clock-more").click()
    await page.get_by_test_id("clock-to").fill("2030-01-02T10:30")
    await page.get_by_test_id("clock-go").click()
    await stage.playground.wait_for(lambda: stage.playground.clock.now() >= datetime(2030, 1, 2, 2, 30, tzinfo=UTC))
    await expect(page.get_by_test_id("clock-date")).to_contain_text("1月2日")
    await page.get_by_test_id("clock-to").fill("2029-01-01T00:00")
    await page.get_by_test_id("clock-go").click()
    await expect(page.get_by_test_id("toast").last).to_have_text("时钟只能往前拨。")


async def _fill(stage: Stage, count: int) -> None:
    ada = stage.playground.person("Ada")
    for number in range(count):
        await ada.send(stage.playground.chat(GROUP), f"第 {number} 条")


async def test_the_reader_s_place_is_kept(stage: Stage) -> None:
    """In the middle of a long chat new messages do not move it; at the bottom the chat follows them."""
    await _fill(stage, 500)
    page = await stage.open("小周", GROUP)
    scroll = page.locator("#scroll")
    await expect(page.get_by_test_id("text")).to_have_count(500)
    assert await scroll.evaluate(BOTTOM) == 0
    await _fill(stage, 1)
    await expect(page.get_by_test_id("text")).to_have_count(501)
    assert await scroll.evaluate(BOTTOM) == 0
    await scroll.evaluate("node => { node.scrollTop = 3000; }")
    await expect(page.get_by_test_id("jump")).to_be_visible()
    await _fill(stage, 2)
    await expect(page.get_by_test_id("jump")).to_have_text("2")
    assert await scroll.evaluate("node => node.scrollTop") == 3000
    await page.get_by_test_id(f"chat-{stage.playground.person('小周').id}").click()
    await page.get_by_test_id(f"chat-{stage.playground.chat(GROUP).id}").click()
    assert await scroll.evaluate("node => node.scrollTop") == 3000
    await page.get_by_test_id("jump").click()
    assert await scroll.evaluate(BOTTOM) == 0


async def test_a_broken_stream_is_taken_up_again(stage: Stage) -> None:
    """What happened meanwhile is there, nothing twice, and the place is the same."""
    await _fill(stage, 100)
    page = await stage.open("小周", GROUP)
    await page.locator("#scroll").evaluate("node => { node.scrollTop = 500; }")
    await expect(page.get_by_test_id("jump")).to_be_visible()
    stage.playground.mini.events.close()
    await expect(page.locator("html")).to_have_attribute("data-connected", "false")
    await _fill(stage, 1)
    await expect(page.get_by_test_id("text")).to_have_count(101)
    await expect(page.locator("html")).to_have_attribute("data-connected", "true")
    assert await page.locator("#scroll").evaluate("node => node.scrollTop") == 500


async def _strange(stage: Stage, page: Page) -> None:
    tell, chat_id = stage.playground.mini.events.publish, stage.playground.chat(GROUP).id
    tell("carnival", chat_id=chat_id)
    tell("message", chat_id=12345, message={"message_id": 1})
    tell("message", chat_id=chat_id, message=None)
    tell("toast")
    tell("constructor")
    odd = {"message_id": 900, "date": 1, "chat": {"id": chat_id}, "venue": {"title": "?"}}
    tell("message", chat_id=chat_id, message=odd)


async def test_the_page_survives_what_it_does_not_know(stage: Stage) -> None:
    """Unknown events are ignored, an unknown message is a grey line, and the chat goes on."""
    page = await stage.open("小周", GROUP)
    await _strange(stage, page)
    await expect(page.get_by_test_id("service")).to_have_text("这里显示不了这种消息（venue）")
    await _fill(stage, 1)
    await expect(page.get_by_test_id("text")).to_have_text(["第 0 条" + await page.get_by_test_id("meta").inner_text()])
    assert all(said.startswith("an event was left out") for said in stage.complaints)
    stage.complaints.clear()


async def test_starting_over_empties_every_chat(stage: Stage) -> None:
    """After a question; the page then shows the fresh world."""
    await stage.say("小周", "早")
    page = await stage.open("小周", "bot")
    await page.get_by_test_id("clock-more").click()
    await page.get_by_test_id("reset").click()
    await page.get_by_test_id("alert-ok").click()
    await expect(page.get_by_test_id("start")).to_be_visible()
    assert stage.playground.person("小周").chat.messages == []


@pytest.mark.parametrize("row", ["chat", "person"])
async def test_a_press_is_heard_whatever_comes_while_it_lasts(stage: Stage, row: str) -> None:
    """Messages renew the lists of chats and people: who holds a row down then still opens it."""
    ada, group = stage.playground.person("Ada"), stage.playground.chat(GROUP)
    await stage.bot("sendMessage", chat_id=group.id, text="先")
    await stage.say("小周", "早")
    page = await stage.open("小周", "bot")
    await page.get_by_test_id(f"chat-{group.id}" if row == "chat" else f"person-{ada.id}").hover()
    await page.mouse.down()
    await stage.say("小周", "晚")
    await expect(page.get_by_test_id("chat-preview").filter(has_text="晚")).to_be_visible()
    await page.mouse.up()
    wanted = ("data-chat", str(group.id)) if row == "chat" else ("data-me", str(ada.id))
    await expect(page.locator("#app")).to_have_attribute(*wanted)
