"""The daily hours of a chat: how they stand, and changing them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.bank import Language
from bot.core.people import Chat, Defaults, Person, language_for, zone_for
from bot.core.slots import Hour, Kind, Off, Pins
from bot.flows import schedule
from bot.flows.schedule import Refusal
from bot.store import people, pushes
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Plan:
    """When a chat is pushed and what then; `next_at` (UTC) is None where no push is planned. `refused` says why an
    hour was not taken: there are six already, or one is less than half an hour away. `unreminded` is the minute of a
    reminder that would have come before the new hour, and is no more."""

    chat: Chat
    language: Language
    hours: tuple[Hour, ...]
    next_at: datetime | None
    now: datetime
    zone: str
    refused: Refusal | None = None
    unreminded: int | None = None

    def hour(self, minute: int) -> Hour | None:
        """The hour at that minute of the day."""
        return next((hour for hour in self.hours if hour.minute == minute), None)


def plan(tx: Tx, person: Person | None, chat: Chat, now: datetime, defaults: Defaults) -> Plan:
    """How things stand."""
    return _plan(tx, person, schedule.arrive(tx, person, chat, now, defaults), now, defaults)


def change(
    tx: Tx,
    person: Person | None,
    chat: Chat,
    wish: Hour | Off | Pins,
    thread_id: int | None,
    now: datetime,
    defaults: Defaults,
) -> Plan:
    """Push at that hour, in that thread, or no more; or pin what is pushed from now on, or not."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    if isinstance(wish, Pins):
        people.change_chat(tx, stored.id, pins=wish.wanted)
        return _plan(tx, person, stored, now, defaults)
    before = pushes.reminder_of(tx, stored.id)
    refused = schedule.choose(tx, person, stored, wish, thread_id, now, defaults)
    lost = schedule.unreminded(tx, stored, before)
    return replace(_plan(tx, person, stored, now, defaults), refused=refused, unreminded=lost)


def adjust(
    tx: Tx,
    person: Person | None,
    chat: Chat,
    minute: int,
    kind: Kind | None,
    weekdays: bool | None,  # noqa: FBT001 - a setting
    now: datetime,
    defaults: Defaults,
) -> Plan:
    """Change an hour's kind or days (None: as they are), and nothing if there is no such hour (any more)."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    slot = next((slot for slot in pushes.slots_of(tx, stored.id) if slot.minute == minute), None)
    if slot is not None:
        days = slot.weekdays if weekdays is None else weekdays
        schedule.adjust(tx, replace(slot, kind=kind or slot.kind, weekdays=days), now, defaults)
    return _plan(tx, person, stored, now, defaults)


def resume(tx: Tx, person: Person | None, chat: Chat, now: datetime, defaults: Defaults) -> Plan:
    """Push again if that has paused."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    schedule.wake(tx, stored.id, now, defaults)
    return _plan(tx, person, stored, now, defaults)


def _plan(tx: Tx, person: Person | None, chat: Chat, now: datetime, defaults: Defaults) -> Plan:
    stored = people.find_chat(tx, chat.id) or chat
    language = language_for(stored, person.language_code if person else None, defaults)
    slots = pushes.slots_of(tx, chat.id)
    hours = tuple(Hour(slot.minute, slot.about, slot.weekdays, slot.kind) for slot in slots)
    next_at = min((slot.next_push_at for slot in slots if slot.next_push_at), default=None)
    return Plan(stored, language, hours, next_at, now, zone_for(stored, defaults).key)
