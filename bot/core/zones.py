"""From what a person types (北京, Shenzhen, Europe/Berlin, UTC+8) to an IANA zone, and back to a name to show."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

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
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2})(?:[:.]?(\d{2}))?|(utc|gmt|z)(?:[+-]?0)?")
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


def zone_named(text: str) -> str | None:
    """The IANA name that `text` means, or None."""
    typed = unicodedata.normalize("NFKC", text).strip().casefold()
    if not typed or len(typed) > 60:
        return None
    return _by_offset(typed) or _names().get(typed) or _names().get(_key(typed)) or _nearly(_key(typed))


def zone_title(zone: str, language: Language) -> str:
    """The zone's best-known city in that language; UTC+8 for a bare offset; else the IANA name's last part."""
    for name, chinese, english in CITIES:
        if name == zone:
            return chinese[0] if language == "zh" else english[0]
    if zone.startswith("Etc/GMT") and zone != "Etc/GMT":
        sign = "+" if zone[7] == "-" else "-"  # POSIX counts the other way round
        return f"UTC{sign}{zone[8:]}"
    return zone.rpartition("/")[2].replace("_", " ")


def offset_title(zone: str, at: datetime) -> str:
    """The zone's offset at that instant, as UTC+8 or UTC+5:30."""
    found = find_zone(zone)
    minutes = int(at.astimezone(found).utcoffset().total_seconds() // 60) if found else 0  # type: ignore[union-attr]
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _by_offset(typed: str) -> str | None:
    match = _OFFSET.fullmatch(typed.replace(" ", "").replace("−", "-"))
    if match is None:
        return None
    sign, hours, minutes = match[1], int(match[2] or 0), match[3] or "00"
    if minutes != "00":
        return _HALF_HOURS.get(f"{sign}{hours}:{minutes}")
    if hours == 0:
        return "UTC"
    zone = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}"
    return zone if find_zone(zone) else None


def _nearly(key: str) -> str | None:
    """The zone of the city whose English name differs by a slip of the finger."""
    if len(key) < 5 or not key.isascii():
        return None
    cities = {_key(name): zone for zone, _chinese, english in CITIES for name in english}
    found = process.extractOne(key, cities.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return cities[found[0]] if found else None


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
    for zone, chinese, english in CITIES:
        names.update({_key(name): zone for name in (*chinese, *english)})
    return names
