"""Two processes with one token on one database, as when a restart overlaps, and people who study meanwhile."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.core.learners import REMINDERS
from bot.playground.clock import PlaygroundClock
from bot.playground.handles import Person
from bot.playground.server import Playground
from bot.tg.buttons import Verb, pack
from bot.tg.learners_views import Field
from tests.e2e.rig import Rig
from tests.e2e.rig_audit import Audit
from tests.e2e.rig_crowd import Cast, Crowd, buttons_of, parted
from tests.e2e.rig_doubles import Standing
from tests.e2e.rig_scene import living
from tests.e2e.rig_study import Study
from tests.e2e.rig_tables import read
from tests.e2e.test_crash_studying import Sitting
from tests.e2e.test_importing import document
from tests.e2e.test_two_processes import MONDAY, TEN, both

SILENCE = 150  # seconds: longer than two minutes, shorter than the lease after it
REMINDED = datetime(2026, 11, 23, 4, 30, 20, tzinfo=UTC)
RESTARTS = 6
SAID = ("/quiz", "/review", "/interview 1", "答：甲。", "答：甲和乙都有。\n说完了")
Json = dict[str, Any]


class Two:
    """Both processes, and what stands in the chats and the database."""

    def __init__(self, playground: Playground, home: Path, database_url: str, backend: str) -> None:
        self.playground = playground
        self.one, self.other = (Rig(playground, home, database_url, name) for name in ("one", "other"))
        self.database: Path | str = home / "kaoguan.db" if backend == "sqlite" else database_url

    async def ticks(self) -> None:
        """Both at once, twice: whatever the first left is seen by the second."""
        for _ in range(2):
            assert all(await asyncio.gather(self.one.tick(), self.other.tick()))

    def shows(self, person: Person, verb: Verb) -> int:
        """How many messages of a person's chat have a button with that verb."""
        sent = self.playground.mini.world.chats[person.id].messages.values()
        return sum(any(parted(data)[0] == verb for _where, data in buttons_of(one)) for one in sent)

    def audited(self) -> Audit:
        """What is in the database now, of which nothing is wrong."""
        audit = Audit(self.playground, self.database)
        assert audit.problems() == []
        return audit


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """A Monday morning in Shanghai, of which every call is kept."""
    async with Playground(clock=PlaygroundClock(MONDAY), keep=10**6) as here:
        yield here


@pytest.fixture
def two(playground: Playground, tmp_path: Path, database_url: str, backend: str) -> Two:
    """Neither is started."""
    return Two(playground, tmp_path, database_url, backend)


def people(playground: Playground, count: int, name: str) -> list[Person]:
    """So many who have not been here before."""
    return [playground.add_person(f"{name} {number}", "zh-hans") for number in range(count)]


async def written(sitting: Sitting, person: Person) -> None:
    """An answer in words, of which nobody says that it is all."""
    await person.send(None, "/quiz t0")
    await sitting.until(lambda: sitting.button(person, "tw") is not None)
    await sitting.presses(person, "tw", number=1)
    await sitting.until(lambda: sitting.button(person, "r") is not None)
    await person.send(None, "答：甲。")
    await sitting.until(lambda: sitting.button(person, "td") is not None)


async def interviewed(sitting: Sitting, person: Person) -> None:
    """At the last question, everything said but the word that it is all."""
    await person.send(None, "/interview t0 1")
    await sitting.until(lambda: sitting.button(person, "id") is not None)
    await person.send(None, "答：甲和乙。")
    await sitting.until(lambda: True)


async def reminded(sitting: Sitting, person: Person) -> None:
    """A push at ten, and a reminder at half past twelve."""
    await person.send(None, "/daily 10:00")
    await person.send(None, "/settings")
    for page in ((), (Field.REMINDER,), (Field.REMINDER, REMINDERS[0])):
        button = pack(Verb.LEARN, *page)
        await sitting.until(lambda: button in {data for _where, data in buttons_of(sitting.messages(person)[0])})  # noqa: B023
        await person.press(person.chat.from_bot[-1], button)
    await sitting.until(lambda: True)


async def sat(sitting: Sitting, person: Person) -> None:
    """One question of a sitting, and the next."""
    await sitting.until(lambda: sitting.button(person, "a", "r") is not None)
    button = sitting.button(person, "a", "r")
    assert button is not None
    await person.press(*button)
    await sitting.until(lambda: sitting.button(person, "n", "t") is not None)
    if sitting.button(person, "n") is None:
        await sitting.presses(person, "t", number=3)
        await sitting.until(lambda: sitting.button(person, "n") is not None)
    await sitting.presses(person, "n")
    await sitting.until(lambda: sitting.button(person, "a", "r") not in (None, button))


async def test_both_tick_over_what_people_have_left(two: Two) -> None:
    """Silence after words, the end of an interview, a push with its sitting, a reminder: each by one of the two."""
    playground, sitting = two.playground, Sitting(two.one)
    writing, judged, daily = (people(playground, count, name) for count, name in ((4, "W"), (3, "I"), (3, "D")))
    two.one.start()
    for person in daily:
        await reminded(sitting, person)
    await asyncio.gather(*(written(sitting, person) for person in writing))
    await asyncio.gather(*(interviewed(sitting, person) for person in judged))
    await two.one.stop()
    async with both(two.one, two.other):
        for method in ("sendMessage", "editMessageText"):
            playground.faults.add(method, len(writing) + len(judged), kind="delay", seconds=1)
        await playground.clock.advance(SILENCE)
        await two.ticks()
        assert [two.shows(person, Verb.CONFIRM) for person in writing] == [1] * len(writing)
        assert [two.shows(person, Verb.INTERVIEW_PLAN) for person in judged] == [1] * len(judged)
        for person in (*writing, *judged):
            verb = "tr" if person in writing else "ip"
            await sitting.presses(person, verb)
        await two.one.quiet()
        for hour in (TEN, REMINDED):
            playground.faults.add("sendMessage", len(daily), kind="delay", seconds=1)
            await playground.clock.jump_to(hour)
            await two.ticks()
            await asyncio.gather(*(sat(sitting, person) for person in daily))
        await two.one.quiet()
    audit = two.audited()
    assert {len(rows) for rows in _by_person(audit, "answers", [*writing, *judged]).values()} == {1}
    assert {len(rows) for rows in _by_person(audit, "answers", daily).values()} == {2}
    pushes = Counter((row["chat_id"], row["state"]) for row in audit.tables["pushes"])
    assert pushes == {(person.id, "sent"): 2 for person in daily}
    standing = Standing(playground, audit)
    assert standing.pushes_doubled() == 0
    assert standing.doubled("verdict") == {}


def _by_person(audit: Audit, table: str, whose: list[Person]) -> dict[int, list[Json]]:
    return {one.id: [row for row in audit.tables[table] if row["person_id"] == one.id] for one in whose}


async def test_an_import_that_one_of_them_dies_over(two: Two) -> None:
    """The other has the file as well, or gets it: every review is there once."""
    person = people(two.playground, 1, "A")[0]
    rows = [
        {
            "bank": "mixed",
            "question": f"q{number}",
            "rating": 3,
            "reviewed_at": f"2026-10-{day:02}T{hour:02}:{number // 60:02}:{number % 60:02}Z",
        }
        for number in range(1, 101)
        for day in range(1, 21)
        for hour in (1, 7)
    ]

    def there() -> int:
        return len(read(two.database, "reviews")["reviews"])

    async with both(two.one, two.other):
        await person.send(None, "/start")
        await two.one.quiet()
        await person.upload("export.json", document(rows), caption="/import")
        await two.one.until(lambda: there() > 0)
        await two.one.kill()
        assert there() < len(rows)
        two.one.start()
        await two.one.until(lambda: there() == len(rows) and not two.playground.updates.pending)
        await two.one.quiet()
    audit = two.audited()
    assert len({(row["question_id"], row["reviewed_at"]) for row in audit.tables["reviews"]}) == len(rows)
    said = [one for one in person.chat.from_bot if str(len(rows)) in one.get("text", "")]
    assert len(said) in {1, 2}


async def test_restarts_that_overlap(two: Two) -> None:
    """The next process starts before the last one ends, again and again, under a crowd that studies."""
    playground = two.playground
    cast = Cast([playground.person(name) for name in ("小周", "Ada", "Lin", "小陈", "Mia")], [])
    cast.groups = [playground.chat("读书小组"), playground.add_group("小组 2", *cast.people)]
    crowd = Crowd(playground, Random(11), cast, two.one.aim, pause_s=0.04)
    Study(crowd)
    old, new = two.one, two.other
    old.start()
    for person in cast.people:
        await person.send(None, "/daily 10:00")
    await old.quiet()
    async with living(crowd):
        for _ in range(RESTARTS):
            old, new = await _replaced(two, crowd, old, new)
        crowd.rest()
    for minutes in (3, 3, 11, 21, 3):
        await old.quiet()
        await playground.clock.advance(timedelta(minutes=minutes))
        assert await old.tick()
    await old.quiet()
    assert await old.stop() == 0
    audit = two.audited()
    assert list(audit.pushed({person.id for person in cast.people}, {date(2026, 11, 23)})) == []
    standing = Standing(playground, audit)
    assert standing.pushes_doubled() == 0
    assert standing.doubled("result") == {}


async def _replaced(two: Two, crowd: Crowd, old: Rig, new: Rig) -> tuple[Rig, Rig]:
    """Some life; then a tick of both, and one thing that each person does (two might be told in the other order), while
    the old one is asked to end."""
    crowd.wake()
    await asyncio.sleep(1)
    crowd.rest()
    await old.quiet(0.1)  # a press that waits for minutes is forgotten by Telegram
    await two.playground.clock.advance(timedelta(minutes=5, seconds=10))
    new.start()
    await new.until(lambda: new.started)
    old.poke()
    new.poke()
    for person in crowd.cast.people:
        await person.send(None, crowd.draw.choice(SAID))
    await asyncio.sleep(crowd.draw.uniform(0, 0.2))
    assert await old.stop() == 0
    return new, old
