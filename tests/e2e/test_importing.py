"""What a person brings back with /import."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.app import Running
from bot.flows import exporting, forgetting
from bot.playground.handles import Person
from bot.playground.server import Playground
from bot.store import learners, withheld
from bot.tg.desk import replanned
from tests.e2e.acting import labels, say, settled, tap
from tests.e2e.rig_faults import again
from tests.e2e.test_exporting import exported, practised, unpacked

NEW = "文件里有 2 条复习记录，新加入 2 条。\n接着练：/quiz"
NO_FILE = "这不是能导入的文件，我还在等"
ZIP, APKG = "kaoguan-export-2026-11-23.zip", "kaoguan-cards.apkg"
Memory = tuple[Any, Any]


async def remembered(bot: Running, person: Person) -> Memory:
    """The person's log, and when each question comes back."""
    theirs = await bot.desk.read(exporting.everything, person.id)
    return theirs.log, theirs.plans


async def brought(playground: Playground, person: Person, name: str, content: bytes, **more: Any) -> str:
    """Send a file, and give the bot's answer."""
    before = len(person.chat.from_bot)
    await person.upload(name, content, **more)
    await playground.wait_for(lambda: len(person.chat.from_bot) > before, timeout=20)
    await settled(playground)
    return str(person.chat.from_bot[before]["text"])


async def taken_over(playground: Playground, person: Person, name: str, content: bytes) -> str:
    """Send somebody else's file, say that it should count, and give the bot's answer."""
    await brought(playground, person, name, content, caption="/import")
    return str((await tap(playground, person, person.chat.from_bot[-1], "收下"))["text"])


async def forgotten(playground: Playground, bot: Running, person: Person) -> None:
    """Erase the person."""
    assert await bot.desk.write(forgetting.forget_person, person.id, int(bot.desk.clock().timestamp()))
    await settled(playground)


@pytest.mark.parametrize("name", [ZIP, APKG, "export.json"])
async def test_what_was_exported_comes_back(playground: Playground, bot: Running, zhou: Person, name: str) -> None:
    """Export, forget, import: the log and the plan are as before. The same file once more changes nothing."""
    await practised(playground, bot, zhou)
    files = await exported(playground, zhou)
    content = unpacked(files[ZIP])[name] if name == "export.json" else files[name]
    before = await remembered(bot, zhou)
    await forgotten(playground, bot, zhou)
    assert await remembered(bot, zhou) == ({}, {})

    assert "发过来" in (await say(playground, zhou, "/import"))["text"]
    assert await brought(playground, zhou, name, content) == NEW
    assert await remembered(bot, zhou) == before

    said = await brought(playground, zhou, name, content, caption="/import")
    assert said == "文件里有 2 条复习记录，都已经有了。"
    assert await remembered(bot, zhou) == before


@pytest.mark.parametrize("name", [ZIP, APKG])
async def test_how_one_studies_comes_back_as_well(
    playground: Playground, bot: Running, zhou: Person, name: str
) -> None:
    """What is suspended by either file; by an export settings, too, and cards are planned by them, whoever had them."""
    await practised(playground, bot, zhou)
    ref = next(iter((await remembered(bot, zhou))[0]))
    await bot.desk.write(learners.change, zhou.id, "retention", 80)
    await replanned(bot.desk, zhou.id)
    await bot.desk.write(withheld.withhold, zhou.id, ref, None)
    files = await exported(playground, zhou)
    before = await remembered(bot, zhou)
    lin = playground.person("Lin")
    await say(playground, lin, "/start")
    await taken_over(playground, lin, "export.json", unpacked(files[ZIP])["export.json"])
    assert await remembered(bot, lin) == before
    await forgotten(playground, bot, zhou)

    said = await brought(playground, zhou, name, files[name], caption="/import")

    settings = ["学习设置也带回来了（这里改过的不动）。"] if name == ZIP else []
    assert said.splitlines()[1:] == [*settings, "1 道搁置的题仍然搁置。", "接着练：/quiz"]
    assert await bot.desk.read(withheld.suspended_refs, zhou.id) == {ref}
    assert (await remembered(bot, zhou) == before) is (name == ZIP)
    assert (await bot.desk.read(learners.of, zhou.id)).retention == (80 if name == ZIP else 90)


async def test_reviews_that_were_here_are_planned_by_the_retention_that_comes(
    playground: Playground, bot: Running, zhou: Person
) -> None:
    """Not only those that the file brings."""
    await practised(playground, bot, zhou)
    here = (await remembered(bot, zhou))[1]
    content = document([], learners=[{"retention": 80}])
    said = await brought(playground, zhou, "export.json", content, caption="/import")
    assert "学习设置也带回来了" in said
    later = (await remembered(bot, zhou))[1]
    assert all(later[ref] >= due for ref, due in here.items())
    assert later != here


async def test_nothing_else_changes(playground: Playground, bot: Running, zhou: Person) -> None:
    """No answers, points or study days come of it, and nobody else's rows."""
    await practised(playground, bot, zhou)
    content = (await exported(playground, zhou))[ZIP]
    lin = playground.person("Lin")
    await say(playground, lin, "/start")

    await taken_over(playground, lin, ZIP, content)

    log, plans = await remembered(bot, lin)
    assert (log, plans) == await remembered(bot, zhou)
    tables = (await bot.desk.read(exporting.everything, lin.id)).tables
    assert not any(tables[name] for name in ("answers", "scores", "study_days", "rounds"))
    assert {row["person_id"] for row in tables["reviews"]} == {lin.id}
    assert all(row["round_id"] < 0 for row in tables["reviews"])
    caption = (await say(playground, lin, "/stats"))["caption"]
    assert "在记 2 题" in caption  # what is remembered came along, and no answer, nor a streak
    assert "作答" not in caption
    assert "连续" not in caption


async def test_what_was_studied_in_anki_comes_too(
    playground: Playground, bot: Running, zhou: Person, tmp_path: Path
) -> None:
    """A review that Anki added to our card is taken over, those of other notes and reschedulings are not."""
    await practised(playground, bot, zhou)
    files = unpacked((await exported(playground, zhou))[APKG])
    path = tmp_path / "collection"
    path.write_bytes(files["collection.anki2"])
    later = int(bot.desk.clock().timestamp() - 60) * 1000
    with closing(sqlite3.connect(path)) as anki, anki:
        (card,) = anki.execute("SELECT id FROM cards WHERE queue = 0 LIMIT 1").fetchone()
        rows = [(later, card, 3, 1), (later + 1, card, 0, 4), (later + 2, 5, 3, 1)]
        anki.executemany("INSERT INTO revlog VALUES (?, ?, -1, ?, 1, 1, 500, 4000, ?)", rows)
        anki.execute("INSERT INTO notes VALUES (5, 'other', 1, 1, 0, '', 'front', 'front', 0, 0, '')")
        anki.execute(f"INSERT INTO cards VALUES (5, 5, 1, 0, {', '.join('0' * 13)}, '')")
    again_packed = zipped({"collection.anki21": path.read_bytes(), "collection.anki2": b"too old", "media": b"{}"})

    said = await brought(playground, zhou, APKG, again_packed, caption="/import")

    assert said.startswith("文件里有 3 条复习记录，新加入 1 条。")
    log, plans = await remembered(bot, zhou)
    assert sum(map(len, log.values())) == 3
    assert log.keys() == plans.keys()


async def test_questions_that_no_bank_has_are_told(playground: Playground, bot: Running, zhou: Person) -> None:
    """They are counted and left out; the rest is taken in."""
    ref = bot.desk.library().refs[0]
    rows = [
        {"bank": bank, "question": question, "rating": 3, "reviewed_at": f"2026-11-2{day}T01:00:00Z"}
        for bank, question, day in ((*ref, 0), ("bert", "no-such", 1), ("old", "x", 1), ("old", "x", 2))
    ]
    said = await brought(playground, zhou, "export.json", document(rows), caption="/import")
    assert said.splitlines()[:2] == ["文件里有 1 条复习记录，新加入 1 条。", "另有 3 条没有导入：题库里没有那 2 题。"]
    assert list((await remembered(bot, zhou))[0]) == [ref]


async def test_a_file_that_nobody_asked_for(playground: Playground, bot: Running, zhou: Person) -> None:
    """It is not read, but in answer to what I said it is, or if /import answers it. An hour later /import is over."""
    file = document([])
    assert "先发 /import" in await brought(playground, zhou, "a.json", file)
    there = zhou.chat.messages[-2]
    assert "没有能用的" in await brought(playground, zhou, "a.json", file, reply_to=zhou.chat.last)
    before = len(zhou.chat.from_bot)
    await zhou.send(None, "/import", reply_to=there)
    await playground.wait_for(lambda: len(zhou.chat.from_bot) > before)
    assert "没有能用的" in zhou.chat.from_bot[-1]["text"]
    await say(playground, zhou, "/import")
    await playground.clock.advance(3601)
    assert "先发 /import" in await brought(playground, zhou, "a.json", file)


@pytest.mark.parametrize(
    ("name", "kind"), [("a", "photo"), ("a", "voice"), ("a", "audio"), ("a", "video_note"), ("a.png", "document")]
)
async def test_what_is_no_file_is_told_and_the_file_still_waited_for(
    playground: Playground, bot: Running, zhou: Person, name: str, kind: str
) -> None:
    """Also over a question that waits for words: nothing was said aloud, but in reply to it it was."""
    question = await say(playground, zhou, "/quiz")
    await tap(playground, zhou, question, "打字回答")
    await say(playground, zhou, "/import")
    assert NO_FILE in await brought(playground, zhou, name, b"x", kind=kind)
    assert "不是考官的导出文件" in await brought(playground, zhou, "a.pdf", b"%PDF-1.7")
    assert NO_FILE in await brought(playground, zhou, name, b"x", kind=kind)
    assert "没有能用的" in await brought(playground, zhou, "export.json", document([]))
    await say(playground, zhou, "/import")
    await brought(playground, zhou, name, b"x", kind=kind, reply_to=question)
    assert labels(zhou.chat.from_bot[-1])[0] == "重来"


async def test_a_file_delivered_twice_is_taken_in_once(playground: Playground, bot: Running, zhou: Person) -> None:
    """After a crash the same update comes again: it is told what it has brought, another one that it is there."""
    await practised(playground, bot, zhou)
    content = (await exported(playground, zhou))[ZIP]
    await forgotten(playground, bot, zhou)
    await zhou.upload(ZIP, content, caption="/import")
    update = playground.updates.pending[-1]
    await settled(playground)
    before = await remembered(bot, zhou)
    await again(playground, update)
    await settled(playground)
    assert await remembered(bot, zhou) == before
    assert [said["text"] for said in zhou.chat.from_bot[-2:]] == [NEW, NEW]
    assert await brought(playground, zhou, ZIP, content, caption="/import") == "文件里有 2 条复习记录，都已经有了。"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.zip", b"PK\x03\x04 nothing", "坏了"),
        ("a.json", b"hello", "不是考官的导出文件"),
        ("a.json", b'{"format": "kaoguan-export", "version": 99}', "更新的版本"),
        ("a.txt", b"", "不是考官的导出文件"),
    ],
)
async def test_what_cannot_be_read_changes_nothing(
    playground: Playground, bot: Running, zhou: Person, name: str, content: bytes, said: str
) -> None:
    """One sentence; the next file may still come."""
    await say(playground, zhou, "/import")
    assert said in await brought(playground, zhou, name, content)
    assert said in await brought(playground, zhou, name, content)
    assert await remembered(bot, zhou) == ({}, {})


async def test_in_english(playground: Playground, bot: Running) -> None:
    """Where it is told, how it went, and where it works."""
    ada = playground.person("Ada")
    asked = await say(playground, ada, "/import")
    assert asked["text"].startswith("Send me the file")
    ref = bot.desk.library().refs[0]
    row = {"bank": ref.bank, "question": ref.id, "rating": 3, "reviewed_at": "2026-11-20T01:00:00Z"}
    said = await brought(playground, ada, "export.json", document([row]), reply_to=asked)
    assert said == "1 review in this file, and it is new.\nTo go on: /quiz"
    strange = [row | {"bank": "old", "question": question} for question in ("x", "y")]
    said = await brought(playground, ada, "export.json", document(strange[:1]), caption="/import")
    assert said.endswith("1 more was left out, of a question that no bank here has.")
    said = await brought(playground, ada, "export.json", document(strange), caption="/import")
    assert said.endswith("2 more were left out, of questions that no bank here has: 2.")
    group = playground.chat("读书小组")
    assert "private" in (await say(playground, ada, "/import", group))["text"] or "私聊" in group.last["text"]


async def test_a_file_that_telegram_does_not_give(playground: Playground, bot: Running, zhou: Person) -> None:
    """Too large is said before it is fetched; one that is gone is asked for once more."""
    refusal = "wrong file_id or the file is temporarily unavailable"
    playground.faults.add("getFile", kind="400", description=refusal)
    assert "取不到" in await brought(playground, zhou, "a.zip", b"x", caption="/import")
    assert "20 MB" in await brought(playground, zhou, "a.zip", bytes(20_000_001), caption="/import")


def document(rows: list[dict[str, Any]], **tables: Any) -> bytes:
    """An export with these reviews and what else it has."""
    return json.dumps({"format": "kaoguan-export", "version": 1, "tables": {"reviews": rows} | tables}).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP of these files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()
