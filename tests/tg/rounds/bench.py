"""What the tests of rounds do again and again: find the open poll, and let its time pass."""

from __future__ import annotations

from bot.store import rounds
from bot.tg import closing
from tests.group_bench import GROUP, TEN_MINUTES, Clock, Front
from tests.tg.fake_api import Call


async def poll_id(front: Front) -> str:
    """The id of the poll that is open."""
    (opened,) = await front.desk.read(rounds.open_in, GROUP.id, ("poll",))
    assert opened.poll_id is not None
    return str(opened.poll_id)


async def over(front: Front, clock: Clock) -> list[Call]:
    """Ten minutes pass; the messages that came of it."""
    before = len(front.telegram.calls)
    clock.now += TEN_MINUTES
    await closing.tick(front.desk)
    return [call for call in front.telegram.calls[before:] if call.method == "sendMessage"]
