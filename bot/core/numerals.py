"""Numbers in words. Chinese ones below a hundred, and years digit by digit, become digits: 二十一 21, 二〇二七 2027."""

from __future__ import annotations

import re
from collections.abc import Mapping

HAN: Mapping[str, int] = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"〇": 0, "两": 2, "兩": 2}
_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_UNITS += " eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ENGLISH: Mapping[str, int] = {word: number for number, word in enumerate(_UNITS.split(), 1)} | {
    word: number for number, word in zip(range(20, 100, 10), _TENS.split(), strict=True)
}
"""One to nineteen, and the tens."""
_ROW = re.compile(f"[十{''.join(HAN)}]+")


def up_to(most: int) -> dict[str, int]:
    """The English words for one to `most`, at most nineteen."""
    return {word: number for word, number in ENGLISH.items() if number <= most}


def in_digits(text: str) -> str:
    """The text with its Chinese numerals as digits. What is no number as a whole, like 十十, becomes some number."""
    return _ROW.sub(lambda match: _number(match.group()), text)


def _number(numerals: str) -> str:
    tens, ten, ones = numerals.rpartition("十")
    if not ten:
        return "".join(str(HAN[char]) for char in numerals)
    high = HAN.get(tens, 1 if not tens else 9)
    return str(high * 10 + HAN.get(ones, 0))
