"""Two bot processes started by mistake, with one token on one database: nothing is lost, counted or pushed twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from bot.playground.clock import PlaygroundClock
from bot.playground.server import Playground
from tests.e2e.rig import Rig
from tests.e2e.rig_audit import Audit
from tests.e2e.rig_crowd import Cast, Crowd
from tests.e2e.rig_doubles import Standing

MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # 9:30 in Shanghai
TEN = datetime(2026, 11, 23, 2, 0, 20, tzinfo=UTC)
OTHER = "Another process polls"


@asynccontextmanager
async def both(one: Rig, other: Rig) -> AsyncIterator[None]:
    """The two at work, started in the same moment; afterwards both have ended."""
    one.start()
    other.start()
    try:
        await one.quiet()
        await other.quiet()
        yield
        await one.quiet()
    finally:
        await asyncio.gather(one.stop(), other.stop())


async def test_a_result_that_both_could_tell_is_told_once(tmp_path: Path, database_url: str, backend: str) -> None:
    """All polls end in one minute, and Telegram takes four seconds over each result: the second process, which hears no
    votes and so waits three seconds for them, comes to tell while the first is still sending."""
    async with Playground(clock=PlaygroundClock(MONDAY)) as playground:
        one, other = (Rig(playground, tmp_path, database_url, name) for name in ("one", "other"))
        ada = playground.person("Ada")
        groups = [playground.chat("读书小组"), *(playground.add_group(f"小组 {number}", ada) for number in range(5))]
        async with both(one, other):
            for group in groups:
                await ada.send(group, "/quiz")
            await playground.wait_for(lambda: len(playground.mini.world.polls) >= len(groups), timeout=60)
            await one.quiet()
            playground.faults.add("sendMessage", len(groups), kind="delay", seconds=4)
            await playground.clock.advance(60 * 21)  # later than the one that hears no votes waits for them
            for _ in range(2):
                assert all(await asyncio.gather(one.tick(), other.tick()))
        standing = Standing(
            playground, Audit(playground, tmp_path / "kaoguan.db" if backend == "sqlite" else database_url)
        )
        told = {thing: times for thing, times in standing.times.items() if thing[0] == "result"}
        assert list(told.values()) == [1] * len(groups)


async def test_two_processes_harm_nothing(tmp_path: Path, database_url: str, backend: str) -> None:
    """People answer and vote, polls end, and the daily hour comes while both are at work."""
    async with Playground(clock=PlaygroundClock(MONDAY)) as playground:
        one, other = (Rig(playground, tmp_path, database_url, name) for name in ("one", "other"))
        people = [playground.person(name) for name in ("小周", "Ada", "Lin", "小陈", "Mia")]
        groups = [playground.chat("读书小组"), playground.add_group("小组 2", *people)]
        crowd = Crowd(playground, Random(5), Cast(people, groups), one.aim, pause_s=0.05)
        async with both(one, other):
            for person in people:
                await person.send(None, "/daily 10:00")
            for group in groups:
                await people[0].send(group, "/daily 10:00")
            for _ in range(80):
                await crowd.act()
                await asyncio.sleep(0.05)
            queries = playground.mini.world.queries  # what is set aside is with Telegram no more
            await playground.wait_for(lambda: all(one["answered"] for one in queries.values()), timeout=60)
        assert OTHER in one.log + other.log
        await playground.clock.jump_to(TEN)
        async with both(one, other):
            pass
        await playground.clock.advance(60 * 12)
        async with both(one, other):
            for _ in range(20):
                await crowd.vote(crowd.draw.choice(people), crowd.draw.choice(groups))
        database = tmp_path / "kaoguan.db" if backend == "sqlite" else database_url
        audit = Audit(playground, database)
        assert audit.problems() == []
        chats = {chat.id for chat in (*groups, *(person.chat for person in people))}
        assert list(audit.pushed(chats, {date(2026, 11, 23)})) == []
        standing = Standing(playground, audit)
        assert standing.pushes_doubled() == 0
        assert standing.doubled("result") == {}
        for rig in (one, other):
            assert rig.log.count(OTHER) <= 3  # once a process
