"""getUpdates, without losing an update and without stopping for one.

Telegram hands out everything from an offset on, 100 at most, and forgets what lies before the offset. So we confirm
only a prefix that is completely handled, and two things follow:

- While an update is in flight, Telegram answers the next getUpdates at once, with updates we already have. They are
  recognised, and between two such fetches we wait until half is handled or for a breath (0.05 s after something new,
  doubling to 0.5 s): whoever else writes is heard within half a second, and nothing spins.
- Behind an update that does not finish at most 99 others can be seen. A full window with nothing new in it is
  therefore set aside (see handling): it is written down and confirmed, while its handling goes on; and so is each
  full window after it, until all of that is settled. So neither a flood in one chat nor a Telegram that takes its
  time over every answer keeps anybody waiting.

A crash anywhere brings again whatever was not confirmed, and what was set aside: handlers are idempotent.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from typing import Any, Self

import structlog
from telegram.error import InvalidToken
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.core.errors import StartError
from bot.tg.attempts import Attempts
from bot.tg.handling import Handling, Notes
from bot.tg.pulse import Pulse
from bot.tg.raw_updates import WINDOW, fetch
from bot.tg.routes import Routes
from bot.tg.waiting import first, unless

_BREATH_S, _LONGEST_BREATH_S = 0.05, 0.5
_LAST_CONFIRM_S = 2.0
_STILL_S, _HEARD_S, _BEHIND_S = 0.3, 3.0, 5.0
_SILENT_S = 90.0
_log = structlog.get_logger(__name__)


class Poller:
    """Polls until told to stop. `run` is the whole life; `stop`, or cancelling `run`, ends it gracefully."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        request: BaseRequest,
        attempts: Attempts,
        notes: Notes,
        *,
        poll_s: int = 25,
        drain_s: float = 5.5,
        catch_up_s: float = 60.0,
        in_flight: int = 256,
        in_memory: int = 2048,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """`request` is the instance for getUpdates, opened by the application. Seconds: of one long poll, for what is
        in flight at the stop, and for what waited at the start. At most
        `in_flight` are handled side by side, and `in_memory` wait here for their turn."""
        self._application = application
        self._request = request
        self._poll_s = poll_s
        self._drain_s = drain_s
        self._catch_up_s = catch_up_s
        self._clock = clock
        self._sleep = sleep
        self._handling = Handling(application, attempts, notes, side_by_side=in_flight, most=in_memory)
        self._backlog: set[asyncio.Task[None]] = set()
        self._seen = asyncio.Event()
        self._stopping = asyncio.Event()
        self._finished = asyncio.Event()
        self._finished.set()
        self._breath = _BREATH_S
        self._told: int | None = None  # the offset that Telegram has last taken note of
        self._fetches = self._fetched = 0  # begun, and the last of them that Telegram has answered
        self._hurried: set[int] = set()  # what is before these is to be confirmed soon
        self._pulse = Pulse(clock, jitter)

    def route(self, routes: Routes) -> None:
        """Deal with what fits these before the library is asked."""
        self._handling.routes = routes

    @property
    def in_flight(self) -> int:
        """Updates being handled or waiting for their turn."""
        return len(self._handling.tasks)

    def trouble(self) -> str | None:
        """What is wrong with polling, in one sentence; None while it is alive."""
        if self._finished.is_set():
            return "Polling does not run."
        silence = self._pulse.silence()
        return f"Telegram has not answered getUpdates for {silence:.0f} s." if silence > _SILENT_S else None

    async def __aenter__(self) -> Self:
        """Start polling in the background."""
        self._running = asyncio.create_task(self.run())
        return self

    async def __aexit__(self, *_exception: object) -> None:
        """Stop; what ended polling before is for `ended` to tell."""
        await self.stop()
        await asyncio.gather(self._running, return_exceptions=True)

    async def caught_up(self) -> None:
        """Return when all that waited at Telegram when we came is handled, or has had `catch_up_s` seconds to be.

        Raises what ended polling, if that came first.
        """
        await first(self._seen.wait(), asyncio.shield(self._running))
        if self._running.done():
            return await self._running
        if self._backlog:
            await first(asyncio.wait(self._backlog), self._sleep(self._catch_up_s))
        return None

    async def heard(self) -> bool:
        """Return when what people did until now is handled: nothing is in flight and Telegram has nothing more to
        say for 0.3 s. Waits 3 s at the most, for a busy server; False if getUpdates fails all the while."""
        began = self._clock()
        while self._clock() - began < _HEARD_S and not self._stopping.is_set():
            if not self.in_flight and not self._pulse.fails and self._pulse.still_for(began) >= _STILL_S:
                return True
            await self._sleep(_BREATH_S)
        return not self._pulse.fails

    async def behind(self, update_id: int) -> bool:
        """Return when Telegram has taken note that all before this update, which is being handled, is done or set
        aside: then it never tells that again. False if Telegram or the table does not answer within 5 s."""
        began, clear = self._clock(), None
        self._hurried.add(update_id)
        try:
            while self._clock() - began < _BEHIND_S and not self._stopping.is_set():
                if clear is None and self._handling.unconfirmed.clear_before(update_id):
                    clear = self._fetches  # the one after this one tells Telegram
                if clear is not None and self._fetched > clear:
                    return True
                await self._sleep(_BREATH_S)
            return False
        finally:
            self._hurried.discard(update_id)

    def newer(self, update_id: int) -> tuple[str, ...]:
        """What the person whose press is being handled has pressed on the same message since, as far as it has come."""
        return self._handling.presses.newer(update_id)

    async def ended(self) -> None:
        """Wait for the end of polling. Raises StartError if Telegram does not know the token any more."""
        await asyncio.shield(self._running)

    async def run(self) -> None:
        """Poll until stopped. Raises StartError if Telegram does not know the token."""
        self._finished.clear()
        try:
            await self._handling.take_up()
            while not self._stopping.is_set():
                await self._round()
        finally:
            await self._drain()

    async def stop(self) -> None:
        """Fetch no more, finish what is in flight within bounds, confirm what is handled; return when that is done."""
        self._stopping.set()
        await self._finished.wait()

    async def _round(self) -> None:
        """Fetch, hand out, wait a little; or wait longer after a failure."""
        asked_at = self._clock()
        try:
            self._pulse.asked()
            batch = await unless(self._stopping, self._fetch(self._patience()))
        except InvalidToken as error:
            raise StartError("Telegram does not know this BOT_TOKEN: ask @BotFather for a new one.") from error
        except Exception as error:  # noqa: BLE001 - whatever a server answers, polling goes on
            await unless(self._stopping, self._sleep(self._pulse.failed(error)))
            return
        if batch is None:
            return
        self._pulse.answered()
        news = self._handling.take(batch)
        if len(batch) < WINDOW:
            self._all_seen()
        full = len(batch) == WINDOW and (not news or self._handling.behind)
        stuck = batch if full or self._handling.far_behind(batch) else _before(batch, self._hurried)
        if not await self._handling.set_aside(stuck):  # or else at once for what waits behind it
            await self._breathe(self._clock() - asked_at, news=news)
        await self._handling.tidy()

    async def _fetch(self, wait_s: int, limit: int = WINDOW) -> list[dict[str, Any]]:
        """One getUpdates; it confirms all that is settled from the start of the queue."""
        offset = self._handling.unconfirmed.offset()
        self._fetches += 1
        batch = await fetch(self._request, self._application.bot.base_url, offset=offset, wait_s=wait_s, limit=limit)
        self._told, self._fetched = offset, self._fetches
        return batch

    def _patience(self) -> int:
        """Seconds to wait for more: none for what waited when we came, one while there are notes to tear up."""
        if not self._seen.is_set():
            return 0
        return 1 if self._handling.behind else self._poll_s

    def _all_seen(self) -> None:
        """Nothing more waits behind this batch."""
        if not self._seen.is_set():
            self._backlog = set(self._handling.tasks)
            self._seen.set()

    async def _breathe(self, spent: float, *, news: bool) -> None:
        """Until half of it is handled, the stop, or the end of a breath, of which the answer has taken `spent` seconds:
        a server that answers at once cannot make us spin, and one that takes its time is asked again at once."""
        if self._handling.all_settled and (news or self._handling.unconfirmed.offset() != self._told):
            return  # nothing comes again: Telegram answers when there is something new
        self._breath = _BREATH_S if news else min(2 * self._breath, _LONGEST_BREATH_S)
        if self._breath > spent:
            done = [self._handling.half.wait()] if self.in_flight else []
            await first(self._stopping.wait(), self._sleep(self._breath - spent), *done)

    async def _drain(self) -> None:
        """Wait for what is in flight, drop what takes too long (it comes again), confirm the rest."""
        handling = self._handling
        try:
            await first(handling.idle.wait(), self._sleep(self._drain_s))
            for task in handling.tasks:
                task.cancel()
            await asyncio.gather(*handling.tasks, return_exceptions=True)
            if handling.unconfirmed.offset() is not None:
                with suppress(Exception):  # what stays unconfirmed comes again, no more
                    async with asyncio.timeout(_LAST_CONFIRM_S):
                        await self._fetch(0, limit=1)
            await handling.tidy()
        finally:
            self._finished.set()


def _before(batch: list[dict[str, Any]], update_ids: Collection[int]) -> list[dict[str, Any]]:
    """What stands in it before the first of these updates."""
    places = (at for at, payload in enumerate(batch) if payload["update_id"] in update_ids)
    return batch[: next(places, 0)]
