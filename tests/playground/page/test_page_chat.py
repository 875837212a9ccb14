"""Writing, commands, edits and links into the page."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.playground.page.stage import GROUP, Stage, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")
LARGE_FILE = """input => {
  const picked = new DataTransfer();
  picked.items.add(new File([new Uint8Array(21 * 1024 * 1024)], "x.zip"));
  input.files = picked.files;
  input.dispatchEvent(new Event("change"));
}"""
COMMANDS = [{"command": "quiz", "description": "练一题"}, {"command": "stats", "description": "我的记录"}]


async def test_an_empty_private_chat_offers_start(stage: Stage) -> None:
    """The button sends /start and gives way to the field."""
    page = await stage.open("小周", "bot")
    await expect(page.get_by_test_id("composer-input")).to_be_hidden()
    await page.get_by_test_id("start").click()
    await expect(page.get_by_test_id("composer-input")).to_be_visible()
    assert stage.playground.person("小周").chat.last["text"] == "/start"


async def test_enter_sends_and_shift_enter_breaks_the_line(stage: Stage) -> None:
    """A message of two lines arrives as one and stands on the sender's side."""
    page = await stage.open("Ada", GROUP)
    field = page.get_by_test_id("composer-input")
    await field.press_sequentially("one")
    await field.press("Shift+Enter")
    await field.press_sequentially("two")
    await field.press("Enter")
    mine = page.locator("[data-out=true]")
    await expect(mine.get_by_test_id("text")).to_contain_text("one\ntwo", use_inner_text=True)
    await expect(field).to_have_value("")
    assert stage.playground.chat(GROUP).last["text"] == "one\ntwo"


async def test_enter_belongs_to_the_input_method_while_it_composes(stage: Stage) -> None:
    """Choosing Chinese characters with Enter does not send the half-written line."""
    page = await stage.open("小周", GROUP)
    field = page.get_by_test_id("composer-input")
    await field.fill("ni hao")
    await field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    await expect(field).to_have_value("ni hao")
    assert stage.playground.chat(GROUP).messages == []


async def test_a_refused_message_comes_back_with_the_reason(stage: Stage) -> None:
    """The server's sentence is a toast, and nothing typed is lost."""
    page = await stage.open("小周", GROUP)
    field = page.get_by_test_id("composer-input")
    await field.fill("长" * 4097)
    await field.press("Enter")
    await expect(page.get_by_test_id("toast")).to_contain_text("4096")
    await expect(field).to_have_value("长" * 4097)


async def test_a_slash_suggests_the_commands_of_the_scope_and_language(stage: Stage) -> None:
    """Private and group chats differ; the person's language wins; Enter sends the chosen one."""
    await stage.bot("setMyCommands", commands=COMMANDS, scope={"type": "all_private_chats"})
    english = [{"command": "quiz", "description": "one question"}]
    await stage.bot("setMyCommands", commands=english, scope={"type": "all_private_chats"}, language_code="en")
    await stage.bot("setMyCommands", commands=COMMANDS[1:], scope={"type": "all_group_chats"})
    await stage.say("小周", "你好")
    page = await stage.open("小周", "bot")
    await page.get_by_test_id("composer-input").fill("/")
    await expect(page.get_by_test_id("command")).to_contain_text(["/quiz练一题", "/stats我的记录"])
    await page.get_by_test_id("composer-input").press("ArrowDown")
    await expect(page.locator("[data-command=stats]")).to_have_attribute("aria-selected", "true")
    await page.get_by_test_id("composer-input").press("Enter")
    await stage.playground.wait_for(lambda: stage.playground.person("小周").chat.last["text"] == "/stats")
    await stage.say("Ada", "hello")
    english_page = await stage.open("Ada", "bot")
    await english_page.get_by_test_id("composer-input").fill("/q")
    await expect(english_page.get_by_test_id("command")).to_have_text(["/quizone question"])


async def test_in_a_group_a_command_names_its_bot(stage: Stage) -> None:
    """So that a bot in privacy mode hears it, as Telegram's own apps write it."""
    await stage.bot("setMyCommands", commands=COMMANDS[:1], scope={"type": "all_group_chats"})
    page = await stage.open("小周", GROUP)
    await page.get_by_test_id("composer-input").fill("/q")
    await page.get_by_test_id("command").click()
    await expect(page.locator("[data-out=true]")).to_contain_text("/quiz@kaoguan_bot")


async def test_a_command_in_a_message_is_sent_by_a_click(stage: Stage) -> None:
    """Telegram links commands; pressing one sends it."""
    message = await stage.say("小周", "想提前看：/stats")
    page = await stage.open("小周", "bot")
    await shown(page, message).get_by_test_id("command-link").click()
    await stage.playground.wait_for(lambda: stage.playground.person("小周").chat.last["text"] == "/stats")


async def test_an_edit_replaces_the_message_where_it_stands(stage: Stage) -> None:
    """Same place, new words, and the mark that it was edited."""
    first = await stage.say("小周", "第一版")
    await stage.say("小周", "下一条")
    page = await stage.open("小周", "bot")
    await expect(shown(page, first).get_by_test_id("edited")).to_have_count(0)
    await stage.bot("editMessageText", chat_id=first["chat"]["id"], message_id=first["message_id"], text="第二版")
    await expect(shown(page, first)).to_contain_text("第二版")
    await expect(shown(page, first).get_by_test_id("edited")).to_have_text("已编辑")
    await expect(page.get_by_test_id("text")).to_contain_text(["/start", "第二版", "下一条"])


async def test_people_edit_and_answer_their_messages(stage: Stage) -> None:
    """Arrow up edits the last own message; the message's menu answers one."""
    page = await stage.open("Ada", GROUP)
    field = page.get_by_test_id("composer-input")
    await field.fill("helo")
    await field.press("Enter")
    await expect(page.locator("[data-out=true]")).to_contain_text("helo")
    await field.press("ArrowUp")
    await expect(field).to_have_value("helo")
    await field.fill("hello")
    await field.press("Enter")
    await expect(page.locator("[data-out=true]")).to_contain_text("hello")
    await page.get_by_test_id("text").hover()
    await page.get_by_test_id("actions").click()
    await page.get_by_test_id("menu-reply").click()
    await field.fill("answer")
    await field.press("Enter")
    await expect(page.get_by_test_id("reply-quote")).to_contain_text("hello")
    assert [message["text"] for message in stage.playground.chat(GROUP).messages] == ["hello", "answer"]


async def test_the_address_opens_a_view_and_follows_it(stage: Stage) -> None:
    """A link shows that person's chat; moving on changes the link; other people's private chats stay closed."""
    page = await stage.open("Ada", GROUP)
    await expect(page.get_by_test_id("chat-title")).to_have_text(GROUP)
    await page.get_by_test_id(f"person-{stage.playground.person('Lin').id}").click()
    assert stage.address("Lin", GROUP) in page.url
    await page.get_by_test_id(f"chat-{stage.playground.person('Lin').id}").click()
    await expect(page.get_by_test_id("chat-title")).to_have_text("考官")
    assert stage.address("Lin", "bot") in page.url
    await page.go_back()
    await expect(page.get_by_test_id("chat-title")).to_have_text(GROUP)


async def test_unread_messages_are_counted_for_everybody(stage: Stage) -> None:
    """A message elsewhere marks its chat and its person, until they look."""
    await stage.say("Lin", "早")
    page = await stage.open("小周", GROUP)
    lin = stage.playground.person("Lin")
    await stage.say("Lin", "今天的题")
    await expect(page.get_by_test_id(f"person-{lin.id}")).to_have_attribute("data-unread", "1")
    await page.get_by_test_id(f"person-{lin.id}").click()
    await expect(page.get_by_test_id("chat-unread")).to_have_text("1")
    await page.get_by_test_id(f"chat-{lin.id}").click()
    await expect(page.get_by_test_id("chat-unread")).to_have_count(0)


async def test_a_file_is_sent_with_what_stands_in_the_field(stage: Stage) -> None:
    """The bot gets it with its caption, and everybody may fetch it again; one that is too large stays here."""
    zhou = stage.playground.person("小周")
    await zhou.send(None, "/start")
    page = await stage.open("小周", "bot")
    await page.get_by_test_id("composer-input").fill("/import now")
    await page.get_by_test_id("file").set_input_files({"name": "周.csv", "mimeType": "text/csv", "buffer": b"a,b\n"})
    shown_file = page.get_by_test_id("document")
    await expect(shown_file).to_contain_text("周.csv")
    await expect(page.get_by_test_id("composer-input")).to_have_value("")
    assert zhou.chat.last["caption"] == "/import now"
    assert zhou.chat.last["caption_entities"] == [{"type": "bot_command", "offset": 0, "length": 7}]
    answer = await page.request.get(f"{stage.playground.url}{await shown_file.get_attribute('href')}")
    assert await answer.body() == b"a,b\n"
    await page.get_by_test_id("file").evaluate(LARGE_FILE)
    await expect(page.get_by_test_id("toast")).to_contain_text("20 MB")
    assert zhou.chat.last["document"]["file_name"] == "周.csv"
