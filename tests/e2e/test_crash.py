"""Kill the bot, again and again: nothing people did is lost, and nothing is counted twice."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.playground.clock import PlaygroundClock
from bot.playground.handles import ChatHandle
from bot.playground.methods.table import METHODS
from bot.playground.server import Playground
from tests.e2e.rig import Rig, slow_poll
from tests.e2e.rig_audit import Audit
from tests.e2e.rig_crowd import Crowd
from tests.e2e.rig_doubles import again, doubles
from tests.e2e.rig_faults import leaks

KILLS = 20
MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # 9:30 in Shanghai
PUSH_AT = timedelta(hours=2, seconds=30)  # 10:00 in Shanghai, after midnight UTC
SOON = timedelta(hours=2)
EFFECTS = ("sendMessage", "sendPoll", "editMessageText", "stopPoll", "answerCallbackQuery")


@pytest.fixture
async def playground(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Playground]:
    """A Monday morning in Shanghai."""
    monkeypatch.setitem(METHODS, "sendPoll", slow_poll)
    async with Playground(clock=PlaygroundClock(MONDAY)) as here:
        yield here


class Scene:
    """Eight people and four groups, all pushed at ten."""

    def __init__(self, rig: Rig, draw: Random) -> None:
        self.rig = rig
        self.draw = draw
        self.playground = rig.playground
        self.people = [*(self.playground.person(name) for name in ("小周", "Ada", "Lin", "小陈", "Mia"))]
        self.people += [self.playground.add_person(name, "en") for name in ("Noor", "Ivo", "Eun")]
        self.groups = [self.playground.chat("读书小组")]
        self.groups += [self.playground.add_group(f"小组 {number}", *self.people) for number in range(3)]
        self.crowd = Crowd(self.playground, draw, self.people, self.groups)
        self.days: set[date] = set()

    @property
    def chats(self) -> list[ChatHandle]:
        """Every chat."""
        return [*(person.chat for person in self.people), *self.groups]

    async def opens(self) -> None:
        """Everybody sets the hour."""
        self.rig.start()
        for person in self.people:
            await person.send(None, "/daily 10:00")
        for group in self.groups:
            await self.people[0].send(group, "/daily 10:00")
        await self.rig.quiet()

    async def jump(self) -> None:
        """With nobody at work: polls fall due, or the hour comes. Votes are cast before and after."""
        self.crowd.rest()
        await self.rig.quiet()
        await self.rig.kill()
        target = self._target()
        if target - self.playground.clock.now() > SOON:  # Telegram keeps what people did for a day
            await self.playground.clock.jump_to(target - SOON)
        for _ in range(10):
            await self.crowd.vote()
        await self.playground.clock.jump_to(target)
        for _ in range(10):
            await self.crowd.vote()
        self.rig.start()

    def _target(self) -> datetime:
        """Today's hour, if it is still to come; else that of tomorrow, or some minutes from now."""
        now = self.playground.clock.now()
        hour = datetime.combine(now.date(), datetime.min.time(), UTC) + PUSH_AT
        if now > hour and self.draw.random() < 0.6:
            return now + timedelta(minutes=11)
        hour += timedelta(days=now > hour)
        self.days.add(hour.date())
        return hour

    async def dies(self) -> str:
        """Let people act, or leave the bot to its tick, and kill the process at some moment; returns which."""
        if self.draw.random() < 0.6:
            self.crowd.wake()
        number, how = self.rig.number, self.draw.choice(("cut", "cut", "calls", "moment"))
        if how == "cut":
            method = self.draw.choice(EFFECTS)
            self.playground.faults.add(method, kind="drop_after")
            hit = await self.rig.happens(lambda: self.rig.cut(number), 2)
            how = f"{method} {'cut' if hit else 'awaited'}"
        elif how == "calls":
            more = number + self.draw.randrange(1, 80)
            await self.rig.happens(lambda: self.rig.number >= more, 1.5)
        else:
            await asyncio.sleep(self.draw.uniform(0, 0.2))
        await self.rig.kill()
        self.playground.faults.clear()
        return how

    async def settles(self) -> None:
        """Whatever was cut short is taken up, and every poll's time runs out."""
        self.crowd.rest()
        for minutes in (3, 3, 11):
            await self.rig.quiet()
            await self.rig.kill()
            await self.playground.clock.advance(60 * minutes)
            self.rig.start()
        await self.rig.quiet()


@asynccontextmanager
async def living(crowd: Crowd) -> AsyncIterator[None]:
    """The crowd acts beside the test."""
    tasks = [asyncio.ensure_future(crowd.live()), asyncio.ensure_future(crowd.pounce())]
    try:
        yield
        assert not any(task.done() for task in tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def seed() -> int:
    """Of this run; KAOGUAN_SEED repeats one."""
    return int(os.environ.get("KAOGUAN_SEED") or Random().randrange(10**6))


async def test_killed_twenty_times_nothing_is_lost_and_nothing_counted_twice(
    playground: Playground, tmp_path: Path
) -> None:
    """Polls, votes, taps and pushes; kills between any two of them; votes while the bot is down."""
    drawn = seed()
    print(f"KAOGUAN_SEED={drawn}")  # noqa: T201 - pytest shows it when the test fails
    rig = Rig(playground, tmp_path)
    scene = Scene(rig, Random(drawn))
    await scene.opens()
    deaths = []
    async with living(scene.crowd):
        for number in range(KILLS):
            if number % 3 == 0:
                await scene.jump()
            deaths.append(await scene.dies())
            rig.start()
    await scene.settles()
    assert await rig.stop() == 0
    audit = Audit(playground, tmp_path / "bot.db")
    problems = [*audit.problems(), *audit.pushed({chat.id for chat in scene.chats}, scene.days), *doubles(rig)]
    assert not problems, "\n".join((f"KAOGUAN_SEED={drawn}", *deaths, *problems))
    assert len(audit.answers) > 40, len(audit.answers)
    assert not leaks(playground, rig.log)
    assert '"critical"' not in rig.log


async def test_a_polite_end_in_the_middle_of_it_all_doubles_nothing(playground: Playground, tmp_path: Path) -> None:
    """SIGTERM while people act and a tick is at work: exit code 0, nothing lost, and nothing sent twice."""
    drawn = seed()
    print(f"KAOGUAN_SEED={drawn}")  # noqa: T201 - pytest shows it when the test fails
    rig = Rig(playground, tmp_path)
    scene = Scene(rig, Random(drawn))
    await scene.opens()
    async with living(scene.crowd):
        for _ in range(3):
            await scene.jump()
            scene.crowd.wake()
            await rig.happens(lambda: len(rig.calls(rig.lives[-1])) > 40, 5)
            assert await rig.stop(patience_s=10) == 0
            rig.start()
    await scene.settles()
    assert await rig.stop(patience_s=10) == 0
    audit = Audit(playground, tmp_path / "bot.db")
    problems = [*audit.problems(), *audit.pushed({chat.id for chat in scene.chats}, scene.days), *again(rig)]
    assert not problems, "\n".join((f"KAOGUAN_SEED={drawn}", *problems))


async def test_the_end_waits_for_nobody_who_does_not_answer(playground: Playground, tmp_path: Path) -> None:
    """A send that hangs, of an update and of a push, holds the exit up for less than the ten seconds docker gives."""
    rig = Rig(playground, tmp_path)
    zhou, ada = playground.person("小周"), playground.person("Ada")
    rig.start()
    await zhou.send(None, "/daily 10:00")
    await rig.quiet()
    await rig.kill()
    await playground.clock.advance(timedelta(minutes=31))
    playground.faults.add("sendMessage", 100, kind="delay", seconds=60)
    rig.start()
    await playground.wait_for(lambda: len(rig.calls(rig.lives[-1])) > 15)
    await ada.send(None, "/quiz")
    await playground.wait_for(lambda: sum(call.method == "sendMessage" for call in rig.calls(rig.lives[-1])) == 2)
    assert await rig.stop(patience_s=10) == 0


async def test_the_end_may_come_before_the_beginning_is_over(playground: Playground, tmp_path: Path) -> None:
    """SIGTERM while Telegram cannot be reached yet: no waiting for it."""
    rig = Rig(playground, tmp_path)
    playground.faults.add("getMe", 100, kind="drop_before")
    rig.start()
    await playground.wait_for(lambda: len(rig.calls(0)) > 1)
    assert await rig.stop(patience_s=10) == 0
