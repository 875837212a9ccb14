"""What a right first answer earns."""

from __future__ import annotations

_POINTS = {1: 10, 2: 15, 3: 20}


def points(difficulty: int) -> int:
    """10, 15 or 20 points for difficulty 1, 2 or 3. Raises KeyError for any other."""
    return _POINTS[difficulty]
