"""Killed between a long message and the rest of it: whoever comes next tells both; and what comes again is old."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.core.bank import Bank, Library
from bot.store import rounds
from bot.store.database import Database
from bot.tg import chats, interviewing, typed
from tests import interview_bench, typed_bench
from tests.tg.fake_api import Call, nothing
from tests.tg.pen import Pen, pen_of_ada

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both

LINES = 700
LONG = "\n\n".join(f"第 {number} 句话说的是方差。" for number in range(LINES))
VOICE = {"voice": {"file_id": "v", "file_unique_id": "v1", "duration": 3}}


class KilledError(BaseException):
    """What no code of the bot survives."""


def long(bank: Bank) -> Library:
    """A bank whose answers do not fit into a message."""
    return Library((replace(bank, questions=tuple(replace(one, answer=LONG) for one in bank.questions)),))


def whole(pen: Pen) -> bool:
    """Whether every line has been sent at last."""
    told = "".join(call.text for call in pen.telegram.calls if "text" in call.fields)
    return all(f"第 {number} 句话" in told for number in range(LINES))


def replies_fail(call: Call) -> None:
    """The connection breaks off before what goes on in a reply."""
    if call.method == "sendMessage" and _follows(call):
        raise NetworkError("connection lost")


def _kill(_call: Call) -> None:
    raise KilledError


def _follows(call: Call) -> bool:
    return bool(call.fields.get("reply_parameters")) and "reply_markup" not in call.fields


async def test_the_rest_of_a_reference_after_silence(database: Database) -> None:
    """Nobody presses anything: the tick tells it all, in the same message and its replies."""
    pen = pen_of_ada(database, long(typed_bench.BANK.banks[0]))
    await pen.asked()
    await pen.says(typed_bench.PARTLY, 600)
    pen.telegram.after = replies_fail
    pen.clock.now += timedelta(minutes=3)
    await typed.tick(pen.desk)
    pen.telegram.after = nothing
    pen.clock.now += timedelta(minutes=3)
    await typed.tick(pen.desk)
    assert whole(pen)
    sent = len(pen.telegram.sent())
    pen.clock.now += timedelta(minutes=3)
    await typed.tick(pen.desk)
    assert len(pen.telegram.sent()) == sent


async def test_the_rest_of_a_verdict(database: Database) -> None:
    """The model answers go on in replies: they belong to what is in flight."""
    pen = pen_of_ada(database, long(interview_bench.BANK.banks[0]))
    pen.routes = replace(pen.routes | interviewing.routes(pen.desk), username="kaoguan_bot")
    pen.handlers = [*chats.last_resort(pen.desk, interviewing.listener(pen.desk))]
    command = {"entities": [{"type": "bot_command", "offset": 0, "length": 10}]}
    await pen.says("/interview 注意力 1", 600, **command)
    await pen.says(interview_bench.FULL, 601)
    pen.clock.now += timedelta(minutes=3)

    def dies(call: Call) -> None:
        if call.method == "sendMessage" and call.text.startswith("面试结束"):
            pen.telegram.trouble = _kill

    pen.telegram.after = dies
    with pytest.raises(KilledError):
        await interviewing.tick(pen.desk)
    pen.telegram.trouble = nothing
    pen.telegram.after = nothing
    for _ in range(2):
        pen.clock.now += timedelta(minutes=3)
        await interviewing.tick(pen.desk)
    assert whole(pen)
    assert sum(call.text.startswith("面试结束") for call in pen.telegram.sent()) == 2


async def test_a_recording_that_comes_again_shows_no_other_answer(database: Database) -> None:
    """It was about the question before: the next one still waits for words."""
    pen = pen_of_ada(database, typed_bench.BANK)
    await pen.asked()
    await pen.sends(600, **VOICE)
    answer = pen.last().text
    second = await pen.asked(wanted="BERT 家族")
    await pen.sends(600, **VOICE)
    assert pen.last().text == answer
    stands: Any = await pen.desk.read(rounds.by_id, second.round.id)
    assert stands.kind == "typed"
