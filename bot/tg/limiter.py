"""How fast we speak: Telegram's limits per chat, and a crossing that all scheduled sends share.

A private chat takes 4 messages in any 5 seconds, a group 20 in any 60, all scheduled sends together 30 in any second
(1,000 where the operator pays for them). In a chat interactive calls go before scheduled ones, each kind in the order
it came; an edit that a newer one of the same message overtakes while it waits is not sent. A 429 pauses the chat that
got it, for as long as Telegram said, and no other. Only when scheduled sends to three chats are refused within seconds
it is the bot that is too fast: then all scheduled sends pause for that long. Calls that name no chat, read only, or
answer a press are not limited.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from telegram._utils.types import JSONDict
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.metrics import FLOODS
from bot.tg.crossing import Crossing, Slot
from bot.tg.gates import ClosedError, Gate, Key, Lane, OvertakenError, Pace, Passage
from bot.tg.pauses import seconds_of

BULK = "bulk"
_Result = bool | JSONDict | list[JSONDict]
_FREE = ("get", "answer")  # methods that begin so
log = structlog.get_logger(__name__)
_SWEEP = 1024  # chats remembered before the idle ones are forgotten


PRIVATE = Pace(4, 5.0)  # any four seconds in a row would let eight into five
GROUP = Pace(20, 60.0)
EVERYBODY = Pace(30, 1.0)
PAID = Pace(1000, 1.0)
_INTERACTIVE = Lane(retries=2, patience=60.0)
_SCHEDULED = Lane(retries=2, patience=30.0)  # what is longer goes back to whoever has planned it
_FLOOD_CHATS, _FLOOD_S = 3, 5.0


class Limiter(BaseRateLimiter[str]):
    """The library's hook for all of this; `rate_limit_args="bulk"` marks a scheduled send."""

    def __init__(
        self,
        *,
        everybody: Pace = EVERYBODY,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`everybody` is the pace of scheduled sends; `clock` gives monotonic seconds; `sleep` waits for so many."""
        self._clock = clock
        self._sleep = sleep
        self._crossing = Crossing(everybody, clock, sleep)
        self._chats: dict[int | str, Gate] = {}
        self._refused: dict[object, tuple[float, float]] = {}  # chats whose scheduled sends got a 429: when, how long
        self._sweep_at = _SWEEP

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def end(self) -> None:
        """No scheduled send leaves any more: each raises NetworkError, as it surely does not arrive."""
        self._crossing.end()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, _Result]],
        args: Any,  # noqa: ANN401 - the library's signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> _Result:
        """Make the call in its turn; an edit that was overtaken is not made, and gives True. Raises RetryAfter when its
        retries are used up or the pause is too long; ClosedError where an earlier pause is."""
        lane = _SCHEDULED if rate_limit_args == BULK else _INTERACTIVE
        chat_id = None if endpoint.startswith(_FREE) else data.get("chat_id")
        key = (chat_id, data.get("message_id")) if endpoint == "editMessageText" else None
        for tries in range(lane.retries + 1):
            try:
                passage, slot = await self._enter(chat_id, lane, again=tries > 0, key=key)
                return await self._timed(callback(*args, **kwargs), passage, slot)
            except OvertakenError:
                return True
            except ClosedError:  # Telegram has not refused this one: it closes nothing, and nothing for longer
                raise
            except RetryAfter as error:
                await self._refusal(error, chat_id, lane, last=tries == lane.retries)
        raise AssertionError("the last try returns or raises")

    async def _enter(
        self, chat_id: object, lane: Lane, *, again: bool, key: Key | None
    ) -> tuple[Passage | None, Slot | None]:
        if lane is _SCHEDULED:
            return await self._both(chat_id, again=again, key=key)
        gate = self._gate(chat_id)
        if gate is None:
            return None, None
        passage = await gate.enter(lane, again=again, key=key)
        return passage, await self._crossing.pass_by()

    async def _both(self, chat_id: object, *, again: bool, key: Key | None) -> tuple[Passage | None, Slot]:
        """A scheduled send goes when the chat and the crossing are free at once: it holds nothing while it waits.

        Its gate is looked up only then: an idle one may have been forgotten meanwhile, and the chat have another.
        """
        slot = await self._crossing.enter(_SCHEDULED, again=again)
        gate = self._gate(chat_id)
        if gate is None:
            return None, slot
        if gate.free():
            return gate.take(), slot
        self._crossing.give_back(slot)
        async with gate.turn(_SCHEDULED, scheduled=True, again=again, key=key) as next_turn:
            while True:
                slot = await self._crossing.enter(_SCHEDULED, again=True)
                if gate.delay() <= 0:
                    return gate.take(), slot
                self._crossing.give_back(slot)
                await next_turn()

    async def _timed(self, call: Coroutine[Any, Any, _Result], passage: Passage | None, slot: Slot | None) -> _Result:
        """Make the call; it counts from its answer on, as nobody knows when between the two Telegram counted it."""
        try:
            return await call
        finally:
            if passage is not None:
                passage.at = self._clock()
            if slot is not None:
                self._crossing.answered(slot)

    async def _refusal(self, error: RetryAfter, chat_id: object, lane: Lane, *, last: bool) -> None:
        """Pause what was refused, for as long as Telegram said; raise what is not tried again."""
        gate, seconds = self._gate(chat_id), seconds_of(error)
        FLOODS.labels("scheduled" if lane is _SCHEDULED else "interactive").inc()
        log.warning("refused_429", scheduled=lane is _SCHEDULED, seconds=seconds)
        if lane is _SCHEDULED:
            self._crossing.close(self._flood(chat_id, seconds))
        if gate:
            gate.close(seconds)
        if last or seconds > lane.patience:
            raise error
        if not gate:
            await self._sleep(seconds)

    def _flood(self, chat_id: object, seconds: float) -> float:
        """Note that a chat was refused. Where too many chats were for it to be their own doing: for how long the bot
        itself was, which is what the one that waits least was told; else 0."""
        now = self._clock()
        recent = {chat: (at, told) for chat, (at, told) in self._refused.items() if now - at < _FLOOD_S}
        self._refused = recent | {chat_id: (now, seconds)}
        told = [told for _at, told in self._refused.values()]
        return min(told) if len(told) >= _FLOOD_CHATS else 0.0

    def _gate(self, chat_id: object) -> Gate | None:
        if not isinstance(chat_id, int | str):
            return None
        if len(self._chats) >= self._sweep_at:
            self._forget_idle()
        if chat_id not in self._chats:
            self._chats[chat_id] = Gate(_pace(chat_id), self._clock, self._sleep)
        return self._chats[chat_id]

    def _forget_idle(self) -> None:
        self._chats = {chat_id: gate for chat_id, gate in self._chats.items() if not gate.idle()}
        self._sweep_at = max(_SWEEP, 2 * len(self._chats))


def _pace(chat_id: int | str) -> Pace:
    """Groups and channels have negative ids or @names."""
    return PRIVATE if isinstance(chat_id, int) and chat_id > 0 else GROUP
