"""Rounds cut short: the process dies, the network is away, or nobody can be told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.core.calendar import Period
from bot.flows import closing as flow
from bot.flows.leases import LEASE
from bot.store import rounds, scores
from bot.tg import closing
from tests.group_bench import BOB, GROUP, RIGHT, TEN_MINUTES, WRONG, Clock, Front
from tests.tg.fake_api import Call, nothing
from tests.tg.pushes.bench import Killed
from tests.tg.rounds.bench import over, poll_id


@pytest.mark.parametrize(("moment", "told"), [("trouble", 0), ("after", 1)], ids=["before it arrives", "after"])
async def test_who_dies_over_a_result_leaves_it_to_the_next_when_its_lease_is_over(
    front: Front, clock: Clock, moment: str, told: int
) -> None:
    """Until then it may still be sending it. The next one tells it, once more where it had arrived; then nobody does,
    and nothing is scored twice."""
    await front.says("/quiz")
    await front.votes(await poll_id(front), RIGHT)
    await front.votes(await poll_id(front), WRONG, person=BOB)

    def die(call: Call) -> None:
        if call.method == "sendMessage":
            raise Killed

    setattr(front.telegram, moment, die)
    clock.now += TEN_MINUTES
    with pytest.raises(Killed):
        await closing.tick(front.desk)
    setattr(front.telegram, moment, nothing)
    clock.now += timedelta(minutes=1)
    await closing.tick(front.desk)
    assert len(front.telegram.sent()) == told
    for _ in range(3):
        clock.now += LEASE
        await closing.tick(front.desk)
        assert len(front.telegram.sent()) == told + 1
    assert "2 人作答，1 人答对" in front.telegram.sent()[-1].text
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
    clock.now += LEASE
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
    assert await front.desk.read(flow.due, clock.now + LEASE) == ()


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
