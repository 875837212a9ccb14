"""What can go wrong between a bot and Telegram, on demand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["400", "403", "409", "429", "500", "502", "drop_before", "drop_after", "delay"]


@dataclass(slots=True)
class Fault:
    """`seconds` is the delay, or the 429's retry_after."""

    method: str
    kind: Kind
    left: int
    seconds: float
    description: str
    when: Callable[[dict[str, Any]], bool] | None


class Faults:
    """Faults waiting for their calls, the oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(
        self,
        method: str,
        count: int = 1,
        *,
        kind: Kind,
        seconds: float = 1,
        description: str = "",
        when: Callable[[dict[str, Any]], bool] | None = None,
    ) -> None:
        """Spoil the next `count` calls of `method` ("*": of any) whose params please `when`.

        400 to 500 are refusals (`description` without Telegram's prefix; `seconds` is the 429's retry_after), 502 is
        a page of HTML; drop_before cuts the line with nothing done, drop_after with the effect there but
        unanswered; delay holds the answer back for real `seconds`.
        """
        self._waiting.append(Fault(method, kind, count, seconds, description, when))

    def take(self, method: str, params: dict[str, Any]) -> Fault | None:
        """The fault that hits this call, if any."""
        for fault in self._waiting:
            if fault.method in {"*", method} and (fault.when is None or fault.when(params)):
                fault.left -= 1
                if not fault.left:
                    self._waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Call everything off."""
        self._waiting.clear()
