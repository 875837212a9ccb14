"""The native quiz poll as people see it."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.playground.page.stage import GROUP, Stage, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")
CHOICES = ("方差", "求和", "计算量", "范数")


def option(page: Page, index: int) -> str:
    """The selector of an option by its original index."""
    return f"[data-testid=poll-option][data-option='{index}']"


async def test_one_tap_votes_and_shows_the_result(stage: Stage) -> None:
    """The bot gets the original index; the voter sees shares, marks and the others' initials."""
    poll = await stage.quiz(*CHOICES)
    await stage.playground.person("Ada").vote(poll, 0)
    page = await stage.open("小周", GROUP)
    widget = shown(page, poll).get_by_test_id("poll")
    await expect(widget.get_by_test_id("poll-kind")).to_have_text("公开测验")
    await expect(widget.get_by_test_id("voter")).to_have_count(0)
    await widget.locator(option(page, 2)).click()
    await expect(widget).to_have_attribute("data-voted", "true")
    wrong, right = widget.locator(option(page, 2)), widget.locator(option(page, 0))
    await expect(wrong).to_have_attribute("data-wrong", "true")
    await expect(right).to_have_attribute("data-right", "true")
    assert [await one.get_attribute("data-percent") for one in (right, wrong)] == ["50", "50"]
    await expect(right.get_by_test_id("voter")).to_have_attribute("title", "Ada")
    await expect(widget.get_by_test_id("poll-total")).to_have_text("2 人作答")
    told = [update["poll_answer"] for update in await stage.bot("getUpdates") if "poll_answer" in update]
    assert told[-1]["option_ids"] == [2]


async def test_a_quiz_takes_no_second_vote(stage: Stage) -> None:
    """After the vote there is nothing left to press but the results."""
    poll = await stage.quiz(*CHOICES)
    page = await stage.open("Ada", GROUP)
    await shown(page, poll).locator(option(page, 0)).click()
    await expect(shown(page, poll).get_by_test_id("poll")).to_have_attribute("data-voted", "true")
    await expect(shown(page, poll).locator("button.poll-option")).to_have_count(0)
    await page.get_by_test_id("poll-results").click()
    await expect(page.get_by_test_id("results")).to_contain_text("Ada")
    await page.get_by_test_id("results-ok").click()


async def test_the_explanation_opens_by_itself_after_a_wrong_answer(stage: Stage) -> None:
    """Who was right finds it behind the lamp; who has not voted finds no lamp."""
    poll = await stage.quiz(*CHOICES, explanation="与缩放无关。")
    wrong, right = await stage.open("Lin", GROUP), await stage.open("Ada", GROUP)
    await expect(wrong.get_by_test_id("lamp")).to_have_count(0)
    await shown(wrong, poll).locator(option(wrong, 1)).click()
    await expect(wrong.get_by_test_id("explanation")).to_have_text("与缩放无关。")
    await shown(right, poll).locator(option(right, 0)).click()
    await expect(right.get_by_test_id("lamp")).to_be_visible()
    await expect(right.get_by_test_id("explanation")).to_have_count(0)
    await right.get_by_test_id("lamp").click()
    await expect(right.get_by_test_id("explanation")).to_be_visible()


async def test_options_are_shuffled_for_each_person_alike_at_every_look(stage: Stage) -> None:
    """Two looks of one person agree, and not all people see the same order."""
    names = ("小周", "Ada", "Lin", "小陈", "Mia")
    await stage.quiz(*CHOICES, *"56789", shuffle_options=True)
    page = await stage.open(names[0], GROUP)

    async def order(name: str) -> list[str]:
        await page.get_by_test_id(f"person-{stage.playground.person(name).id}").click()
        await expect(page.get_by_test_id("app")).to_have_attribute("data-me", str(stage.playground.person(name).id))
        found: list[str] = await page.get_by_test_id("poll-option").evaluate_all(
            "all => all.map(o => o.dataset.option)"
        )
        return found

    first = [await order(name) for name in names]
    assert [await order(name) for name in names] == first
    assert len({tuple(seen) for seen in first}) > 1
    assert all(sorted(seen) == [str(index) for index in range(9)] for seen in first)


async def test_a_poll_that_the_bot_closes_shows_final_results(stage: Stage) -> None:
    """Also to those who did not vote, and it takes no more votes."""
    poll = await stage.quiz(*CHOICES, explanation="因为。")
    await stage.playground.person("Ada").vote(poll, 0)
    page = await stage.open("Lin", GROUP)
    await expect(shown(page, poll).locator("button.poll-option")).to_have_count(4)
    await stage.bot("stopPoll", chat_id=poll["chat"]["id"], message_id=poll["message_id"])
    await expect(page.get_by_test_id("poll-kind")).to_have_text("最终结果")
    await expect(shown(page, poll).locator(option(page, 0))).to_have_attribute("data-percent", "100")
    await expect(shown(page, poll).locator("button.poll-option")).to_have_count(0)
    await expect(page.get_by_test_id("lamp")).to_be_visible()


async def test_a_poll_with_a_time_counts_down_and_closes(stage: Stage) -> None:
    """The remaining time is shown; once the clock is past it, the result."""
    poll = await stage.quiz(*CHOICES, open_period=600)
    page = await stage.open("Ada", GROUP)
    await expect(page.get_by_test_id("poll-timer")).to_contain_text("剩 ")
    await page.locator("[data-testid=clock-plus][data-seconds='600']").click()
    await expect(shown(page, poll).get_by_test_id("poll")).to_have_attribute("data-closed", "true")
    await expect(page.get_by_test_id("poll-timer")).to_have_count(0)


async def test_a_poll_with_several_answers_is_sent_at_once(stage: Stage) -> None:
    """Boxes are ticked, then one button votes; where it is allowed, the vote can be taken back."""
    options = [{"text": choice} for choice in CHOICES]
    chat_id = stage.playground.chat(GROUP).id
    asked = {"allows_multiple_answers": True, "is_anonymous": False, "allows_revoting": True}
    poll = await stage.bot("sendPoll", chat_id=chat_id, question="哪些？", options=options, **asked)
    page = await stage.open("Ada", GROUP)
    await expect(page.get_by_test_id("poll-vote")).to_be_disabled()
    for index in (3, 1):
        await shown(page, poll).locator(option(page, index)).click()
    await page.get_by_test_id("poll-vote").click()
    await expect(page.get_by_test_id("poll")).to_have_attribute("data-voted", "true")
    ada = str(stage.playground.person("Ada").id)
    assert stage.playground.chat(GROUP).last["poll"]["votes"] == {ada: [1, 3]}
    await page.get_by_test_id("poll-question").click(button="right")
    await page.get_by_test_id("menu-retract").click()
    await expect(page.get_by_test_id("poll")).to_have_attribute("data-voted", "false")


async def test_who_is_not_in_the_group_cannot_vote(stage: Stage) -> None:
    """They may look, no more."""
    poll = await stage.quiz(*CHOICES)
    stage.playground.member(stage.playground.chat(GROUP), stage.playground.person("Mia"), "left")
    page = await stage.open("Mia", GROUP)
    await expect(shown(page, poll).get_by_test_id("poll-option")).to_have_count(4)
    await expect(shown(page, poll).locator("button.poll-option")).to_have_count(0)
    await expect(page.get_by_test_id("join")).to_be_visible()
