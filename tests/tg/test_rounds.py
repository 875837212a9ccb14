"""Rounds as a group sees them: the poll, its result, cards, and what is said instead."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.core.calendar import Period
from bot.core.people import Chat, Person
from bot.flows import rounds as flow
from bot.store import history, rounds, scores
from bot.store.database import Database
from bot.tg import closing
from bot.tg import rounds as feature
from bot.tg.buttons import Verb, pack
from tests.group_bench import ADA, BOB, GROUP, LIN, TEN_MINUTES, Clock, Front, desk_for
from tests.practice_bench import library, recall_question
from tests.tg.fake_api import Call, FakeApi, nothing

RIGHT, WRONG = 2, 0


class Killed(BaseException):
    """The process dies here: nothing after it runs."""


@pytest.fixture
def clock() -> Clock:
    """Monday noon in Shanghai."""
    return Clock()


@pytest.fixture
def front(database: Database, clock: Clock) -> Front:
    """A group before the bot."""
    telegram = FakeApi()
    desk = desk_for(database, telegram, clock)
    return Front(desk, telegram, feature.handlers(desk))


async def poll_id(front: Front) -> str:
    """The id of the poll that is open."""
    (opened,) = await front.desk.read(rounds.open_in, GROUP.id, ("poll",))
    assert opened.poll_id is not None
    return str(opened.poll_id)


async def over(front: Front, clock: Clock) -> list[Call]:
    """Ten minutes pass; the messages that came of it."""
    before = len(front.telegram.calls)
    clock.now += TEN_MINUTES
    await closing.tick(front.desk)
    return [call for call in front.telegram.calls[before:] if call.method == "sendMessage"]


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


async def test_the_result_answers_the_poll(front: Front, clock: Clock) -> None:
    """Stopped after ten minutes; who was right, what misled, the folded answer, the week's first."""
    await front.says("/quiz")
    poll = await poll_id(front)
    for person, choice in ((ADA, RIGHT), (BOB, WRONG), (LIN, RIGHT)):
        await front.votes(poll, choice, person=person)
    (result,) = await over(front, clock)
    (stopped,) = front.telegram.sent("stopPoll")
    assert result.fields["reply_parameters"]["message_id"] == stopped.fields["message_id"]
    assert result.text.split("\n") == [
        "注意力 · 3 人作答，2 人答对",
        "✓ Ada、Lin（各 +10）",
        "最容易误选「a1 的选项 0」。",
        "a1 的解析。",
        "a1 的完整答案。",
        "本周：Ada 10 · Lin 10",
    ]
    assert [entity["type"] for entity in result.fields["entities"]] == ["expandable_blockquote", "bold"]
    assert await over(front, clock) == []


def gone_thread(call: Call) -> tuple[int, str] | None:
    """Every thread is deleted."""
    return (400, "Bad Request: message thread not found") if "message_thread_id" in call.fields else None


@pytest.mark.parametrize("before_the_poll", [True, False])
async def test_a_thread_that_is_gone_loses_no_result(front: Front, clock: Clock, before_the_poll: bool) -> None:
    """Poll and result go to the chat itself, and one that stands there asks for the thread no more."""
    if before_the_poll:
        front.telegram.trouble = gone_thread
    await front.says("/quiz", message_thread_id=33, is_topic_message=True)
    front.telegram.trouble = gone_thread
    (asked,) = await front.desk.read(rounds.open_in, GROUP.id, ("poll",))
    assert asked.thread_id == (None if before_the_poll else 33)
    (result,) = await over(front, clock)
    assert result.fields["reply_parameters"]["message_id"] == asked.message_id
    ended = await front.desk.read(rounds.by_id, asked.id)
    assert ended is not None
    assert (ended.state, ended.result_id) == ("closed", len(front.telegram.calls) + 1000)


async def test_nobody_answered_is_one_line_and_the_answer(front: Front, clock: Clock) -> None:
    """No names, no explanation of what misled nobody."""
    await front.says("/quiz")
    (result,) = await over(front, clock)
    assert result.text.split("\n") == ["注意力 · 没有人作答", "a1 的完整答案。"]


async def test_many_who_were_right_are_counted(front: Front, clock: Clock) -> None:
    """Ten names and a number."""
    await front.says("/quiz")
    poll = await poll_id(front)
    for number in range(12):
        await front.votes(poll, RIGHT, person=Person(100 + number, f"P{number}"))
    (result,) = await over(front, clock)
    assert "P9 等 12 人（各 +10）" in result.text
    assert "P10、" not in result.text


async def test_names_cannot_dress_up(front: Front, clock: Clock) -> None:
    """Markup stays letters, @ links nobody, and the direction marks are gone."""
    await front.says("/quiz")
    await front.votes(await poll_id(front), RIGHT, person=Person(5, "<b>@eve\u202e</b>"))
    (result,) = await over(front, clock)
    assert "<b>" in result.text
    assert "@eve" not in result.text
    assert "\u202e" not in result.text


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


@pytest.mark.parametrize(
    "vote",
    [
        {"voter_chat": {"id": -5, "type": "channel", "title": "C"}},
        {"user": {"id": 5, "is_bot": True, "first_name": "B"}},
        {"option_ids": [], "option_persistent_ids": []},
    ],
    ids=["channel", "bot", "retracted"],
)
async def test_votes_of_nobody_are_ignored(front: Front, vote: dict[str, Any]) -> None:
    """Channels, bots and retractions earn nothing and break nothing."""
    await front.says("/quiz")
    await front.votes(await poll_id(front), RIGHT, **vote)
    assert await front.desk.read(scores.top, GROUP.id, Period.ALL) == ()


async def test_doubled_choices_are_one(front: Front) -> None:
    """Some clients name the same choice twice."""
    await front.says("/quiz")
    await front.votes(await poll_id(front), RIGHT, RIGHT)
    await front.votes(await poll_id(front), WRONG, WRONG, person=BOB)
    row, _bob = await front.desk.read(scores.top, GROUP.id, Period.ALL)
    assert (row.points, row.answered) == (10, 1)


async def test_a_crash_after_the_result_tells_it_once_more_and_scores_nothing_twice(front: Front, clock: Clock) -> None:
    """Told, not written down: the next tick tells it again, and no other."""
    await front.says("/quiz")
    await front.votes(await poll_id(front), RIGHT)
    await front.votes(await poll_id(front), WRONG, person=BOB)

    def kill(call: Call) -> None:
        if call.method == "sendMessage":
            raise Killed

    front.telegram.after = kill
    clock.now += TEN_MINUTES
    with pytest.raises(Killed):
        await closing.tick(front.desk)
    front.telegram.after = nothing
    for _ in range(3):
        await closing.tick(front.desk)
    assert len(front.telegram.sent()) == 2
    row, _bob = await front.desk.read(scores.top, GROUP.id, Period.ALL)
    assert row.points == 10


async def test_a_network_that_is_away_delays_the_result(front: Front, clock: Clock) -> None:
    """It comes with a later tick; a poll stopped already is no obstacle."""
    await front.says("/quiz")

    def away(call: Call) -> None:
        if call.method == "sendMessage":
            raise NetworkError("away")

    front.telegram.trouble = away
    assert await over(front, clock) == []
    front.telegram.trouble = lambda call: (
        (400, "Bad Request: poll has already been closed") if call.method == "stopPoll" else None
    )
    clock.now += timedelta(minutes=1)
    await closing.tick(front.desk)
    assert len(front.telegram.sent()) == 1


@pytest.mark.parametrize(
    "refusal", [(403, "Forbidden: bot was kicked from the supergroup chat"), (400, "Bad Request: something new")]
)
async def test_a_result_that_nobody_can_be_told_ends_the_round(
    front: Front, clock: Clock, refusal: tuple[int, str]
) -> None:
    """Kicked, or refused for good: it is closed, and not tried for ever."""
    await front.says("/quiz")
    front.telegram.trouble = lambda _call: refusal
    assert await over(front, clock) == []
    assert await front.desk.write(flow.claim_closing, clock.now) == ()


async def test_a_quiz_cut_short_is_finished_by_its_redelivery(front: Front) -> None:
    """Telegram took the poll, the answer was lost: the same update posts the round again, once."""

    def lost(call: Call) -> None:
        if call.method == "sendPoll":
            raise TimedOut

    front.telegram.after = lost
    with pytest.raises(TimedOut):
        await front.says("/quiz", message_id=40)
    front.telegram.after = nothing
    for _ in range(2):
        await front.says("/quiz", message_id=40)
    assert len(front.telegram.sent("sendPoll")) == 2
    (opened,) = await front.desk.read(rounds.open_in, GROUP.id, ("poll",))
    assert (opened.state, opened.sends) == ("open", 2)


async def test_a_quiz_without_an_answer_from_telegram_is_given_up_after_three_polls(front: Front) -> None:
    """Telegram takes the polls and its answers are lost: one sentence instead of a fourth, and the next /quiz works."""

    def lost(call: Call) -> None:
        if call.method == "sendPoll":
            raise TimedOut

    front.telegram.after = lost
    for _ in range(3):
        with pytest.raises(TimedOut):
            await front.says("/quiz", message_id=40)
    for _ in range(3):
        await front.says("/quiz", message_id=40)
    assert len(front.telegram.sent("sendPoll")) == 3
    (apology,) = front.telegram.sent()
    assert "没处理成" in apology.text
    front.telegram.after = nothing
    await front.says("/quiz", message_id=41)
    assert len(front.telegram.sent("sendPoll")) == 4


@pytest.mark.parametrize("error", [NetworkError("no connection"), RetryAfter(900)])
async def test_a_quiz_that_surely_did_not_arrive_is_tried_on(front: Front, error: Exception) -> None:
    """However often: nothing stands in the chat yet."""

    def away(_call: Call) -> None:
        raise error

    front.telegram.trouble = away
    for _ in range(10):
        with pytest.raises(type(error)):
            await front.says("/quiz", message_id=40)
    front.telegram.trouble = nothing
    await front.says("/quiz", message_id=40)
    (opened,) = await front.desk.read(rounds.open_in, GROUP.id, ("poll",))
    assert (opened.state, opened.sends) == ("open", 1)


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


async def test_an_english_group_is_told_of_chinese_questions(front: Front, clock: Clock, database: Database) -> None:
    """The bot speaks English there, and says in one line that the question exists in Chinese only."""
    await front.says("/quiz")
    from bot.store import people  # noqa: PLC0415 - used here alone

    def english(tx: Any) -> None:
        people.change_chat(tx, GROUP.id, language="en")

    await database.write(english)
    await front.votes(await poll_id(front), WRONG, person=BOB)
    (result,) = await over(front, clock)
    first, second, *_rest = result.text.split("\n")
    assert first == "Attention · 1 answer, 0 right"
    assert "Chinese" in second
