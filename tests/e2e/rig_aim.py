"""Watches the bot's calls from the playground's side, and shoots at one: right before or right after its effect."""

from __future__ import annotations

import asyncio
import inspect
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.playground.errors import RefusedError
from bot.playground.methods.table import METHODS
from bot.playground.miniature import Miniature
from bot.playground.wire import Params

SLOW_POLL = 0.15  # seconds until sendPoll's answer: people can vote before the bot knows the poll's id


@dataclass
class _Shot:
    method: str  # "" is any but getUpdates
    left: int
    after: bool

    def hits(self, method: str) -> bool:
        """Whether this call is the one."""
        if method != (self.method or method) or (not self.method and method == "getUpdates"):
            return False
        self.left -= 1
        return self.left == 0


class Aim:
    """`total` counts calls but getUpdates, `by_chat` those of this life that name a chat. Restored by `put_back`."""

    def __init__(self, shoot: Callable[[], bool]) -> None:
        self.total = 0
        self.by_chat: Counter[int] = Counter()
        self._shoot = shoot
        self._shot: _Shot | None = None
        self._plain = dict(METHODS)
        METHODS.update({name: self._watched(name, plain) for name, plain in self._plain.items()})

    def at(self, method: str = "", nth: int = 1, *, after: bool) -> None:
        """Kill at the nth call of that method from now on."""
        self._shot = _Shot(method, nth, after)

    def lower(self) -> None:
        """Kill at nothing; a new life begins."""
        self._shot = None
        self.by_chat.clear()

    def put_back(self) -> None:
        """Leave the playground's methods as they were."""
        METHODS.update(self._plain)

    def _watched(self, name: str, plain: Callable[[Miniature, Params], Any]) -> Callable[[Miniature, Params], Any]:
        async def call(mini: Miniature, asked: Params) -> Any:
            self._count(name, asked)
            shot = self._shot if self._shot and self._shot.hits(name) else None
            if shot and not shot.after and self._fire():
                raise RefusedError(500, "nothing has been done")
            result = plain(mini, asked)
            result = await result if inspect.isawaitable(result) else result
            if shot and shot.after and shot is self._shot:  # else a new life has begun while the call went on
                self._fire()
            if name == "sendPoll":
                await asyncio.sleep(SLOW_POLL)
            return result

        return call

    def _count(self, name: str, asked: Params) -> None:
        self.total += name != "getUpdates"
        if asked.has("chat_id"):
            self.by_chat[asked.number("chat_id")] += 1

    def _fire(self) -> bool:
        """Shoot; whether that was deadly."""
        self._shot = None
        return self._shoot()
