"""The picture of a person's progress: what is drawn is what the values say, in both languages and themes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageColor

from bot.core.bank import LANGUAGES, Language
from bot.pictures.canvas import Canvas, drawable, load
from bot.pictures.drawing import MARGIN, draw
from bot.pictures.fonts import Fonts, find_fonts
from bot.pictures.heat import CELL, HEIGHT, heat, place
from bot.pictures.panels import AHEAD, GAP, PAD, TILES, draw_mastery, parts, tallness
from bot.pictures.sheet import THEMES, Bar, Mastery, Sheet, Theme
from bot.pictures.themes import COLOURS
from tests.pictures.sheets import DAYS, FIRST, full, progress, sheet

FONTS = find_fonts()
YEAR_TOP = MARGIN + TILES + GAP
AHEAD_TOP = YEAR_TOP + HEIGHT + GAP


def drawn(of: Sheet, theme: Theme = "light", fonts: Fonts = FONTS) -> Image.Image:
    """The picture, decoded."""
    return Image.open(BytesIO(draw(of, theme, fonts))).convert("RGB")


def colour_of_day(image: Image.Image, number: int) -> Any:
    """What is in the middle of the square of that day."""
    x, y = place(number)
    return image.getpixel((MARGIN + x + CELL // 2, YEAR_TOP + y + CELL // 2))


def strings(of: object) -> list[str]:
    """Every text in a sheet."""
    if isinstance(of, str):
        return [of]
    inside = of if isinstance(of, tuple) else [getattr(of, name) for name in getattr(of, "__slots__", ())]
    return [text for one in inside for text in strings(one)]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_has_the_colour_of_its_count(language: Language, theme: Theme) -> None:
    """All 368 squares of a busy year, from the first to today, and none after it."""
    year = full(language)
    image, colours = drawn(sheet(year), theme), COLOURS[theme]
    levels = heat(year.reviewed)
    for number in range(DAYS):
        assert colour_of_day(image, number) == ImageColor.getrgb(colours.heat[levels[number]]), number
    assert colour_of_day(image, DAYS) == ImageColor.getrgb(colours.panel)
    assert set(levels) == {0, 1, 2, 3, 4}
    assert image.width == 1080
    assert image.height < 2 * image.width


def test_one_answer_changes_one_square_of_the_year() -> None:
    """The day that it was given on."""
    day = FIRST + timedelta(days=200)
    before, after = drawn(sheet(progress())), drawn(sheet(progress(reviewed={day: 3})))
    changed = [at for at in range(DAYS) if colour_of_day(before, at) != colour_of_day(after, at)]
    assert changed == [200]


def test_the_bars_of_the_days_to_come_are_as_high_as_their_counts() -> None:
    """In pixels above their ground; a day without any has a line."""
    ahead = (4, 0, 8, 1, *(0,) * 10)
    image = drawn(sheet(progress(ahead=ahead)))
    each = (1080 - 2 * MARGIN - 2 * PAD) / 14
    for number, count in enumerate(ahead):
        x = round(MARGIN + PAD + (number + 0.5) * each)
        column = [image.getpixel((x, y)) for y in range(AHEAD_TOP + 84, AHEAD_TOP + AHEAD - 64)]
        filled = {ImageColor.getrgb(colour) for colour in COLOURS["light"].heat}
        from_below = next((at for at, pixel in enumerate(reversed(column)) if pixel not in filled), len(column))
        assert from_below == tallness(count, 8), number
    assert [tallness(count, 8) for count in (8, 4, 0)] == [130, 65, 6]


def test_a_topics_bar_shows_its_shares() -> None:
    """All questions, of them those asked, of them the mature ones."""
    canvas = Canvas(10, 10, COLOURS["light"], FONTS)
    assert [count for count, _colour in parts(Bar("x", 3, 4, 12, "3/12"), canvas)] == [12, 7, 3]


@pytest.mark.parametrize(("name", "whole"), [("Pre-training and its successors", True), ("Consensus " * 9, False)])
def test_a_topics_name_is_cut_only_where_the_bar_needs_the_room(name: str, whole: bool) -> None:
    """A name of usual length stands there whole, and no name leaves less than a quarter of the line for its bar."""
    canvas, said, mastery = Canvas(1080, 400, COLOURS["light"], FONTS), [], ("Mature", "Young", "New")
    canvas.text = lambda at, words, *_more, **_style: said.append((at, words))  # type: ignore[method-assign]
    blocks: list[tuple[int, int, int, int]] = []
    canvas.block = lambda box, *_more: blocks.append(box)  # type: ignore[method-assign]
    draw_mastery(
        canvas, Mastery("Topics", mastery, (Bar(name, 0, 0, 12, "0/12"), Bar("x", 0, 0, 1, "0/1"))), 40, 0, 1040
    )
    assert (name in [words for _at, words in said]) == whole
    bars = [right - left for left, top, right, _bottom in blocks if top > 80]
    assert max(bars) > 250


def test_other_numbers_make_another_picture() -> None:
    """A tile's number, a topic's, the streak: nothing is drawn that does not come from the values."""
    plain = sheet(full())
    tile = replace(plain.tiles[1], value="92%")
    others = [
        replace(plain, tiles=(plain.tiles[0], tile, plain.tiles[2])),
        replace(plain, mastery=replace(plain.mastery, bars=plain.mastery.bars[1:])),
        replace(plain, ahead=replace(plain.ahead, counts=(1, *plain.ahead.counts[1:]))),
        replace(plain, year=replace(plain.year, note="1")),
    ]
    pictures = {draw(one, "light", FONTS) for one in (plain, *others)}
    digests = {one.digest(theme) for one in (plain, *others) for theme in THEMES}
    assert len(pictures) == 5
    assert len(digests) == 10
    assert sheet(full()).digest("dark") == plain.digest("dark")


@pytest.mark.skipif(not FONTS.chinese, reason="no font with Chinese on this machine")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_has_a_glyph(language: Language) -> None:
    """Of all that the picture says, in the font it is said in: nothing shows as a box."""
    font = load(FONTS.regular, 30)
    said = "".join(strings(sheet(full(language))))
    assert len(said) > 100
    assert drawable(said, font) == said
    assert drawable("好\U0010fffd的", font) == "好的"


def test_without_a_chinese_font_it_is_in_english_and_shows_no_boxes() -> None:
    """The drawing library's own font has no Chinese: a topic without an English title goes by its id."""
    own = Fonts()
    english = sheet(full("zh"), chinese=False)
    said = "".join(strings(english))
    assert drawable(said, load(own.regular, 30)) == said
    assert drawn(english, fonts=own).width == 1080
    assert drawable("注意 a", load(own.regular, 30)) == " a"


def test_a_year_with_nothing_in_it_is_drawn_as_well() -> None:
    """Every square and bar is there, and empty; what nobody has reviewed has no share."""
    empty = sheet(progress())
    image = drawn(empty)
    assert {colour_of_day(image, number) for number in range(DAYS)} == {ImageColor.getrgb(COLOURS["light"].empty)}
    assert [tile.value for tile in empty.tiles[1:]] == ["—", "—"]


def test_heat_is_not_washed_out_by_one_long_day() -> None:
    """The darkest colour begins where one of ten days is; a single day of any length is dark."""
    usual = [1, 2, 4, 6, 8] * 8
    assert heat([0, *usual, 400]) == [0, *[1, 1, 2, 3, 4] * 8, 4]
    assert heat([0, 7]) == [0, 4]
    assert heat([]) == []


def test_text_stands_out_from_its_ground() -> None:
    """A contrast of at least 4.5 to the panel, in both themes (WCAG 2.2, 1.4.3)."""
    for colours in COLOURS.values():
        for ink in (colours.ink, colours.dim):
            assert contrast(ink, colours.panel) >= 4.5


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' relative luminances."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """As WCAG 2.2 defines it."""
    parts = [part / 255 for part in ImageColor.getrgb(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_first_square_is_a_monday() -> None:
    """The column's top is Monday, as the names beside it say."""
    assert FIRST.isoweekday() == 1
    assert date(2026, 11, 26).toordinal() - FIRST.toordinal() == DAYS - 1
    assert place(0)[1] == place(7)[1]
    assert place(7)[0] > place(0)[0]
