"""The updates Telegram has handed out and not yet been told are done, in the order they came."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class _Entry:
    since: float
    settled: bool = False


class Unconfirmed:
    """Telegram confirms by prefix: all before an offset. So an update stays here until all before it are settled."""

    def __init__(self) -> None:
        self._entries: dict[int, _Entry] = {}  # by update_id, in order of arrival
        self._next: int | None = None

    def add(self, update_id: int, now: float) -> bool:
        """Note an update as handed out at `now`; False if it is known, that is, handed out a second time.

        Ids are compared for sameness alone: after a quiet week Telegram starts them anew anywhere.
        """
        if update_id in self._entries:
            return False
        self._entries[update_id] = _Entry(now)
        self._next = update_id + 1
        return True

    def settle(self, update_id: int) -> None:
        """Note that nothing more is to be done about an update; settling twice, or an unknown one, is fine."""
        if entry := self._entries.get(update_id):
            entry.settled = True

    def waits(self, update_id: int) -> bool:
        """Whether it was handed out and is not settled."""
        entry = self._entries.get(update_id)
        return entry is not None and not entry.settled

    def offset(self) -> int | None:
        """The offset that confirms the settled prefix, which is forgotten here; None as long as nothing came."""
        while (oldest := self.oldest()) is not None and self._entries[oldest].settled:
            del self._entries[oldest]
        return self._next if oldest is None else oldest

    def oldest(self) -> int | None:
        """The id at the head of the queue."""
        return next(iter(self._entries), None)

    def age(self, update_id: int, now: float) -> float:
        """Seconds since it was handed out; 0 for one that was not."""
        entry = self._entries.get(update_id)
        return now - entry.since if entry else 0.0

    def __len__(self) -> int:
        """How many Telegram would hand out again."""
        return len(self._entries)
