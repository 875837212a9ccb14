"""Instants at the edge of the store: aware datetimes outside, integer Unix seconds (UTC) inside."""

from __future__ import annotations

from datetime import UTC, datetime


def seconds(at: datetime) -> int:
    """Whole Unix seconds of an aware datetime. Raises ValueError for a naive one, whose zone would be guessed."""
    if at.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {at}")
    return int(at.timestamp())


def seconds_or_none(at: datetime | None) -> int | None:
    """The same, for a column that may be empty."""
    return None if at is None else seconds(at)


def instant(at: int) -> datetime:
    """The aware UTC datetime of Unix seconds."""
    return datetime.fromtimestamp(at, UTC)


def instant_or_none(at: int | None) -> datetime | None:
    """The same, for a column that may be empty."""
    return None if at is None else instant(at)
