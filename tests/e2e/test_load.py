"""The real bot under load: people whom the page does not show, in private and in groups."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.playground.clock import PlaygroundClock
from bot.playground.defaults import MOST, lively
from bot.playground.server import Playground
from tests.e2e.acting import settled, worked_off
from tests.e2e.conftest import Start
from tests.e2e.rig_audit import sound

PEOPLE = 60
SITTINGS = {("send", "reply"), ("press", "edit"), ("press", "reply"), ("press", "toast")}


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """Sixty people who think for half a second, beside the group."""
    clock = PlaygroundClock(datetime(2026, 11, 23, 1, 30, tzinfo=UTC))
    async with Playground(clock=clock, seed=7, cast=lively(MOST + PEOPLE, 7, 0.5)) as here:
        yield here


async def test_everybody_is_answered_and_every_answer_counts_once(
    playground: Playground, start: Start, tmp_path: Path
) -> None:
    """Two hundred buttons and more, with Telegram failing now and then; each kind of wait is measured."""
    async with start() as bot:
        playground.faults.add("editMessageText", 5, kind="drop_after")
        playground.faults.add("callback_query", 20, kind="twice")
        playground.faults.add("poll_answer", 20, kind="shuffled", seconds=0.5)
        await playground.wait_for(lambda: _count(playground, "press") > 200, timeout=60)
        playground.mini.busy.clear()
        await playground.clock.advance(120)
        await worked_off(playground, bot)
        await settled(playground)
    assert len(sound(playground, tmp_path).answers) > 80
    measured = {(row["action"], row["reaction"]) for row in playground.latencies.rows}
    assert measured == SITTINGS | {("vote", "confirmed")}
    assert playground.latencies.unanswered == {}


def _count(playground: Playground, kind: str) -> int:
    return sum(action.kind == kind for action in playground.record.actions)
