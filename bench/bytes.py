"""How large a database is for each answer in it, with everything that hangs on one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from bench.banks import write_bank
from bench.large import folder, migrated
from bench.played import play
from bench.report import Figure, Goal
from bot.core.bank import Library
from bot.flows.library import load

_GOAL = Goal("<=", 150)
_ANSWERS = 10_000


def size(rounds: int, small: bool) -> Iterable[Figure]:
    """All pages of the file, free ones and the schema's too, over the answers: of both kinds, and each kind alone."""
    library = load(write_bank(folder() / "small-bank", 10, 60))
    many = 40 if small else _ANSWERS
    mixed = [_measured(library, many, many, seed) for seed in range(rounds)]
    yield Figure("size", "bytes an answer, half of them in private", tuple(one[0] for one in mixed), "B", _GOAL)
    twice = _measured(library, 2 * many, 2 * many, seed=1)[0]  # each table and index has a page at least
    yield Figure("size", "the same, of twice as many answers", (twice,), "B", _GOAL)
    for name in sorted(mixed[0][1], key=lambda one: -mixed[0][1][one]):
        yield Figure("size", f"of that: {name}", tuple(one[1].get(name, 0.0) for one in mixed), "B")
    for what, kinds in (("in private only", (many, 0)), ("in groups only", (0, many))):
        yield Figure("size", f"bytes an answer, {what}", (_measured(library, *kinds, seed=1)[0],), "B")


def _measured(library: Library, private: int, group: int, seed: int) -> tuple[float, dict[str, float]]:
    """Bytes an answer, and of which tables and indexes (those of two bytes and more)."""
    path = folder() / "played.db"
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    done = play(migrated(path), library, private=private, group=group, seed=seed)
    answers = done.private + done.group
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = raw.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
    each = {name: total / answers for name, total in pages}
    return sum(each.values()), {name: value for name, value in each.items() if value >= 2}
