"""When a chat is pushed: its daily hours and what moves them (arriving, a new hour or zone, pausing, waking)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from bot.core.calendar import next_push, push_day
from bot.core.people import DAY_START, Chat, Defaults, Person, zone_for
from bot.core.slots import MOST, Hour, Off, comes_after, too_close
from bot.flows import members, terms
from bot.store import people, pushes
from bot.store.database import Tx
from bot.store.instants import seconds

_ZONE = "timezone"
_OPEN = timedelta(hours=1)  # how long a question about the zone waits for its answer
_FURTHEST = timedelta(days=4)  # from Friday to Monday, and a clock that jumps
Refusal = Literal["many", "close"]


def arrive(tx: Tx, person: Person | None, chat: Chat, now: datetime, defaults: Defaults) -> Chat:
    """Note who came and where; gives the chat with its stored settings. One that had gone quiet is planned again.

    What was said before a group became a supergroup, and is handled after, was said in that: its chat is given.
    """
    before = people.find_home(tx, chat.id)
    here = chat if before is None or before.id == chat.id else before
    if person is not None:
        people.see_person(tx, person, now)
        if not here.private:
            members.seen(tx, here.id, person.id, now)
    stored = people.see_chat(tx, here, now, before)
    if before is not None and before.quiet_since is not None:
        replan(tx, here.id, now, defaults)
    return stored


def zone_question(now: datetime) -> str:
    """What a chat's `asking` is once it was asked about its zone."""
    return f"{_ZONE} {seconds(now)}"


def waits_for_zone(chat: Chat, now: datetime) -> bool:
    """Whether the chat was asked about its zone not long ago."""
    what, _, since = (chat.asking or "").partition(" ")
    return what == _ZONE and since.isdecimal() and int(since) >= seconds(now - _OPEN)


def choose(
    tx: Tx,
    person: Person | None,
    chat: Chat,
    wish: Hour | Off,
    thread_id: int | None,
    now: datetime,
    defaults: Defaults,
) -> Refusal | None:
    """Push at that hour, in that thread, or no more; `chat` is as stored. What stood in the way, if anything."""
    if isinstance(wish, Hour):
        return set_hour(tx, chat, wish, thread_id, person.id if person else None, now, defaults)
    pushes.clear_slots(tx, chat.id, wish.minute)
    terms.replan(tx, chat.id, defaults)
    return None


def set_hour(
    tx: Tx, chat: Chat, hour: Hour, thread_id: int | None, set_by: int | None, now: datetime, defaults: Defaults
) -> Refusal | None:
    """Push at that hour, in that thread. A private chat has one hour, and no reminder that would come before it; a
    group that has paused wakes.

    Refused, and nothing has changed, where a group has six others already or one less than half an hour away.
    """
    slots = {slot.minute: slot for slot in pushes.slots_of(tx, chat.id)}
    known = slots.pop(hour.minute, None)
    if not chat.private and (refusal := _refusal(hour, slots)):
        return refusal
    for minute in slots if chat.private else ():
        pushes.clear_slots(tx, chat.id, minute)
    reminder = pushes.reminder_of(tx, chat.id)
    if reminder is not None and not comes_after(reminder, hour.minute, chat.day_start):
        pushes.clear_slots(tx, chat.id, reminder)
    people.change_chat(tx, chat.id, trouble=None)  # set anew, it is told anew where it cannot be posted
    wake(tx, chat.id, now, defaults)
    due = known.next_push_at if known else None
    wanted = pushes.Slot(chat.id, hour.minute, thread_id, due, hour.about, hour.weekdays, hour.kind, set_by)
    adjust(tx, wanted, now, defaults)
    terms.replan(tx, chat.id, defaults)
    return None


def remind(tx: Tx, chat: Chat, minute: int | None, now: datetime, defaults: Defaults) -> bool:
    """Remind at that minute of the day, or never. False, and it stays as it is: the day's push does not come before."""
    if minute is not None and not may_remind(tx, chat, minute):
        return False
    before = pushes.reminder_of(tx, chat.id)
    if before is not None:
        pushes.clear_slots(tx, chat.id, before)
    if minute is not None:
        adjust(tx, pushes.Slot(chat.id, minute, None, None, kind="remind"), now, defaults)
    return True


def may_remind(tx: Tx, chat: Chat, minute: int) -> bool:
    """Whether there is a daily hour, and that minute comes after it on the same study day."""
    hours = pushes.slots_of(tx, chat.id)
    return bool(hours) and all(comes_after(minute, hour.minute, chat.day_start) for hour in hours)


def unreminded(tx: Tx, chat: Chat, before: int | None) -> int | None:
    """The reminder there was `before`, if there is an hour but no reminder any more."""
    return before if pushes.slots_of(tx, chat.id) and pushes.reminder_of(tx, chat.id) is None else None


def adjust(tx: Tx, slot: pushes.Slot, now: datetime, defaults: Defaults) -> None:
    """Keep the hour as it is wanted now, planned anew unless the chat pauses."""
    chat = people.find_chat(tx, slot.chat_id)
    paused = chat is not None and chat.paused_at is not None
    due = None if paused else _planned(tx, chat, slot, now, defaults)
    pushes.set_slot(tx, replace(slot, next_push_at=due))


def wake(tx: Tx, chat_id: int, now: datetime, defaults: Defaults) -> None:
    """Push there again if that has paused."""
    chat = people.find_chat(tx, chat_id)
    if chat is not None and chat.paused_at is not None:
        people.change_chat(tx, chat_id, paused_at=None)
        replan(tx, chat_id, now, defaults)


def replan(tx: Tx, chat_id: int, now: datetime, defaults: Defaults) -> None:
    """Plan every hour of the chat anew: its zone or its day has changed, or it has woken. While it pauses none is."""
    for slot in pushes.slots_of(tx, chat_id, reminders=True):
        adjust(tx, slot, now, defaults)
    terms.replan(tx, chat_id, defaults)


def set_right(tx: Tx, now: datetime, defaults: Defaults) -> None:
    """Plan anew what cannot be right: hours further away than any (the clock was ahead)."""
    for chat_id in pushes.misplanned(tx, now + _FURTHEST):
        replan(tx, chat_id, now, defaults)


def next_free(tx: Tx, chat: Chat | None, slot: pushes.Slot, after: datetime, defaults: Defaults) -> datetime:
    """The slot's next instant after `after` whose study day has had no push of it: so a new zone never makes two."""
    zone, day_start = zone_for(chat, defaults), chat.day_start if chat else DAY_START
    due = next_push(after, slot.minute, zone, weekdays=slot.weekdays, day_start=day_start)
    while pushes.find_push(tx, slot.chat_id, slot.minute, push_day(due, slot.minute, zone, day_start)) is not None:
        due = next_push(due, slot.minute, zone, weekdays=slot.weekdays, day_start=day_start)
    return due


def _refusal(hour: Hour, others: Collection[int]) -> Refusal | None:
    if any(too_close(hour.minute, minute) for minute in others):
        return "close"
    return "many" if len(others) >= MOST else None


def _planned(tx: Tx, chat: Chat | None, slot: pushes.Slot, now: datetime, defaults: Defaults) -> datetime:
    """What is due already stays due for the tick that is about to come."""
    if slot.next_push_at is not None and slot.next_push_at <= now:
        return slot.next_push_at
    return next_free(tx, chat, slot, now, defaults)
