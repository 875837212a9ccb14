"""Killed at one transaction after another of answers in words and interviews: each ends as if nothing had been."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.playground.handles import Person
from bot.playground.world import Message
from tests.e2e import rig_bot
from tests.e2e.rig import Rig
from tests.e2e.rig_audit import Audit
from tests.e2e.rig_crowd import buttons_of, parted
from tests.e2e.rig_tables import Row

PLACES = (rig_bot.WITHIN, rig_bot.AFTER)
KILLS = 10  # the last ones are after the end of the script


class Sitting:
    """What people do, each step taken once, though the bot may die over it and be started again."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig

    def messages(self, person: Person) -> list[Message]:
        """All of the chat, the newest first."""
        return [*reversed(self._rig.playground.mini.world.chats[person.id].messages.values())]

    def button(self, person: Person, *verbs: str) -> tuple[dict[str, Any], str] | None:
        """The newest button with one of these verbs, where it is pressed and with what."""
        found = (one for sent in self.messages(person) for one in buttons_of(sent) if parted(one[1])[0] in verbs)
        return next(found, None)

    async def presses(self, person: Person, verb: str, *, number: int | None = None) -> None:
        """That button; of several the one whose last number it is."""
        wanted = [one for sent in self.messages(person) for one in buttons_of(sent) if parted(one[1])[0] == verb]
        where, data = next(one for one in wanted if number in {None, parted(one[1])[1][-1]})
        await person.press(where, data)

    async def until(self, done: Callable[[], bool]) -> None:
        """It is done, by this life or the next; and all is confirmed."""
        await self._rig.until(lambda: done() or not self._rig.alive)
        if await self._rig.quiet(0.05):
            return
        await self._rig.kill()
        self._rig.start()
        await self._rig.until(done)
        await self._rig.quiet(0.05)


def rows(audit: Audit, table: str, person: Person) -> list[Row]:
    """Somebody's rows."""
    return [row for row in audit.tables[table] if row["person_id"] == person.id]


@pytest.mark.parametrize("place", PLACES, ids=["within", "right after"])
async def test_an_answer_in_words_is_rated_undone_and_rated_again(rig: Rig, place: int) -> None:
    """Whichever transaction it is: one answer, one review, the last rating, nothing half way."""
    sitting, people = Sitting(rig), [rig.playground.add_person(f"P{kill}", "en") for kill in range(KILLS)]
    rig.start()
    for kill, person in enumerate(people, 1):
        await rig.quiet(0.05)
        rig.levers.place, rig.levers.fuse = place, kill
        await _rated_undone_rated(sitting, person)
        rig.levers.fuse = 0
    assert await rig.stop() == 0
    audit = Audit(rig.playground, rig.database)
    assert audit.problems() == []
    for person in people:
        assert len(rows(audit, "answers", person)) == len(rows(audit, "cards", person)) == 1
        assert [row["rating"] for row in rows(audit, "reviews", person)] == [2]
        assert len(rows(audit, "undone", person)) == len(rows(audit, "pieces", person)) == 1


async def _rated_undone_rated(sitting: Sitting, person: Person) -> None:
    def shown(*verbs: str) -> Callable[[], bool]:
        return lambda: sitting.button(person, *verbs) is not None

    await person.send(None, "/quiz t0")
    await sitting.until(shown("tw"))
    await sitting.presses(person, "tw", number=1)
    await sitting.until(shown("r"))
    await person.send(None, "答：甲。")
    await sitting.until(shown("td"))
    await sitting.presses(person, "td")
    await sitting.until(shown("tr"))
    await sitting.presses(person, "tr", number=3)
    await sitting.until(shown("n"))
    await person.send(None, "/undo")
    await sitting.until(lambda: not shown("n")())
    await sitting.presses(person, "tr", number=2)
    await sitting.until(shown("n"))


@pytest.mark.parametrize("place", PLACES, ids=["within", "right after"])
async def test_an_interview_is_judged_and_planned(rig: Rig, place: int) -> None:
    """Whichever transaction it is: what was said is judged, told, and planned once, as it was rated."""
    sitting, people = Sitting(rig), [rig.playground.add_person(f"P{kill}", "en") for kill in range(KILLS)]
    rig.start()
    for kill, person in enumerate(people, 1):
        await rig.quiet(0.05)
        rig.levers.place, rig.levers.fuse = place, kill
        await _interviewed(sitting, person)
        rig.levers.fuse = 0
    assert await rig.stop() == 0
    audit = Audit(rig.playground, rig.database)
    assert audit.problems() == []
    for person in people:
        (interview,) = rows(audit, "interviews", person)
        assert interview["phase"] == "over"
        (turn,) = rows(audit, "turns", person)
        assert [row["rating"] for row in rows(audit, "reviews", person)] == [turn["rating"]]
        assert len(rows(audit, "answers", person)) == 1


async def _interviewed(sitting: Sitting, person: Person) -> None:
    await person.send(None, "/interview t0 1")
    await sitting.until(lambda: sitting.button(person, "id") is not None)
    await person.send(None, "不知道\n说完了")
    await sitting.until(lambda: sitting.button(person, "ip") is not None)
    rating = sitting.button(person, "ir")
    await sitting.presses(person, "ir")
    await sitting.until(lambda: sitting.button(person, "ir") != rating)
    told = sum(_plans(sent) for sent in sitting.messages(person))
    await sitting.presses(person, "ip")  # of a verdict that a death has doubled the other one keeps its button
    await sitting.until(lambda: sum(_plans(sent) for sent in sitting.messages(person)) < told)


def _plans(sent: Message) -> bool:
    return any(parted(data)[0] == "ip" for _where, data in buttons_of(sent))
