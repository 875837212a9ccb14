"""What every test of the daily tick starts from."""

from __future__ import annotations

import pytest

from bot.store.database import Database
from bot.tg.desk import Desk
from tests.group_bench import Clock, desk_for
from tests.tg.fake_api import FakeApi
from tests.tg.pushes.bench import (
    MANY,
)


@pytest.fixture
def telegram() -> FakeApi:
    """A network without trouble."""
    return FakeApi()


@pytest.fixture
def desk(database: Database, telegram: FakeApi, clock: Clock) -> Desk:
    """A bot with forty questions."""
    return desk_for(database, telegram, clock, MANY)
