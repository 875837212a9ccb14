"""Real trouble for a real process: a disk with no room, a database that is locked or takes no writes."""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.rig import Rig

_ROOM = 3 * 1024 * 1024  # bytes of the small disk
_CHUNK = 64 * 1024


@contextmanager
def small_disk(at: Path) -> Iterator[bool]:
    """A disk of its own, mounted there, where the system lets us; whether it did."""
    at.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", f"size={_ROOM}", "tmpfs", str(at)]
    try:
        mounted = subprocess.run(asked, check=False, capture_output=True).returncode == 0
    except OSError:
        mounted = False
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(at)], check=True)


@contextmanager
def full(rig: Rig, *, disk: bool) -> Iterator[None]:
    """No room for the database: its disk is filled up, or else the process may make no file longer than it is now."""
    if disk:
        filler = rig.database.parent / "filler"
        _fill(filler)
        yield
        filler.unlink()
    else:
        most = resource.prlimit(rig.pid, resource.RLIMIT_FSIZE)
        longest = max(path.stat().st_size for path in rig.database.parent.glob("bot.db*"))
        resource.prlimit(rig.pid, resource.RLIMIT_FSIZE, (longest, most[1]))
        yield
        resource.prlimit(rig.pid, resource.RLIMIT_FSIZE, most)


def _fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        for size in (_CHUNK, 512):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


@contextmanager
def locked(rig: Rig) -> Iterator[None]:
    """Another process holds the database's lock for writing."""
    other = sqlite3.connect(rig.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def refusing(rig: Rig) -> Iterator[None]:
    """SQLite refuses every write of the process: SQLITE_READONLY, as on a disk that was remounted read-only."""
    rig.levers.refusing = 1
    yield
    rig.levers.refusing = 0


def warnings(log: str) -> list[dict[str, Any]]:
    """The log's lines that tell of trouble."""
    lines = [json.loads(line) for line in log.splitlines()]
    return [line for line in lines if line["level"] in {"warning", "error", "critical"}]
