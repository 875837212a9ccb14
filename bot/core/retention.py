"""True retention: how much of what was known already was still known when it was asked again."""

from __future__ import annotations

from typing import NamedTuple


class Kept(NamedTuple):
    """Reviews of known questions, that is all but the first of each, and how many of them were not rated Again."""

    reviews: int
    kept: int

    @property
    def percent(self) -> int | None:
        """The share in whole per cent; None of no reviews."""
        return round(100 * self.kept / self.reviews) if self.reviews else None
