"""Where pictures are drawn: beside the event loop, one after the other."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import structlog

from bot.pictures.fonts import Fonts
from bot.pictures.sheet import Sheet, Theme

log = structlog.get_logger(__name__)


class Studio:
    """Draws with these fonts. A hundred who ask at once wait for each other, not the whole bot for them.

    Always on the same thread: what each thread has ever asked of the system's memory stays with that thread.
    """

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._hand = ThreadPoolExecutor(1, "studio")

    @property
    def chinese(self) -> bool:
        """Whether there is a font that has Chinese."""
        return self._fonts.chinese

    async def draw(self, sheet: Sheet, theme: Theme) -> bytes | None:
        """The picture as a PNG; None where it cannot be drawn, which is logged."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._hand, _draw, sheet, theme, self._fonts)
        except (ImportError, OSError, ValueError, MemoryError) as error:
            log.warning("picture_not_drawn", error=f"{type(error).__name__}: {error}")
            return None


def _draw(sheet: Sheet, theme: Theme, fonts: Fonts) -> bytes:
    """The picture. Seldom does one follow another, and the fonts would take 30 MB until then: they are put away."""
    from bot.pictures.canvas import put_away  # noqa: PLC0415 - the library is not loaded before there is work for it
    from bot.pictures.drawing import draw  # noqa: PLC0415

    try:
        return draw(sheet, theme, fonts)
    finally:
        put_away()
