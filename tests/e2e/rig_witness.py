"""What stands in the bot's database whenever the bot has just died, and what the calendar says is due."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.playground.server import Playground
from tests.e2e.rig_tables import Row, read

_ZONE = "Asia/Shanghai"  # the default
_MINUTE = timedelta(minutes=1)
_AROUND = 200  # minutes around a wall time within which a clock that jumps shows it
_DAY_START = 4
_STUDIED = ("typed", "pieces", "interviews")
DUE = timedelta(seconds=30)  # after the hour


class Push(NamedTuple):
    """One hour of one chat on one study day."""

    chat: int
    minute: int
    day: date


class Witness:
    """Reads the database only, and never recovers or empties its log for the bot."""

    def __init__(self, playground: Playground, database: Path) -> None:
        self._playground = playground
        self._database = database
        self.rounds: dict[int, Row] = {}  # every round ever seen, with the poll it was known to have
        self.flying: Counter[tuple[Any, ...]] = Counter()  # what was being sent, by the deaths that cut into it
        self.pieces: dict[tuple[int, int], Row] = {}  # every message ever seen to be a piece of an answer
        self.due: dict[Push, datetime] = {}
        self.since = playground.clock.now()
        self.restless = False  # something waits to be sent or settled

    def died(self) -> None:
        """The process has just been killed: what was on its way?"""
        tables = self._read()
        for row in tables["rounds"]:
            if row["state"] in {"sending", "closing"}:
                self.flying["round" if row["state"] == "sending" else "result", row["id"]] += 1
        for row in tables["pushes"]:
            if row["state"] in {"claimed", "later"}:
                self.flying["push", row["chat_id"], row["minute"], row["study_day"]] += 1
        for row in tables["seasons"]:
            if row["state"] == "claimed":
                self.flying["season", row["chat_id"], row["period"]] += 1
        for row in tables["interviews"]:
            if row["phase"] == "ending":
                self.flying["verdict", row["id"]] += 1

    def look(self) -> None:
        """Remember the rounds and whether anything is unfinished."""
        self._read()

    def passes(self, until: datetime) -> None:
        """The clock is about to reach `until`: what comes due on the way, by the hours as they stand now?"""
        tables = self._read()
        chats = {row["id"]: row for row in tables["chats"]}
        for slot in tables["slots"]:
            chat = chats.get(slot["chat_id"])
            if chat is not None and chat["paused_at"] is None and self._reached(slot["chat_id"]):
                for day, at in _hours(chat["timezone"] or _ZONE, slot, self.since, until):
                    self.due.setdefault(Push(slot["chat_id"], slot["minute"], day), at)
        self.since = until

    def next_due(self) -> datetime | None:
        """When the next of all the hours comes."""
        tables = self._read()
        zones = {row["id"]: row["timezone"] or _ZONE for row in tables["chats"]}
        soon = self.since + timedelta(days=1, hours=2)
        slots = [slot for slot in tables["slots"] if self._reached(slot["chat_id"])]
        hours = [hour for slot in slots for hour in _hours(zones[slot["chat_id"]], slot, self.since, soon)]
        return min((at for _day, at in hours), default=None)

    def asleep(self) -> list[str]:
        """Chats that the bot takes for gone although it can write to them; only when all updates are handled."""
        quiet = [row for row in self._read()["chats"] if row["quiet_since"] is not None]
        return [f"asleep: {row}" for row in quiet if self._reached(row["id"])]

    def _owes(self, ledger: list[Row]) -> bool:
        """Whether something came due just now and has not been taken up yet."""
        now, chats = self._playground.clock.now(), self._playground.mini.world.chats
        taken = {(row["chat_id"], row["minute"], row["study_day"]) for row in ledger}
        late = [push for push, at in self.due.items() if timedelta(0) <= now - at < timedelta(minutes=30)]
        there = [(chats[push.chat].migrated_to or push.chat, push) for push in late]
        return any((chat, push.minute, push.day.toordinal()) not in taken for chat, push in there)

    def _reached(self, chat_id: int) -> bool:
        """Whether the bot can write there, by the playground."""
        world = self._playground.mini.world
        chat = world.chats.get(chat_id)
        if chat is None or chat.deleted or chat.migrated_to is not None:
            return False
        return not world.accounts[chat_id].blocked if chat.private else world.bot_member(chat).present

    def _read(self) -> dict[str, list[Row]]:
        tables = read(self._database, "rounds", "pushes", "seasons", "slots", "chats", *_STUDIED)
        for row in tables["rounds"]:
            self.rounds[row["id"]] = self.kept(row)
            self.rounds[row["id"]]["chats"].add(row["chat_id"])
        self.pieces |= {(row["person_id"], row["message_id"]): row for row in tables["pieces"]}
        now = self._playground.clock.seconds()
        self.restless = any(row["state"] in {"claimed", "later"} for row in tables["pushes"]) or any(
            row["state"] == "closing" or (row["state"] == "open" and (row["closes_at"] or now + 1) <= now)
            for row in tables["rounds"]
        )
        self.restless |= any(row["state"] == "claimed" for row in tables["seasons"]) or self._owes(tables["pushes"])
        self.restless |= any((row["retry_at"] or now + 1) <= now for row in tables["typed"])
        self.restless |= any((row["act_at"] or now + 1) <= now for row in tables["interviews"])
        return tables

    def kept(self, row: Row) -> Row:
        """A round with what it was once known to have: its poll, its choices before its answer was shown."""
        known = self.rounds.get(row["id"], {})
        shown = {} if row["choices"] or not known else {name: known[name] for name in ("choices", "right", "points")}
        return row | shown | {"poll_id": row["poll_id"] or known.get("poll_id"), "chats": known.get("chats", set())}


def _hours(zone: str, slot: Row, since: datetime, until: datetime) -> list[tuple[date, datetime]]:
    """Study days and instants at which that hour comes between the two (the first left out)."""
    first, found = since.date() - timedelta(days=1), []
    for number in range((until.date() - first).days + 2):
        day = first + number * timedelta(days=1)
        at = shown(zone, day, slot["minute"])
        meant = day - timedelta(days=slot["minute"] < 60 * _DAY_START)
        if since < at <= until and not (slot["weekdays"] and meant.isoweekday() > 5):
            found.append((meant, at))
    return found


@lru_cache(maxsize=100_000)
def shown(zone: str, day: date, minute: int) -> datetime:
    """The first minute of UTC at which the zone's clock shows that minute of that day, or has leapt over it."""
    wall, local = datetime.combine(day, datetime.min.time()) + minute * _MINUTE, ZoneInfo(zone)
    guess = wall.replace(tzinfo=UTC) - (wall.replace(tzinfo=local).utcoffset() or timedelta(0))
    moments = (guess + number * _MINUTE for number in range(-_AROUND, _AROUND))
    return next(at for at in moments if at.astimezone(local).replace(tzinfo=None) >= wall)
