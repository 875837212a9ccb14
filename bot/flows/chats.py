"""A chat and its settings: arriving, choosing language, zone and hour, leaving."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.bank import LANGUAGES, Language
from bot.core.people import Chat, Defaults, Person, find_zone, language_for
from bot.core.slots import Hour, Off
from bot.core.zones import zone_named
from bot.flows import listening, schedule
from bot.store import people, pushes
from bot.store.database import Tx

_LONG_AWAY = 24 * 3600  # seconds; Telegram keeps updates as long, so that one that comes again is no second arrival
_LANGUAGES = {
    "zh": "zh",
    "中文": "zh",
    "汉语": "zh",
    "chinese": "zh",
    "en": "en",
    "english": "en",
    "英文": "en",
    "英语": "en",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A chat with what holds there: its language, zone (IANA name) and daily hours (minutes of the local day).
    `unreminded` is the minute of a reminder that would have come before the new hour, and is no more."""

    chat: Chat
    language: Language
    zone: str
    minutes: tuple[int, ...]
    unreminded: int | None = None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """What was typed means no zone or language; `profile` is as before."""

    profile: Profile
    typed: str


def visit(tx: Tx, person: Person | None, chat: Chat, now: datetime, defaults: Defaults) -> Profile:
    """The person and chat as seen now; a chat that had gone quiet wakes, and its schedule with it."""
    return _profile(tx, schedule.arrive(tx, person, chat, now, defaults), person, defaults)


def arrival(tx: Tx, chat: Chat, now: datetime, defaults: Defaults) -> Profile | None:
    """How things stand in a group that the bot was added to; None if it was there within the last day. Writes nothing:
    the visit that follows makes it known."""
    known = people.find_home(tx, chat.id)
    if known is not None and (known.quiet_since is None or now.timestamp() - known.quiet_since < _LONG_AWAY):
        return None
    return _profile(tx, known or chat, None, defaults)


def namesakes(tx: Tx, chat: Chat) -> tuple[int, ...]:
    """The basic groups that may have become this supergroup: they have its title."""
    return people.groups_called(tx, chat.title) if chat.kind == "supergroup" else ()


def set_language(
    tx: Tx, person: Person | None, chat: Chat, language: Language, now: datetime, defaults: Defaults
) -> Profile:
    """Speak `language` in the chat from now on."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    people.change_chat(tx, stored.id, language=language)
    return visit(tx, person, chat, now, defaults)


def say_language(
    tx: Tx, person: Person | None, chat: Chat, typed: str, now: datetime, defaults: Defaults
) -> Profile | NotUnderstood:
    """The same for a language that was typed."""
    code = _LANGUAGES.get(re.split("[-_]", typed.strip().casefold())[0])  # zh-CN, as clients write it
    if code is None:
        return NotUnderstood(visit(tx, person, chat, now, defaults), typed)
    return set_language(tx, person, chat, LANGUAGES[0] if code == "zh" else LANGUAGES[1], now, defaults)


def set_zone(tx: Tx, person: Person | None, chat: Chat, zone: str, now: datetime, defaults: Defaults) -> Profile:
    """Live in `zone` (an IANA name) from now on; the daily hours stay and are planned anew."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    people.change_chat(tx, stored.id, timezone=zone, asking=None)
    schedule.replan(tx, stored.id, now, defaults)
    return visit(tx, person, chat, now, defaults)


def say_zone(
    tx: Tx, person: Person | None, chat: Chat, typed: str, now: datetime, defaults: Defaults
) -> Profile | NotUnderstood:
    """The same for a place, offset or zone that was typed; one that is not understood leaves the question open."""
    zone = zone_named(typed)
    if zone is None or find_zone(zone) is None:
        ask_zone(tx, person, chat, now, defaults)
        return NotUnderstood(visit(tx, person, chat, now, defaults), typed)
    return set_zone(tx, person, chat, zone, now, defaults)


def ask_zone(tx: Tx, person: Person | None, chat: Chat, now: datetime, defaults: Defaults) -> Profile:
    """Take plain messages of a private chat as places, for an hour or until one is understood."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    if stored.private:
        people.change_chat(tx, chat.id, asking=schedule.zone_question(now))
    return visit(tx, person, chat, now, defaults)


def set_hour(
    tx: Tx,
    person: Person | None,
    chat: Chat,
    minute: int | None,
    thread_id: int | None,
    now: datetime,
    defaults: Defaults,
) -> Profile:
    """Ask daily at that minute of the local day, in that thread, or never for None."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    wish, before = Off(None) if minute is None else Hour(minute), pushes.reminder_of(tx, stored.id)
    schedule.choose(tx, person, stored, wish, thread_id, now, defaults)
    return replace(_profile(tx, stored, person, defaults), unreminded=schedule.unreminded(tx, stored, before))


def hear(
    tx: Tx, person: Person, chat: Chat, typed: str, now: datetime, defaults: Defaults
) -> Profile | NotUnderstood | None:
    """A plain message in private. What can only be a place is one at any time; while the question about the zone is
    open, so is everything that has words, unless a question is on the table. None: it is no answer to anything."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    asked = typed and schedule.waits_for_zone(stored, now)
    if zone_named(typed, sure=True) or (asked and (zone_named(typed) or not listening.on_table(tx, chat.id, now))):
        return say_zone(tx, person, chat, typed, now, defaults)
    return None


def rest(tx: Tx, chat_id: int, now: datetime) -> None:
    """Blocked, kicked or gone: nothing is sent there until it wakes."""
    people.quiet_chat(tx, chat_id, now)


def move(tx: Tx, old_id: int, new_id: int, now: datetime, defaults: Defaults) -> None:
    """A group became a supergroup: everything it had goes with it, and is planned, as the group may have been quiet
    (who sends to the old one hears that it is gone). Doing it twice changes nothing."""
    people.move_chat(tx, old_id, new_id, now)
    schedule.replan(tx, new_id, now, defaults)


def language_of(tx: Tx, person: Person | None, chat: Chat, defaults: Defaults) -> Language:
    """What to speak there, without writing anything."""
    stored = people.find_home(tx, chat.id) or chat
    return language_for(stored, person.language_code if person else None, defaults)


def _profile(tx: Tx, chat: Chat, person: Person | None, defaults: Defaults) -> Profile:
    language = language_for(chat, person.language_code if person else None, defaults)
    minutes = tuple(slot.minute for slot in pushes.slots_of(tx, chat.id))
    return Profile(chat, language, chat.timezone or defaults.timezone, minutes)
