"""Tables as lines of equal width, in which a Chinese character takes two columns."""

from __future__ import annotations

from unicodedata import category

from bot.core.spacing import wide


def aligned(rows: list[list[str]], alignments: list[str]) -> str:
    """The rows (the first is the heading) as lines; each column is as wide as its widest cell."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    drawn = [_row(row, widths, alignments) for row in rows]
    ruler = "-+-".join("-" * width for width in widths)
    return "\n".join((drawn[0], ruler, *drawn[1:]))


def _row(cells: list[str], widths: list[int], alignments: list[str]) -> str:
    padded = (_padded(*cell) for cell in zip(cells, widths, alignments, strict=True))
    return " | ".join(padded).rstrip()


def _padded(cell: str, width: int, alignment: str) -> str:
    room = width - _width(cell)
    left = {"right": room, "center": room // 2}.get(alignment, 0)
    return " " * left + cell + " " * (room - left)


def _width(text: str) -> int:
    """Columns in a fixed-width font: Chinese takes two, combining marks none."""
    return sum(0 if category(char) in {"Mn", "Me", "Cf"} else 1 + wide(char) for char in text)
