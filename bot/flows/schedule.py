"""When a chat is pushed: its daily hours and what moves them (arriving, a new hour, a new zone, waking)."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.calendar import next_push, push_day
from bot.core.people import Chat, Defaults, Person, zone_for
from bot.flows import members
from bot.store import people, pushes
from bot.store.database import Tx

_FURTHEST = timedelta(days=4)  # from Friday to Monday, and a clock that jumps


def arrive(tx: Tx, person: Person | None, chat: Chat, now: datetime, defaults: Defaults) -> Chat:
    """Note who came and where; gives the chat with its stored settings. One that had gone quiet is planned again."""
    before = people.find_chat(tx, chat.id)
    if person is not None:
        people.see_person(tx, person, now)
        if not chat.private:
            members.seen(tx, chat.id, person.id, now)
    stored = people.see_chat(tx, chat, now)
    if before is not None and before.quiet_since is not None:
        replan(tx, chat.id, now, defaults)
    return stored


def choose(
    tx: Tx,
    person: Person | None,
    chat: Chat,
    minute: int | None,
    thread_id: int | None,
    now: datetime,
    defaults: Defaults,
) -> Chat:
    """Push daily at that minute of the local day (0..1439), in that thread, or never for None; the stored chat."""
    stored = arrive(tx, person, chat, now, defaults)
    if minute is None:
        clear(tx, chat.id)
    else:
        set_hour(tx, chat.id, minute, thread_id, now, defaults)
    return stored


def set_hour(tx: Tx, chat_id: int, minute: int, thread_id: int | None, now: datetime, defaults: Defaults) -> datetime:
    """Push daily at that minute of the local day (0..1439) and at no other. Returns the first push (UTC)."""
    chat = people.find_chat(tx, chat_id)
    kept = next((slot for slot in pushes.slots_of(tx, chat_id) if slot.minute == minute), None)
    due = _planned(tx, chat, kept or pushes.Slot(chat_id, minute, thread_id, None), now, defaults)
    pushes.clear_slots(tx, chat_id)
    pushes.set_slot(tx, pushes.Slot(chat_id, minute, thread_id, due))
    return due


def clear(tx: Tx, chat_id: int) -> None:
    """Push there no more."""
    pushes.clear_slots(tx, chat_id)


def replan(tx: Tx, chat_id: int, now: datetime, defaults: Defaults) -> None:
    """Plan every hour of the chat anew: its zone or its day has changed, or it has woken."""
    chat = people.find_chat(tx, chat_id)
    for slot in pushes.slots_of(tx, chat_id):
        pushes.reschedule(tx, chat_id, slot.minute, _planned(tx, chat, slot, now, defaults))


def set_right(tx: Tx, now: datetime, defaults: Defaults) -> None:
    """Plan anew what cannot be right: hours further away than any (the clock was ahead), or unplanned in a chat that
    is awake (it has moved)."""
    for chat_id in pushes.misplanned(tx, now + _FURTHEST):
        replan(tx, chat_id, now, defaults)


def next_free(tx: Tx, chat: Chat | None, slot: pushes.Slot, after: datetime, defaults: Defaults) -> datetime:
    """The slot's next instant after `after` whose study day has had no push of it: so a new zone never makes two."""
    zone, day_start = zone_for(chat, defaults), chat.day_start if chat else 4
    due = next_push(after, slot.minute, zone)
    while pushes.find_push(tx, slot.chat_id, slot.minute, push_day(due, slot.minute, zone, day_start)) is not None:
        due = next_push(due, slot.minute, zone)
    return due


def _planned(tx: Tx, chat: Chat | None, slot: pushes.Slot, now: datetime, defaults: Defaults) -> datetime:
    """What is due already stays due for the tick that is about to come."""
    if slot.next_push_at is not None and slot.next_push_at <= now:
        return slot.next_push_at
    return next_free(tx, chat, slot, now, defaults)
