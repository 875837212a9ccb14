"""How long people wait for what they see of the bot, in real time."""

from __future__ import annotations

import math
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

_KEPT = 10_000  # newest waits of a kind that the percentiles are taken of
_MOST = 20_000  # actions that may wait at once
_PATIENCE = 60.0  # seconds; who is not answered by then is not answered
Key = int | str
PERCENTILES = (50, 90, 99)


@dataclass(slots=True)
class _Row:
    """Waits of one kind, in milliseconds."""

    newest: deque[float] = field(default_factory=lambda: deque(maxlen=_KEPT))
    count: int = 0
    most: float = 0.0

    def add(self, wait: float) -> None:
        self.newest.append(wait)
        self.count += 1
        self.most = max(self.most, wait)


class Latencies:
    """Measures from what somebody does to the first that is seen of it.

    A message or press waits for the bot's next message or edit in that chat, first come, first served; a press also
    for its toast, which ends the spinner; a vote, of which nothing is seen, until the bot has confirmed it. `clock`
    gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._rows: dict[tuple[str, str], _Row] = {}
        self._chats: dict[int, deque[tuple[str, float]]] = {}
        self._presses: dict[Key, float] = {}
        self._votes: dict[Key, float] = {}
        self.unanswered: Counter[str] = Counter()  # by what was done

    def acted(self, action: str, chat_id: int) -> None:
        """Somebody wrote ("send") or pressed ("press") there, and waits."""
        waiting = self._chats.setdefault(chat_id, deque(maxlen=100))
        self._forget_old(waiting)
        waiting.append((action, self._clock()))

    def pressed(self, chat_id: int, query_id: str) -> None:
        """Somebody pressed a button."""
        self.acted("press", chat_id)
        self._wait(self._presses, query_id, "press")

    def voted(self, update_id: int | None) -> None:
        """Somebody voted; the bot is told by this update, or not at all."""
        if update_id is not None:
            self._wait(self._votes, update_id, "vote")

    def reacted(self, chat_id: int, reaction: str) -> None:
        """The bot wrote ("reply") or changed a message ("edit") there."""
        waiting = self._chats.get(chat_id)
        if not waiting:
            return
        self._forget_old(waiting)
        if waiting:
            action, since = waiting.popleft()
            self._note(action, reaction, since)
        if not waiting:
            del self._chats[chat_id]

    def toasted(self, query_id: str) -> None:
        """The bot answered a press."""
        if query_id in self._presses:
            self._note("press", "toast", self._presses.pop(query_id))

    def confirmed(self, update_ids: Iterable[int]) -> None:
        """The bot is done with these updates."""
        for update_id in update_ids if self._votes else ():
            if update_id in self._votes:
                self._note("vote", "confirmed", self._votes.pop(update_id))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """{action, reaction, count, p50, p90, p99, max} of every kind, in milliseconds.

        Percentiles are those of the newest 10,000, by nearest rank; count and max are of all.
        """
        return [
            {"action": action, "reaction": reaction, "count": row.count}
            | {f"p{share}": round(at, 1) for share, at in zip(PERCENTILES, _percentiles(row.newest), strict=True)}
            | {"max": round(row.most, 1)}
            for (action, reaction), row in sorted(self._rows.items())
        ]

    def shown(self) -> dict[str, Any]:
        """The rows, how many wait just now, and how many were never answered."""
        waiting = sum(map(len, self._chats.values())) + len(self._votes)
        return {"rows": self.rows, "waiting": waiting, "unanswered": dict(self.unanswered)}

    def clear(self) -> None:
        """Begin anew."""
        for kept in (self._rows, self._chats, self._presses, self._votes, self.unanswered):
            kept.clear()

    def _note(self, action: str, reaction: str, since: float) -> None:
        self._rows.setdefault((action, reaction), _Row()).add(1000 * (self._clock() - since))

    def _wait(self, waiting: dict[Key, float], key: Key, action: str) -> None:
        waiting[key] = self._clock()
        while len(waiting) > _MOST:
            del waiting[next(iter(waiting))]
            self.unanswered[action] += 1

    def _forget_old(self, waiting: deque[tuple[str, float]]) -> None:
        while waiting and self._clock() - waiting[0][1] > _PATIENCE:
            self.unanswered[waiting.popleft()[0]] += 1


def _percentiles(waits: Iterable[float]) -> list[float]:
    """The nearest ranks."""
    ranked = sorted(waits)
    return [ranked[math.ceil(share / 100 * len(ranked)) - 1] for share in PERCENTILES]
