"""A scenario: who is there, when it begins, and what they do, step by step."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.playground.defaults import DEFAULT, Cast

Argument = Literal["text", "person", "choice", "moment", "seconds", "fault", "switch", "count", "nothing"]
VERBS: dict[str, Argument] = {  # what a person does -> what the words behind the colon are
    "says": "text",
    "tells": "text",
    "presses": "text",
    "taps": "text",
    "votes": "choice",
    "joins": "nothing",
    "leaves": "nothing",
    "renames": "text",
    "titles": "text",
    "promotes": "person",
    "demotes": "person",
    "upgrades": "nothing",
}
BARE: dict[str, Argument] = {  # steps that nobody does
    "clock": "moment",
    "pause": "seconds",
    "fault": "fault",
    "calm": "nothing",
    "limits": "switch",
    "redeliver": "count",
}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
MOMENT = re.compile(
    rf"\+(?P<count>\d{{1,5}})(?P<unit>[smhd])|(?:(?P<day>{'|'.join(DAYS)}) )?(?P<time>([01]?\d|2[0-3]):[0-5]\d)"
)


@dataclass(frozen=True, slots=True)
class Step:
    """`who` is "" for a step that nobody does; `line` is where it stands in the file."""

    line: int
    who: str
    verb: str
    words: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.who, self.verb, self.words) if part)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Without steps nothing happens by itself; `pace` is the real seconds between two steps."""

    cast: Cast = DEFAULT
    seed: int | None = None
    start: datetime | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    steps: tuple[Step, ...] = ()
    title: str = ""
    pace: float = 1.0
    path: str = ""


def moment(words: str, now: datetime, zone: ZoneInfo) -> datetime:
    """`+10m`, the next `21:00`, or the next `mon 09:00` after `now` (aware), in UTC. `words` fit MOMENT."""
    found = MOMENT.fullmatch(words)
    assert found is not None
    if found["count"]:
        return now + timedelta(seconds=int(found["count"]) * _UNITS[found["unit"]])
    local = now.astimezone(zone)
    hour, minute = map(int, found["time"].split(":"))
    goal = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    days = (DAYS.index(found["day"]) - local.weekday()) % 7 if found["day"] else 0
    goal += timedelta(days=days)
    if goal <= local:
        goal += timedelta(days=7 if found["day"] else 1)
    return goal.astimezone(UTC)
