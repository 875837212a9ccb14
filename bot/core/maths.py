r"""LaTeX formulas as readable Unicode: `\sqrt{d_k}` is √dₖ, `\frac{QK^\top}{2\sigma}` is QKᵀ/(2σ).

What Unicode cannot write is spelt out: x^(a/b), W_(i,j), matrices by rows as [a b; c d].
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from bot.core import maths_symbols as symbols
from bot.core.maths_layout import Kind, Piece, bracketed, laid_out
from bot.core.maths_terms import accent, fraction, root, script

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
_DEEPEST = 30  # groups within groups; what lies deeper is written as it stands


class Formula(NamedTuple):
    """A formula as text, and the commands in it that nobody here knows."""

    text: str
    unknown: tuple[str, ...]


def readable(source: str) -> str:
    """The LaTeX formula `source` (without its dollars) as Unicode text. Never raises."""
    return translate(source).text


@lru_cache(maxsize=4096)
def translate(source: str) -> Formula:
    """The formula as text together with its unknown commands, each once, as written."""
    reader = _Reader(source)
    pieces = reader.group(until=None)
    return Formula(laid_out(pieces).strip(), tuple(dict.fromkeys(reader.unknown)))


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, source: str) -> None:
        self.tokens = _TOKEN.findall(source)
        self.at = 0
        self.depth = 0
        self.unknown: list[str] = []

    def peek(self) -> str:
        """The next sign, spaces skipped; empty at the end."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """The next sign, consumed."""
        sign = self.peek()
        self.at += 1
        return sign

    def group(self, until: str | None) -> list[Piece]:
        """The pieces up to the sign `until` (consumed), or to the end."""
        self.depth += 1
        pieces: list[Piece] = []
        while (sign := self.peek()) and sign != until:
            self.at += 1
            self.one(sign, pieces)
        self.at += bool(sign)
        self.depth -= 1
        return pieces

    def one(self, sign: str, pieces: list[Piece]) -> None:
        """Append what `sign` begins; a script goes to the piece before it."""
        if sign in {"^", "_"}:
            body = self.argument()
            pieces.append(Piece(script(sign, body), "script"))
        elif sign == "'":
            pieces.append(Piece("′", "script"))
        elif sign == "{":
            pieces += self.braced()
        elif sign != "}":
            pieces += self.command(sign) if sign[0] == "\\" and len(sign) > 1 else [_plain(sign)]

    def braced(self) -> list[Piece]:
        """The pieces of a group whose brace is consumed."""
        if self.depth > _DEEPEST:
            return [Piece("{", "ord")]
        inner = self.group(until="}")
        return inner if len(inner) < 2 else [Piece("", "ord"), *inner]

    def argument(self) -> list[Piece]:
        """A command's argument: a group, or one sign."""
        sign = self.take()
        if sign == "{":
            return self.braced()
        pieces: list[Piece] = []
        if sign[:1].isdigit() and len(sign) > 1:  # TeX takes one figure: x^23 is x²3
            self.at -= 1
            self.tokens[self.at] = sign[1:]
            sign = sign[0]
        if sign and self.depth <= _DEEPEST:
            self.depth += 1
            self.one(sign, pieces)
            self.depth -= 1
        return pieces

    def raw(self) -> str:
        """A command's argument as it is written: names and words."""
        if self.peek() != "{":
            return laid_out(self.argument())
        end = next((i for i in range(self.at, len(self.tokens)) if self.tokens[i] == "}"), len(self.tokens))
        inside = "".join(self.tokens[self.at + 1 : end])
        if "\\" in inside or "$" in inside or "{" in inside or "_" in inside:
            return laid_out(self.argument())
        self.at = end + 1
        return inside

    def option(self) -> str:
        """What stands in [brackets] after a command, if anything."""
        if self.peek() != "[":
            return ""
        self.at += 1
        return laid_out(self.group(until="]"), compact=True)

    def command(self, sign: str) -> list[Piece]:
        """The pieces of one command."""
        name = sign[1:].removesuffix("*")
        simple = _symbol(name)
        if simple is not None:
            return simple
        if name in symbols.NAMES:
            word = self.raw()
            return [Piece(word, "word" if word[:1].isalnum() else "ord")]
        if name in symbols.ALPHABETS:
            table = symbols.ALPHABETS[name]
            return [Piece("".join(table.get(char, char) for char in self.raw()), "ord")]
        return self.term(name) or self.structure(name, sign)

    def term(self, name: str) -> list[Piece]:
        """A command that makes one term of its arguments; nothing for any other."""
        if name in symbols.ACCENTS:
            return [accent(name, self.argument())]
        if name in symbols.FRACTIONS:
            return [fraction(self.argument(), self.argument())]
        if name == "sqrt":
            return [root(self.option(), self.argument())]
        if name == "binom":
            return [Piece(f"C({laid_out(self.argument())}, {laid_out(self.argument())})", "word")]
        if name == "not":
            return [Piece(laid_out(self.argument()) + "\u0338", "rel")]
        return []

    def structure(self, name: str, sign: str) -> list[Piece]:
        """Environments, marks above and below, and what nobody knows."""
        if name == "begin":
            return self.environment()
        if name in symbols.TRANSPARENT:
            return self.argument()
        if name in symbols.OVER_UNDER:
            return [Piece(bracketed(self.argument()), "ord")]
        if name in symbols.STACKED:
            mark, base = self.argument(), self.argument()
            return [*base, Piece(script("_" if name == "underset" else "^", mark), "script")]
        if name in symbols.DROPPED:
            self.argument()
            return []
        self.unknown.append(sign)
        return [Piece(name, "word")]

    def environment(self) -> list[Piece]:
        r"""A matrix as [a b; c d], cases as {a; b}, aligned lines as lines; `\begin` is consumed."""
        name = self.raw()
        if name not in symbols.MATRICES | symbols.ALIGNED:
            self.unknown.append(f"\\begin{{{name}}}")
        if name == "array":
            self.raw()
        rows = self.rows(cells=name not in symbols.ALIGNED)
        if name in symbols.ALIGNED:
            return [Piece("\n".join(row[0] for row in rows if row[0]), "ord")]
        between = ", " if name == "cases" else " "
        text = "; ".join(between.join(cell.rstrip(",") for cell in cells if cell) for cells in rows if any(cells))
        return [Piece(f"{{{text}}}" if name == "cases" else f"[{text}]", "ord")]

    def rows(self, *, cells: bool) -> list[list[str]]:
        r"""The cells of each row (one a row where `cells` is off) up to the `\end{...}` (consumed)."""
        rows, cell = [[""]], list[Piece]()
        self.depth += 1
        while (sign := self.take()) and sign != "\\end":
            if sign == "\\\\" or (sign == "&" and cells):
                rows[-1][-1] = laid_out(cell)
                cell = []
                rows.append([""]) if sign == "\\\\" else rows[-1].append("")
            elif self.depth <= _DEEPEST:
                self.one(sign, cell)
        self.depth -= 1
        rows[-1][-1] = laid_out(cell)
        if sign:
            self.raw()
        return rows


def _plain(sign: str) -> Piece:
    """The piece of a sign that is no command."""
    if sign in "=<>≤≥≈∈→←≠∼":
        return Piece(sign, "rel")
    if sign in "+-−×±":
        return Piece(sign.replace("-", "−"), "bin")
    if sign in ",;":
        return Piece(sign, "punct")
    kind: Kind = "open" if sign in "([" else "close" if sign in ")]" else "ord"
    return Piece("" if sign == "&" else " " if sign == "~" else sign, kind)


def _symbol(name: str) -> list[Piece] | None:
    """The pieces of a command that takes no argument; None for any other."""
    if name == "\\":
        return [Piece("\n", "space")]
    if name in symbols.SILENT:
        return []
    if name in symbols.SPACES:
        return [Piece(symbols.SPACES[name], "space")]
    if name in symbols.WORDS:
        return [Piece(name, "word")]
    tables: tuple[tuple[dict[str, str], Kind], ...] = (
        (symbols.ORDINARY, "ord"), (symbols.RELATIONS, "rel"), (symbols.BINARY, "bin"),
        (symbols.BIG, "word"), (symbols.OPENING, "open"), (symbols.CLOSING, "close"),
    )  # fmt: skip
    return next(([Piece(table[name], kind)] for table, kind in tables if name in table), None)
