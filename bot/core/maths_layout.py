"""How the pieces of a formula stand beside each other: spaces around relations, none where TeX has none."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["ord", "rel", "bin", "word", "frac", "open", "close", "punct", "space", "script"]


class Piece(NamedTuple):
    """A stretch of a formula and what it is, which decides the spaces around it."""

    text: str
    kind: Kind


def laid_out(pieces: list[Piece], *, compact: bool = False) -> str:
    """The pieces as one string; `compact` (scripts) puts spaces only where words would run together."""
    text = ""
    before: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        kind = _unary(piece, before)
        text += _gap(text, before, Piece(piece.text, kind), compact=compact) + piece.text
        before = _after(piece, kind, before)
    return text.replace("  ", " ")


def atomic(pieces: list[Piece]) -> bool:
    """Whether the pieces are one term with its scripts, which needs no brackets."""
    solid = [piece for piece in pieces if piece.text]
    heads = [piece for piece in solid if piece.kind != "script"]
    if len(heads) == 2 and heads[0].text in "∂∇Δ" and heads[1].kind == "ord":
        return True
    if len(heads) != 1 or heads[0].kind not in {"ord", "word"}:
        return False
    return " " not in heads[0].text or enclosed(heads[0].text.lstrip("√∛∜"))


def bracketed(pieces: list[Piece]) -> str:
    """The pieces in round brackets, unless they stand in a pair of their own."""
    text = laid_out(pieces)
    return text if enclosed(text) else f"({text})"


def enclosed(text: str) -> bool:
    """Whether the first character of `text` opens a bracket that the last one closes."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if depth <= 0:
            return depth == 0 and char in ")]}" and place == len(text) - 1
    return False


def _unary(piece: Piece, before: Piece | None) -> Kind:
    """A sign after nothing, a relation, an operator or an opening bracket belongs to what follows it."""
    if piece.kind == "bin" and (before is None or before.kind in {"rel", "bin", "open", "punct", "space"}):
        return "open"
    return piece.kind


def _after(piece: Piece, kind: Kind, before: Piece | None) -> Piece:
    """What the next piece sees: a term keeps its kind under its scripts."""
    if kind != "script" or before is None:
        return Piece(piece.text, kind)
    spelt = piece.text[0] in "^_" and piece.text[-1] != ")"
    return Piece(before.text + piece.text, "word" if spelt or before.kind == "word" else before.kind)


def _gap(text: str, before: Piece | None, piece: Piece, *, compact: bool) -> str:
    """The space between what stands and the next piece."""
    if before is None or piece.kind == "script" or text.endswith((" ", "\n")) or "space" in {before.kind, piece.kind}:
        return ""
    loose = {"word", "frac"} & {before.kind, piece.kind}
    wide = before.kind == "word" and before.text[-1] == ")"  # a limit that is spelt out: lim_(x→0) f
    if loose and (wide or _letter(before.text[-1])) and (_letter(piece.text[0]) or (wide and piece.kind == "frac")):
        return " "
    if compact:
        return ""
    if {"rel", "bin"} & {before.kind, piece.kind} or before.kind == "punct":
        return " "
    if before.kind == "frac":
        return " " if piece.kind == "open" else ""
    return " " if before.kind == "close" and piece.kind == "word" and piece.text[0] in "∑∏∫" else ""


def _letter(char: str) -> bool:
    """Whether `char` would run into a letter beside it: letters, figures, small scripts, big operators."""
    return char.isalnum() or char in "∑∏∐∫∬∮⋃⋂⨁⨂√′"
