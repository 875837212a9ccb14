"""What asked for a round, as its row has it.

Most are asked for by the Next of another round (`n<round>`): that one knows how far it is to the number of the one it
asked for, so that it takes two bytes and no line in an index.
"""

from __future__ import annotations

import re

_NEXT = re.compile(r"n(\d+)", re.ASCII)


def split(origin: str) -> tuple[str, int | None]:
    """`n123/attention` is kept as `n/attention`, and asked for by the Next of 123; any other is kept whole."""
    found = _NEXT.match(origin)
    return (f"n{origin[found.end() :]}", int(found[1])) if found else (origin, None)
