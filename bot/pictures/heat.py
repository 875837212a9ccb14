"""The year in squares: one a day, a column a week, the two halves of the year below each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bot.pictures.canvas import Canvas
from bot.pictures.sheet import Year

PITCH, CELL, RADIUS = 34, 29, 7
WEEKS = 27  # in the first half; the second has the rest
LEFT, TOP = 62, 120  # of the squares, within the panel
HALF = 7 * PITCH + 50  # from one half to the next
HEIGHT = TOP + 2 * HALF - 26
_TEXT = 30
_APART = 3  # columns between two months' names


def draw_year(canvas: Canvas, year: Year, left: int, top: int, right: int) -> None:
    """The whole panel, whose upper left corner is given."""
    canvas.panel(top, top + HEIGHT, left, right)
    canvas.title(left + 28, top + 56, year.title, year.note)
    _legend(canvas, year, right - 28, top + 56)
    for number, level in enumerate(heat(year.counts)):
        x, y = place(number)
        _square(canvas, left + x, top + y, level)
    for half in (0, 1):
        _names(canvas, year, half, left, top)


def place(number: int) -> tuple[int, int]:
    """Where the square of that day, counted from the first, has its upper left corner within the panel."""
    week, weekday = divmod(number, 7)
    half, column = divmod(week, WEEKS)
    return LEFT + column * PITCH, TOP + half * HALF + weekday * PITCH


def heat(counts: Iterable[int]) -> list[int]:
    """From 0 (nothing) to 4 for each count: in quarters of what one of ten days with answers reaches, so that a single
    long day does not make all others pale."""
    counts = list(counts)
    busy = sorted(count for count in counts if count)
    if not busy:
        return [0] * len(counts)
    much = max(busy[(len(busy) * 9) // 10 - 1] if len(busy) > 1 else busy[0], 1)
    return [min(4, -(-4 * count // much)) for count in counts]


def _names(canvas: Canvas, year: Year, half: int, left: int, top: int) -> None:
    """The months above a half, and the weekdays beside it."""
    row = top + TOP + half * HALF
    for weekday, name in enumerate(year.weekdays):
        middle = row + weekday * PITCH + CELL // 2
        canvas.text((left + LEFT - 14, middle), name, 24, dim=True, anchor="rm")
    weeks = range(half * WEEKS, min((half + 1) * WEEKS, -(-len(year.counts) // 7)))
    for week, month in _months(year.first, weeks):
        canvas.text((left + LEFT + (week - half * WEEKS) * PITCH, row - 12), year.months[month - 1], 26, dim=True)


def _months(first: date, weeks: range) -> Iterator[tuple[int, int]]:
    """In which of these weeks a month's name stands: where the month begins, and above the first if there is room."""
    begins = [week for week in weeks if _month(first, week) != _month(first, week - 1) and week != weeks[0]]
    if not begins or begins[0] - weeks[0] >= _APART:
        begins.insert(0, weeks[0])
    yield from ((week, _month(first, week)) for week in begins if weeks[-1] - week >= 1)


def _month(first: date, week: int) -> int:
    """The month of a week's last day."""
    return (first + timedelta(days=7 * week + 6)).month


def _legend(canvas: Canvas, year: Year, right: int, base: int) -> None:
    """From less to more, ending at the right."""
    canvas.text((right, base), year.more, _TEXT, dim=True, anchor="rs")
    left = right - round(canvas.width(year.more, _TEXT)) - 12 - 5 * PITCH + PITCH - CELL
    for level in range(5):
        _square(canvas, left + level * PITCH, base - CELL + 2, level)
    canvas.text((left - 12, base), year.less, _TEXT, dim=True, anchor="rs")


def _square(canvas: Canvas, left: int, top: int, level: int) -> None:
    canvas.block((left, top, left + CELL, top + CELL), RADIUS, canvas.colours.heat[level])
