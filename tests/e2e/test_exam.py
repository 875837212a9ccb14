"""From naming an exam to the push after it, in the whole bot, by the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.app import Running
from bot.playground.handles import Person
from bot.playground.server import Playground
from tests.e2e.acting import Json, labels, right_letter, say, settled, tap
from tests.referee import judge

DAY = timedelta(days=1)
NINE = datetime(2026, 11, 23, 1, 0, 30, tzinfo=UTC)  # nine in Shanghai, on the day the playground begins


async def morning(playground: Playground, bot: Running, person: Person, day: int) -> list[Json]:
    """Nine o'clock so many days later: what came by itself."""
    before = len(person.chat.from_bot)
    await playground.clock.jump_to(NINE + day * DAY)
    await settled(playground)
    return list(person.chat.from_bot[before:])


ZH = (
    "考试 11 月 26 日（周四），还有 3 天 · 注意力",
    "今天考试，祝顺利。",
    "11 月 26 日（周四）的考试过了，计划到此为止",
    "没有考试计划。",
)
EN = (
    "Exam Thu 26 Nov, 3 days to go · Attention",
    "Your exam is today: good luck.",
    "The exam on Thu 26 Nov is over, and so is",
    "There is no exam.",
)


@pytest.mark.parametrize(("name", "said"), [("小周", ZH), ("Ada", EN)])
async def test_an_exam_from_its_plan_to_its_end(
    playground: Playground, bot: Running, name: str, said: tuple[str, str, str, str]
) -> None:
    """A new question of the topic each day, though there are others; the first push after the day ends the plan."""
    person, (head, today, over, none) = playground.person(name), said
    await say(playground, person, "/timezone Shanghai")
    await say(playground, person, "/daily 09:00")
    plan = await say(playground, person, "/exam 2026-11-26 attention")
    assert plan["text"].startswith(head)
    asked = []
    first = await say(playground, person, "/quiz attention")
    for day in range(2):
        message = first if day == 0 else (await morning(playground, bot, person, day))[-1]
        asked.append(message["text"].splitlines()[1])
        await tap(playground, person, message, right_letter(bot, message))
    assert len(set(asked)) == 2
    on_the_day = await morning(playground, bot, person, 3)
    assert on_the_day[-1]["text"].startswith(today)
    after = await morning(playground, bot, person, 4)
    assert after[-1]["text"].startswith(over)
    assert labels(after[-1])[:4] == ["A", "B", "C", "D"]
    later = await morning(playground, bot, person, 5)
    assert not any(over in message["text"] for message in later)
    assert (await say(playground, person, "/exam"))["text"].startswith(none)
    judge(playground.record)
