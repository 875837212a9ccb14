"""Shapes and words on an image: round corners that are smooth, texts that fit, no character without a glyph."""

from __future__ import annotations

import ctypes
import os
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from bot.pictures.fonts import Face, Fonts
from bot.pictures.themes import Colours

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
_FINE = 4  # corners are drawn so much larger and made smaller, for the drawing library's own are jagged
_SYSTEM = ctypes.CDLL(None) if os.name == "posix" else None  # the C library
_NOBODY = "\U0010ffff"  # no font has a glyph for it: what is drawn is the font's box


class Canvas:
    """An image to draw on. Lengths are pixels; an anchor is Pillow's, of two letters: l, m, r and a, m, s, d."""

    def __init__(self, width: int, height: int, colours: Colours, fonts: Fonts) -> None:
        self.colours = colours
        self._fonts = fonts
        self._image = Image.new("RGB", (width, height), colours.ground)
        self._draw = ImageDraw.Draw(self._image)

    def text(
        self,
        at: tuple[float, float],
        words: str,
        size: int,
        *,
        bold: bool = False,
        dim: bool = False,
        anchor: str = "ls",
    ) -> None:
        """Write on one line."""
        ink = self.colours.dim if dim else self.colours.ink
        font = self._font(size, bold)
        self._draw.text(at, drawable(words, font), font=font, fill=ink, anchor=anchor)

    def title(self, left: float, base: float, words: str, note: str) -> None:
        """A section's title, and what is said about it."""
        self.text((left, base), words, 36, bold=True)
        self.text((left + self.width(words, 36, bold=True) + 20, base), note, 30, dim=True)

    def width(self, words: str, size: int, *, bold: bool = False) -> float:
        """How wide the words are."""
        font = self._font(size, bold)
        return font.getlength(drawable(words, font))

    def fitted(self, words: str, size: int, room: float) -> str:
        """The words, cut where they are wider than the room."""
        if self.width(words, size) <= room:
            return words
        while words and self.width(words + "…", size) > room:
            words = words[:-1]
        return words.rstrip() + "…"

    def block(self, box: tuple[int, int, int, int], radius: int, colour: str) -> None:
        """A filled rectangle with round corners; `box` is left, top, right, bottom, the last two outside."""
        left, top, right, bottom = box
        if right > left and bottom > top:
            mask = _rounded(right - left, bottom - top, min(radius, (right - left) // 2, (bottom - top) // 2))
            self._image.paste(colour, box, mask)

    def panel(self, top: int, bottom: int, left: int, right: int) -> None:
        """The ground of a section."""
        self.block((left, top, right, bottom), 28, self.colours.panel)

    def png(self) -> bytes:
        """The image as a file."""
        file = BytesIO()
        self._image.save(file, "PNG")
        return file.getvalue()

    def _font(self, size: int, bold: bool) -> Font:  # noqa: FBT001 - passed on
        return load(self._fonts.bold if bold else self._fonts.regular, size)


@lru_cache(maxsize=32)
def load(face: Face | None, size: int) -> Font:
    """The font at that size in pixels."""
    return ImageFont.truetype(face.path, size, face.index) if face else ImageFont.load_default(size)


def drawable(words: str, font: Font) -> str:
    """The words without characters that the font would draw as boxes."""
    return "".join(character for character in words if character.isspace() or has_glyph(character, font))


def has_glyph(character: str, font: Font) -> bool:
    """Whether the font has that character; what it lacks looks as what no font has."""
    return _mask(character, font) != _mask(_NOBODY, font)


@lru_cache(maxsize=4096)
def _mask(character: str, font: Font) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)


@lru_cache(maxsize=64)
def _rounded(width: int, height: int, radius: int) -> Image.Image:
    mask = Image.new("L", (width, height), 255)
    if radius <= 0:
        return mask
    whole = Image.new("L", (2 * radius * _FINE, 2 * radius * _FINE), 0)
    ImageDraw.Draw(whole).ellipse((0, 0, 2 * radius * _FINE - 1, 2 * radius * _FINE - 1), fill=255)
    disc = whole.reduce(_FINE)
    for x, left in ((0, 0), (1, width - radius)):
        for y, top in ((0, 0), (1, height - radius)):
            corner = disc.crop((x * radius, y * radius, (x + 1) * radius, (y + 1) * radius))
            mask.paste(corner, (left, top))
    return mask


def put_away() -> None:
    """Keep no font, glyph or shape any longer, and give the system back what they took."""
    for kept in (_mask, _rounded, load):
        kept.cache_clear()
    if trim := getattr(_SYSTEM, "malloc_trim", None):  # glibc keeps what was freed; others have no such call
        trim(0)
