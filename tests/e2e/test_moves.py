"""A group becomes a supergroup at the worst moment: under its poll, under a push, while the line breaks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Running
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from tests.e2e.acting import CLOSES, TEN, Json, say, settled
from tests.e2e.rig_audit import Audit, sound
from tests.e2e.rig_faults import handled

pytestmark = pytest.mark.usefixtures("discreet")


async def test_a_group_that_moves_under_a_poll_gets_it(
    playground: Playground, bot: Running, zhou: Person, group: ChatHandle, tmp_path: Path
) -> None:
    """The poll stands in the new chat, its votes count there, and its result answers it there."""
    moving = Moving(playground, group)
    playground.faults.add("sendPoll", kind="delay", seconds=0, when=moving)
    await zhou.send(group, "/quiz")
    await playground.wait_for(lambda: moving.bigger.polls)
    await zhou.vote(moving.bigger.polls[0], 0)
    await handled(playground)
    await playground.clock.advance(CLOSES)
    assert any("1 人作答" in text for text in moving.bigger.texts)
    assert len(moving.bigger.polls) == 1
    audit = sound(playground, tmp_path)
    assert [row["chat_id"] for row in audit.rounds.values()] == [moving.bigger.id]


async def test_a_group_that_moves_while_the_line_breaks_gets_one_poll_that_counts(
    playground: Playground, bot: Running, zhou: Person, group: ChatHandle, tmp_path: Path
) -> None:
    """The command still names the old chat when it is tried again; at most an orphan stays behind."""
    moving = Moving(playground, group)
    playground.faults.add("sendPoll", kind="delay", seconds=0, when=moving)
    playground.faults.add("sendPoll", kind="drop_after", when=lambda params: int(params["chat_id"]) == moving.bigger.id)
    await zhou.send(group, "/quiz")
    await playground.wait_for(lambda: len(moving.bigger.polls) == 2)
    await handled(playground)
    for poll in moving.bigger.polls:
        await zhou.vote(poll, 0)
    await handled(playground)
    await playground.clock.advance(CLOSES)
    await playground.clock.advance(timedelta(days=2))
    await settled(playground)
    assert sum("1 人作答" in text for text in moving.bigger.texts) == 1
    assert len(Audit(playground, tmp_path / "e2e.db").answers) == 1
    assert list(Audit(playground, tmp_path / "e2e.db").states()) == []


async def test_a_group_that_moves_under_a_push_gets_it_once(
    playground: Playground, bot: Running, zhou: Person, group: ChatHandle, tmp_path: Path
) -> None:
    """One poll, one row in the ledger; and the hour goes with the group."""
    await say(playground, zhou, "/daily 10:00", group)
    moving = Moving(playground, group)
    playground.faults.add("sendPoll", kind="delay", seconds=0, when=moving)
    await playground.clock.jump_to(TEN)
    await playground.clock.advance(180)
    await handled(playground)
    assert len(moving.bigger.polls) == 1
    audit = sound(playground, tmp_path)
    assert list(audit.pushed({moving.bigger.id}, {TEN.date()})) == []
    await playground.clock.jump_to(TEN + timedelta(days=1))
    assert len(moving.bigger.polls) == 2


class Moving:
    """Called when a request arrives, whose chat becomes a supergroup at that moment."""

    def __init__(self, playground: Playground, group: ChatHandle) -> None:
        self._playground = playground
        self._group = group
        self._bigger: ChatHandle | None = None

    def __call__(self, _params: Json) -> bool:
        if self._bigger is None:
            self._bigger = self._playground.migrate(self._group)
        return False

    @property
    def bigger(self) -> ChatHandle:
        """The supergroup, once there is one."""
        return self._bigger or self._group
