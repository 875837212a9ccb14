"""A Telegram that counts, in simulated time: an event loop that jumps from one event to the next, and what refuses."""

from __future__ import annotations

import asyncio
import heapq
import random
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil

from telegram.error import RetryAfter

_WAIT_S = (3, 35)  # what who is refused is told to wait, whole seconds


class JumpingLoop(asyncio.SelectorEventLoop):
    """Its clock jumps to the next timer whenever nothing is left to do."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 1000.0

    def time(self) -> float:
        """Simulated seconds."""
        return self._now

    def _run_once(self) -> None:
        ready, scheduled = self._ready, self._scheduled  # type: ignore[attr-defined]
        while scheduled and scheduled[0]._cancelled:
            heapq.heappop(scheduled)._scheduled = False
        self._now += 1e-7  # a step takes its time, or rounding could make a sleep last for ever
        if not ready and scheduled:
            self._now = max(self._now, scheduled[0]._when)
        super()._run_once()  # type: ignore[misc]


@dataclass
class Telegram:
    """Counts what arrives: 30 in any second (or a bucket of 30 refilled so), in private five in any five seconds, in a
    group 20 in any 60. `taken` are the times of what it took; `refused` counts by limit: private, group, total.

    Who is refused is told to wait 3 to 35 seconds. A chat that had too much is closed for as long, and each call in
    that time is refused as well; too much in total closes nothing, as nobody knows that it does.
    """

    bucket: bool
    clock: Callable[[], float]
    taken: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    _draw: random.Random = field(default_factory=lambda: random.Random(7))
    _window: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)
    _closed: dict[int, float] = field(default_factory=dict)
    _level: float = 30.0
    _filled_at: float = 0.0

    def arrives(self, chat_id: int) -> None:
        """Raises RetryAfter for what is too much."""
        now = self.clock()
        calls, seconds = (5, 5.0) if chat_id > 0 else (20, 60.0)
        there = self._chats.setdefault(chat_id, deque(maxlen=calls))
        if now < self._closed.get(chat_id, 0.0) or (len(there) == calls and now - there[0] < seconds):
            self._refuse("private" if chat_id > 0 else "group", self._closed_for(chat_id, now))
        if not self._room(now):
            self._refuse("total", self._drawn())
        there.append(now)
        self.taken.append(now)

    def _closed_for(self, chat_id: int, now: float) -> int:
        """Seconds, what is left of an earlier refusal, or a new one."""
        left = self._closed.get(chat_id, 0.0) - now
        wait = ceil(left) if left > 0 else self._drawn()
        self._closed[chat_id] = now + wait
        return wait

    def _drawn(self) -> int:
        return self._draw.randint(*_WAIT_S)

    def _refuse(self, why: str, seconds: int) -> None:
        self.refused[why] += 1
        raise RetryAfter(timedelta(seconds=seconds))

    def _room(self, now: float) -> bool:
        if self.bucket:
            level = min(30.0, self._level + 30 * (now - self._filled_at))
            self._level, self._filled_at = level - (level >= 1), now
            return level >= 1
        while self._window and self._window[0] <= now - 1.0:
            self._window.popleft()
        if len(self._window) >= 30:
            return False
        self._window.append(now)
        return True
