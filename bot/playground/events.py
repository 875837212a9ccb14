"""What the page and waiting tests are told: numbered events, and a signal that something changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

Event = dict[str, Any]
_BEHIND = 5000  # events that may wait for a page


class Events:
    """Publishes to every open page; `seq` is the number of the newest event."""

    def __init__(self) -> None:
        self.seq = 0
        self._pages: set[asyncio.Queue[Event | None]] = set()
        self._listeners: list[Callable[[Event], None]] = []
        self._changed = asyncio.Event()

    def publish(self, kind: str, **fields: Any) -> None:  # noqa: ANN401 - any JSON
        """Tell every page and listener."""
        self.seq += 1
        event = {"seq": self.seq, "kind": kind, **fields}
        for page in self._pages:
            _tell(page, event)
        for listener in self._listeners:
            listener(event)
        self.stir()

    def listen(self, listener: Callable[[Event], None]) -> None:
        """Have `listener(event)` called at once for whatever is published."""
        self._listeners.append(listener)

    def stir(self) -> None:
        """Wake whoever waits for a change."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def change(self, within: float) -> None:
        """Return at the next change, or after `within` real seconds."""
        try:
            async with asyncio.timeout(within):
                await self._changed.wait()
        except TimeoutError:
            return

    def open(self) -> asyncio.Queue[Event | None]:
        """A queue for one page; None in it means that the playground closes."""
        page: asyncio.Queue[Event | None] = asyncio.Queue()
        self._pages.add(page)
        self.stir()
        return page

    def leave(self, page: asyncio.Queue[Event | None]) -> None:
        """The page is gone."""
        self._pages.discard(page)

    async def watched(self) -> None:
        """Return once a page is open."""
        while not self._pages:
            await self._changed.wait()

    def close(self) -> None:
        """Send every page away."""
        for page in self._pages:
            page.put_nowait(None)


def _tell(page: asyncio.Queue[Event | None], event: Event) -> None:
    """A page that cannot keep up is told to fetch everything once more, instead of all that it has missed."""
    if page.qsize() >= _BEHIND:
        while not page.empty():
            page.get_nowait()
        event = {"seq": event["seq"], "kind": "reset"}
    page.put_nowait(event)
