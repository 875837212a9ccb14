"""An endpoint that fails again and again is left in peace for a while, so that nobody waits for what will not come.

This is no state that a restart would miss: it begins anew, and finds out anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.llm.client import UnansweredError

FAILURES = 3  # in a row
PAUSE_S = 300.0
_BUSY_LEAST_S, _BUSY_MOST_S = 30.0, 600.0  # after a 429, whatever it says


class Pause:
    """Whether to ask at all."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._until = float("-inf")

    def on(self) -> bool:
        """Nobody is asked for now."""
        return self._clock() < self._until

    def worked(self) -> None:
        """A call was answered."""
        self._failures = 0

    def failed(self, error: UnansweredError) -> None:
        """A call was not; after a pause a single failure is enough for the next one. An endpoint that is busy asks for
        a pause by itself."""
        self._failures += 1
        if error.why == "busy":
            self._rest(min(max(error.retry_after_s or 0.0, _BUSY_LEAST_S), _BUSY_MOST_S))
        if self._failures >= FAILURES:
            self._rest(PAUSE_S)

    def _rest(self, seconds: float) -> None:
        self._until = max(self._until, self._clock() + seconds)
