"""The reviews in an .apkg, and what is suspended there: ours again, perhaps studied further in Anki. The file may be
anything at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.archive import wishes
from bot.archive.anki_notes import OURS, ref_of
from bot.archive.brought import MOST, Brought, Gathered
from bot.archive.errors import Trouble, UnreadableError
from bot.archive.wishes import Wishes
from bot.archive.zipped import Opened
from bot.core.bank import Ref

COLLECTIONS = ("collection.anki21", "collection.anki2")  # where both are there, the second only says: too old an Anki
NEWER = "collection.anki21b"  # compressed with zstd
_LARGEST = 192 * 1024 * 1024  # bytes of a collection; of 20 MB that come, most is text
_LONGEST = 4_000_000  # bytes of one value, statements included
_WORK = 400  # times a hundred thousand steps of SQLite's machine: some seconds
_STEPS = 100_000
_TABLES = frozenset({"notes", "cards", "revlog"})
# Answers alone: 0 learning, 1 review, 2 relearning, 3 ahead of time, of which those count that changed the card.
_REVIEWS = """SELECT n.guid, r.ease, r.id FROM revlog r JOIN cards c ON c.id = r.cid JOIN notes n ON n.id = c.nid
WHERE n.guid GLOB ? AND r.ease BETWEEN 1 AND 4 AND (r.type BETWEEN 0 AND 2 OR (r.type = 3 AND r.factor <> 0)) LIMIT ?"""
_SUSPENDED = "SELECT n.guid FROM cards c JOIN notes n ON n.id = c.nid WHERE n.guid GLOB ? AND c.queue = -1 LIMIT ?"
_MS = 1000


def cards(archive: Opened) -> Brought:
    """The reviews of our cards, and which are suspended. Raises UnreadableError."""
    if NEWER in archive.names:
        raise UnreadableError(Trouble.ZSTD)
    name = next(name for name in COLLECTIONS if name in archive.names)
    with TemporaryDirectory(prefix="kaoguan-") as folder:
        path = Path(folder) / "collection"  # never by a name from the file
        path.write_bytes(archive.read(name, _LARGEST))
        try:
            return _read(path)
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise UnreadableError(Trouble.BROKEN) from error


def _read(path: Path) -> Brought:
    gathered = Gathered()
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
        _bound(database)
        _only_tables(database)
        for guid, rating, number in database.execute(_REVIEWS, (OURS, MOST + 1)):
            if not isinstance(rating, int) or not isinstance(number, int):
                raise UnreadableError(Trouble.BROKEN)
            gathered.add(_ref(guid), rating, datetime.fromtimestamp(_second(number), UTC))
        suspended = frozenset(_ref(guid) for (guid,) in database.execute(_SUSPENDED, (OURS, wishes.MOST)))
    return gathered.brought(Wishes(suspended=suspended))


def _ref(guid: object) -> Ref:
    ref = ref_of(guid) if isinstance(guid, str) else None
    if ref is None:
        raise UnreadableError(Trouble.BROKEN)
    return ref


def _only_tables(database: sqlite3.Connection) -> None:
    """Read from real tables alone: a view makes rows without end. Raises UnreadableError."""
    real = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'")
    if not _TABLES.issubset(name for (name,) in real):
        raise UnreadableError(Trouble.BROKEN)


def _bound(database: sqlite3.Connection) -> None:
    """Nothing in the file is run, no value is longer than any of ours, and reading it ends."""
    left = iter(range(_WORK))
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.set_progress_handler(lambda: next(left, None) is None, _STEPS)


def _second(number: int) -> int:
    """The instant of a review, in Unix seconds. Raises UnreadableError for one that no calendar has."""
    if not 0 <= number < 2**42:  # in the year 2109
        raise UnreadableError(Trouble.BROKEN)
    return number // _MS
