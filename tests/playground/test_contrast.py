"""WCAG AA, computed from the page's own colours: every pair of words and ground, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "bot/playground/page.html").read_text(encoding="utf-8")
Colour = tuple[float, float, float, float]
WORDS = 4.5  # to 1, for text
SHAPES = 3.0  # for what is no text: icons, rings, borders of fields
ON_PANEL = ("ink", "soft", "accent", "wrong", "right")
PAIRS = (  # words, the ground they stand on, the least contrast
    *((words, ground, WORDS) for words in ON_PANEL for ground in ("panel",)),
    *((words, ground, WORDS) for words in ("ink", "soft", "accent") for ground in ("panel-2", "hover")),
    ("ink", "chosen", WORDS),
    *((words, ground, WORDS) for words in ("ink", "in-meta", "accent", "wrong") for ground in ("in",)),
    *((words, "out", WORDS) for words in ("ink", "out-meta")),
    *(("on-fill", ground, WORDS) for ground in ("fill", "fill-hover", "right-fill", "wrong-fill")),
    *((f"peer:{name}", "in", WORDS) for name in ("bot", *"0123456")),
    *(("on-fill", f"peer-bg:{name}", WORDS) for name in ("bot", *"0123456")),
    ("accent", "ground", SHAPES),
)


def parsed(text: str) -> Colour:
    """#rgb, #rrggbb or #rrggbbaa as numbers from 0 to 1."""
    digits = text.strip().removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) in {3, 4} else digits
    red, green, blue, alpha = (int(digits.ljust(8, "f")[at : at + 2], 16) / 255 for at in (0, 2, 4, 6))
    return red, green, blue, alpha


def colour(name: str, scheme: str) -> Colour:
    """A variable of the style sheet: `name`, or `name:peer` for one of the people's colours."""
    variable, _, peer = name.partition(":")
    rule = re.search(rf"\.peer{peer} {{(.*?)}}", PAGE) if peer else re.search(r"\n:root {(.*?)\n}", PAGE, re.DOTALL)
    assert rule is not None
    value = re.search(rf"--{variable}: ([^;]+);", rule[1])
    assert value is not None, name
    both = re.fullmatch(r"light-dark\((.+), (.+)\)", value[1])
    return parsed((both[1] if scheme == "light" else both[2]) if both else value[1])


def luminance(shade: Colour) -> float:
    """WCAG 2.2, relative luminance."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shade[:3]]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.2, contrast ratio; both opaque."""
    assert one[3] == other[3] == 1
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_of_colours_is_legible(scheme: str) -> None:
    """All that fall short are told at once."""
    found = {(words, ground): contrast(colour(words, scheme), colour(ground, scheme)) for words, ground, _ in PAIRS}
    poor = [
        f"{words} on {ground}: {found[words, ground]:.2f}"
        for words, ground, least in PAIRS
        if found[words, ground] < least
    ]
    assert poor == []


def test_the_formula_is_the_one_of_wcag() -> None:
    """Black on white is 21 to 1, grey 777 on white just too little."""
    assert round(contrast(parsed("#000"), parsed("#fff")), 2) == 21
    assert 4.4 < contrast(parsed("#777"), parsed("#ffffff")) < WORDS
