"""Killed at one transaction after another of an import: everything is there once, and told as what the file brought."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.playground.handles import Person
from tests.e2e.rig import Rig
from tests.e2e.rig_audit import Audit
from tests.e2e.test_crash_studying import PLACES, Sitting, rows

KILLS = 13  # the last ones are after the end of the script
STEPS = 6  # there are more transactions than that
QUESTIONS, EACH = 3, 300  # reviews of each: three units of work
TOLD = "900 reviews in this file, 900 of them new."


@pytest.mark.parametrize("place", PLACES, ids=["within", "right after"])
async def test_somebody_elses_file_is_taken_over(rig: Rig, place: int) -> None:
    """Whichever transaction it is: asked, taken over with one tap, merged once, and the count is that of the file."""
    sitting, people = Sitting(rig), [rig.playground.add_person(f"P{kill}", "en") for kill in range(KILLS)]
    rig.start()
    for kill, person in enumerate(people, 1):
        await rig.quiet(0.05)
        rig.levers.place, rig.levers.fuse = place, kill
        await person.upload("export.json", _export(rig, 5), caption="/import")
        await sitting.until(lambda: sitting.button(person, "im") is not None)  # noqa: B023 - awaited here
        await sitting.presses(person, "im", number=1)
        await sitting.until(lambda: TOLD in _said(sitting, person)[0])  # noqa: B023
        rig.levers.fuse = 0
    assert await rig.stop() == 0
    _all_there(rig, people)


@pytest.mark.parametrize("place", PLACES, ids=["within", "right after"])
async def test_ones_own_file_is_merged(rig: Rig, place: int) -> None:
    """After /import, without a word: never is it told that everything was there, nor that /import should be sent."""
    sitting, people = Sitting(rig), [rig.playground.add_person(f"P{kill}", "en") for kill in range(KILLS)]
    rig.start()
    for kill, person in enumerate(people, 1):
        await rig.quiet(0.05)
        await person.send(None, "/import")
        await sitting.until(lambda: len(sitting.messages(person)) > 1)  # noqa: B023
        rig.levers.place, rig.levers.fuse = place, kill
        await person.upload("export.json", _export(rig, person.id))
        await sitting.until(lambda: TOLD in _said(sitting, person)[0])  # noqa: B023
        rig.levers.fuse = 0
        said = [text for text in _said(sitting, person) if text.startswith(("900", "To import"))]
        assert all(TOLD in text for text in said)
    assert await rig.stop() == 0
    _all_there(rig, people)


def _all_there(rig: Rig, people: list[Person]) -> None:
    """Each review, card and setting, once; nothing is kept of where the file is."""
    audit = Audit(rig.playground, rig.database)
    assert len(rig.lives) > STEPS
    for person in people:
        assert len(rows(audit, "reviews", person)) == QUESTIONS * EACH
        assert len(rows(audit, "cards", person)) == QUESTIONS
        assert [row["retention"] for row in rows(audit, "learners", person)] == [80]
        assert [(row["new"], row["study"], row["file_id"]) for row in rows(audit, "imports", person)] == [
            (900, 1, None)
        ]


def _export(rig: Rig, owner_id: int) -> bytes:
    """Somebody's reviews of three questions, once a day, and the retention they want."""
    now = rig.playground.clock.now()
    times = [(now - timedelta(days=ago)).isoformat() for ago in range(1, EACH + 1)]
    reviews = [
        {"bank": "mixed", "question": f"q{question}", "rating": 3, "reviewed_at": at}
        for question in range(1, QUESTIONS + 1)
        for at in times
    ]
    head = {"format": "kaoguan-export", "version": 1, "person_id": owner_id}
    return json.dumps(head | {"tables": {"reviews": reviews, "learners": [{"retention": 80}]}}).encode()


def _said(sitting: Sitting, person: Person) -> list[str]:
    """What stands in the chat, the newest first."""
    return [str(message.body.get("text", "")) for message in sitting.messages(person)]
