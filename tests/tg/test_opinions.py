"""Second opinions in Telegram: chosen in the settings, seen in the grade, and never in its way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.flows import typed as flow
from bot.llm.adviser import Adviser
from bot.llm.client import Client
from bot.store import learners, marks
from bot.store.database import Database
from bot.tg import chats, typed
from bot.tg import learners as study
from tests.group_bench import Clock, Front, desk_for
from tests.llm.stub import KEY, Reply, Stub, holding, saying, stub
from tests.practice_bench import ADA, DEFAULTS
from tests.practice_bench import caller as caller_of
from tests.tg.fake_api import FakeApi
from tests.tg.pen import Pen, pen_of_ada
from tests.tg.test_learners import HOME, buttons, tap
from tests.typed_bench import BANK

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both

ANSWER = "维度大时方差变大，softmax 就只认最大的那个。"
FAIR = holding({"variance": "维度大时方差变大", "saturate": "softmax 就只认最大的那个"})
HOST = "llm.example"


@asynccontextmanager
async def advised(database: Database, reply: Reply, *, wanted: bool = True) -> AsyncIterator[tuple[Pen, Stub]]:
    """Ada's phone, at a bot with a language model behind it; she wants its opinions, or has never said so."""
    pen = pen_of_ada(database)
    async with stub(reply) as endpoint, Client(endpoint.url, KEY, "m", 5) as client:
        adviser = Adviser(client, database.write, pen.clock, DEFAULTS, limit=2)
        desk = replace(pen.desk, opinion=adviser.opinion, adviser=HOST)
        if wanted:
            await database.write(learners.change, ADA.id, "opinions", True)
        yield Pen(desk, pen.telegram, pen.clock), endpoint


async def graded(pen: Pen, answer: str = ANSWER, message_id: int = 600) -> list[str]:
    """What stands there when the answer is said to be all."""
    await pen.asked()
    await pen.says(answer, message_id)
    await pen.taps("说完了")
    return pen.last("editMessageText").text.splitlines()


async def test_the_grade_counts_what_stands_in_the_answer(database: Database) -> None:
    """The model's point, in the person's own words; they are asked to check, rate as ever, and it is asked once."""
    async with advised(database, FAIR) as (pen, endpoint):
        shown = await graded(pen)
        assert shown[:5] == [
            "说到了 2/3 · 还没到位",  # what a model has found counts for the least that is a hit
            "✓ 方差随 d_k 增大 —「维度大时方差变大」",
            "✓ softmax 饱和 —「softmax 就只认最大的那个」",
            "✗ 漏了：梯度消失",
            "这一份我没有把握，请自己再对一遍。",
        ]
        assert not any(line.startswith("离线点评") for line in shown)
        await pen.taps("我说过这点")
        assert "✓ softmax 饱和 —「softmax 就只认最大的那个」" in pen.last("editMessageText").text
        await pen.taps("良好")
        assert "✓ softmax 饱和 —「softmax 就只认最大的那个」" in pen.last("editMessageText").text
    assert len(endpoint.asked) == 1


async def test_a_failure_is_told_in_a_line(database: Database) -> None:
    """The grade is the offline one, and stays so: the rest goes on as ever."""
    async with advised(database, saying("x", 500)) as (pen, endpoint):
        shown = await graded(pen)
        assert shown[0] == "说到了 1/3 · 还没到位"
        assert shown[-2:] == [f"离线点评：{HOST} 没有给出第二意见", "建议：重来"]
        await pen.taps("重来")
        assert f"离线点评：{HOST} 没有给出第二意见" in pen.last("editMessageText").text
    assert len(endpoint.asked) == 1


async def test_a_spent_day_is_told_in_a_line(database: Database) -> None:
    """Every edit is another answer."""
    async with advised(database, FAIR) as (pen, endpoint):
        await graded(pen)
        for number in range(3):
            await pen.edits(f"{ANSWER}嗯{number}", 600)
        assert "离线点评：今天的第二意见用完了" in pen.last("editMessageText").text
    assert len(endpoint.asked) == 2


async def test_a_pause_is_told_in_a_line(database: Database) -> None:
    """A busy endpoint asks for one."""
    async with advised(database, saying("x", 429)) as (pen, endpoint):
        await graded(pen)
        await pen.edits(ANSWER + "嗯", 600)
        assert f"离线点评：{HOST} 暂时不通" in pen.last("editMessageText").text
    assert len(endpoint.asked) == 1


async def test_who_has_not_said_so_sees_nothing_of_it(database: Database) -> None:
    """Not a word of theirs leaves the machine; nor of "I don't know" by anybody."""
    async with advised(database, FAIR, wanted=False) as (pen, endpoint):
        assert (await graded(pen))[0] == "说到了 1/3 · 还没到位"
        await database.write(learners.change, ADA.id, "opinions", True)
        await pen.edits("不知道", 600)
        assert endpoint.asked == []
        await pen.edits(ANSWER, 600)
    assert len(endpoint.asked) == 1


async def test_silence_is_graded_with_it_too(database: Database) -> None:
    """The minute tick asks as well, once."""
    async with advised(database, FAIR) as (pen, endpoint):
        await pen.asked()
        await pen.says(ANSWER, 600)
        for _ in range(3):
            pen.clock.now += timedelta(minutes=2)
            await typed.tick(pen.desk)
        assert "说到了 2/3" in pen.last("editMessageText").text
    assert (len(endpoint.asked), len(pen.telegram.sent("editMessageText"))) == (1, 1)


@pytest.mark.parametrize("meanwhile", ["edited", "rated"])
async def test_what_happens_while_it_thinks_comes_first(database: Database, meanwhile: str) -> None:
    """A late opinion neither shows an old answer again nor takes a rating back, and notes nothing."""

    async def reply(request: Any) -> Any:
        if meanwhile == "edited":
            await database.write(flow.edit, caller, 600, ANSWER + "梯度消失。")
        else:
            await database.write(flow.rate, caller, asked.round.id, 3, 700)
        return await FAIR(request)

    async with advised(database, reply) as (pen, _endpoint):
        asked = await pen.asked()
        caller = caller_of(pen.clock(), ADA, BANK)
        await pen.says(ANSWER, 600)
        await pen.taps("说完了")
        assert pen.telegram.sent("editMessageText") == []
        assert (await database.read(marks.of_round, ADA.id, asked.round.ref, asked.round.id))["hit"] == frozenset()


async def test_whoever_wants_one_is_told_where_answers_go(database: Database) -> None:
    """The host by its name, before it is chosen; off until then, and nowhere without a host."""
    telegram = FakeApi()
    desk = replace(desk_for(database, telegram, Clock()), adviser=HOST)
    front = Front(desk, telegram, [*study.handlers(desk), *chats.handlers(desk)])
    await front.says("/settings", chat=HOME)
    assert "第二意见：不要" in (await tap(front, "学习")).text
    page = await tap(front, "第二意见")
    assert f"离开这台机器，发到 {HOST}" in page.text
    assert list(buttons(page)) == ["不要 ✓", "要", "返回"]
    assert "第二意见：要" in (await tap(front, "要")).text
    assert (await database.read(learners.of, ADA.id)).opinions
    await tap(front, "第二意见")
    await tap(front, "不要")
    assert not (await database.read(learners.of, ADA.id)).opinions


async def test_without_an_endpoint_there_is_no_such_choice(database: Database) -> None:
    """Not on the page, and no old button works."""
    telegram = FakeApi()
    desk = desk_for(database, telegram, Clock())
    front = Front(desk, telegram, [*study.handlers(desk), *chats.handlers(desk)])
    await front.says("/settings", chat=HOME)
    assert "第二意见" not in (await tap(front, "学习")).text
    for data in ("1l:4", "1l:4:1"):
        await front.presses(data, ADA, HOME)
    assert not (await database.read(learners.of, ADA.id)).opinions
