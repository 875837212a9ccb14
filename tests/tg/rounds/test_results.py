"""Votes and the result they come to, as a group reads it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.calendar import Period
from bot.core.people import Person
from bot.store import rounds, scores
from bot.store.database import Database
from tests.group_bench import ADA, BOB, GROUP, LIN, RIGHT, WRONG, Clock, Front
from tests.tg.fake_api import Call
from tests.tg.rounds.bench import over, poll_id


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
