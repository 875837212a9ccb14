"""Files made to do harm, and a Telegram that does not give them: one sentence, and the bot goes on."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.app import Running
from bot.playground.handles import Person
from bot.playground.server import Playground
from tests.e2e.acting import say
from tests.e2e.test_exporting import exported, practised, unpacked
from tests.e2e.test_importing import APKG, NEW, ZIP, brought, document, forgotten, remembered, zipped

Json = dict[str, Any]


def half(content: bytes) -> bytes:
    """What arrives of a file that is cut off."""
    return content[: len(content) // 2]


async def test_half_a_file_is_told_to_be_damaged(playground: Playground, bot: Running, zhou: Person) -> None:
    """Whichever of ours it is; whole, under any name, it is taken in."""
    await practised(playground, bot, zhou)
    files = await exported(playground, zhou)
    await forgotten(playground, bot, zhou)
    whole = {ZIP: files[ZIP], APKG: files[APKG], "export.json": unpacked(files[ZIP])["export.json"]}
    for name, content in whole.items():
        assert "坏了" in await brought(playground, zhou, name, half(content), caption="/import")
    inside = zipped({"export.json": half(whole["export.json"])})
    assert "坏了" in await brought(playground, zhou, ZIP, inside, caption="/import")
    assert await remembered(bot, zhou) == ({}, {})
    assert await brought(playground, zhou, "cat.jpg.exe", files[ZIP], caption="/import") == NEW


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("9999-12-31T23:59:59Z", "还没到时间"),
        ("9999-12-31T23:59:59-14:00", "坏了"),
        ("1969-12-31T23:59:59Z", "坏了"),
        ("0001-01-01T00:00:00Z", "坏了"),
        (-1, "坏了"),
    ],
)
async def test_times_that_no_review_has(playground: Playground, bot: Running, zhou: Person, at: Any, said: str) -> None:
    """Nothing of the file is taken in."""
    content = document([_row(bot), _row(bot) | {"reviewed_at": at}])
    assert said in await brought(playground, zhou, "a.json", content, caption="/import")
    assert await remembered(bot, zhou) == ({}, {})


async def test_wishes_that_nobody_can_have_here(playground: Playground, bot: Running, zhou: Person) -> None:
    """Settings out of bounds, an exam that no plan reaches, questions that no bank has: everything works as before."""
    ref = bot.desk.library().refs[0]
    content = document(
        [_row(bot)] * 3,
        learners=[{"retention": 10**30, "new_a_day": -7, "reviews_a_day": 1e308, "mode": "☠", "portion": True}],
        exams=[{"day": "9999-12-31", "about": None}],
        withheld=[{"bank": ref.bank, "question": f"x{number}", "until": None} for number in range(9999)],
    )
    said = await brought(playground, zhou, "a.json", content, caption="/import")
    assert said == "文件里有 1 条复习记录，新加入 1 条。\n接着练：/quiz"
    for command in ("/exam", "/settings", "/mistakes", "/stats", "/review", "/quiz", "/cram", "/interview"):
        answer = await say(playground, zhou, command)
        assert "出了点问题" not in answer.get("text", "")
    assert not [call for call in playground.record.calls if (call.status or 0) >= 400]


@pytest.mark.parametrize("kind", ["500", "502", "drop_before", "drop_after", "truncated", "garbled"])
async def test_a_file_that_does_not_come_at_once(playground: Playground, bot: Running, zhou: Person, kind: Any) -> None:
    """It is asked for again, and told once."""
    playground.faults.add("getFile", kind=kind)
    said = await brought(playground, zhou, "a.json", document([_row(bot)]), caption="/import")
    assert said == "文件里有 1 条复习记录，新加入 1 条。\n接着练：/quiz"
    assert len(zhou.chat.from_bot) == 1


async def test_a_file_too_large_for_a_bot_whose_size_is_not_told(
    playground: Playground, bot: Running, zhou: Person
) -> None:
    """Telegram refuses it, and it would be no use to send it again."""
    playground.faults.add("getFile", kind="400", description="file is too big")
    assert "20 MB" in await brought(playground, zhou, "a.json", document([_row(bot)]), caption="/import")


async def test_the_same_file_sent_twice_at_once(playground: Playground, bot: Running, zhou: Person) -> None:
    """One brings it, the other says that it is there."""
    content = document([_row(bot)])
    await asyncio.gather(*(zhou.upload("a.json", content, caption="/import") for _time in range(2)))
    await playground.wait_for(lambda: len(zhou.chat.from_bot) > 1, timeout=20)
    assert [said["text"] for said in zhou.chat.from_bot] == [
        "文件里有 1 条复习记录，新加入 1 条。\n接着练：/quiz",
        "文件里有 1 条复习记录，都已经有了。",
    ]


def _row(bot: Running) -> Json:
    ref = bot.desk.library().refs[0]
    return {"bank": ref.bank, "question": ref.id, "rating": 3, "reviewed_at": "2026-11-20T01:00:00Z"}
