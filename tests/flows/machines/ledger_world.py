"""What the ledger's machine knows by itself: chats with their hours, what reached them, and when an hour comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.people import Chat, ChatKind
from bot.flows.pushing import Due

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
HOME = "Asia/Shanghai"  # where a chat lives that has chosen nothing
FOUR = 4 * 60  # the minute at which a study day starts


class Key(NamedTuple):
    """What may be pushed once: a slot of a chat on a study day. An erased chat that comes back is another chat."""

    place: int
    life: int
    minute: int
    study_day: date


@dataclass
class Flight:
    """A push that was claimed, is on its way, and of which nothing is written down yet."""

    key: Key
    due: Due


@dataclass
class Place:
    """A chat as the world has it; `hours` are its minutes and whether each is for weekdays alone."""

    number: int
    id: int
    kind: ChatKind
    life: int = 0
    zone: str = HOME
    hours: dict[int, bool] = field(default_factory=dict)
    quiet: bool = False
    paused: bool = False
    polls: list[str] = field(default_factory=list)  # daily polls that reached it, since somebody last answered one

    @property
    def chat(self) -> Chat:
        """As an update brings it."""
        return Chat(self.id, self.kind, f"P{self.number}")

    def key(self, minute: int, study_day: date) -> Key:
        """That slot on that day, in this life."""
        return Key(self.number, self.life, minute, study_day)

    def erased(self) -> None:
        """Nothing is known of it any more."""
        self.life += 1
        self.zone, self.hours, self.quiet, self.paused, self.polls = HOME, {}, False, False, []


@dataclass
class Facts:
    """What is known for certain, and what nobody can know: by key, how often."""

    arrived: Counter[Key] = field(default_factory=Counter)  # the message stands in the chat
    unknown: Counter[Key] = field(default_factory=Counter)  # sent, with no answer or no chance to write it down
    settled: set[Key] = field(default_factory=set)  # and it was written down as sent
    unanswered: Counter[Key] = field(default_factory=Counter)  # in a row, by a process that lived on
    newest: dict[tuple[int, int], tuple[datetime, int]] = field(default_factory=dict)  # by place and life: due, minute


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """When the clock shows that minute: the first time of two; where it is skipped, the first minute there is."""
    wall = datetime.combine(day, time(minute // 60, minute % 60))
    while True:
        at = wall.replace(tzinfo=zone).astimezone(UTC)
        if at.astimezone(zone).replace(tzinfo=None) == wall:
            return at
        wall += MINUTE


def belongs_to(day: date, minute: int) -> date:
    """The study day of that minute: the small hours are the evening before's."""
    return day - DAY if minute < FOUR else day


def comings(minute: int, zone: str, around: datetime, days: int) -> Iterator[tuple[datetime, date]]:
    """Each instant at which that minute comes, with its study day, from two days before on."""
    place = ZoneInfo(zone)
    first = around.astimezone(place).date() - 2 * DAY
    for number in range(days + 3):
        yield instant(first + number * DAY, minute, place), belongs_to(first + number * DAY, minute)


def next_free(minute: int, zone: str, now: datetime, had: Collection[date], *, weekdays: bool) -> datetime:
    """The first instant after `now` at which that minute comes on a study day that has had no push of it."""
    return next(
        at
        for at, day in comings(minute, zone, now, 40)
        if at > now and day not in had and not (weekdays and day.isoweekday() > 5)
    )


def same_study_day(one: datetime, other: datetime, zone: str) -> bool:
    """Whether no four o'clock lies between the two."""
    place = ZoneInfo(zone)
    first, last = sorted((one, other))
    day = first.astimezone(place).date() - DAY
    fours = (instant(day + number * DAY, FOUR, place) for number in range((last - first).days + 4))
    return not any(first < four <= last for four in fours)
