"""Who closes a round whose time is over: one process at a time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.flows import closing, results
from bot.flows.closing import Closing
from bot.flows.leases import LEASE
from bot.store.database import Database
from tests.group_bench import DEFAULTS, GROUP, LIBRARY, NOON, TEN_MINUTES, Study


@pytest.fixture
def study(database: Database) -> Study:
    """A group at noon."""
    return Study(database)


async def test_rounds_are_due_when_their_time_is_over(study: Study) -> None:
    """Not before; and for as long as nobody closes them."""
    opened, _poll = await study.poll()
    over = NOON + TEN_MINUTES
    assert await study.database.read(closing.due, over - timedelta(seconds=1)) == ()
    ended = (Closing(opened.round.id, GROUP.id, 500 + opened.round.id, over),)
    for _ in range(2):
        assert await study.database.read(closing.due, over) == ended
    await study.finish(opened)
    assert await study.database.read(closing.due, over) == ()
    assert await study.database.read(results.result, LIBRARY, opened.round.id, NOON, DEFAULTS) is None


async def test_what_one_process_closes_no_other_does(study: Study) -> None:
    """Not while the first may still be sending the result; when its lease is over it has died, and the next one tells
    it. Once it is told nobody does."""
    opened, _poll = await study.poll()
    number, over = opened.round.id, NOON + TEN_MINUTES
    ended = Closing(number, GROUP.id, 500 + number, over)
    assert await study.database.write(closing.claim, number, over) == ended
    nearly = over + LEASE - timedelta(seconds=1)
    assert await study.database.read(closing.due, nearly) == ()
    assert await study.database.write(closing.claim, number, nearly) is None
    assert await study.database.read(closing.due, over + LEASE) == (ended,)
    assert await study.database.write(closing.claim, number, over + LEASE) == ended
    assert await study.database.write(closing.claim, number, over + LEASE) is None
    await study.finish(opened)
    assert await study.database.write(closing.claim, number, over + 9 * LEASE) is None


async def test_of_two_that_claim_at_once_one_gets_the_round(study: Study) -> None:
    """Whatever the order in which their units of work are committed."""
    opened, _poll = await study.poll()
    claims = (study.database.write(closing.claim, opened.round.id, NOON + TEN_MINUTES) for _ in range(9))
    assert sum(claimed is not None for claimed in await asyncio.gather(*claims)) == 1
