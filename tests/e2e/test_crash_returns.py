"""A group throws the bot out and takes it back, around an hour of its: to hear of that late does no harm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.handles import ChatHandle, Person
from tests.e2e.rig import Rig
from tests.e2e.rig_audit import Audit

MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # 9:30 in Shanghai
TEN = MONDAY + timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def rig(rig: Rig, zhou: Person, group: ChatHandle) -> Rig:
    """At work, and its group wants to be asked at ten."""
    rig.start()
    await zhou.send(group, "/daily 10:00")
    await rig.quiet()
    return rig


async def returns(rig: Rig, group: ChatHandle, at: datetime) -> None:
    """It is taken back at that instant."""
    await rig.playground.clock.jump_to(at)
    rig.playground.member(group, None, "member")


@pytest.mark.parametrize("heard", [True, False], ids=["knew that it was out", "learns both at once"])
async def test_an_hour_after_the_return_is_pushed_though_it_is_heard_of_later(rig: Rig, *, heard: bool) -> None:
    """Taken back a minute before the hour, while it is dead; started five minutes after it, it asks once that day."""
    group = rig.playground.chat("读书小组")
    if not heard:
        await rig.kill()
    rig.playground.member(group, None, "kicked")
    if heard:
        await rig.quiet()
        await rig.kill()
    await returns(rig, group, TEN - MINUTE)
    await rig.playground.clock.jump_to(TEN + 5 * MINUTE)
    rig.start()
    for _ in range(3):
        await rig.quiet()
        await rig.tick()
    assert len(group.polls) == 1
    assert await rig.stop() == 0
    audit = Audit(rig.playground, rig.database)
    assert list(audit.pushed({group.id}, {MONDAY.date()})) == []
    assert [row["state"] for row in audit.tables["pushes"]] == ["sent"]


async def test_an_hour_before_the_return_stays_away(rig: Rig) -> None:
    """While it was out nothing was due: the next day's hour comes first."""
    group = rig.playground.chat("读书小组")
    rig.playground.member(group, None, "kicked")
    await rig.quiet()
    await returns(rig, group, TEN + MINUTE)
    await rig.quiet()
    await rig.tick()
    assert group.polls == []
    assert await rig.stop() == 0
    (slot,) = Audit(rig.playground, rig.database).tables["slots"]
    assert slot["next_push_at"] == int((TEN + timedelta(days=1)).timestamp())
