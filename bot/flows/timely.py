"""Whether a push still comes in time, and whether it may make a sound."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.calendar import local_minute, study_day
from bot.core.hours import quiet
from bot.core.people import Chat, Defaults, zone_for
from bot.store import pushes
from bot.store.database import Tx
from bot.store.pushes import Push, Slot

GRACE = timedelta(hours=6)
_LATE = timedelta(hours=1)


def in_time(tx: Tx, chat: Chat, push: Push, now: datetime, defaults: Defaults) -> bool:
    """Whether it is still the study day it was due in, not too late in it, and before the chat's next hour."""
    zone = zone_for(chat, defaults)
    due_on, today = (study_day(at, zone, chat.day_start) for at in (push.due_at, now))
    if today != due_on or now - push.due_at > GRACE:
        return False
    others = (slot for slot in pushes.slots_of(tx, chat.id) if slot.minute != push.minute)
    return not any(_has_come_since(tx, slot, push, now) for slot in others)


def _has_come_since(tx: Tx, slot: Slot, push: Push, now: datetime) -> bool:
    """Whether another hour of the chat is due, or was pushed, after this one: an hour set today may begin tomorrow."""
    if slot.next_push_at is not None and push.due_at < slot.next_push_at <= now:
        return True
    other = pushes.find_push(tx, slot.chat_id, slot.minute, push.study_day)
    return other is not None and push.due_at < other.due_at <= now


def silent(chat: Chat, push: Push, now: datetime, defaults: Defaults) -> bool:
    """Without a sound at night, unless that is the hour the chat has chosen."""
    zone = zone_for(chat, defaults)
    chosen = quiet(local_minute(push.due_at, zone)) and now - push.due_at < _LATE
    return quiet(local_minute(now, zone)) and not chosen
