"""Clocks that jump, under a process that is killed: each hour is pushed once a study day, whatever the clock shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.playground.clock import PlaygroundClock
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from tests.e2e.rig import Rig
from tests.e2e.rig_audit import Audit
from tests.e2e.rig_doubles import Sendings
from tests.e2e.rig_witness import DUE, Witness, shown

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
HOURS = ("01:30", "02:15", "02:45", "03:30", "10:00")  # around the jumps: at 2, in Berlin also 3 o'clock
JUMPS = {
    "Lord Howe forward by half an hour": datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    "Berlin back": datetime(2026, 10, 25, 1, tzinfo=UTC),
    "New York back": datetime(2026, 11, 1, 6, tzinfo=UTC),
    "New York forward": datetime(2027, 3, 14, 7, tzinfo=UTC),
    "Berlin forward": datetime(2027, 3, 28, 1, tzinfo=UTC),
    "Lord Howe back by half an hour": datetime(2027, 4, 3, 15, tzinfo=UTC),
}
BEFORE, AFTER = timedelta(hours=3), timedelta(hours=10)
TEN = datetime(2026, 11, 23, 2, 0, 30, tzinfo=UTC)  # in Shanghai
HOUR = timedelta(hours=1)


class Zones:
    """A group with all the hours in each zone, and a person for each hour in one of them; some deaths."""

    def __init__(self, playground: Playground, home: Path, draw: Random) -> None:
        self.playground, self.draw = playground, draw
        self.rig = Rig(playground, home)
        self.founder = playground.person("小周")
        self.people = [playground.add_person(f"P{number}", "en") for number in range(len(HOURS))]
        self.groups = [playground.add_group(zone, self.founder, *self.people) for zone in ZONES]
        self.witness = Witness(playground, self.rig.database)

    async def open(self) -> None:
        """Everybody says where they live and when they want to be asked."""
        self.rig.start()
        for group in self.groups:
            await self._live(self.founder, group, group.title, HOURS)
        for number, (person, hour) in enumerate(zip(self.people, HOURS, strict=True)):
            await self._live(person, None, ZONES[number % len(ZONES)], (hour,))
        await self.rig.quiet()

    async def _live(self, person: Person, chat: ChatHandle | None, zone: str, hours: tuple[str, ...]) -> None:
        for text in (f"/timezone {zone}", *(f"/daily {hour}" for hour in hours)):
            await person.send(chat, text)

    async def pass_by(self, way: timedelta) -> None:
        """From one hour to the next; somebody votes at each."""
        end = self.playground.clock.now() + way
        while self.playground.clock.now() < end:
            due = self.witness.next_due()
            await self._go(min(end, due + DUE) if due else end)
            await self._vote()
            while self.witness.restless:
                await self._go(self.playground.clock.now() + timedelta(minutes=3))

    async def _go(self, moment: datetime) -> None:
        self.witness.passes(moment)
        await self.playground.clock.jump_to(moment)
        if self.draw.random() < 0.2:
            self.rig.aim.at("sendPoll", after=self.draw.random() < 0.5)
        if not await self.rig.tick():
            await self.rig.kill()
            self.witness.died()
            self.rig.start()
        await self.rig.quiet(0.1)
        self.witness.look()

    async def _vote(self) -> None:
        for group in self.groups:
            polls = [poll for poll in group.polls[-1:] if not poll["poll"]["is_closed"]]
            for poll in polls:
                voters = [one for one in self.people if str(one.id) not in poll["poll"]["votes"]]
                for person in voters[:2]:
                    await person.vote(poll, 1)


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_a_day_with_an_hour_more_or_less_has_one_push_for_each_hour(jump: datetime, tmp_path: Path) -> None:
    """By a calendar that looks at the clock minute by minute; answers count for the day that it was there."""
    async with Playground(clock=PlaygroundClock(jump - BEFORE)) as playground:
        zones = Zones(playground, tmp_path, Random(int(jump.timestamp())))
        try:
            await zones.open()
            await zones.pass_by(BEFORE + AFTER)
            await zones.pass_by(timedelta(minutes=12))
            await zones.rig.quiet()
            assert await zones.rig.stop() == 0
            audit = Audit(playground, zones.rig.database, zones.witness)
            sendings = Sendings(zones.rig, audit, zones.witness)
            assert [*audit.problems(), *sendings.missed(), *sendings.problems()] == []
            assert len(zones.witness.due) == len(audit.tables["pushes"]) > 6
            assert [row for row in audit.tables["answers"] if not counted_right(row, audit)] == []
            assert len(audit.answers) > 6
        finally:
            if zones.rig.alive:
                await zones.rig.kill()
            zones.rig.aim.put_back()


def counted_right(answer: dict[str, int], audit: Audit) -> bool:
    """Whether the answer's study day began at four o'clock where the group lives, and had not ended."""
    zones = {row["id"]: row["timezone"] for row in audit.tables["chats"]}
    zone = zones[audit.rounds[answer["round_id"]]["chat_id"]]
    day, at = date.fromordinal(answer["day"]), datetime.fromtimestamp(answer["answered_at"], UTC)
    return shown(zone, day, 240) <= at < shown(zone, day + timedelta(days=1), 240)


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """Ten minutes before ten on a Monday in Shanghai."""
    async with Playground(clock=PlaygroundClock(TEN - timedelta(minutes=10))) as here:
        yield here


async def test_a_clock_set_back_an_hour_and_forward_again_pushes_nothing_twice(rig: Rig) -> None:
    """The bot's own clock: people go on, restarts happen, and ten o'clock comes three times."""
    playground, zhou = rig.playground, rig.playground.person("小周")
    group = playground.chat("读书小组")
    rig.start()
    await zhou.send(None, "/daily 10:00")
    await zhou.send(group, "/daily 10:00")
    await rig.quiet()
    await playground.clock.jump_to(TEN)
    await rig.tick()
    for back, restart in ((HOUR, False), (HOUR, True), (timedelta(0), False), (HOUR, False), (timedelta(0), True)):
        if restart:
            await rig.kill()
            rig.start()
            await rig.until(lambda: rig.started)
        await set_back(rig, back)
        await answer(rig, zhou, group)
        await set_back(rig, back - HOUR + timedelta(minutes=2) if back else back)  # ten o'clock again
    await set_back(rig, timedelta(0))
    for _ in range(3):
        await playground.clock.advance(timedelta(minutes=11))
        await rig.tick()
    await rig.quiet()
    await playground.clock.jump_to(TEN + timedelta(days=1))
    await rig.tick()
    await playground.clock.advance(timedelta(minutes=11))
    await rig.tick()
    assert await rig.stop() == 0
    audit = Audit(playground, rig.database)
    assert audit.problems() == []
    ledger = Counter((row["chat_id"], row["study_day"], row["state"]) for row in audit.tables["pushes"])
    days = [(TEN + timedelta(days=number)).date().toordinal() for number in (0, 1)]
    assert ledger == {(chat, day, "sent"): 1 for chat in (zhou.id, group.id) for day in days}
    pushed = [row["id"] for row in audit.rounds.values() if row["origin"].startswith("p")]
    assert len(pushed) == 4
    assert len(audit.answers) > 4


async def set_back(rig: Rig, by: timedelta) -> None:
    """Set the bot's clock back against the playground's, and have it tick there."""
    rig._match_clock()
    rig.levers.ahead -= by.total_seconds()
    await rig.tick()


async def answer(rig: Rig, zhou: Person, group: ChatHandle) -> None:
    """A question in private and one in the group, both answered."""
    await zhou.send(None, "/quiz")
    await zhou.send(group, "/quiz")
    await rig.quiet()
    asked = [one for one in zhou.chat.from_bot if one.get("reply_markup")][-1]
    buttons = [button for row in asked["reply_markup"]["inline_keyboard"] for button in row]
    if buttons[0]["callback_data"].startswith("1a:"):
        await zhou.press(asked, buttons[0]["callback_data"])
    for poll in group.polls[-2:]:
        if not poll["poll"]["is_closed"] and str(zhou.id) not in poll["poll"]["votes"]:
            await zhou.vote(poll, 1)
    await rig.quiet()
