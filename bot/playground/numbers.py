"""Telegram's opaque identifiers, the same again with the same seed."""

from __future__ import annotations

import base64
from random import Random, SystemRandom


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
