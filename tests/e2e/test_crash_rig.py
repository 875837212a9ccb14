"""The crash rig itself: what it does to the clock is what a clock does to people."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.playground.clock import PlaygroundClock
from bot.playground.server import Playground
from tests.e2e.crash_run import SUNDAY, audited
from tests.e2e.rig import Rig
from tests.e2e.rig_scene import Scene

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
