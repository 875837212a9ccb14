"""How long to wait after a failure, in seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from telegram.error import RetryAfter

LONGEST = 30.0


def back_off(failures: int, jitter: Callable[[], float]) -> float:
    """After so many failures in a row (from 1): 1, 2, 4 … 30, less up to a half at random (`jitter` gives 0 to 1)."""
    return min(LONGEST, 2.0 ** min(failures - 1, 10)) * (1 - jitter() / 2)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram told us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
