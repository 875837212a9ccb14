"""Everything that happened, in one order: what the bot called and was answered, and what people did."""

from __future__ import annotations

import itertools
from collections import Counter, deque
from collections.abc import Callable
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
    took: float = 0.0  # real milliseconds until the answer
    fault: str = ""  # the kind of fault that hit it

    @property
    def ok(self) -> bool:
        """Whether it was answered with success (a line cut after the effect is not)."""
        return self.status == 200

    @property
    def line(self) -> dict[str, Any]:
        """The inspector's row: everything but the payload."""
        shown = {"number": self.number, "at": self.at.timestamp(), "method": self.method, "status": self.status}
        answer = self.answer if isinstance(self.answer, dict) else {}
        shown |= {"took": self.took, "note": answer.get("description"), "fault": self.fault}
        if self.method == "getUpdates" and self.ok:
            shown["updates"] = len(answer["result"])
        return shown | ({"chat_id": self.chat_id} if self.chat_id else {})

    @property
    def chat_id(self) -> int:
        """The chat that it names by its number; 0 for none."""
        place = str(self.params.get("chat_id", ""))
        return int(place) if place.removeprefix("-").isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person did: kind is send, edit, press, vote, block, member, migrate or clock."""

    number: int
    at: datetime
    kind: str
    user_id: int
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def line(self) -> dict[str, Any]:
        """The inspector's row."""
        return {"number": self.number, "at": self.at.timestamp(), "method": self.kind, "user_id": self.user_id}


class Record:
    """Calls and actions share one numbering. Keeps the newest `keep` of each; `told` hears of each that is over.

    `outcomes` counts every call for good, by method, HTTP status and the kind of fault that hit it ("": none did), so
    that a scripted 429 is not taken for one of Telegram's limits.
    """

    def __init__(
        self, clock: PlaygroundClock, keep: int = 100_000, told: Callable[[Call | Action], None] = lambda _one: None
    ) -> None:
        self.calls: deque[Call] = deque(maxlen=keep)
        self.actions: deque[Action] = deque(maxlen=keep)
        self.outcomes: Counter[tuple[str, int | None, str]] = Counter()
        self._clock = clock
        self._told = told
        self._numbers = itertools.count(1)

    def called(self, method: str, params: dict[str, Any]) -> Call:
        """Write down a request as it arrives."""
        call = Call(next(self._numbers), self._clock.now(), method, params)
        self.calls.append(call)
        return call

    def acted(self, kind: str, user_id: int, **details: Any) -> None:  # noqa: ANN401 - any JSON
        """Write down what a person did."""
        action = Action(next(self._numbers), self._clock.now(), kind, user_id, details)
        self.actions.append(action)
        self._told(action)

    def answered(self, call: Call, took: float) -> None:
        """A call is over, after so many real milliseconds."""
        call.took = took
        self.outcomes[call.method, call.status, call.fault] += 1
        self._told(call)

    def lines(self, most: int, wanted: Callable[[Call | Action], bool]) -> list[dict[str, Any]]:
        """The newest calls that are over, and actions, of those that are wanted, oldest first."""
        done: list[Call | Action] = [call for call in self.calls if call.status is not None]
        found = [one for one in (*done, *self.actions) if wanted(one)]
        return [one.line for one in sorted(found, key=lambda one: one.number)[-most:]]

    def payload(self, number: int) -> dict[str, Any]:
        """Parameters and answer of a call, or the details of an action; {} when it is kept no more."""
        for call in self.calls:
            if call.number == number:
                return {"params": call.params} | ({} if call.answer is None else {"answer": call.answer})
        return next(({"params": action.details} for action in self.actions if action.number == number), {})

    def of(self, *methods: str) -> list[Call]:
        """The calls of these methods, oldest first."""
        return [call for call in self.calls if call.method in methods]
