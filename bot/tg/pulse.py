"""Whether polling gets answers: counts failures in a row, logs the first and the recovery, knows the silence."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from telegram.error import Conflict, RetryAfter

from bot.metrics import FLOODS
from bot.tg.pauses import back_off, seconds_of

_TOLD_FOR_S = 600.0  # two that take turns would tell of each other every second
_TWO = "Another process polls Telegram with this bot's token. Stop one of the two; until then both answer."
_log = structlog.get_logger(__name__)


class Pulse:
    """`clock` gives monotonic seconds; `jitter` 0 to 1."""

    def __init__(self, clock: Callable[[], float], jitter: Callable[[], float]) -> None:
        self._clock = clock
        self._jitter = jitter
        self._failures = 0
        self._began_at = clock()
        self._last_ok_at: float | None = None
        self._asked_at: float | None = None
        self._told_at: float | None = None  # that there are two
        self._conflicts = 0  # of the failures in a row

    def asked(self) -> None:
        """Note that getUpdates is on its way."""
        self._asked_at = self._clock()

    def still_for(self, since: float) -> float:
        """Seconds since `since`, or later, that Telegram has had nothing to answer; 0 while it is not asked."""
        return 0.0 if self._asked_at is None else self._clock() - max(self._asked_at, since)

    def failed(self, error: Exception) -> float:
        """Note a failure; give the seconds to wait before the next try."""
        self._asked_at = None
        self._failures += 1
        if isinstance(error, Conflict):
            self._conflicts += 1
            self._tell_of_two()
        elif self._failures == self._conflicts + 1:
            _log.warning("polling.fails", error=type(error).__name__, reason=str(error))
        if isinstance(error, RetryAfter):
            FLOODS.labels("polling").inc()
            return max(seconds_of(error), 1.0)
        return back_off(self._failures, self._jitter)

    def _tell_of_two(self) -> None:
        """In one line, and no more for ten minutes."""
        if self._told_at is None or self._clock() - self._told_at >= _TOLD_FOR_S:
            self._told_at = self._clock()
            _log.error("polling.conflict", reason=_TWO)

    def answered(self) -> None:
        """Note an answer."""
        self._asked_at = None
        self._last_ok_at = self._clock()
        if self._failures > self._conflicts:
            _log.warning("polling.recovered", failures=self._failures)
        self._failures = self._conflicts = 0

    @property
    def fails(self) -> bool:
        """Whether the last call that came back failed."""
        return self._failures > 0

    def silence(self) -> float:
        """Seconds since the last answer, or since the beginning."""
        return self._clock() - (self._began_at if self._last_ok_at is None else self._last_ok_at)
