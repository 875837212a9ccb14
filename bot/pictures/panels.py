"""The other sections of the picture: large numbers, the days to come, topic by topic."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from bot.pictures.canvas import Canvas
from bot.pictures.sheet import Ahead, Bar, Mastery, Tile

GAP = 20  # between two panels
PAD = 28  # within one
TILES, AHEAD = 186, 300
_HEAD, _ROW = 86, 58
_TEXT, _NAME = 30, 32
_APART = 20  # a name from its bar
_TALLEST = 130  # the highest bar of the days to come


def draw_tiles(canvas: Canvas, tiles: Iterable[Tile], left: int, top: int, right: int) -> None:
    """Side by side, all of one width."""
    tiles = tuple(tiles)
    each = (right - left - GAP * (len(tiles) - 1)) // len(tiles)
    for number, tile in enumerate(tiles):
        x = left + number * (each + GAP)
        canvas.panel(top, top + TILES, x, x + each)
        room = each - 2 * PAD + 16
        canvas.text((x + PAD - 4, top + 50), canvas.fitted(tile.title, _TEXT, room), _TEXT, dim=True)
        canvas.text((x + PAD - 4, top + 122), tile.value, 68, bold=True)
        canvas.text((x + PAD - 4, top + 164), canvas.fitted(tile.note, 28, room), 28, dim=True)


def draw_ahead(canvas: Canvas, ahead: Ahead, left: int, top: int, right: int) -> None:
    """A bar a day, its number above it and its name below."""
    canvas.panel(top, top + AHEAD, left, right)
    canvas.title(left + PAD, top + 56, ahead.title, ahead.note)
    each = (right - left - 2 * PAD) / len(ahead.counts)
    base = top + AHEAD - 64
    for number, (count, day) in enumerate(zip(ahead.counts, ahead.days, strict=True)):
        x = left + PAD + round(number * each)
        tall = tallness(count, max(ahead.counts))
        colour = canvas.colours.heat[4 if number == 0 else 3] if count else canvas.colours.empty
        canvas.block((x + 8, base - tall, x + round(each) - 8, base), 9, colour)
        middle = x + each / 2
        canvas.text((middle, base - tall - 10), str(count) if count else "", 26, bold=True, anchor="ms")
        canvas.text((middle, base + 38), day, 26, bold=number == 0, dim=number != 0, anchor="ms")


def tallness(count: int, most: int) -> int:
    """How high the bar of a count is, in pixels; that of none is a line on the ground."""
    return max(6, round(_TALLEST * count / most)) if most else 6


def mastery_height(mastery: Mastery) -> int:
    """How high that section is."""
    return _HEAD + _ROW * (len(mastery.bars) + bool(mastery.more)) + 8


def draw_mastery(canvas: Canvas, mastery: Mastery, left: int, top: int, right: int) -> None:
    """A line a topic: its name, a bar of what is mature and young, and in numbers."""
    canvas.panel(top, top + mastery_height(mastery), left, right)
    canvas.title(left + PAD, top + 56, mastery.title, "")
    _legend(canvas, mastery, right - PAD, top + 56)
    ends, room = (left + PAD, right - PAD), max((canvas.width(bar.label, _TEXT) for bar in mastery.bars), default=0)
    start = ends[0] + _names(canvas, mastery, ends[1] - ends[0])
    for number, bar in enumerate(mastery.bars):
        _line(canvas, bar, ends, start, top + _HEAD + _ROW * number + 38, round(room) + 20)
    canvas.text((left + PAD, top + _HEAD + _ROW * len(mastery.bars) + 34), mastery.more, 28, dim=True)


def _names(canvas: Canvas, mastery: Mastery, room: int) -> int:
    """How wide the names stand: as the longest needs it, within bounds that leave the bars their place."""
    longest = max((canvas.width(bar.name, _NAME) for bar in mastery.bars), default=0)
    return min(max(ceil(longest) + _APART, room * 2 // 5), room * 3 // 5)


def _line(canvas: Canvas, bar: Bar, ends: tuple[int, int], start: int, base: int, label: int) -> None:
    left, right = ends
    canvas.text((left, base), canvas.fitted(bar.name, _NAME, start - left - _APART), _NAME)
    canvas.text((right, base), bar.label, _TEXT, dim=True, anchor="rs")
    end = right - label
    for count, colour in parts(bar, canvas):
        reach = start + (end - start) * count // max(bar.total, 1)
        canvas.block((start, base - 25, max(reach, start + 24) if count else start, base - 1), 12, colour)


def parts(bar: Bar, canvas: Canvas) -> tuple[tuple[int, str], ...]:
    """What lies on each other: all questions, those asked, those mature; each with its colour."""
    colours = canvas.colours
    return ((bar.total, colours.empty), (bar.mature + bar.young, colours.young), (bar.mature, colours.mature))


def _legend(canvas: Canvas, mastery: Mastery, right: float, base: int) -> None:
    """What the colours mean, ending at the right."""
    colours = canvas.colours
    for name, colour in zip(reversed(mastery.legend), (colours.empty, colours.young, colours.mature), strict=True):
        right -= canvas.width(name, 28)
        canvas.text((right, base), name, 28, dim=True)
        left = round(right) - 34
        canvas.block((left, base - 23, left + 24, base + 1), 12, colour)
        right = left - 28
