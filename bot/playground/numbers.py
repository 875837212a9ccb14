"""Telegram's opaque identifiers and its messages' numbers, the same again with the same seed."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from random import Random, SystemRandom

_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
_A_SECOND = 10  # numbers; few worlds say more, and it fits Telegram's 32 bits until 2032


def first_message(seed: int | None, now: datetime) -> int:
    """Where the messages of a world that begins at `now` (aware, real time) start to count.

    A bot may have kept its database from an earlier world with the same chats, and takes a message of the same number
    for the same one: so it is ever later. With a seed it is always 1.
    """
    return 1 if seed is not None else max(1, int((now - _SINCE).total_seconds() * _A_SECOND))


class Identifiers:
    """Draws them all from one source: seeded where a run is to be repeatable."""

    def __init__(self, seed: int | None = None) -> None:
        self._draw: Random = SystemRandom() if seed is None else Random(seed)  # noqa: S311 - play, and to be repeatable

    def poll(self) -> str:
        """As long and opaque as Telegram's."""
        return str(5_000_000_000_000_000_000 + self._draw.randrange(10**18))

    def query(self) -> str:
        """A callback query's."""
        return str(self._draw.getrandbits(63))

    def file(self) -> str:
        """The part of a file's that differs."""
        return base64.urlsafe_b64encode(self._draw.randbytes(12)).decode()
