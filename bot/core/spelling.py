"""Short forms and numbers in words, as people type and phones write what they hear, brought to one spelling.

The short forms are those of the field; one that is also another word (pos, cos, norm) is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.core.numerals import ENGLISH, HAN

_SHORT: Mapping[str, str] = {
    "attn": "attention",
    "avg": "average",
    "bidir": "bidirectional",
    "dec": "decoder",
    "dim": "dimension",
    "emb": "embedding",
    "enc": "encoder",
    "freq": "frequency",
    "func": "function",
    "grad": "gradient",
    "param": "parameter",
    "pct": "percent",
    "prob": "probability",
    "repr": "representation",
    "seq": "sequence",
    "tok": "token",
    "var": "variance",
    "vec": "vector",
    "wt": "weight",
}
_SCALES: Mapping[str, int] = {"hundred": 100, "thousand": 1000}
_HAN_SCALES: Mapping[str, int] = {"千": 1000, "百": 100, "十": 10}
_WORD = "|".join((*ENGLISH, *_SCALES))

_NEGATED = re.compile(r"(?<![a-z])(is|are|was|were|do|does|did|ca|wo|should|would|could|has|have|had)nt(?![a-z])")
_SHORTENED = re.compile(
    rf"(?<![a-z])(?:(?:{'|'.join(_SHORT)})s?(?![a-z])|pos(?= (?:emb|enc|vec))|w/(?:o(?![a-z]))? ?(?=[a-z0-9]))"
)
_NUMBER = re.compile(rf"(?<![a-z])(?:{_WORD})(?:(?: |(?<=hundred) and |(?<=thousand) and )(?:{_WORD}))*(?![a-z])")
_PERCENT = re.compile(r"(?<=[0-9]) ?per ?cent(?![a-z])|百分之([0-9.]+|[零一二三四五六七八九两十百]+)")
_HAN_DIGIT = "[一二三四五六七八九两]"
_TO_99 = f"(?:零{_HAN_DIGIT}|{_HAN_DIGIT}?十{_HAN_DIGIT}?)?"
_HUNDREDS = re.compile(
    f"(?<!{_HAN_DIGIT}){_HAN_DIGIT}(?:百{_TO_99}|千(?:零?{_HAN_DIGIT}百{_TO_99}|零{_TO_99})?)(?!{_HAN_DIGIT}|[百千万零]|分之)"
)


def _long(match: re.Match[str]) -> str:
    """A short form at full length, in the plural where it was."""
    word = match[0]
    if word.startswith("w/"):
        return "without " if "o" in word else "with "
    if word == "pos":
        return "position"
    plural = word not in _SHORT
    whole = _SHORT[word[:-1] if plural else word]
    return (whole[:-1] + "ies" if whole.endswith("y") else whole + "s") if plural else whole


def _digits(match: re.Match[str]) -> str:
    """A number from ten on in digits, as counted (five hundred and twelve) or read out in pairs (five twelve)."""
    words = match[0].replace(" and ", " ").split()
    if words[0] in _SCALES or all(ENGLISH.get(word, 10) < 10 for word in words):
        return match[0]
    groups = [0]
    for word in words:
        if word in _SCALES:
            groups[-1] = _scaled(groups[-1], _SCALES[word])
        elif _goes_on(groups[-1], ENGLISH[word]):
            groups[-1] += ENGLISH[word]
        else:
            groups.append(ENGLISH[word])
    return "".join(map(str, groups))


def _scaled(number: int, scale: int) -> int:
    """A thousand multiplies all that was said, a hundred what came since the last thousand."""
    return number * scale if scale > 100 else number - number % 100 + number % 100 * 100


def _goes_on(number: int, more: int) -> bool:
    """Whether this is said in one breath: nothing yet, twenty and one, a hundred and anything below."""
    return number % 100 == 0 or (number % 100 >= 20 and number % 10 == 0 and more < 10)


def _percent(match: re.Match[str]) -> str:
    said = match[1]
    if said is None:
        return "%"
    return f"{said if said[0] in '0123456789.' else _counted(said)}%"


def _counted(said: str) -> int:
    """A Chinese number below ten thousand."""
    number, last = 0, 0
    for char in said:
        if char in _HAN_SCALES:
            number, last = number + (last or 1) * _HAN_SCALES[char], 0
        else:
            last = HAN[char]
    return number + last


RESPELT: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_NEGATED, lambda match: f"{match[1]}n't"),
    (_SHORTENED, _long),
    (_NUMBER, _digits),
    (_PERCENT, _percent),
    (_HUNDREDS, lambda match: str(_counted(match[0]))),
)
"""What of a folded text is written otherwise, one kind after the other: the later go by what the earlier have made."""
