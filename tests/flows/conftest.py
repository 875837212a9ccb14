"""What the tests of a group's use cases start from."""

from __future__ import annotations

import pytest

from bot.store.database import Database
from tests.group_bench import Study


@pytest.fixture
def study(database: Database) -> Study:
    """An empty group."""
    return Study(database)
