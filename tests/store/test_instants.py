"""Instants at the edge of the store."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.store.instants import instant, instant_or_none, seconds, seconds_or_none


def test_an_instant_is_kept_to_the_second() -> None:
    """In whatever zone it is told, it comes back in UTC."""
    told = datetime(2026, 11, 23, 20, 0, 5, 999_999, tzinfo=ZoneInfo("Asia/Shanghai"))

    assert instant(seconds(told)) == datetime(2026, 11, 23, 12, 0, 5, tzinfo=UTC)
    assert instant(seconds(told)).tzinfo is UTC


def test_nothing_stays_nothing() -> None:
    """An empty column is None on both sides, and second 0 is not empty."""
    assert (seconds_or_none(None), instant_or_none(None)) == (None, None)
    assert instant_or_none(0) == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_naive_datetime_is_refused() -> None:
    """Its zone would be guessed from the machine."""
    with pytest.raises(ValueError, match="time zone"):
        seconds(datetime(2026, 11, 23, 12))  # noqa: DTZ001 - the mistake itself
