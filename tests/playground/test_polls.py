"""Polls and votes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import telegram
from telegram.error import BadRequest

from bot.playground.errors import NotPossibleError
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground

Call = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]
QUIZ: dict[str, Any] = {"type": "quiz", "is_anonymous": False, "correct_option_ids": [1]}


async def quiz(bot: telegram.Bot, group: ChatHandle, **more: Any) -> telegram.Message:
    return await bot.send_poll(group.id, "几？", ["一", "二", "三"], **(QUIZ | more))


async def test_a_vote_reaches_the_bot_as_an_answer_and_as_counts(
    judged: telegram.Bot, group: ChatHandle, ada: Person
) -> None:
    """poll_answer names the person and the original index; poll carries the counts; the page sees who voted what."""
    sent = await quiz(judged, group, shuffle_options=True, protect_content=True, explanation="因为", open_period=600)
    await ada.vote(group.last, 2)
    counted, answered = await judged.get_updates()
    assert counted.poll is not None
    assert [option.voter_count for option in counted.poll.options] == [0, 0, 1]
    assert answered.poll_answer is not None
    assert answered.poll_answer.user is not None
    assert (answered.poll_answer.user.id, answered.poll_answer.option_ids) == (ada.id, (2,))
    assert sent.poll is not None
    assert answered.poll_answer.option_persistent_ids == (sent.poll.options[2].persistent_id,)
    shown = group.last["poll"]
    assert (shown["votes"], shown["shuffle_options"]) == ({str(ada.id): [2]}, True)
    final = await judged.stop_poll(group.id, sent.message_id)
    assert (final.is_closed, final.total_voter_count, final.correct_option_ids) == (True, 1, (1,))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"question": " "}, "poll question must be non-empty"),
        ({"question": "字" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least 1 option"),
        ({"options": [{"text": "x"}] * 13}, "poll can't have more than 12 options"),
        ({"options": [{"text": "字" * 101}]}, "poll options length must not exceed 100"),
        ({"options": [{"text": ""}]}, "poll option must be non-empty"),
        ({"options": "x"}, "can't parse options"),
        ({"type": "exam"}, "unsupported poll type"),
        ({"explanation": "字" * 201}, "explanation length must not exceed 200"),
        ({"explanation": "1\n2\n3\n4"}, "at most 2 line feeds"),
        ({"correct_option_ids": []}, "wrong correct option ID specified"),
        ({"correct_option_ids": [3]}, "wrong correct option ID specified"),
        ({"correct_option_ids": [1, 0]}, "correct quiz option list must be increasing"),
        ({"correct_option_ids": [0, 1]}, "QUIZ_CORRECT_ANSWERS_TOO_MUCH"),
        ({"members_only": True}, "only in channel chats"),
        ({"open_period": 4}, "at least 5 seconds"),
        ({"close_date": 1}, "close date must be"),
    ],
)
@pytest.mark.provokes("the playground is to refuse it")
async def test_a_wrong_poll_is_refused(call: Call, group: ChatHandle, change: dict[str, Any], words: str) -> None:
    """Lengths count code points; right answers lie within the options, in order."""
    fine = {"chat_id": group.id, "question": "几？", "options": [{"text": "一"}, {"text": "二"}, {"text": "三"}]}
    answer = await call("sendPoll", fine | QUIZ | change)
    assert answer["error_code"] == 400
    assert words in answer["description"]
    assert not group.messages


async def test_lengths_are_counted_in_code_points(judged: telegram.Bot, group: ChatHandle) -> None:
    """300, 100 and 200 characters beyond the first plane, two UTF-16 units each, still fit."""
    sent = await judged.send_poll(
        group.id,
        "𝛼" * 300,
        ["𝛼" * 100, "b"],
        type="quiz",
        correct_option_ids=[0, 1],
        allows_multiple_answers=True,
        explanation="𝛼" * 200,
    )
    assert sent.poll is not None
    assert sent.poll.correct_option_ids == (0, 1)


async def test_people_vote_within_the_rules(bot: telegram.Bot, playground: Playground, group: ChatHandle) -> None:
    """One choice, no second vote in a quiz, no outsiders, nothing after the close."""
    sent = await quiz(bot, group)
    ada, outsider = playground.person("Ada"), playground.add_person("Outsider")
    poll = group.last
    for person, options, words in (
        (ada, (0, 1), "one answer"),
        (ada, (3,), "no such option"),
        (outsider, (0,), "members"),
    ):
        with pytest.raises(NotPossibleError, match=words):
            await person.vote(poll, *options)
    await ada.vote(poll, 0)
    with pytest.raises(NotPossibleError, match="second vote"):
        await ada.vote(poll, 1)
    await outsider.vote(poll, 1, forwarded=True)
    await bot.stop_poll(group.id, sent.message_id)
    with pytest.raises(NotPossibleError, match="closed"):
        await playground.person("Lin").vote(poll, 1)
    assert group.last["poll"]["votes"] == {str(ada.id): [0], str(outsider.id): [1]}


async def test_a_vote_may_change_where_revoting_is_allowed(
    judged: telegram.Bot, group: ChatHandle, ada: Person
) -> None:
    """A regular poll lets a vote change and be taken back, which arrives as empty lists."""
    await judged.send_poll(group.id, "q", ["a", "b"], is_anonymous=False)
    await ada.vote(group.last, 0)
    await ada.vote(group.last, 1)
    await ada.vote(group.last)
    answers = [update.poll_answer for update in await judged.get_updates() if update.poll_answer]
    assert [answer.option_ids for answer in answers] == [(0,), (1,), ()]
    assert group.last["poll"]["total_voter_count"] == 0


async def test_anonymous_votes_show_counts_alone(judged: telegram.Bot, group: ChatHandle, ada: Person) -> None:
    """An anonymous poll, the default, tells the bot nobody's name."""
    await judged.send_poll(group.id, "q", ["a", "b"])
    await ada.vote(group.last, 0)
    (update,) = await judged.get_updates()
    assert update.poll is not None
    assert update.poll_answer is None


async def test_an_anonymous_admin_votes_as_the_chat(judged: telegram.Bot, group: ChatHandle, ada: Person) -> None:
    """voter_chat names the group, and the user is Telegram's stand-in."""
    await quiz(judged, group)
    await ada.vote(group.last, 0, as_chat=True)
    answer = (await judged.get_updates())[-1].poll_answer
    assert answer is not None
    assert answer.voter_chat is not None
    assert answer.user is not None
    assert (answer.voter_chat.id, answer.user.id) == (group.id, 136817688)


async def test_a_poll_closes_itself_and_tells_nobody(
    playground: Playground, bot: telegram.Bot, group: ChatHandle
) -> None:
    """After its open_period a poll takes no votes, makes no update, and can no longer be stopped."""
    sent = await quiz(bot, group, open_period=60)
    await playground.clock.advance(61)
    assert group.last["poll"]["is_closed"]
    with pytest.raises(NotPossibleError, match="closed"):
        await playground.person("Ada").vote(group.last, 1)
    with pytest.raises(BadRequest, match="Poll has already been closed"):
        await bot.stop_poll(group.id, sent.message_id)
    assert await bot.get_updates() == ()


async def test_stopping_aims_at_a_poll(bot: telegram.Bot, group: ChatHandle) -> None:
    """No message, or one without a poll, cannot be stopped."""
    text = await bot.send_message(group.id, "no poll")
    with pytest.raises(BadRequest, match="Message is not a poll"):
        await bot.stop_poll(group.id, text.message_id)
    with pytest.raises(BadRequest, match="Message with poll to stop not found"):
        await bot.stop_poll(group.id, 999)


async def test_a_restricted_bot_may_not_send_polls(
    playground: Playground, bot: telegram.Bot, group: ChatHandle
) -> None:
    """A group that forbids polls refuses them and still takes texts."""
    playground.member(group, None, "restricted", can_send_polls=False)
    with pytest.raises(BadRequest, match="Not enough rights to send polls to the chat"):
        await quiz(bot, group)
    await bot.send_message(group.id, "text")
    playground.member(group, None, "member")
    await quiz(bot, group)
