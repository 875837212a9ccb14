"""The updates Telegram has handed out and not yet been told are done, in the order they came."""

from __future__ import annotations

from itertools import takewhile


class Unconfirmed:
    """Telegram confirms by prefix: all before an offset. So an update stays here until all before it are settled."""

    def __init__(self) -> None:
        self._settled: dict[int, bool] = {}  # by update_id, in order of arrival
        self._next: int | None = None

    def add(self, update_id: int) -> bool:
        """Note an update as handed out; False if it is known, that is, handed out a second time.

        Ids are compared for sameness alone: after a quiet week Telegram starts them anew anywhere.
        """
        if update_id in self._settled:
            return False
        self._settled[update_id] = False
        self._next = update_id + 1
        return True

    def settle(self, update_id: int) -> None:
        """Note that nothing more is to be done about an update; settling twice, or an unknown one, is fine."""
        if update_id in self._settled:
            self._settled[update_id] = True

    def waits(self, update_id: int) -> bool:
        """Whether it was handed out and is not settled."""
        return self._settled.get(update_id) is False

    def clear_before(self, update_id: int) -> bool:
        """Whether all that was handed out before it is settled."""
        if update_id not in self._settled:
            return True
        before = takewhile(lambda one: one != update_id, self._settled)
        return all(self._settled[one] for one in before)

    def offset(self) -> int | None:
        """The offset that confirms the settled prefix, which is forgotten here; None as long as nothing came."""
        while (oldest := self.oldest()) is not None and self._settled[oldest]:
            del self._settled[oldest]
        return self._next if oldest is None else oldest

    def oldest(self) -> int | None:
        """The id at the head of the queue."""
        return next(iter(self._settled), None)

    def __len__(self) -> int:
        """How many Telegram would hand out again."""
        return len(self._settled)
