"""Fitting FSRS to each person who has answered enough: everybody is looked at once a day, some people a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.core.optimizing import OptimizerError
from bot.flows import optimizing
from bot.tg.desk import Desk, Optimize, replanned

_EVERY = timedelta(days=1)
log = structlog.get_logger(__name__)


class Optimizing:
    """Where the round of everybody stands. After a restart it begins anew: who is done is passed over."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._after = 0
        self._ended_at: datetime | None = None

    async def tick(self) -> None:
        """The next people, if the day's round is not over. One tick at a time."""
        now = self._desk.clock()
        optimize = self._desk.optimize
        if optimize is None or self._rests(now):
            return
        found = await self._desk.read(optimizing.candidates, self._after)
        for person_id, reviews in found.people:
            await self._guarded(optimize, person_id, reviews)
        self._after = found.last or 0
        self._ended_at = None if found.last else now

    def _rests(self, now: datetime) -> bool:
        """Whether a round has ended within the day before; a clock set back by more than a day begins the next."""
        return self._ended_at is not None and abs(now - self._ended_at) < _EVERY

    async def _guarded(self, optimize: Optimize, person_id: int, reviews: int) -> None:
        """Whatever one log does, the others get theirs; what went wrong is tried again on the next day."""
        try:
            await self._fit(optimize, person_id, reviews)
        except Exception:
            log.exception("optimizing_failed", person=person_id, reviews=reviews)

    async def _fit(self, optimize: Optimize, person_id: int, reviews: int) -> None:
        """A kill before the last step does all of it once more. A log that cannot be fitted is tried again when it has
        grown."""
        desk = self._desk
        try:
            parameters = await optimize(await desk.read(optimizing.logs, person_id))
        except OptimizerError as error:
            log.warning("not_optimized", person=person_id, reviews=reviews, error=str(error))
        else:
            if await desk.write(optimizing.adopt, person_id, parameters, reviews):
                log.info("optimized", person=person_id, reviews=reviews, own=parameters is not None)
            await replanned(desk, person_id)
        await desk.write(optimizing.done, person_id, reviews)
