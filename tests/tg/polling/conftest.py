"""What every test of polling starts from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.tg.polling.bench import World


@pytest.fixture(autouse=True)
def log() -> Iterator[list[Any]]:
    """What was logged, in place of writing it."""
    with capture_logs() as lines:
        yield lines


@pytest.fixture
def world() -> World:
    """Nothing has happened yet."""
    return World()
