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


@dataclass(slots=True)
class _Wait:
    """Somebody waits since then, for what they did; a press was on that message."""

    action: str
    since: float  # seconds of the clock
    message_id: int = 0
    told: bool = False  # by the words of a toast: nothing more need come


class Latencies:
    """Measures from what somebody does to the first that is seen of it.

    A message or press waits for the bot's next message or edit in that chat, first come, first served, but an edit
    belongs to who pressed on that message, if anybody did; a press waits also for its toast, which ends the spinner and
    with words in it may be all that comes; a vote, of which nothing is seen, until the bot has confirmed it. `clock`
    gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._rows: dict[tuple[str, str], _Row] = {}
        self._chats: dict[int, deque[_Wait]] = {}
        self._presses: dict[Key, _Wait] = {}
        self._votes: dict[Key, _Wait] = {}
        self.unanswered: Counter[str] = Counter()  # by what was done

    def acted(self, action: str, chat_id: int, message_id: int = 0) -> _Wait:
        """Somebody wrote ("send") or pressed ("press", on that message) there, and waits."""
        waiting = self._chats.setdefault(chat_id, deque(maxlen=100))
        self._forget_old(waiting)
        wait = _Wait(action, self._clock(), message_id)
        waiting.append(wait)
        return wait

    def pressed(self, chat_id: int, query_id: str, message_id: int = 0) -> None:
        """Somebody pressed a button of that message."""
        self._wait(self._presses, query_id, self.acted("press", chat_id, message_id))

    def voted(self, update_id: int | None) -> None:
        """Somebody voted; the bot is told by this update, or not at all."""
        if update_id is not None:
            self._wait(self._votes, update_id, _Wait("vote", self._clock()))

    def reacted(self, chat_id: int, reaction: str, message_id: int = 0) -> None:
        """The bot wrote ("reply") there or changed that message ("edit")."""
        waiting = self._chats.get(chat_id)
        if not waiting:
            return
        self._forget_old(waiting)
        edited = message_id if reaction == "edit" else 0
        on_it = (wait for wait in waiting if wait.message_id == edited != 0)
        served = next(on_it, None) or next((wait for wait in waiting if not wait.told), None)
        if served:
            waiting.remove(served)
            self._note(served, reaction)
        if not waiting:
            del self._chats[chat_id]

    def toasted(self, query_id: str, text: str = "") -> None:
        """The bot answered a press, perhaps with words."""
        if query_id in self._presses:
            wait = self._presses.pop(query_id)
            wait.told = bool(text)
            self._note(wait, "toast")

    def confirmed(self, update_ids: Iterable[int]) -> None:
        """The bot is done with these updates."""
        for update_id in update_ids if self._votes else ():
            if update_id in self._votes:
                self._note(self._votes.pop(update_id), "confirmed")

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
        for queue in self._chats.values():
            self._forget_old(queue)
        waiting = sum(not wait.told for queue in self._chats.values() for wait in queue) + len(self._votes)
        return {"rows": self.rows, "waiting": waiting, "unanswered": dict(self.unanswered)}

    def clear(self) -> None:
        """Begin anew."""
        for kept in (self._rows, self._chats, self._presses, self._votes, self.unanswered):
            kept.clear()

    def _note(self, wait: _Wait, reaction: str) -> None:
        self._rows.setdefault((wait.action, reaction), _Row()).add(1000 * (self._clock() - wait.since))

    def _wait(self, waiting: dict[Key, _Wait], key: Key, wait: _Wait) -> None:
        waiting[key] = wait
        while len(waiting) > _MOST:
            del waiting[next(iter(waiting))]
            self.unanswered[wait.action] += 1

    def _forget_old(self, waiting: deque[_Wait]) -> None:
        while waiting and self._clock() - waiting[0].since > _PATIENCE:
            gone = waiting.popleft()
            if not gone.told:
                self.unanswered[gone.action] += 1


def _percentiles(waits: Iterable[float]) -> list[float]:
    """The nearest ranks."""
    ranked = sorted(waits)
    return [ranked[math.ceil(share / 100 * len(ranked)) - 1] for share in PERCENTILES]
