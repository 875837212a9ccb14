"""Telegram's formatting, from entities to what is seen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.playground.page.stage import Stage, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")
LONG = "\n".join(f"第 {line} 行" for line in range(1, 9))


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    """One entity, in UTF-16 units."""
    return {"type": kind, "offset": offset, "length": length, **more}


async def _html(stage: Stage, text: str, entities: list[dict[str, Any]]) -> str:
    """The markup of a message's text as the page built it, the time left out."""
    message = await stage.say("小周", text, entities=entities)
    page = await stage.open("小周", "bot")
    body = shown(page, message).get_by_test_id("text")
    await body.wait_for()
    return str(await body.evaluate("node => { node.querySelector('.meta').remove(); return node.innerHTML; }"))


async def test_offsets_count_utf_16_units(stage: Stage) -> None:
    """An emoji before the bold word does not shift it."""
    assert await _html(stage, "👉👉 粗 x", [entity("bold", 5, 1)]) == "👉👉 <strong>粗</strong> x"


async def test_entities_nest(stage: Stage) -> None:
    """Bold within italic within strikethrough, each where it belongs."""
    spans = [entity("strikethrough", 0, 6), entity("italic", 1, 4), entity("bold", 2, 2)]
    assert await _html(stage, "abcdef", spans) == "<s>a<em>b<strong>cd</strong>e</em>f</s>"


async def test_a_crossing_pair_is_cut_in_two(stage: Stage) -> None:
    """Even if a server lets overlapping entities through, every letter gets its formats."""
    message = await stage.say("小周", "abcdef")
    page = await stage.open("小周", "bot")
    stored = stage.playground.chat(message["chat"]["id"]).message(message["message_id"])
    crossed = {**stored, "entities": [entity("bold", 0, 4), entity("italic", 2, 4)]}
    stage.playground.mini.events.publish("message", chat_id=message["chat"]["id"], message=crossed)
    text = shown(page, message).get_by_test_id("text")
    await expect(text.locator("strong")).to_have_text("abcd")
    await expect(text.locator("em")).to_have_text(["cd", "ef"])


async def test_text_is_never_markup(stage: Stage) -> None:
    """Tags in a message are letters, and a script's address is no link."""
    text = "<img src=x onerror=alert(1)> <b>x"
    html = await _html(stage, text, [entity("bold", 0, 3)])
    assert html == "<strong>&lt;im</strong>g src=x onerror=alert(1)&gt; &lt;b&gt;x"
    message = await stage.say("小周", "click")
    page = await stage.open("小周", "bot")
    evil = {**message, "entities": [entity("text_link", 0, 5, url="javascript:alert(1)")]}
    stage.playground.mini.events.publish("message", chat_id=message["chat"]["id"], message=evil)
    await expect(shown(page, message).locator(".link")).to_have_text("click")
    await expect(shown(page, message).locator("a")).to_have_count(0)


async def test_links_code_and_tags(stage: Stage) -> None:
    """A link carries its address, a block its language, a hashtag its colour."""
    text = "see x\nprint(1)\n#tag"
    spans = [entity("text_link", 4, 1, url="https://example.org/a"), entity("pre", 6, 8, language="python")]
    message = await stage.say("小周", text, entities=spans)
    page = await stage.open("小周", "bot")
    body = shown(page, message)
    await expect(body.locator("a")).to_have_attribute("href", "https://example.org/a")
    await expect(body.get_by_test_id("pre").locator("header")).to_contain_text("python")
    await expect(body.get_by_test_id("pre").locator("code")).to_have_text("print(1)")
    await expect(body.locator(".link")).to_have_text("#tag")


async def test_a_spoiler_hides_until_it_is_pressed(stage: Stage) -> None:
    """The letters cannot be seen in the chat or in the list of chats; a key press reveals them."""
    message = await stage.say("小周", "答案是 B。", entities=[entity("spoiler", 4, 1)])
    page = await stage.open("小周", "bot")
    spoiler = shown(page, message).get_by_test_id("spoiler")
    assert await spoiler.evaluate("node => getComputedStyle(node).color") == "rgba(0, 0, 0, 0)"
    await expect(page.get_by_test_id("chat-preview").first).to_have_text("答案是 ▒。")
    await spoiler.focus()
    await page.keyboard.press("Enter")
    await expect(spoiler).to_have_attribute("data-open", "true")
    assert await spoiler.evaluate("node => getComputedStyle(node).color") != "rgba(0, 0, 0, 0)"


async def test_a_long_folded_quote_shows_three_lines_until_unfolded(stage: Stage) -> None:
    """A click unfolds it, the control folds it again, and the place in the chat stays."""
    message = await stage.say("小周", LONG, entities=[entity("expandable_blockquote", 0, len(LONG))])
    page = await stage.open("小周", "bot")
    quote = shown(page, message).get_by_test_id("quote")
    body = quote.locator(".quote-body")
    lines = "node => Math.round(node.clientHeight / parseFloat(getComputedStyle(node).lineHeight))"
    await expect(quote).to_have_attribute("data-long", "true")
    assert await body.evaluate(lines) == 3
    await body.click()
    await expect(quote).to_have_attribute("data-open", "true")
    assert await body.evaluate(lines) == 8
    await quote.get_by_test_id("quote-more").click()
    await expect(quote).to_have_attribute("data-open", "false")
    assert await body.evaluate(lines) == 3


async def test_a_short_folded_quote_needs_no_control(stage: Stage) -> None:
    """Three lines or fewer are simply there."""
    message = await stage.say("小周", "短", entities=[entity("expandable_blockquote", 0, 1)])
    page = await stage.open("小周", "bot")
    await expect(shown(page, message).get_by_test_id("quote")).to_have_attribute("data-long", "false")
    await expect(shown(page, message).get_by_test_id("quote-more")).to_be_hidden()


async def test_a_quote_leaves_no_empty_line_behind(stage: Stage) -> None:
    """The line feed that ends the quote is not shown a second time."""
    text = "前\n引文\n后"
    html = await _html(stage, text, [entity("blockquote", 2, 2)])
    assert html.startswith("前\n<blockquote")
    assert html.endswith("</blockquote>后")
