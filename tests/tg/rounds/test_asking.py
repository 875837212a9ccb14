"""A group asks: the poll it gets, cards, and what is said instead."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.people import Chat
from bot.store import history, rounds
from bot.store.database import Database
from bot.tg import rounds as feature
from bot.tg.buttons import Verb, pack
from tests.group_bench import ADA, BOB, GROUP, Clock, Front, desk_for
from tests.practice_bench import library, recall_question
from tests.tg.fake_api import FakeApi


async def test_quiz_posts_a_protected_quiz_poll(front: Front) -> None:
    """Plain texts in the bank's order, the right choice named, explained, not anonymous, shuffled by the client."""
    assert await front.says("/quiz")
    (call,) = front.telegram.sent("sendPoll")
    assert call.text == "a1 问什么？"
    assert [option["text"] for option in call.fields["options"]] == [f"a1 的选项 {at}" for at in range(4)]
    assert call.fields["correct_option_ids"] == [2]
    assert call.fields["explanation"] == "a1 的解析。"
    assert (call.fields["is_anonymous"], call.fields["protect_content"], call.fields["shuffle_options"]) == (
        False,
        True,
        True,
    )
    assert not {"open_period", "close_date"} & set(call.fields)


async def test_quiz_in_private_is_another_feature(front: Front) -> None:
    """These handlers leave private chats and edited messages alone."""
    assert not await front.says("/quiz", chat=Chat(ADA.id, "private", "Ada"))
    edited: dict[str, Any] = {"message_id": 5, "date": 0, "edit_date": 1, "text": "/quiz", "chat": {"id": -100}}
    edited |= {"chat": {"id": -100, "type": "supergroup"}, "from": {"id": 7, "is_bot": False, "first_name": "Ada"}}
    entities = [{"type": "bot_command", "offset": 0, "length": 5}]
    assert not await front.update(edited_message=edited | {"entities": entities})


async def test_a_second_quiz_hears_until_when(front: Front) -> None:
    """One line, in answer to the poll that is open, in the group's time."""
    await front.says("/quiz")
    await front.says("/quiz", person=BOB)
    (call,) = front.telegram.sent()
    assert "12:10" in call.text
    (opened,) = await front.desk.read(rounds.open_in, GROUP.id, ("poll",))
    assert call.fields["reply_parameters"]["message_id"] == opened.message_id
    assert len(front.telegram.sent("sendPoll")) == 1


async def test_an_unknown_topic_is_answered_with_those_close(front: Front) -> None:
    """No poll, one sentence."""
    await front.says("/quiz atention")
    await front.says("/quiz xyzzy")
    close, unknown = (call.text for call in front.telegram.sent())
    assert close == "没有叫「atention」的主题。相近的有：注意力。发 /quiz 加主题名"
    assert unknown == "没有叫「xyzzy」的主题。有这些：注意力、BERT 家族、训练。不限主题就发 /quiz"


async def test_forbidden_polls_are_one_sentence(front: Front) -> None:
    """And the question keeps its turn."""
    front.telegram.trouble = lambda call: (
        (400, "Bad Request: not enough rights to send polls to the chat") if call.method == "sendPoll" else None
    )
    await front.says("/quiz")
    (call,) = front.telegram.sent()
    assert "投票" in call.text
    assert await front.desk.read(history.counts, GROUP.id) == {}


async def test_an_anonymous_admin_may_ask(front: Front) -> None:
    """They are nobody's person, and get their poll."""
    sender = {"id": GROUP.id, "type": "supergroup", "title": GROUP.title}
    stand_in: dict[str, Any] = {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}}
    await front.says("/quiz", sender_chat=sender, **stand_in)
    assert len(front.telegram.sent("sendPoll")) == 1


async def test_a_card_unfolds_its_answer_once(database: Database, clock: Clock) -> None:
    """A question without choices: the first press edits the message, the second only answers the press."""
    telegram = FakeApi()
    desk = desk_for(database, telegram, clock, library(recall_question("r1", "training")))
    front = Front(desk, telegram, feature.handlers(desk))
    await front.says("/quiz")
    (card,) = telegram.sent()
    assert card.text.split("\n") == ["训练 · 讨论题", "r1 问什么？", "先各自说说，再看答案。"]
    data = card.fields["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    (opened,) = await desk.read(rounds.open_in, GROUP.id, ("card",))
    assert opened.message_id is not None
    for _ in range(2):
        await front.presses(data, message_id=opened.message_id)
    (edit,) = telegram.sent("editMessageText")
    assert edit.text.split("\n") == ["训练 · 讨论题", "r1 问什么？", "r1 的完整答案。"]
    assert edit.fields["entities"][-1]["type"] == "expandable_blockquote"
    assert front.toasts() == ["", ""]


@pytest.mark.parametrize("data", [pack(Verb.FLIP, 999), pack(Verb.FLIP), pack(Verb.FLIP, 1, 2)])
async def test_a_card_button_that_means_nothing_is_too_old(front: Front, data: str) -> None:
    """Wrong numbers or none: a toast, and nothing else."""
    assert await front.presses(data)
    (toast,) = front.toasts()
    assert "太旧" in toast
    assert not front.telegram.sent("editMessageText")
