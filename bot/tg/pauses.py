"""What a failure means: how long to wait (seconds), and whether it was one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from telegram.error import RetryAfter, TimedOut

LONGEST = 30.0


def back_off(failures: int, jitter: Callable[[], float]) -> float:
    """After so many failures in a row (from 1): 1, 2, 4 … 30, less up to a half at random (`jitter` gives 0 to 1)."""
    return min(LONGEST, 2.0 ** min(failures - 1, 10)) * (1 - jitter() / 2)


class UnheardError(TimedOut):
    """A message was sent, and nobody knows whether it arrived: sent once more, it may stand there twice."""


def unanswered(error: BaseException) -> bool:
    """Whether the call may have been done all the same: it left, and no answer came."""
    return isinstance(error, TimedOut | TimeoutError)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram told us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
