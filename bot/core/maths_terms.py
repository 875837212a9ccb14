"""The terms of a formula that are made of others: scripts, accents, fractions, roots."""

from __future__ import annotations

import re
from unicodedata import normalize

from bot.core import maths_symbols as symbols
from bot.core.maths_layout import Piece, atomic, bracketed, enclosed, laid_out


def script(mark: str, body: list[Piece]) -> str:
    """A sub- or superscript: in Unicode's small characters if all exist, else spelt out."""
    text = laid_out(body, compact=True).replace("\n", " ").strip()
    table = symbols.SUPERSCRIPTS if mark == "^" else symbols.SUBSCRIPTS
    if all(char in table for char in text):
        return "".join(table[char] for char in text)
    word = len(body) == 1 and body[0].kind == "word" and text.isalpha()
    return f"{mark}{text}" if len(text) == 1 or word or enclosed(text) else f"{mark}({text})"


def accent(name: str, body: list[Piece]) -> Piece:
    """A letter under its accent; a longer term is named: hat(xy)."""
    text = laid_out(body)
    if len(body) == 1 and len(text) == 1:
        return Piece(normalize("NFC", text + symbols.ACCENTS[name]), "ord")
    if name in {"overline", "bar"}:
        return Piece("".join(char if char == " " else char + "\u0305" for char in text), "ord")
    return Piece(f"{name.removeprefix('wide')}({text})", "word")


def fraction(above: list[Piece], below: list[Piece]) -> Piece:
    """a/b, with brackets where one would misread it."""
    top = laid_out(above)
    top = bracketed(above) if re.search(r"[\s/]", top) else top
    return Piece(f"{top}/{laid_out(below) if atomic(below) else bracketed(below)}", "frac")


def root(degree: str, body: list[Piece]) -> Piece:
    """√x, ∛x, or ⁿ√(a + b)."""
    sign = symbols.ROOTS.get(degree) or script("^", [Piece(degree, "ord")]) + "√"
    return Piece(sign + (laid_out(body) if atomic(body) else bracketed(body)), "ord")
