"""Presses that are at work or wait for their turn: what comes after one tells whether its edit is worth sending."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import dropwhile, islice
from typing import Any

_Place = tuple[Hashable, Hashable, Hashable]  # chat, message, person


class Presses:
    """What each person has pressed on each message, in the order it came, until it is done."""

    def __init__(self) -> None:
        self._places: dict[int, _Place] = {}
        self._pressed: dict[_Place, dict[int, str]] = {}

    def __len__(self) -> int:
        """How many are not done."""
        return len(self._places)

    def note(self, payload: dict[str, Any]) -> None:
        """Remember a raw update, if it is the press of a button under a message."""
        try:
            query = payload["callback_query"]
            place = (query["message"]["chat"]["id"], query["message"]["message_id"], query["from"]["id"])
            self._pressed.setdefault(place, {})[payload["update_id"]] = query["data"]
        except (KeyError, TypeError):
            return  # another kind of update, or a press on what is no message of a chat
        self._places[payload["update_id"]] = place

    def done(self, update_id: int) -> None:
        """Forget one; whatever is no press is fine."""
        place = self._places.pop(update_id, None)
        if place is None:
            return
        del self._pressed[place][update_id]
        if not self._pressed[place]:
            del self._pressed[place]

    def newer(self, update_id: int) -> tuple[str, ...]:
        """What the same person has pressed on the same message since that press; nothing for what is no press here."""
        place = self._places.get(update_id)
        if place is None:
            return ()
        since = dropwhile(lambda one: one[0] != update_id, self._pressed[place].items())
        return tuple(data for _update_id, data in islice(since, 1, None))
