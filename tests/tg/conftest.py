"""What the tests of features before Telegram start from."""

from __future__ import annotations

import pytest

from tests.group_bench import Clock


@pytest.fixture
def clock() -> Clock:
    """Monday noon in Shanghai."""
    return Clock()
