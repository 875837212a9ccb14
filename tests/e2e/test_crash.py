"""Kill the bot, again and again: nothing people did is lost, and nothing is counted twice.

`python -m tests.e2e.crash --kills 500` does the same for longer, with more people and groups: docs/faults.md.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.playground.server import Playground
from tests.e2e.crash_run import Report, killed
from tests.e2e.rig import Rig

KILLS, ENDS = 20, 10


def seed() -> int:
    """Of this run; KAOGUAN_SEED repeats one."""
    drawn = int(os.environ.get("KAOGUAN_SEED") or Random().randrange(10**6))
    print(f"KAOGUAN_SEED={drawn}")  # noqa: T201 - pytest shows it when the test fails
    return drawn


def sound(report: Report) -> None:
    """Nothing is wrong, and there was something that could have been."""
    assert not report.problems, "\n".join(report.problems)
    assert int(report.figures["answers given"]) > 15
    assert int(report.figures["pushes due"]) > 5


async def test_killed_twenty_times_nothing_is_lost_and_nothing_counted_twice(tmp_path: Path) -> None:
    """At random moments, at calls before and after their effect, within transactions, in start-up, as groups move."""
    sound(await killed(tmp_path, KILLS, seed(), size=0))


async def test_a_polite_end_in_the_middle_of_it_all_doubles_nothing(tmp_path: Path) -> None:
    """SIGTERM while people act and a tick is at work: exit code 0 in ten seconds, nothing lost, nothing sent twice."""
    sound(await killed(tmp_path, ENDS, seed(), size=0, politely=True))


async def test_the_end_waits_for_nobody_who_does_not_answer(playground: Playground, rig: Rig) -> None:
    """A send that hangs, of an update and of a push, holds the exit up for less than the ten seconds docker gives."""
    zhou, ada = playground.person("小周"), playground.person("Ada")
    rig.start()
    await zhou.send(None, "/daily 10:00")
    await rig.quiet()
    await playground.clock.advance(timedelta(minutes=31))
    playground.faults.add("sendMessage", 100, kind="delay", seconds=60)
    sent = len(playground.record.of("sendMessage"))
    rig.poke()
    await rig.until(lambda: len(playground.record.of("sendMessage")) == sent + 1)
    await ada.send(None, "/quiz")
    await rig.until(lambda: len(playground.record.of("sendMessage")) == sent + 2)
    assert await rig.stop(patience_s=10) == 0


async def test_the_end_may_come_before_the_beginning_is_over(playground: Playground, rig: Rig) -> None:
    """SIGTERM while Telegram cannot be reached yet: no waiting for it."""
    playground.faults.add("getMe", 100, kind="drop_before")
    rig.start()
    await playground.wait_for(lambda: len(rig.calls(0)) > 1)
    assert await rig.stop(patience_s=10) == 0
