"""Characters as wide as Chinese ones, and the space that a line break stands for between them."""

from __future__ import annotations

from unicodedata import category, east_asian_width


def wide(char: str) -> bool:
    """Whether `char` is as wide as a Chinese character."""
    return east_asian_width(char) in "WF"


def space_between(before: str, after: str) -> str:
    """What stands for a line break between these two characters: nothing within Chinese, else a space."""
    if not (wide(before) or wide(after)):
        return " "
    if wide(before) and wide(after):
        return ""
    narrow, broad = (after, before) if wide(before) else (before, after)
    return " " if narrow.isascii() and category(broad)[0] != "P" else ""
