"""Chinese numerals below a hundred, and years digit by digit, as digits: 二十一 is 21, 二〇二七 is 2027."""

from __future__ import annotations

import re

_NUMERALS = {numeral: number for number, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_ROW = re.compile(f"[十{''.join(_NUMERALS)}]+")


def in_digits(text: str) -> str:
    """The text with its Chinese numerals as digits. What is no number as a whole, like 十十, becomes some number."""
    return _ROW.sub(lambda match: _number(match.group()), text)


def _number(numerals: str) -> str:
    tens, ten, ones = numerals.rpartition("十")
    if not ten:
        return "".join(str(_NUMERALS[char]) for char in numerals)
    high = _NUMERALS.get(tens, 1 if not tens else 9)
    return str(high * 10 + _NUMERALS.get(ones, 0))
