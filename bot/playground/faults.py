"""What can go wrong between a bot and Telegram, on demand."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

Refusal = Literal["400", "403", "409", "429", "500", "502"]
Line = Literal["drop_before", "drop_after", "truncated", "garbled", "delay", "late"]
Delivery = Literal["twice", "shuffled"]
Kind = Literal[Refusal, Line, Delivery]
CALL_KINDS: tuple[str, ...] = (*get_args(Refusal), *get_args(Line))
UPDATE_KINDS: tuple[str, ...] = get_args(Delivery)
ANY = "*"


@dataclass(slots=True)
class Fault:
    """`seconds` is the delay, the 429's retry_after, or how long updates are held to be shuffled."""

    number: int
    method: str
    kind: Kind | Literal["revoked"]
    left: int
    seconds: float
    description: str
    when: Callable[[dict[str, Any]], bool] | None
    hits: int = 0

    @property
    def shown(self) -> dict[str, Any]:
        """As the page lists it."""
        names = ("number", "method", "kind", "left", "seconds", "hits")
        return {name: getattr(self, name) for name in names}


class Faults:
    """Faults waiting for their calls and updates, the oldest first; `told` hears of every change."""

    def __init__(self, told: Callable[[], None] = lambda: None) -> None:
        self._waiting: list[Fault] = []
        self._numbers = itertools.count(1)
        self._told = told
        self.hits: Counter[tuple[str, str]] = Counter()  # how often (method or kind of update, kind of fault) was hit
        self.revoked = False  # the token: every call is answered 401

    def add(
        self,
        method: str,
        count: int = 1,
        *,
        kind: Kind,
        seconds: float = 1,
        description: str = "",
        when: Callable[[dict[str, Any]], bool] | None = None,
    ) -> int:
        """Spoil the next `count` calls of `method` (ANY: of any) whose params please `when`; return its number.

        400 to 500 are refusals (`description` without Telegram's prefix; `seconds` is the 429's retry_after), 502 is
        a page of HTML. drop_before cuts the line with nothing done, drop_after with the effect there but unanswered;
        truncated breaks it in the middle of the answer, garbled gives half of the answer as if that were all. delay
        lets the call wait for real `seconds` before anything is done, late holds back the answer alone.

        For twice and shuffled `method` is a kind of update (ANY: any): the next `count` of them come once more after
        they were confirmed, or come in another order, once all are there or after real `seconds`.
        """
        fault = Fault(next(self._numbers), method, kind, count, seconds, description, when)
        self._waiting.append(fault)
        self._told()
        return fault.number

    @property
    def waiting(self) -> list[Fault]:
        """Those that will still hit, the oldest first."""
        return list(self._waiting)

    def take(self, method: str, params: dict[str, Any]) -> Fault | None:
        """The fault that hits this call, if any."""
        return self._take(method, params, CALL_KINDS)

    def take_update(self, kind: str, payload: dict[str, Any]) -> Fault | None:
        """The fault that hits the delivery of this update, if any."""
        return self._take(kind, payload, UPDATE_KINDS)

    def _take(self, method: str, params: dict[str, Any], kinds: tuple[str, ...]) -> Fault | None:
        for fault in self._waiting:
            fits = fault.kind in kinds and fault.method in {ANY, method}
            if fits and (fault.when is None or fault.when(params)):
                fault.left -= 1
                fault.hits += 1
                if not fault.left:
                    self._waiting.remove(fault)
                self.note(method, fault.kind)
                return fault
        return None

    def note(self, method: str, kind: str, count: int = 1) -> None:
        """Count what has gone wrong."""
        self.hits[method, kind] += count
        self._told()

    def clear(self, number: int | None = None) -> None:
        """Call off the fault of this number, or all of them; what has hit stays counted."""
        self._waiting = [fault for fault in self._waiting if number not in {None, fault.number}]
        self._told()

    def revoke(self, *, revoked: bool = True) -> None:
        """Take the token away, as @BotFather's /revoke does, or give it back."""
        self.revoked = revoked
        self._told()
