"""Which faults there can be, and how a scenario names one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from bot.playground.errors import NotPossibleError
from bot.playground.faults import ANY, CALL_KINDS, UPDATE_KINDS, Kind
from bot.playground.methods.table import METHODS, canonical

UPDATES = ("message", "edited_message", "callback_query", "poll", "poll_answer", "my_chat_member", "chat_member")
_NAMED = re.compile(r"(?P<method>\*|\w+) (?P<kind>\w+)(?: x(?P<count>\d{1,6}))?(?: (?P<seconds>\d{1,3}(?:\.\d+)?)s)?")


@dataclass(frozen=True, slots=True)
class Named:
    """A fault as a scenario names it: `sendMessage 429 x3 2s`."""

    method: str
    kind: Kind
    count: int
    seconds: float


def named(words: str) -> Named:
    """The fault of these words. Raises NotPossibleError when they are none."""
    found = _NAMED.fullmatch(words)
    if found is None:
        raise NotPossibleError("A fault is named like sendMessage 429 x3 2s.")
    method, kind = canonical(found["method"]), found["kind"]
    count, seconds = int(found["count"] or 1), float(found["seconds"] or 1)
    check(method, kind, count, seconds)
    return Named(method, cast(Kind, kind), count, seconds)


def complaint(words: str) -> str:
    """What is wrong with them, as the end of a sentence without its dot; "" when nothing is."""
    try:
        named(words)
    except NotPossibleError as refused:
        return f"cannot be set: {str(refused).removesuffix('.')}"
    return ""


def check(method: str, kind: str, count: int, seconds: float) -> None:
    """Raises NotPossibleError for a fault that could never hit."""
    if kind not in {*CALL_KINDS, *UPDATE_KINDS}:
        raise NotPossibleError(f"There is no fault {kind!r}.")
    if kind in UPDATE_KINDS and method not in {ANY, *UPDATES}:
        raise NotPossibleError(f"There is no kind of update {method!r}.")
    if kind in CALL_KINDS and method not in {ANY, *METHODS}:
        raise NotPossibleError(f"There is no method {method!r}.")
    if not 1 <= count <= 100_000:
        raise NotPossibleError("The count must be from 1 to 100000.")
    if not 0 <= seconds <= 600:
        raise NotPossibleError("The seconds must be from 0 to 600.")
