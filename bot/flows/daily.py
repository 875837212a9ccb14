"""The daily hour: how it stands, and choosing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.bank import Language
from bot.core.people import Chat, Defaults, Person, language_for, zone_for
from bot.flows import schedule
from bot.store import pushes
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Plan:
    """When a chat is pushed: `minute` of the local day and the next push, both None for never."""

    chat: Chat
    language: Language
    minute: int | None
    next_at: datetime | None
    now: datetime
    zone: str


def plan(tx: Tx, person: Person | None, chat: Chat, now: datetime, defaults: Defaults) -> Plan:
    """How things stand."""
    return _plan(tx, schedule.arrive(tx, person, chat, now, defaults), person, now, defaults)


def choose(
    tx: Tx,
    person: Person | None,
    chat: Chat,
    minute: int | None,
    thread_id: int | None,
    now: datetime,
    defaults: Defaults,
) -> Plan:
    """Push daily at that minute of the local day, or never for None."""
    return _plan(tx, schedule.choose(tx, person, chat, minute, thread_id, now, defaults), person, now, defaults)


def _plan(tx: Tx, chat: Chat, person: Person | None, now: datetime, defaults: Defaults) -> Plan:
    slot = next(iter(pushes.slots_of(tx, chat.id)), None)
    return Plan(
        chat,
        language_for(chat, person.language_code if person else None, defaults),
        slot.minute if slot else None,
        slot.next_push_at if slot else None,
        now,
        zone_for(chat, defaults).key,
    )
