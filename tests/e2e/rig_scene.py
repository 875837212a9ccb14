"""A day after another in many chats, while the bot is killed again and again at every kind of moment."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from random import Random

from tests.e2e import rig_bot
from tests.e2e.rig import Rig
from tests.e2e.rig_crowd import Cast, Crowd
from tests.e2e.rig_study import Study
from tests.e2e.rig_upheaval import Upheaval
from tests.e2e.rig_witness import DUE, Witness

EFFECTS = ("sendMessage", "sendPoll", "editMessageText", "stopPoll", "answerCallbackQuery", "getUpdates", "")
RARER = ("getChatMember", "pinChatMessage", "unpinChatMessage", "sendChatAction", "setMyCommands")
_KINDS = ("moment", "moment", "call", "call", "unit", "unit", "start", "move")
_BIRTH = 0.6  # seconds within which a process has started
_POLITE_S = 10.0  # seconds that docker gives
_MEND = timedelta(minutes=5)  # longer than any lease, and than a push is put off
_PRESSES_LIVE = timedelta(seconds=100)  # Telegram forgets them after 150 s


class Scene:
    """`size` more people and groups than the smallest scene has; `draw` decides everything. `politely` the process is
    not killed but asked to end; `rude` are the sentences about ends that took too long or were no ends."""

    def __init__(self, rig: Rig, draw: Random, size: int = 0, *, politely: bool = False) -> None:
        self.rig, self.draw, self.playground = rig, draw, rig.playground
        self.rude: list[str] = []
        self._politely = politely
        self._kinds = [kind for kind in _KINDS if not politely or kind not in {"unit", "start"}]
        if politely:
            rig.signal = signal.SIGTERM
        people = [self.playground.person(name) for name in ("小周", "Ada", "Lin", "小陈", "Mia")]
        people += [self.playground.add_person(f"P{number}", "en") for number in range(5 + size)]
        groups = [self.playground.chat("读书小组")]
        groups += [self.playground.add_group(f"小组 {number}", *people) for number in range(5 + size // 3)]
        for person in people[5:]:
            self.playground.member(groups[0], person, "member")
        for group in groups[1:]:  # in its first one the bot is no admin
            self.playground.member(group, None, "administrator")
        self.playground.updates.drop()  # it finds itself there
        self.cast = Cast(people, groups, silent={groups[-1].id}, wanderers=people[5:7])
        self.crowd = Crowd(self.playground, draw, self.cast, rig.aim, pause_s=0.06 / (2 + size))
        Study(self.crowd)
        fickle = Cast([people[0], *people[7:9]], groups[3:4])
        fickle.groups += groups[6::2]
        moving = [group for number, group in enumerate(groups[:-1]) if number in {1, 4} or number > 6]
        self.upheaval = Upheaval(self.crowd, fickle, moving, Cast(people[9:], [groups[2]]))
        self.witness = Witness(self.playground, rig.database)
        self.deaths: Counter[str] = Counter()

    async def opens(self) -> None:
        """Killed a few times while it makes its tables; then everybody sets the hour."""
        for _ in range(0 if self._politely else 2):
            self.rig.start()
            await self._dies_in(self.draw.uniform(0, _BIRTH), "first start")
        self.rig.start()
        for person in self.cast.people:
            await person.send(None, "/daily 10:00")
        for group in self.cast.groups:
            for text in ("/daily 10:00", "/daily pin", *(["/daily 18:00"] if group.id in self.cast.silent else ())):
                await self.cast.founder.send(group, text)
        await self.rig.quiet()

    async def one_death(self) -> None:
        """Live a while, and die at some moment of some kind; then start again."""
        kind = self.draw.choice(self._kinds)
        if kind == "start":
            await self._dies_in(self.draw.uniform(0, _BIRTH), kind)
        else:
            await self._lives(kind)
        self.rig.start()

    async def _lives(self, kind: str) -> None:
        """Some ordinary life; then the clock goes on, or not, and the plan for the death is made just before."""
        self.crowd.wake()
        await asyncio.sleep(self.draw.uniform(0.05, 0.5))
        for _ in range(self.draw.choice((0, 1, 2, 3))):
            await self.upheaval.act()
        if kind == "move":
            await self.upheaval.move()
            return await self._dies_in(self.draw.choice((0, 0, 0.01, 0.03, 0.1)), kind)
        steps = self.draw.choice((1, 1, 2) if self._politely else (0, 1, 1, 1, 2))
        for step in range(steps):
            await self.step(kind if step == steps - 1 else "")
        if steps == 0:
            self._plan(kind)
        await self._ends(kind)
        return None

    async def step(self, kind: str = "") -> None:
        """The clock goes on to the next thing that will happen, with all that people did before handled."""
        self.crowd.rest()
        await self.rig.until(lambda: self.rig.started)
        target = self._target()
        if target - self.playground.clock.now() > _PRESSES_LIVE:
            await self.rig.quiet(0.1)
            target = self._target()  # what people did may have changed the hours
        self.witness.passes(target)
        self._plan(kind)
        await self.playground.clock.jump_to(target)
        if kind in {"", "unit"}:
            await self.rig.tick()
        else:
            self.rig.poke()
        if self.draw.random() < 0.7:
            self.crowd.wake()

    def _target(self) -> datetime:
        """What was cut short comes first; else the next hour of anybody, the end of polls, or some minutes."""
        self.witness.look()
        now = self.playground.clock.now()
        if self.witness.restless or self.draw.random() < 0.1:
            return now + _MEND
        soon = now + self.draw.choice((timedelta(minutes=11), timedelta(seconds=70)))
        due = self.witness.next_due()
        return max(now, due + DUE) if due is not None and self.draw.random() < 0.8 else soon

    def _plan(self, kind: str) -> None:
        """Take aim, so that the process dies in whatever comes next."""
        if kind == "call":
            self.rig.aim.at(
                self.draw.choice(RARER if self.draw.random() < 0.15 else EFFECTS),
                self.draw.choice((1, 1, 2, 5)),
                after=self.draw.random() < 0.6,
            )
        if kind == "unit":
            self.rig.levers.place = self.draw.choice((rig_bot.BEFORE, rig_bot.WITHIN, rig_bot.AFTER))
            self.rig.levers.fuse = self.draw.randrange(1, 16)

    async def _ends(self, kind: str) -> None:
        """Wait for the death that was planned; where nothing brings it, one at a moment."""
        if kind != "moment" and await self.rig.happens(lambda: not self.rig.alive, 0.8):
            return await self._dies_in(0, kind)
        return await self._dies_in(self.draw.uniform(0, 0.4), "moment")

    async def _dies_in(self, seconds: float, kind: str) -> None:
        await asyncio.sleep(seconds)
        if not self._politely:
            await self.rig.kill()
        elif (code := await self.rig.stop(patience_s=_POLITE_S)) != 0:
            self.rude.append(f"exit code {code} after SIGTERM in a {kind}")
        self.deaths[kind] += 1
        self.witness.died()

    async def settles(self) -> None:
        """Whatever was cut short is taken up, every poll's time runs out, and every hour is left alone."""
        self.crowd.rest()
        for minutes in (3, 3, 11, 11, 21, 3):
            await self.rig.quiet(0.1)
            target = self.playground.clock.now() + timedelta(minutes=minutes)
            self.witness.passes(target)
            await self.playground.clock.jump_to(target)
            await self.rig.tick()
        await self.rig.quiet()
        self.witness.look()


@asynccontextmanager
async def living(crowd: Crowd) -> AsyncIterator[None]:
    """The crowd acts beside the test."""
    tasks = [asyncio.ensure_future(crowd.live()), asyncio.ensure_future(crowd.pounce())]
    try:
        yield
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
