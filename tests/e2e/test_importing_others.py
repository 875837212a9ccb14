"""An export that names somebody else: whose it is is said before anything is written, and one tap decides."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.app import Running
from bot.flows import exporting
from bot.playground.handles import Person
from bot.playground.server import Playground
from bot.store import imports
from tests.e2e.acting import forge, labels, say, settled, tap
from tests.e2e.rig_faults import again, redelivered
from tests.e2e.test_exporting import exported, practised, unpacked
from tests.e2e.test_importing import APKG, NEW, ZIP, brought, document, forgotten, remembered

Json = dict[str, Any]


@pytest.fixture
async def theirs(playground: Playground, bot: Running, zhou: Person) -> dict[str, bytes]:
    """Zhou's export, of two reviews on one day."""
    await practised(playground, bot, zhou)
    return await exported(playground, zhou)


@pytest.fixture
async def lin(playground: Playground, theirs: dict[str, bytes]) -> Person:
    """Somebody else, who has just come."""
    person = playground.person("Lin")
    await say(playground, person, "/start")
    return person


async def asked(playground: Playground, person: Person, content: bytes, name: str = ZIP) -> Json:
    """The question about that file."""
    await brought(playground, person, name, content, caption="/import")
    return person.chat.from_bot[-1]


async def test_it_is_said_whose_it_is_and_nothing_is_written(
    playground: Playground, bot: Running, zhou: Person, lin: Person, theirs: dict[str, bytes]
) -> None:
    """By the name and number that stand in the file; left alone, nothing has changed, and /import is over."""
    await say(playground, lin, "/import")
    said = await brought(playground, lin, ZIP, theirs[ZIP])
    assert said == (
        f"这份导出文件不是你的：上面写的是 小周（编号 {zhou.id}），你的编号是 {lin.id}。\n"
        "里面有 2 条复习记录，分布在 1 天。收下后就都算你的，学习设置和搁置的题也会带过来，不能撤销。"
    )
    question = lin.chat.from_bot[-1]
    assert labels(question) == ["收下", "不要"]
    assert await remembered(bot, lin) == ({}, {})
    left = await tap(playground, lin, question, "不要")
    assert (left["text"], labels(left)) == ("没有导入，没有改动。", [])
    assert await remembered(bot, lin) == ({}, {})
    assert "先发 /import" in await brought(playground, lin, ZIP, theirs[ZIP])


async def test_taken_over_it_counts_as_ones_own(
    playground: Playground, bot: Running, zhou: Person, lin: Person, theirs: dict[str, bytes]
) -> None:
    """The question turns into what became of it; tapped twice it was taken over once, and no file is kept."""
    question = await asked(playground, lin, theirs[ZIP])
    taken = pressed_as(question, "收下")
    done = await tap(playground, lin, question, "收下")
    assert (done["text"], labels(done)) == (NEW, [])
    assert await remembered(bot, lin) == await remembered(bot, zhou)
    forge(playground, lin, question, taken)
    await settled(playground)
    assert lin.toasts[-1]["text"] == "这个文件已经处理过了。"
    assert lin.chat.message(question["message_id"])["text"] == NEW
    (row,) = (await bot.desk.read(exporting.everything, lin.id)).tables["imports"]
    assert (row["new"], row["file_id"]) == (2, None)


async def test_tapped_twice_before_anything_happened(
    playground: Playground, bot: Running, zhou: Person, lin: Person, theirs: dict[str, bytes]
) -> None:
    """Or on both buttons: the first tap holds."""
    question = await asked(playground, lin, theirs[ZIP])
    for button in ("收下", "收下", "不要"):
        await lin.press(question, button)
    await playground.wait_for(lambda: len(lin.toasts) == 3, timeout=20)
    assert [toast["text"] for toast in lin.toasts] == ["", "这个文件已经处理过了。", "这个文件已经处理过了。"]
    assert lin.chat.message(question["message_id"])["text"] == NEW
    assert await remembered(bot, lin) == await remembered(bot, zhou)


async def test_come_again_it_is_told_as_it_was(
    playground: Playground, bot: Running, lin: Person, theirs: dict[str, bytes]
) -> None:
    """The file, which asks again, and the tap, which tells the same; a file that was decided about asks no more."""
    await lin.upload(ZIP, theirs[ZIP], caption="/import")
    file = playground.updates.pending[-1]
    await settled(playground)
    await again(playground, file)
    first, second = lin.chat.from_bot[-2:]
    assert first["text"] == second["text"]
    await redelivered(playground, lambda: lin.press(second, "收下"))
    assert lin.chat.message(second["message_id"])["text"] == NEW
    before = len(lin.chat.from_bot)
    await again(playground, file)
    assert len(lin.chat.from_bot) == before
    assert (await tap(playground, lin, first, "不要"))["text"] == first["text"]
    assert lin.toasts[-1]["text"] == "这个文件已经处理过了。"


async def test_days_later_it_should_be_sent_again(
    playground: Playground, bot: Running, lin: Person, theirs: dict[str, bytes]
) -> None:
    """So it should where Telegram does not give it any more, or where the person was forgotten."""
    question = await asked(playground, lin, theirs[ZIP])
    take = pressed_as(question, "收下")
    await playground.clock.advance(2 * 86_400)
    assert (await tap(playground, lin, question, "收下"))[
        "text"
    ] == "这个按钮过期了：先发 /import，再把文件重新发一次。"
    question = await asked(playground, lin, theirs[ZIP])
    playground.faults.add("getFile", kind="400", description="wrong file_id or the file is temporarily unavailable")
    assert "取不到" in (await tap(playground, lin, question, "收下"))["text"]
    question = await asked(playground, lin, theirs[ZIP])
    await forgotten(playground, bot, lin)
    assert await bot.desk.read(imports.find, lin.id, question["message_id"] - 1) is None
    assert "过期" in (await tap(playground, lin, question, "收下"))["text"]
    for data in ("1im", "1im:5", "1im:5:7", take + ":1"):
        forge(playground, lin, question, data)
        await settled(playground)
        assert lin.toasts[-1]["text"] == "这个按钮太旧了，重新发命令吧。"
    assert await remembered(bot, lin) == ({}, {})


async def test_a_file_that_names_nobody_is_taken_in_at_once(
    playground: Playground, bot: Running, zhou: Person, lin: Person, theirs: dict[str, bytes]
) -> None:
    """Anki's do not; one without a name goes by its number, and one that is no number is broken."""
    assert await brought(playground, lin, APKG, theirs[APKG], caption="/import") == NEW
    whole = json.loads(unpacked(theirs[ZIP])["export.json"])
    del whole["tables"]["people"]
    assert (
        f"上面的编号是 {zhou.id}，你的是 {lin.id}" in (await asked(playground, lin, as_json(whole), "a.json"))["text"]
    )
    for owner in ("7", 7.5, True, -7, 2**52):
        assert "坏了" in (await asked(playground, lin, as_json(whole | {"person_id": owner}), "a.json"))["text"]


async def test_in_english(playground: Playground, bot: Running, zhou: Person) -> None:
    """A name from a file is a name: on one line, cut, nothing in it a link."""
    ada, ref = playground.person("Ada"), bot.desk.library().refs[0]
    row = {"bank": ref.bank, "question": ref.id, "rating": 3, "reviewed_at": "2026-11-20T01:00:00Z"}
    whole = json.loads(document([row], people=[{"id": 5, "name": "Eve\n@eve <b>" + "x" * 5000}])) | {"person_id": 5}
    question = await asked(playground, ada, as_json(whole), "a.json")
    first, second = question["text"].splitlines()
    assert first.startswith("This export is not yours: it names Eve \u2060@\u2060eve <b>xxx")
    assert first.endswith(f"…, number 5; your number is {ada.id}.")
    assert second.startswith("It has 1 review on 1 day. Taken over, all of it counts as yours")
    assert labels(question) == ["Take it over", "Leave it"]
    assert (await tap(playground, ada, question, "Leave it"))["text"] == "Left alone. Nothing has changed."


def pressed_as(message: Json, label: str) -> str:
    """What the button of that label carries."""
    rows = message["reply_markup"]["inline_keyboard"]
    return str(next(button["callback_data"] for row in rows for button in row if button["text"] == label))


def as_json(whole: Json) -> bytes:
    """An export as a file."""
    return json.dumps(whole).encode()
