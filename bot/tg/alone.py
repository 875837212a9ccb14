"""One after the other: work about the same thing, of which two would get into each other's way.

What a person does comes in its order (see lanes), but the minute tick comes beside it. Another process has locks of its
own: what it does beside is noticed by the database (`flows.typed.told`).
"""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary


class Alone:
    """A lock for each number, as long as somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def __len__(self) -> int:
        """How many are held or waited for."""
        return len(self._locks)

    def about(self, number: int) -> asyncio.Lock:
        """The lock of that number, to be entered at once."""
        return self._locks.setdefault(number, asyncio.Lock())
