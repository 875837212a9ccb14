"""Threads, pins, roles, names, photos, documents and forwards as the page shows them."""

from __future__ import annotations

import re
from typing import Any

import pytest
import telegram
from playwright.async_api import Page, expect

from bot.playground.handles import ChatHandle
from tests.playground.page.stage import GROUP, Stage, shown
from tests.playground.test_media import PNG

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def menu(page: Page, entry: str) -> None:
    """Choose from the chat's menu."""
    await page.get_by_test_id("chat-menu").click()
    await page.get_by_test_id(f"menu-{entry}").click()


async def answer(page: Page, text: str) -> None:
    """Type into the question that is open."""
    await page.get_by_test_id("alert-input").fill(text)
    await page.get_by_test_id("alert-input").press("Enter")


def upgraded(stage: Stage) -> ChatHandle:
    """The group as a supergroup."""
    return stage.playground.migrate(stage.playground.chat(GROUP))


async def test_threads_are_made_filtered_and_closed(stage: Stage) -> None:
    """Topic mode, a new thread, a message into it alone; closed, members write no more."""
    group = upgraded(stage)
    page = await stage.open("小周", GROUP)
    await expect(page.get_by_test_id("threads")).to_be_hidden()
    await menu(page, "forum")
    await menu(page, "new-thread")
    await answer(page, "每日一题")
    await expect(page.get_by_test_id("thread-all")).to_have_attribute("aria-pressed", "true")
    (number,) = await stage.playground.wait_for(lambda: group.threads)
    chip = page.get_by_test_id(f"thread-{number}")
    await expect(chip).to_have_text("每日一题")
    outside = await stage.playground.person("Ada").send(group, "别处")
    await chip.click()
    await expect(shown(page, outside)).to_have_count(0)
    await page.get_by_test_id("composer-input").fill("题在这里")
    await page.get_by_test_id("composer-input").press("Enter")
    await expect(page.get_by_test_id("text")).to_contain_text("题在这里")
    await stage.playground.wait_for(lambda: group.last.get("message_thread_id") == number)
    await menu(page, "close-thread")
    await expect(chip).to_have_attribute("aria-label", "每日一题, 已关闭")
    member = await stage.open("Ada", GROUP)
    await member.get_by_test_id(f"thread-{number}").click()
    await expect(member.get_by_test_id("composer-input")).to_be_hidden()
    await expect(member.get_by_text("这个话题已关闭。")).to_be_visible()
    await menu(page, "reopen-thread")
    await expect(member.get_by_test_id("composer-input")).to_be_visible()
    await menu(page, "delete-thread")
    await expect(chip).to_have_count(0)
    await page.get_by_test_id("thread-all").click()
    await expect(shown(page, outside)).to_be_visible()


async def test_pins_are_walked_through(stage: Stage) -> None:
    """Each press shows one and goes on to the one before."""
    group = stage.playground.chat(GROUP)
    stage.playground.member(group, None, "administrator")
    for text in ("一", "二"):
        sent = await stage.bot("sendMessage", chat_id=group.id, text=text)
        await stage.bot("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])
    page = await stage.open("小周", GROUP)
    for text in ("置顶消息 2/2", "置顶消息 1/2", "置顶消息 2/2"):
        await expect(page.get_by_test_id("pinned")).to_contain_text(text)
        await page.get_by_test_id("pinned").click()
    await expect(page.get_by_test_id("service").last).to_have_text("考官 置顶了一条消息")


async def test_members_are_listed_with_their_roles(stage: Stage) -> None:
    """Owner, admin, anonymous, restricted; who has left is not there."""
    group, person = stage.playground.chat(GROUP), stage.playground.person
    stage.playground.member(group, person("Ada"), "administrator", is_anonymous=True)
    stage.playground.member(group, person("Lin"), "restricted", can_send_messages=False)
    await person("Mia").leave(group)
    page = await stage.open("小周", GROUP, lang="en")
    await menu(page, "members")
    for name, role in {"小周": "owner", "Ada": "anonymous admin", "Lin": "restricted", "小陈": ""}.items():
        await expect(page.get_by_test_id(f"member-{person(name).id}").locator("small")).to_have_text(role)
    await expect(page.get_by_test_id(f"member-{person('Mia').id}")).to_have_count(0)
    silent = await stage.open("Lin", GROUP, lang="en")
    await expect(silent.get_by_text("You may not write in this group.")).to_be_visible()


async def test_an_anonymous_admin_writes_as_the_group(stage: Stage) -> None:
    """Others see the group's name; on one's own page the message is one's own."""
    page = await stage.open("小周", GROUP)
    await menu(page, "anonymous")
    await page.get_by_test_id("composer-input").fill("今晚九点")
    await page.get_by_test_id("composer-input").press("Enter")
    await expect(page.locator("[data-out=true]")).to_contain_text("今晚九点")
    other = await stage.open("Ada", GROUP)
    await expect(other.get_by_test_id("sender")).to_have_text(f"{GROUP}匿名管理员")


async def test_a_new_name_shows_at_once_on_older_messages(stage: Stage) -> None:
    """A person's, and the group's."""
    said = await stage.playground.person("Ada").send(stage.playground.chat(GROUP), "hello")
    other = await stage.open("小周", GROUP)
    await expect(shown(other, said).get_by_test_id("sender")).to_have_text("Ada")
    page = await stage.open("Ada", "bot")
    await menu(page, "rename")
    await answer(page, "Ada L.")
    await expect(page.get_by_test_id("people")).to_contain_text("Ada L.")
    await expect(shown(other, said).get_by_test_id("sender")).to_have_text("Ada L.")
    await menu(other, "title")
    await answer(other, "夜读")
    await expect(other.get_by_test_id("chat-title")).to_have_text("夜读")
    await expect(other.get_by_test_id("service").last).to_have_text("群名改为「夜读」")


async def test_photos_and_documents_are_shown(stage: Stage) -> None:
    """A picture with its caption, a file with name and size that can be fetched; lists tell what it is."""
    group = stage.playground.chat(GROUP)
    async with telegram.Bot(stage.playground.token, base_url=f"{stage.playground.url}/bot") as bot:
        await bot.send_photo(group.id, PNG, caption="本周的榜")
        page = await stage.open("小周", GROUP)
        await expect(page.get_by_test_id("photo")).to_have_attribute("alt", "本周的榜")
        assert (
            await page.get_by_test_id("photo").evaluate(
                "async image => { await image.decode(); return image.naturalWidth; }"
            )
            == 3
        )
        await expect(page.get_by_test_id("chat-preview").first).to_have_text("考官: 图片 · 本周的榜")
        await bot.send_document(group.id, b"a,b\n" * 512, filename="week.csv")
    document = page.get_by_test_id("document")
    await expect(document).to_have_text("week.csv2.0 KB")
    async with page.expect_download() as download:
        await document.click()
    assert (await download.value).suggested_filename == "week.csv"


async def test_a_forward_names_its_author(stage: Stage) -> None:
    """And a poll forwarded is the same poll on both pages."""
    person: Any = stage.playground.person
    poll = await stage.quiz("一", "二")
    other = stage.playground.add_group("别处", person("Ada"), person("Lin"), bot=False)
    copy = await person("Ada").forward(stage.playground.chat(GROUP).message(poll["message_id"]), other)
    page = await stage.open("Lin", "别处")
    await expect(shown(page, copy).get_by_test_id("forwarded")).to_have_text("转发自 考官")
    await shown(page, copy).get_by_test_id("poll-option").first.click()
    there = await stage.open("Lin", GROUP)
    await expect(shown(there, poll).get_by_test_id("poll")).to_have_attribute("data-voted", "true")


async def test_the_bot_is_promoted_from_the_menu(stage: Stage) -> None:
    """And dismissed again."""
    page = await stage.open("小周", GROUP)
    for entry, status in (("promote-bot", "administrator"), ("demote-bot", "member")):
        await menu(page, entry)
        await stage.playground.wait_for(
            lambda status=status: (
                stage.playground.mini.world.bot_member(  # type: ignore[misc]
                    stage.playground.mini.world.chat(stage.playground.chat(GROUP).id)
                ).status
                == status
            )
        )


async def test_simulated_members_are_told_apart(stage: Stage) -> None:
    """By word, for eyes and for screen readers."""
    ada = stage.playground.mini.world.account(stage.playground.person("Ada").id)
    ada.skill = 0.5
    page = await stage.open("小周", GROUP)
    await expect(page.get_by_test_id(f"person-{ada.id}")).to_have_attribute("aria-label", re.compile("Ada, 自动作答"))


async def test_a_refusal_is_told_in_the_pages_language(stage: Stage) -> None:
    """A button that is gone, slow mode with its seconds."""
    group = stage.playground.chat(GROUP)
    stage.playground.slow_mode(group, 60)
    for lang, told in (
        ("zh", re.compile(r"慢速模式：再等 \d+ 秒才能发下一条。")),
        ("en", re.compile(r"Slow mode: \d+ more seconds")),
    ):
        page = await stage.open("Ada", GROUP, lang=lang)
        for _ in range(2):
            await page.get_by_test_id("composer-input").fill("hello")
            await page.get_by_test_id("composer-input").press("Enter")
        await expect(page.get_by_test_id("toast").last).to_have_text(told)
