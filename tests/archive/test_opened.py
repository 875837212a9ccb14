"""Files from outside: whatever they are, one word says what is wrong, and nothing grows without bound."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.archive import anki_read, brought, opened
from bot.archive.errors import Trouble, UnreadableError
from bot.core.review import Rating
from tests.archive.making import MASK, NOW, document, package, row, tampered, zipped

_BOMB = 60 * 1024 * 1024


def trouble(content: bytes) -> Trouble | None:
    """What is wrong with a file, if anything."""
    try:
        opened.read(content, NOW)
    except UnreadableError as error:
        return error.trouble
    return None


def test_reviews_are_put_in_order_and_one_a_second() -> None:
    """In UTC, to the second; what is said twice is there once."""
    rows = [row(reviewed_at="2026-11-20T09:00:00+08:00"), row(), row(rating=4, reviewed_at="2026-11-19T01:00:00.500Z")]
    earlier, later = opened.read(document(rows), NOW).log[MASK]
    assert (earlier.rating, later.rating) == (Rating.EASY, Rating.GOOD)
    assert later.at - earlier.at == timedelta(days=1)


def test_an_export_may_be_loose_or_in_its_zip() -> None:
    """With a mark in front or not, its folder packed again or not; what else is in the ZIP is only looked at, wherever
    its names lead."""
    packed = zipped({"../../x": b"x", "/abs": b"y", "export.json": document([row()])})
    again = zipped({"kaoguan-export/export.json": document([row()]), "__MACOSX/kaoguan-export/._export.json": b"x"})
    for content in (document([row()]), b"\xef\xbb\xbf" + document([row()]), packed, again):
        assert list(opened.read(content, NOW).log) == [MASK]
    assert trouble(zipped({f"{folder}/export.json": document([row()]) for folder in "ab"})) is Trouble.FOREIGN


def test_an_export_is_read_however_much_somebody_has_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """What /import reads stands in a file of its own; a ZIP of before has one file, of which all is read."""
    monkeypatch.setattr(opened, "_LARGEST", 1000)
    long = document([row()], tables={"reviews": [row()], "pieces": [{"text": "x" * 2000}]})
    assert trouble(zipped({"export.json": long})) is Trouble.LARGE
    assert list(opened.read(zipped({"export.json": long, "import.json": document([row()])}), NOW).log) == [MASK]


@pytest.mark.parametrize(
    "rows",
    [
        *(None, {}, "x", [None], [[]], [{}], [row(), {"bank": "bert"}]),
        *([row(bank=bank)] for bank in (1, "")),
        *([row(question=question)] for question in ("x" * 201, "a\x00b", "a\nb")),
        *([row(rating=rating)] for rating in (0, 5, True, "3", 3.0, 10**30, None)),
        *([row(reviewed_at=at)] for at in (1700000000, "2026-11-20T01:00:00", "9999-99-99T01:00:00Z")),
        *([row(reviewed_at=at)] for at in ("0001-01-01T00:00:00+14:00", "1999-12-31T00:00:00Z")),
    ],
)
def test_a_review_that_no_log_has_breaks_the_file(rows: Any) -> None:
    """One of them is enough: nothing of it is taken in."""
    assert trouble(document(rows)) is Trouble.BROKEN


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", Trouble.FOREIGN),
        (b"\xff\xfe\x00", Trouble.FOREIGN),
        (b"[]", Trouble.FOREIGN),
        (b"{", Trouble.BROKEN),
        (b'{"a": ' * 100_000, Trouble.BROKEN),
        (b'{"a": ' + b"9" * 100_000 + b"}", Trouble.BROKEN),
        (b'{"a": "\xff"}', Trouble.BROKEN),
        (b"{}", Trouble.FOREIGN),
        (document([], format="other"), Trouble.FOREIGN),
        (document([], version="1"), Trouble.FOREIGN),
        (document([], version=2), Trouble.NEWER),
        (document([], tables=[]), Trouble.BROKEN),
        (document([row(reviewed_at="2026-11-24T12:00:00Z")]), Trouble.FUTURE),
        (b"PK\x03\x04", Trouble.BROKEN),
        (zipped({"a.txt": b"hello"}), Trouble.FOREIGN),
        (zipped({"../export.json": document([])}), Trouble.FOREIGN),
        (zipped({"export.json": b"PK"}), Trouble.FOREIGN),
        (zipped({"collection.anki21b": b"", "collection.anki2": b""}), Trouble.ZSTD),
        (zipped({"collection.anki2": b"SQLite format 3\x00 no"}), Trouble.BROKEN),
        (zipped({"collection.anki2": b""}), Trouble.BROKEN),
        (zipped({"collection.anki2": b"", "collection.anki21": b"x"}), Trouble.BROKEN),
    ],
)
def test_what_is_wrong_is_told(content: bytes, expected: Trouble) -> None:
    """By one word, which has a sentence."""
    assert trouble(content) is expected


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more is read than the most, whatever the entry claims of its size; of entries neither."""
    bomb = zipped({"export.json": bytes(_BOMB)})
    assert len(bomb) < 100_000
    assert trouble(bomb) is Trouble.LARGE
    assert trouble(bomb.replace(_BOMB.to_bytes(4, "little"), (9).to_bytes(4, "little"))) is Trouble.BROKEN
    assert trouble(zipped({f"{n}": b"" for n in range(2001)})) is Trouble.LARGE
    monkeypatch.setattr(anki_read, "_LARGEST", 1000)
    assert trouble(package()) is Trouble.LARGE


def test_json_of_many_little_things_is_not_read() -> None:
    """Each takes a hundred times the room that it has in the file."""
    assert trouble(b'{"a": [' + b"{}," * 500_001 + b"0]}") is Trouble.LARGE
    assert trouble(b'{"a": [' + b"0," * 3_000_001 + b"0]}") is Trouble.LARGE


def test_too_many_reviews_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one question, or in all."""
    many = [row(reviewed_at=f"2026-11-20T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}Z") for n in range(1001)]
    assert trouble(document(many)) is Trouble.LARGE
    assert trouble(document(many[:1000])) is None
    monkeypatch.setattr(brought, "MOST", 2)
    assert trouble(document(many[:3])) is Trouble.LARGE


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE revlog",
        "ALTER TABLE notes DROP COLUMN guid",
        "UPDATE revlog SET id = -1 - id",
        "UPDATE revlog SET id = id * 1000",
        "UPDATE notes SET guid = CAST(guid || x'ff' AS TEXT)",
        "UPDATE notes SET guid = 'kaoguan:bert:' || hex(zeroblob(500))",
        "UPDATE notes SET guid = 'kaoguan:'",
        "DROP TABLE notes; CREATE VIEW notes AS SELECT 1 AS id, 'kaoguan:bert:mask' AS guid",
        "DROP TABLE notes; CREATE VIRTUAL TABLE notes USING fts5(id, guid)",
    ],
)
def test_a_collection_that_was_tampered_with_is_broken(statement: str) -> None:
    """Wrong types, wrong numbers, other tables."""
    assert trouble(tampered(lambda database: database.executescript(statement))) is Trouble.BROKEN


def test_reading_a_collection_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much work the file makes of it."""
    monkeypatch.setattr(anki_read, "_WORK", 1)
    monkeypatch.setattr(anki_read, "_STEPS", 10)
    assert trouble(package()) is Trouble.BROKEN


def test_reviews_that_anki_does_not_count_are_left_out() -> None:
    """Answers count, ahead of time where they changed the card, too; what Anki has rescheduled by itself does not."""

    def more(database: sqlite3.Connection) -> None:
        (card,) = database.execute("SELECT cid FROM revlog LIMIT 1").fetchone()
        second = int((NOW - timedelta(days=1)).timestamp())
        kinds = ((3, 500, 3), (3, 0, 3), (0, 500, 4), (0, 500, 5), (2, 500, 2), (1, 500, 0))
        rows = [((second + n) * 1000, card, ease, factor, kind) for n, (ease, factor, kind) in enumerate(kinds)]
        database.executemany("INSERT INTO revlog VALUES (?, ?, -1, ?, 1, 1, ?, 0, ?)", rows)

    assert opened.read(tampered(more), NOW).total == 4 + 3


@given(st.binary(max_size=200), st.integers(0, 20_000))
@settings(max_examples=60, deadline=None)
def test_no_file_does_any_harm(noise: bytes, at: int) -> None:
    """Noise in the middle of an .apkg, in its collection, or alone: it is read or it is not."""
    sound = package()
    broken = sound[:at] + noise + sound[at + len(noise) :]
    for content in (noise, broken, zipped({"collection.anki2": noise}), zipped({"export.json": noise})):
        assert trouble(content) in {None, *Trouble}
