"""How often the bot's process looks for garbage: seldom, once it is at work, if it was started without."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from bot.playground.handles import Person
from bot.playground.server import Playground
from tests.e2e.acting import say
from tests.e2e.conftest import Start

SELDOM = (2_000, 10, 30)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before, enabled = gc.get_threshold(), gc.isenabled()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
    if enabled:
        gc.enable()


async def test_a_bot_that_was_started_without_looks_seldom(playground: Playground, start: Start, zhou: Person) -> None:
    """As `__main__` starts it; what the start has made is not looked at again."""
    gc.disable()
    frozen = gc.get_freeze_count()
    async with start():
        await say(playground, zhou, "/start")
        assert gc.isenabled()
        assert gc.get_threshold() == SELDOM
        assert gc.get_freeze_count() > frozen


async def test_a_process_that_looks_anyway_is_left_alone(playground: Playground, start: Start, zhou: Person) -> None:
    """A bot within a process that is somebody else's (a test, a notebook) changes nothing for them."""
    before = gc.get_threshold()
    async with start():
        await say(playground, zhou, "/start")
        assert gc.get_threshold() == before
        assert gc.get_freeze_count() == 0
    assert gc.isenabled()
    assert gc.get_threshold() == before != SELDOM
