"""Killed between a group's move and the posting of the poll that was asked for in the group as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.playground.handles import ChatHandle
from tests.e2e.rig import Rig
from tests.e2e.rig_audit import Audit

OVER = timedelta(minutes=11)


@pytest.fixture
def rig(rig: Rig) -> Rig:
    """At work."""
    rig.start()
    return rig


async def killed_in_the_move(rig: Rig, *, after: bool) -> ChatHandle:
    """`/quiz`, whose first send finds that the group has moved; the second, to the supergroup, is deadly, before or
    after its effect. Started again; the supergroup."""
    playground = rig.playground
    group = playground.chat("读书小组")
    bigger: list[ChatHandle] = []

    def moves(_params: dict[str, Any]) -> bool:
        if not bigger:
            bigger.append(playground.migrate(group))
        return False

    await rig.quiet()
    playground.faults.add("sendPoll", kind="delay", seconds=0, when=moves)
    rig.aim.at("sendPoll", 2, after=after)
    await playground.person("Lin").send(group, "/quiz")
    await rig.until(lambda: not rig.alive)
    await rig.kill()
    rig.start()
    await rig.quiet()
    return bigger[0]


@pytest.mark.parametrize("after", [False, True], ids=["before it arrives", "after it arrived"])
async def test_the_command_takes_its_round_up_again(rig: Rig, *, after: bool) -> None:
    """One round, which is sent once more: a poll that had arrived is an orphan, counted. Votes and the result are
    those of the other, and nothing is left half way."""
    bigger = await killed_in_the_move(rig, after=after)
    assert len(bigger.polls) == 1 + after
    for poll in bigger.polls:
        await rig.playground.person("Ada").vote(poll, 1)
    await rig.quiet()
    await rig.playground.clock.advance(OVER)
    await rig.tick()
    await rig.quiet()
    assert sum("1 人作答" in text for text in bigger.texts) == 1
    assert await rig.stop() == 0
    audit = Audit(rig.playground, rig.database)
    assert audit.problems() == []
    assert [(row["chat_id"], row["state"], row["sends"]) for row in audit.rounds.values()] == [(bigger.id, "closed", 2)]
    assert [row["id"] for row in audit.tables["chats"]] == [bigger.id]
    assert len(audit.answers) == 1


async def test_a_command_handled_to_its_end_before_the_kill_asks_nothing_more(rig: Rig) -> None:
    """Its poll stands in the supergroup and is known; only that it is done with had not been told to Telegram."""
    bigger = await killed_in_the_move(rig, after=False)
    await rig.kill()
    assert rig.playground.updates.redeliver() > 1
    rig.start()
    await rig.quiet()
    assert len(bigger.polls) == 1
    assert await rig.stop() == 0
    assert [row["sends"] for row in Audit(rig.playground, rig.database).rounds.values()] == [2]
