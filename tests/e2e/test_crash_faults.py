"""A real process in real trouble: no room, no lock, no writes, and clocks that jump. Nothing is lost or doubled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest

from bot.playground.clock import PlaygroundClock
from bot.playground.server import Playground
from tests.e2e.crash_run import audited
from tests.e2e.rig import Rig
from tests.e2e.rig_scene import Scene, living
from tests.e2e.rig_seen import boards_seen
from tests.e2e.rig_trouble import full, locked, refusing, small_disk, warnings

MONDAY = datetime(2026, 11, 23, 1, 58, 20, tzinfo=UTC)  # 9:58 in Shanghai
TO_TEN = timedelta(seconds=115)
LONGER = 12.0  # seconds: than a unit of work waits for the lock
LOUD = 40  # lines that tell of one trouble, at the most


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """A Monday morning in Shanghai, shortly before everybody's hour."""
    async with Playground(clock=PlaygroundClock(MONDAY), keep=10**6) as here:
        yield here


async def in_trouble(
    rig: Rig, trouble: Callable[[Rig], AbstractContextManager[None]], seconds: float, says: str
) -> None:
    """People act before, in and after the trouble, and the hour of everybody comes in the middle of it."""
    scene = Scene(rig, Random(5), politely=True)
    try:
        await scene.opens()
        async with living(scene.crowd):
            scene.crowd.wake()
            await asyncio.sleep(0.5)
            with trouble(rig):
                await asyncio.sleep(0.3)
                scene.crowd.rest()
                scene.witness.passes(rig.playground.clock.now() + TO_TEN)
                await rig.playground.clock.advance(TO_TEN)
                rig.poke()
                scene.crowd.wake()
                await asyncio.sleep(seconds)
                assert rig.alive
            scene.crowd.rest()
            await rig.quiet()
        await scene.settles()
        seen = await boards_seen(rig, scene.cast)
        assert await rig.stop() == 0
        report = audited(rig, scene, scene.rude, seen)
        assert not report.problems, "\n".join(report.problems)
        assert report.figures["pushes doubled"] == 0
        assert int(report.figures["pushes due"]) > 10
        told = warnings(rig.log)
        assert any(says in str(line) for line in told), told[:3]
        assert len(told) < LOUD, "\n".join(map(str, told))
    finally:
        if rig.alive:
            await rig.kill()
        rig.aim.put_back()


async def test_a_disk_without_room(playground: Playground, tmp_path: Path) -> None:
    """A disk of three megabytes that something else fills; where none can be mounted, a limit on the file's length."""
    with small_disk(tmp_path / "disk") as mounted:
        rig = Rig(playground, tmp_path, f"sqlite:///{tmp_path / 'disk' / 'bot.db'}")
        says = "database or disk is full" if mounted else "disk I/O error"
        await in_trouble(rig, partial(full, disk=mounted), 2.0, says)


async def test_a_file_that_may_not_grow(playground: Playground, tmp_path: Path) -> None:
    """A quota: the kernel refuses every write beyond the length that the files have."""
    await in_trouble(Rig(playground, tmp_path), partial(full, disk=False), 2.0, "disk I/O error")


async def test_a_database_that_takes_no_writes(playground: Playground, tmp_path: Path) -> None:
    """As on a disk that was remounted read-only."""
    await in_trouble(Rig(playground, tmp_path), refusing, 2.0, "attempt to write a readonly database")


async def test_a_database_that_another_process_holds(playground: Playground, tmp_path: Path) -> None:
    """For longer than the five seconds that a unit of work waits."""
    await in_trouble(Rig(playground, tmp_path), locked, LONGER, "database is locked")
