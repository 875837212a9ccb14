"""Exports, Anki's files and hostile ones, for the tests of what is read."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from bot.archive.anki_notes import notes
from bot.archive.anki_schedule import Memory
from bot.archive.anki_write import COLLECTION, apkg
from bot.core.bank import Bank, Choice, Library, Question, Ref, Topic
from bot.core.review import Rating, Review, replay

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
MASK, SCALE, NEW = (Ref("bert", name) for name in ("mask", "scale", "new"))
QUESTIONS = (
    Question(MASK, "zh", "attention", "为什么 `mask`？", "**因为**"),
    Question(
        SCALE,
        "zh",
        "attention",
        "为什么除以 $\\sqrt{d_k}$？",
        "见下",
        tags=("pre training",),
        choices=(Choice("A", right=False), Choice("方差为 $d_k$", right=True)),
        explanation="不除则饱和。",
        references="- 论文",
    ),
    Question(NEW, "zh", "attention", "新题？", "答"),
)
LIBRARY = Library((Bank("bert", {"zh": "BERT 题库"}, (Topic("attention", {"zh": "注意力"}),), QUESTIONS),))


def log() -> dict[Ref, tuple[Review, ...]]:
    """Two questions reviewed, one of them three times."""
    days = ((30, Rating.GOOD), (20, Rating.AGAIN), (10, Rating.HARD))
    return {
        MASK: tuple(Review(rating, NOW - timedelta(days=ago)) for ago, rating in days),
        SCALE: (Review(Rating.EASY, NOW - timedelta(days=3)),),
    }


def memory(reviews: dict[Ref, tuple[Review, ...]] | None = None) -> Memory:
    """What a person in Shanghai remembers of that."""
    known = log() if reviews is None else reviews
    plans = {ref: card.due for ref, done in known.items() if (card := replay(done))}
    return Memory(known, plans, SHANGHAI, 4, NOW)


def package() -> bytes:
    """Their .apkg."""
    return apkg(notes(LIBRARY, "zh"), memory())


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP of these files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()


def rows_of(content: bytes, statement: str) -> list[tuple[Any, ...]]:
    """What the collection in an .apkg answers."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "c"
        path.write_bytes(zipfile.ZipFile(io.BytesIO(content)).read(COLLECTION))
        with closing(sqlite3.connect(path)) as database:
            return database.execute(statement).fetchall()


def tampered(change: Callable[[sqlite3.Connection], object]) -> bytes:
    """The .apkg with its collection changed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "c"
        path.write_bytes(zipfile.ZipFile(io.BytesIO(package())).read(COLLECTION))
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            change(database)
        return zipped({COLLECTION: path.read_bytes(), "media": b"{}"})


def document(rows: Any, **more: Any) -> bytes:
    """The JSON of an export with these reviews."""
    return json.dumps({"format": "kaoguan-export", "version": 1, "tables": {"reviews": rows}} | more).encode()


def row(**more: Any) -> dict[str, Any]:
    """A review as an export has it."""
    return {"bank": "bert", "question": "mask", "rating": 3, "reviewed_at": "2026-11-20T01:00:00Z"} | more
