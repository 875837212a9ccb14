"""What every test of a group's rounds starts from."""

from __future__ import annotations

import pytest

from bot.store.database import Database
from bot.tg import rounds as feature
from tests.group_bench import Clock, Front, desk_for
from tests.tg.fake_api import FakeApi


@pytest.fixture
def front(database: Database, clock: Clock) -> Front:
    """A group before the bot."""
    telegram = FakeApi()
    desk = desk_for(database, telegram, clock)
    return Front(desk, telegram, feature.handlers(desk))
