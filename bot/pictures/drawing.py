"""A person's progress as one picture for a phone held upright."""

from __future__ import annotations

from bot.pictures.canvas import Canvas
from bot.pictures.fonts import Fonts
from bot.pictures.heat import HEIGHT, draw_year
from bot.pictures.panels import AHEAD, GAP, TILES, draw_ahead, draw_mastery, draw_tiles, mastery_height
from bot.pictures.sheet import Sheet, Theme
from bot.pictures.themes import COLOURS

WIDTH = 1080
MARGIN = 32
_RIGHT = WIDTH - MARGIN


def draw(sheet: Sheet, theme: Theme, fonts: Fonts) -> bytes:
    """The picture as a PNG of 1080 pixels' width, its height as the topics need it."""
    tops = _tops(sheet)
    canvas = Canvas(WIDTH, tops[-1] - GAP + MARGIN, COLOURS[theme], fonts)
    draw_tiles(canvas, sheet.tiles, MARGIN, tops[0], _RIGHT)
    draw_year(canvas, sheet.year, MARGIN, tops[1], _RIGHT)
    draw_ahead(canvas, sheet.ahead, MARGIN, tops[2], _RIGHT)
    if sheet.mastery.bars:
        draw_mastery(canvas, sheet.mastery, MARGIN, tops[3], _RIGHT)
    return canvas.png()


def _tops(sheet: Sheet) -> list[int]:
    """Where each section begins, and where a next one would."""
    heights = [TILES, HEIGHT, AHEAD]
    if sheet.mastery.bars:
        heights.append(mastery_height(sheet.mastery))
    tops = [MARGIN]
    for height in heights:
        tops.append(tops[-1] + height + GAP)
    return tops
