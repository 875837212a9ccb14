"""The crash rig itself: what it does to the clock is what a clock does to people, and it reads what a death leaves."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.playground.clock import PlaygroundClock
from bot.playground.server import Playground
from tests.e2e.crash_run import SUNDAY, audited
from tests.e2e.rig import Rig
from tests.e2e.rig_scene import Scene
from tests.e2e.rig_tables import read

STRAIGHT = 3  # draws the next hour of anybody, as often as it is asked


async def test_an_hour_set_at_the_last_moment_is_not_leapt_over(tmp_path: Path) -> None:
    """Somebody moves from Sydney to Los Angeles: the hour that comes next is five earlier, and nobody has heard yet."""
    async with Playground(clock=PlaygroundClock(SUNDAY)) as playground:
        rig = Rig(playground, tmp_path)
        try:
            scene = Scene(rig, Random(STRAIGHT))
            rig.start()
            zhou = scene.cast.people[0]
            for text in ("/timezone Sydney", "/daily 02:15"):
                await zhou.send(None, text)
            await rig.quiet()
            os.kill(rig.pid, signal.SIGSTOP)
            await zhou.send(None, "/timezone Los Angeles")
            asyncio.get_running_loop().call_later(0.5, os.kill, rig.pid, signal.SIGCONT)
            await scene.step()
            assert playground.clock.now() - SUNDAY > timedelta(hours=8)
            await rig.quiet()
            scene.witness.look()
            assert await rig.stop() == 0
            report = audited(rig, scene, [], {})
            assert report.problems == []
            assert report.figures["pushes due"] == 1
        finally:
            if rig.alive:
                await rig.kill()
            rig.aim.put_back()


def test_what_a_death_left_half_written_is_read_without_touching_it(tmp_path: Path) -> None:
    """Before the log is one, SQLite keeps what it must take back in a journal, and a reader cannot do that."""
    alive, dead = tmp_path / "alive.db", tmp_path / "dead" / "alive.db"
    dead.parent.mkdir()
    raw = sqlite3.connect(alive, isolation_level=None)
    raw.execute("CREATE TABLE chats (id INTEGER PRIMARY KEY, title TEXT)")
    raw.execute("INSERT INTO chats VALUES (1, 'kept')")
    raw.execute("PRAGMA cache_size = 1")
    raw.execute("BEGIN")
    raw.executemany("INSERT INTO chats (title) VALUES (?)", (("x" * 900,) for _ in range(200)))
    for file in tmp_path.glob("alive.db*"):
        shutil.copy(file, dead.parent)
    raw.close()
    left = {file.name: file.read_bytes() for file in dead.parent.iterdir()}
    assert len(left) == 2
    assert [row["title"] for row in read(dead, "chats")["chats"]] == ["kept"]
    assert {file.name: file.read_bytes() for file in dead.parent.iterdir()} == left
