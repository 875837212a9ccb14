"""Where pictures are drawn: one after the other, and nothing is left lying about."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.pictures import canvas, drawing
from bot.pictures.fonts import find_fonts
from bot.tg.studio import Studio
from tests.pictures.sheets import full, sheet


async def test_what_a_picture_took_is_put_away_and_the_next_is_the_same() -> None:
    """No font, glyph or shape is kept between two: they would take more than the bot itself may."""
    studio = Studio(find_fonts())
    first = await studio.draw(sheet(full()), "light")
    kept = [cache.cache_info() for cache in (canvas.load, canvas._mask, canvas._rounded)]
    assert [one.currsize for one in kept] == [0, 0, 0]
    assert first is not None
    assert first == await studio.draw(sheet(full()), "light")


async def test_pictures_are_drawn_one_after_the_other_by_the_same_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is not the one that everybody else waits for."""
    hands, at_once, most = set[int](), 0, 0
    plain = drawing.draw

    def watched(*what: object) -> bytes:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        hands.add(threading.get_ident())
        try:
            return plain(*what)  # type: ignore[arg-type]
        finally:
            at_once -= 1

    monkeypatch.setattr(drawing, "draw", watched)
    studio = Studio(find_fonts())
    drawn = await asyncio.gather(*(studio.draw(sheet(full()), "dark") for _ in range(4)))
    assert None not in drawn
    assert (len(hands), most) == (1, 1)
    assert threading.get_ident() not in hands


async def test_what_cannot_be_drawn_is_put_away_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that fails is none, and costs nothing that lasts."""

    def fails(*_what: object) -> bytes:
        canvas.load(None, 12)
        raise OSError("no font")

    monkeypatch.setattr(drawing, "draw", fails)
    assert await Studio(find_fonts()).draw(sheet(full()), "light") is None
    assert canvas.load.cache_info().currsize == 0
