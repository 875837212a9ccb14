"""Telegram's flood limits, by the playground's clock."""

from __future__ import annotations

import math
from collections import defaultdict, deque

from bot.playground.errors import RefusedError

PRIVATE_BURST, PRIVATE_RATE = 5, 1.0  # messages at once, then messages a second
GROUP_COUNT, GROUP_SECONDS = 20, 60.0
OVERALL_COUNT, OVERALL_SECONDS = 30, 1.0


class Limits:
    """Counts sends and edits per chat: about 1/s in private, 20 in 60 s in a group, 30/s over all chats."""

    def __init__(self, *, on: bool = True) -> None:
        self.on = on
        self._sent: defaultdict[int, deque[float]] = defaultdict(deque)
        self._overall: deque[float] = deque()

    def switch(self, *, on: bool) -> None:
        """Turn them on or off; what was sent before does not count."""
        self.on = on
        self._sent.clear()
        self._overall.clear()

    def check(self, chat_id: int, now: float) -> None:
        """Count one message to `chat_id` at `now` (Unix seconds), if on. Raises RefusedError 429 with retry_after."""
        if not self.on:
            return
        chat = self._sent[chat_id]
        if chat_id < 0:
            wait = _wait(chat, now, GROUP_COUNT, GROUP_SECONDS)
        else:
            wait = _wait(chat, now, PRIVATE_BURST, PRIVATE_BURST / PRIVATE_RATE)
        wait = max(wait, _wait(self._overall, now, OVERALL_COUNT, OVERALL_SECONDS))
        if wait > 0:
            raise flood(math.ceil(wait))
        chat.append(now)
        self._overall.append(now)


def flood(seconds: int) -> RefusedError:
    """The 429 of Telegram."""
    return RefusedError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def _wait(sent: deque[float], now: float, count: int, window: float) -> float:
    """Seconds until one more fits into `count` per sliding `window`."""
    while sent and sent[0] <= now - window:
        sent.popleft()
    return sent[0] + window - now if len(sent) >= count else 0.0
