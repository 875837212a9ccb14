"""The minute tick: APScheduler wakes it, a watchdog wakes APScheduler.

APScheduler plans by the wall clock, and a wall clock set back stops it until the old time has come again. The loop's
own clock only runs forward: it notices that ticks have stopped and arms the job anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

import structlog

from bot.tg.waiting import first

PATIENCE_S = 150.0  # two ticks and a half
_JOB = "tick"
_LAST_S = 1.5
log = structlog.get_logger()


class Ticker:
    """Calls `tick` at the start of every minute while the block lasts; never two at a time."""

    def __init__(self, tick: Callable[[], Awaitable[None]], patience_s: float = PATIENCE_S) -> None:
        self._tick = tick
        self._patience_s = patience_s
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415 - not before the bot listens

        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._one_at_a_time = asyncio.Lock()
        self._ending = asyncio.Event()
        self._last = 0.0
        self._watch: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        """Tick at once, for what fell due while nobody watched, and from then on every minute."""
        await self.now()
        self._scheduler.start()
        self._arm()
        self._look()
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """No tick begins any more; one at work is cancelled, and waited for while it ends what it has begun."""
        if self._watch is not None:
            self._watch.cancel()
        self._scheduler.pause()
        self._ending.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_S):
                await self._one_at_a_time.acquire()
        self._scheduler.shutdown(wait=False)

    async def now(self, *_: object) -> None:
        """Tick; one that fails is logged, and the next comes all the same."""
        self._last = asyncio.get_running_loop().time()
        async with self._one_at_a_time:
            if not self._ending.is_set():
                await first(self._logged_tick(), self._ending.wait())

    async def _logged_tick(self) -> None:
        try:
            await self._tick()
        except Exception:
            log.exception("tick_failed")

    @property
    def silent_for(self) -> float:
        """Seconds since a tick last began."""
        return asyncio.get_running_loop().time() - self._last

    def _arm(self) -> None:
        from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415

        # No misfire limit: the library's second would silently skip a tick that comes late.
        self._scheduler.add_job(
            self.now, CronTrigger(second=0), id=_JOB, replace_existing=True, misfire_grace_time=None, coalesce=True
        )

    def _look(self) -> None:
        """The watchdog: again and again, by the loop's clock."""
        if self.silent_for > self._patience_s:
            log.warning("ticks_stopped", seconds=round(self.silent_for))
            self._arm()
        self._watch = asyncio.get_running_loop().call_later(self._patience_s / 3, self._look)
