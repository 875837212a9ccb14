"""From what a person types (北京, Shenzhen, Europe/Berlin, UTC+8) to an IANA zone, and back to a name to show."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from bot.core.bank import Language
from bot.core.cities import CITIES
from bot.core.people import find_zone

# What the buttons offer first, by where such a bot's users mostly live.
LIKELY: tuple[str, ...] = (
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Australia/Sydney",
)
_OFFSET = re.compile(r"(?:(?:utc|gmt)([+-]?)|([+-]))(\d{1,2})(?:[:.]?(\d{2}))?|utc|gmt|z")
_BELT = re.compile(r"([东東西])(\d{1,2}|十?[一二三四五六七八九]|十)[时時]?[区區]")
_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_NOISE = re.compile(r"[\s_'’.,，。·-]+|时间$|时区$|time$|市$")
_CLOSE_ENOUGH = 87  # rapidfuzz ratio: one letter wrong in a name of eight
# Offsets that are no whole hours have no zone of their own; these places keep them all year.
_HALF_HOURS = {
    "+3:30": "Asia/Tehran",
    "+4:30": "Asia/Kabul",
    "+5:30": "Asia/Kolkata",
    "+5:45": "Asia/Kathmandu",
    "+6:30": "Asia/Yangon",
    "+8:45": "Australia/Eucla",
    "+9:30": "Australia/Darwin",
    "-9:30": "Pacific/Marquesas",
}


def zone_named(text: str, *, sure: bool = False) -> str | None:
    """The IANA name that `text` means, or None.

    `sure` is for what nobody asked for: no slips of the finger, and no words that mostly mean something else:
    East, +1.
    """
    typed = _typed(text)
    if not typed or len(typed) > 60:
        return None
    if sure:
        return (_by_offset(typed) if typed[0].isalpha() and typed != "z" else None) or _place(typed, _sure_names())
    return _by_offset(typed) or _place(typed, _names()) or _cities().get(_nearly(_key(typed)))


def zone_title(zone: str, language: Language) -> str:
    """The zone's best-known city in that language; UTC+8 for a bare offset; else the IANA name's last part."""
    for name, chinese, english in CITIES:
        if name == zone:
            return chinese[0] if language == "zh" else english[0]
    if zone.startswith("Etc/GMT") and zone != "Etc/GMT":
        sign = "+" if zone[7] == "-" else "-"  # POSIX counts the other way round
        return f"UTC{sign}{zone[8:]}"
    return zone.rpartition("/")[2].replace("_", " ")


def place_title(text: str, zone: str, language: Language) -> str:
    """The city that was typed by its usual name, where it lives in that zone; else the zone's title."""
    whole, city = _key(_typed(text)), _key(_typed(text).partition(",")[0])
    for name, chinese, english in CITIES:
        if name == zone and {whole, city, _nearly(whole)} & set(map(_key, (*chinese, *english))):
            return chinese[0] if language == "zh" else english[0]
    return zone_title(zone, language)


def offset_title(zone: str, at: datetime) -> str:
    """The zone's offset at that instant, as UTC+8 or UTC+5:30."""
    found = find_zone(zone)
    minutes = int(at.astimezone(found).utcoffset().total_seconds() // 60) if found else 0  # type: ignore[union-attr]
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _typed(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _place(typed: str, names: dict[str, str]) -> str | None:
    """By its name; or by what stands before a comma, unless what follows is known to lie elsewhere."""
    city, comma, beyond = typed.partition(",")
    found = names.get(typed) or names.get(_key(typed))
    if found or not comma:
        return found
    zone = names.get(_key(city))
    return zone if _names().get(_key(beyond), zone) == zone else None


def _by_offset(typed: str) -> str | None:
    match = _OFFSET.fullmatch(_BELT.sub(_as_offset, typed).replace(" ", "").replace("−", "-"))
    if match is None:
        return None
    sign, hours, minutes = match[1] or match[2] or "+", int(match[3] or 0), match[4] or "00"
    if minutes != "00":
        return _HALF_HOURS.get(f"{sign}{hours}:{minutes}")
    if hours == 0:
        return "UTC"
    zone = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}"
    return zone if find_zone(zone) else None


def _as_offset(belt: re.Match[str]) -> str:
    """东八区 is +8."""
    return f"{'-' if belt[1] == '西' else '+'}{_NUMERALS.get(belt[2], belt[2])}"


def _nearly(key: str) -> str:
    """The city whose name differs by a slip of the finger, as `_key` has it; empty if there is none."""
    if len(key) < 5 or not key.isascii():
        return ""
    latin = (name for name in _cities() if name.isascii())
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where no place is called what was typed

    found = process.extractOne(key, latin, scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return found[0] if found else ""


def _key(name: str) -> str:
    """Without case, width, accents and noise: München is munchen."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return _NOISE.sub("", "".join(letter for letter in letters if not unicodedata.combining(letter)))


@cache
def _names() -> dict[str, str]:
    """Every name, in the form `_key` gives and, for IANA names, as written."""
    names: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        if "/" in zone and not zone.startswith(("posix/", "right/", "Etc/", "SystemV/")):
            names.setdefault(_key(zone.rpartition("/")[2]), zone)
        names[zone.casefold()] = zone
    del names["factory"]  # a clock that nobody has set
    return names | _cities()


@cache
def _sure_names() -> dict[str, str]:
    """Those that mean little else: cities, and IANA names with their area."""
    return {name: zone for name, zone in _names().items() if "/" in name} | _cities()


@cache
def _cities() -> dict[str, str]:
    """The zone of each city, by each of its names."""
    return {_key(name): zone for zone, chinese, english in CITIES for name in (*chinese, *english)}
