"""A person's cards as an .apkg: a ZIP with Anki's collection file in it, and no media."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.archive import anki_format as anki
from bot.archive.anki_notes import Note, deck_number, guid
from bot.archive.anki_schedule import Memory, card_row, review_rows, trail
from bot.archive.zipped import packed
from bot.core.calendar import moment

COLLECTION = "collection.anki2"
_MINUTE = timedelta(minutes=1)


def apkg(notes: Iterable[Note], memory: Memory) -> bytes:
    """The .apkg of these notes. Raises OSError when there is no room for a temporary file."""
    with TemporaryDirectory(prefix="kaoguan-") as folder:
        path = Path(folder) / COLLECTION
        _write(path, tuple(notes), memory)
        return packed({COLLECTION: path.read_bytes(), "media": b"{}"}, memory.now.astimezone(memory.zone))


def _write(path: Path, notes: tuple[Note, ...], memory: Memory) -> None:
    decks = {name: deck_number(name) for name in dict.fromkeys(_with_parents(notes))}
    taken: set[int] = set()
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(anki.SCHEMA)
        database.execute(_into("col", 13), _collection(decks, memory))
        database.executemany(_into("notes", 11), (_note_row(note, memory) for note in notes))
        for place, note in enumerate(notes, 1):
            steps = trail(note.ref, memory)
            database.execute(_into("cards", 18), card_row(note, decks[note.deck], place, steps, memory))
            database.executemany(_into("revlog", 9), review_rows(note, steps, taken))


def _into(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 - names of our own


def _with_parents(notes: Iterable[Note]) -> Iterator[str]:
    """Each deck's name, after that of the deck it lies in."""
    for note in notes:
        yield note.deck.partition("::")[0]
        yield note.deck


def _note_row(note: Note, memory: Memory) -> tuple[int | str, ...]:
    """Changed now: so an import takes the place of what an earlier one brought."""
    changed = int(memory.now.timestamp())
    known = (note.number, guid(note.ref), anki.MODEL_ID, changed, anki.USN)
    return (*known, note.tags, note.fields, note.sides[0], note.checksum, 0, "")


def _collection(decks: Mapping[str, int], memory: Memory) -> tuple[int | str, ...]:
    """The one row of settings. The collection began when its first study day did."""
    began = moment(memory.first_day, memory.day_start * 60, memory.zone)
    offset = began.astimezone(memory.zone).utcoffset() or timedelta()
    now = int(memory.now.timestamp())
    known = {1: anki.deck(1, "Default", now)} | {number: anki.deck(number, name, now) for name, number in decks.items()}
    shared = anki.settings(memory.day_start, -(offset // _MINUTE)), anki.models(now)
    parts: tuple[Any, ...] = (*shared, known, anki.options(now, memory.preset), {})
    instants = (int(began.timestamp()), now * 1000, now * 1000)
    return (1, *instants, 11, 0, 0, 0, *(json.dumps(part, ensure_ascii=False) for part in parts))
