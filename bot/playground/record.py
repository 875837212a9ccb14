"""Everything that happened, in one order: what the bot called and was answered, and what people did."""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.playground.clock import PlaygroundClock

DROPPED = 0


@dataclass(slots=True)
class Call:
    """One request of the bot. `status` is the HTTP status: None while unanswered, DROPPED when the line was cut."""

    number: int
    at: datetime
    method: str
    params: dict[str, Any]
    status: int | None = None
    answer: Any = None

    @property
    def ok(self) -> bool:
        """Whether it was answered with success (a line cut after the effect is not)."""
        return self.status == 200


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person did: kind is send, edit, press, vote, block, member, migrate or clock."""

    number: int
    at: datetime
    kind: str
    user_id: int
    details: dict[str, Any] = field(default_factory=dict)


class Record:
    """Calls and actions share one numbering. Keeps the newest `keep` of each."""

    def __init__(self, clock: PlaygroundClock, keep: int = 100_000) -> None:
        self.calls: deque[Call] = deque(maxlen=keep)
        self.actions: deque[Action] = deque(maxlen=keep)
        self._clock = clock
        self._numbers = itertools.count(1)

    def called(self, method: str, params: dict[str, Any]) -> Call:
        """Write down a request as it arrives."""
        call = Call(next(self._numbers), self._clock.now(), method, params)
        self.calls.append(call)
        return call

    def acted(self, kind: str, user_id: int, **details: Any) -> None:  # noqa: ANN401 - any JSON
        """Write down what a person did."""
        self.actions.append(Action(next(self._numbers), self._clock.now(), kind, user_id, details))

    def of(self, *methods: str) -> list[Call]:
        """The calls of these methods, oldest first."""
        return [call for call in self.calls if call.method in methods]
