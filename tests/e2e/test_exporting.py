"""What a person takes away with /export."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.app import Running
from bot.core.markdown import plain
from bot.playground.handles import Person
from bot.playground.server import Playground
from tests.e2e.acting import labels, right_letter, right_of, say, settled, shown, tap
from tests.e2e.rig_faults import again
from tests.referee import judge

Json = dict[str, Any]


def documents(playground: Playground, person: Person) -> dict[str, bytes]:
    """The files that the bot has sent the person, by name."""
    sent = (message["document"] for message in person.chat.from_bot if "document" in message)
    return {file["file_name"]: playground.mini.world.files[file["file_id"]] for file in sent}


async def exported(playground: Playground, person: Person) -> dict[str, bytes]:
    """Send /export, and give the files by name."""
    await person.send(None, "/export")
    await playground.wait_for(lambda: "kaoguan-cards.apkg" in documents(playground, person), timeout=20)
    await settled(playground)
    return documents(playground, person)


def unpacked(content: bytes) -> dict[str, bytes]:
    """The files in a ZIP."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def practised(playground: Playground, bot: Running, person: Person) -> Json:
    """Two questions answered, the first right, the second not; the first as it was asked."""
    first = await say(playground, person, "/quiz")
    await tap(playground, person, first, right_letter(bot, first))
    second = await say(playground, person, "/quiz")
    right = right_letter(bot, second)
    await tap(playground, person, second, next(label for label in labels(second) if label not in {right, "看答案"}))
    return first


async def test_everything_is_in_the_zip(playground: Playground, bot: Running, zhou: Person) -> None:
    """JSON and CSV say the same; a spreadsheet knows that it is UTF-8; the README speaks their language."""
    first = await practised(playground, bot, zhou)
    question = shown(bot, first["text"])
    files = unpacked((await exported(playground, zhou))["kaoguan-export-2026-11-23.zip"])

    document = json.loads(files["export.json"])
    assert (document["format"], document["version"], document["person_id"]) == ("kaoguan-export", 1, zhou.id)
    assert document["exported_at"].startswith("2026-11-23T01:30:")
    review = next(row for row in document["tables"]["reviews"] if row["question"] == question.ref.id)
    assert (review["bank"], review["prompt"], review["rating"]) == ("bert", plain(question.prompt), 3)
    assert {row["right"] for row in document["tables"]["answers"]} == {True, False}
    assert {row["study_day"] for row in document["tables"]["answers"]} == {"2026-11-23"}
    assert files["reviews.csv"].startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(files["reviews.csv"].decode("utf-8-sig"))))
    assert [row["reviewed_at"] for row in rows] == [row["reviewed_at"] for row in document["tables"]["reviews"]]
    assert rows[0]["prompt"] in {plain(other.prompt) for other in bot.desk.library().banks[0].questions}
    assert {"answers.csv", "cards.csv", "settings.csv", "person.csv", "rounds.csv"} <= files.keys()
    readme = files["README.txt"].decode("utf-8-sig")
    assert readme.startswith("考官：小周 的全部数据\r\n")
    assert all(
        name in readme
        for name in ("export.json", "reviews.csv", "cards.csv", "settings.csv", "person.csv", "pieces.csv")
    )
    assert readme.endswith("打开 FSRS。")
    judge(playground.record)


async def test_nobody_else_is_in_it(playground: Playground, bot: Running, zhou: Person) -> None:
    """Another member's answers to the same poll, their name and their id are not."""
    group, lin = playground.chat("读书小组"), playground.person("Lin")
    poll = await say(playground, zhou, "/quiz", group)
    await zhou.vote(poll, right_of(poll))
    await lin.vote(poll, (right_of(poll) + 1) % 4)
    await settled(playground)
    document = unpacked((await exported(playground, zhou))["kaoguan-export-2026-11-23.zip"])["export.json"].decode()
    assert "Lin" not in document
    assert str(lin.id) not in document
    assert [row["chat_id"] for row in json.loads(document)["tables"]["answers"]] == [group.id]


async def test_the_cards_are_for_anki(playground: Playground, bot: Running, zhou: Person, tmp_path: Path) -> None:
    """Every question is a card, those that were answered are due, and the log has both reviews."""
    question = shown(bot, (await practised(playground, bot, zhou))["text"])
    files = unpacked((await exported(playground, zhou))["kaoguan-cards.apkg"])
    assert json.loads(files["media"]) == {}
    path = tmp_path / "collection"
    path.write_bytes(files["collection.anki2"])
    with closing(sqlite3.connect(path)) as anki:
        queues = dict(anki.execute("SELECT queue, count(*) FROM cards GROUP BY queue").fetchall())
        assert queues == {2: 2, 0: len(bot.desk.library().refs) - 2}
        guid = f"kaoguan:bert:{question.ref.id}"
        sides, number = anki.execute("SELECT flds, id FROM notes WHERE guid = ?", (guid,)).fetchone()
        assert sides.startswith(plain(question.prompt))
        assert anki.execute("SELECT ease FROM revlog WHERE cid = ?", (number,)).fetchall() == [(3,)]
        assert sorted(anki.execute("SELECT ease, type FROM revlog")) == [(1, 0), (3, 0)]
    captions = [message["caption"] for message in zhou.chat.from_bot if "caption" in message]
    assert captions[-1] == "你的卡片，给 Anki 用：19 题，其中 2 题带复习进度。"


async def test_whoever_has_done_nothing_gets_their_settings(playground: Playground, bot: Running) -> None:
    """In English for who speaks it; all cards are new."""
    ada = playground.person("Ada")
    files = await exported(playground, ada)
    whole = unpacked(files["kaoguan-export-2026-11-23.zip"])
    assert {"export.json", "import.json", "README.txt", "person.csv", "settings.csv"} == whole.keys()
    readme = whole["README.txt"].decode("utf-8-sig")
    assert readme.startswith("Kaoguan: everything of Ada\r\n")
    assert readme.endswith("turn FSRS on in the deck options.")


async def test_in_a_group_it_says_where(playground: Playground, bot: Running, zhou: Person) -> None:
    """Nobody's data is sent to a group."""
    group = playground.chat("读书小组")
    assert "私聊" in (await say(playground, zhou, "/export", group))["text"]
    assert not any("document" in message for message in group.from_bot)


async def test_delivered_twice_it_is_sent_again_whole(playground: Playground, bot: Running, zhou: Person) -> None:
    """A command that comes again after a crash gives the same files once more, and changes nothing."""
    await zhou.send(None, "/export")
    update = playground.updates.pending[-1]
    await playground.wait_for(lambda: "kaoguan-cards.apkg" in documents(playground, zhou), timeout=20)
    await settled(playground)
    await again(playground, update)
    await settled(playground)
    assert len([message for message in zhou.chat.from_bot if "document" in message]) == 4


async def test_whoever_cannot_be_reached_gets_no_second_file(
    playground: Playground, bot: Running, zhou: Person
) -> None:
    """They have blocked the bot while the first was made: that is the end of it, and they come back as ever."""
    await say(playground, zhou, "/start")
    playground.faults.add("sendDocument", kind="403")
    await zhou.send(None, "/export")
    await playground.wait_for(lambda: len(playground.record.of("sendDocument")) == 1, timeout=20)
    await settled(playground, 1)
    assert len(playground.record.of("sendDocument")) == 1
    assert set(await exported(playground, zhou)) == {"kaoguan-export-2026-11-23.zip", "kaoguan-cards.apkg"}
