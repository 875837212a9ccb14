"""The daily push: claiming what is due, and writing down what came of it.

The table of slots is the schedule and the table of pushes the ledger. A push is claimed in one unit of work, with its
round, before it is sent, and settled after: a crash between the two sends again what was in flight and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from bot.core.bank import Library
from bot.core.calendar import local_minute, next_push, push_day, study_day
from bot.core.hours import quiet
from bot.core.people import Chat, Defaults, Person, language_for, zone_for
from bot.flows import asking, opening, schedule
from bot.flows.asking import Asked
from bot.flows.opening import Opening
from bot.store import people, pushes, rounds
from bot.store.database import Tx
from bot.store.pushes import Push, Slot

GRACE = timedelta(hours=6)
LEASE = timedelta(minutes=2)
_FORGOTTEN = timedelta(days=7)  # a ledger row for each missed day, but not for a year of them
_LATE = timedelta(hours=1)
_DAY = timedelta(days=1)
Settled = Literal["sent", "gone", "nothing", "missed"]


class Ready(NamedTuple):
    """One of a chat's hours that has come."""

    chat_id: int
    minute: int
    due_at: datetime


class Unfinished(NamedTuple):
    """A push that was claimed and is not settled."""

    chat_id: int
    minute: int
    study_day: date


@dataclass(frozen=True, slots=True)
class Due:
    """A claimed push with the round to send; `silent` where it would wake somebody."""

    push: Push
    chat: Chat
    thread_id: int | None
    ask: Asked | Opening
    silent: bool


def ready(tx: Tx, now: datetime, limit: int) -> tuple[Ready, ...]:
    """The hours that have come, earliest first."""
    slots = pushes.due_slots(tx, now, limit)
    return tuple(Ready(slot.chat_id, slot.minute, slot.next_push_at) for slot in slots if slot.next_push_at)


def unfinished(tx: Tx, now: datetime, limit: int) -> tuple[Unfinished, ...]:
    """The pushes claimed but not settled in time, and those to be tried again now."""
    return tuple(Unfinished(push.chat_id, push.minute, push.study_day) for push in pushes.stale(tx, now, limit))


def claim(tx: Tx, library: Library, hour: Ready, now: datetime, defaults: Defaults) -> Due | None:
    """Take a slot's push and plan the next; None if there is nothing to send: missed, nothing due, or taken."""
    chat, slot = people.find_chat(tx, hour.chat_id), _slot(tx, hour.chat_id, hour.minute)
    if slot is None or slot.next_push_at != hour.due_at:
        return None
    if chat is None or chat.quiet_since is not None:
        pushes.reschedule(tx, hour.chat_id, hour.minute, None)
        return None
    push = _ledger_row(chat, hour.minute, hour.due_at, now, defaults)
    new = pushes.claim(tx, push)
    after = max(hour.due_at, now - _FORGOTTEN)
    pushes.reschedule(tx, slot.chat_id, slot.minute, schedule.next_free(tx, chat, slot, after, defaults))
    return _make(tx, library, chat, slot, push, now, defaults) if new else None


def claim_again(tx: Tx, library: Library, cut: Unfinished, now: datetime, defaults: Defaults) -> Due | None:
    """Take up a push that was not settled: the same round is sent once more, while it is still wanted and in time."""
    push = pushes.find_push(tx, cut.chat_id, cut.minute, cut.study_day)
    if push is None or push.retry_at is None or push.retry_at > now:
        return None
    chat, slot = people.find_chat(tx, cut.chat_id), _slot(tx, cut.chat_id, cut.minute)
    if chat is None or slot is None or chat.quiet_since is not None or _unseen(tx, push):
        _drop(tx, push, "missed", now)
        return None
    return _make(tx, library, chat, slot, push, now, defaults)


def sent(tx: Tx, push: Push, round_id: int, message_id: int, poll_id: str, now: datetime, defaults: Defaults) -> None:
    """The push stands in the chat: its round is open and the push settled, together."""
    opening.posted(tx, round_id, message_id, poll_id, now, defaults)
    _settle(tx, push, "sent", now, round_id)


def dropped(tx: Tx, push: Push, round_id: int, state: Settled, now: datetime) -> None:
    """The push could not be put to the chat and will not be: its round was never asked."""
    opening.withdraw(tx, round_id, now)
    _settle(tx, push, state, now, round_id)


def later(tx: Tx, push: Push, round_id: int, retry_at: datetime, now: datetime) -> None:
    """It did not get through; try again at `retry_at`, while it is in time."""
    pushes.settle(tx, push.chat_id, push.minute, push.study_day, "later", now, round_id=round_id, retry_at=retry_at)


def _make(
    tx: Tx, library: Library, chat: Chat, slot: Slot, push: Push, now: datetime, defaults: Defaults
) -> Due | None:
    """The push's round, begun or found again; a push that is too late or has nothing to ask is settled here."""
    if not _in_time(chat, push, now, defaults):
        _drop(tx, push, "missed", now)
        return None
    ask = _ask(tx, library, chat, slot, push, now, defaults)
    if ask is None:
        _drop(tx, push, "nothing", now)
        return None
    if ask.round.state != "sending":  # it got through before the crash
        _settle(tx, push, "sent", now, ask.round.id)
        return None
    pushes.settle(tx, chat.id, push.minute, push.study_day, "claimed", now, round_id=ask.round.id, retry_at=now + LEASE)
    return Due(push, chat, slot.thread_id, ask, _silent(chat, push, now, defaults))


def _ask(
    tx: Tx, library: Library, chat: Chat, slot: Slot, push: Push, now: datetime, defaults: Defaults
) -> Asked | Opening | None:
    origin = f"p{push.minute}.{push.study_day.toordinal()}"
    if not chat.private:
        return _ask_group(tx, library, chat, slot, push, origin, now, defaults)
    person = people.find_person(tx, chat.id) or Person(chat.id, chat.title)
    asked = asking.ask(
        tx,
        library,
        person=person,
        chat=chat,
        topic=None,
        origin=origin,
        thread_id=slot.thread_id,
        now=now,
        defaults=defaults,
    )
    return asked if isinstance(asked, Asked) else None


def _ask_group(
    tx: Tx, library: Library, chat: Chat, slot: Slot, push: Push, origin: str, now: datetime, defaults: Defaults
) -> Opening | None:
    """A pushed poll stays open until the next push, at most a day: everybody comes by at some hour of it."""
    language = language_for(chat, None, defaults)
    known = rounds.by_id(tx, push.round_id) if push.round_id else rounds.by_origin(tx, chat.id, origin)
    if known is not None and known.state == "sending":
        return opening.resume(tx, library, known, language, now)
    question = opening.question_of(library, known) if known else None
    if known is not None and question is not None:
        return Opening(known, question, None, language)
    return opening.open_round(
        tx,
        library,
        chat,
        thread_id=slot.thread_id,
        about=None,
        origin=origin,
        language=language,
        now=now,
        closes_at=min(now + _DAY, next_push(now, slot.minute, zone_for(chat, defaults))),
    )


def _slot(tx: Tx, chat_id: int, minute: int) -> Slot | None:
    return next((slot for slot in pushes.slots_of(tx, chat_id) if slot.minute == minute), None)


def _unseen(tx: Tx, push: Push) -> bool:
    """Whether it was sent several times without an answer; a push that a crash cut short is sent again all the same."""
    begun = rounds.by_id(tx, push.round_id) if push.round_id and push.state == "later" else None
    return begun is not None and begun.unseen


def _ledger_row(chat: Chat, minute: int, due_at: datetime, now: datetime, defaults: Defaults) -> Push:
    day = push_day(due_at, minute, zone_for(chat, defaults), chat.day_start)
    return Push(
        chat_id=chat.id,
        minute=minute,
        study_day=day,
        state="claimed",
        due_at=due_at,
        claimed_at=now,
        settled_at=None,
        retry_at=now + LEASE,
        round_id=None,
    )


def _in_time(chat: Chat, push: Push, now: datetime, defaults: Defaults) -> bool:
    """Whether it is still the study day it was due in, and not too late in it."""
    zone = zone_for(chat, defaults)
    due_on, today = (study_day(at, zone, chat.day_start) for at in (push.due_at, now))
    return today == due_on and now - push.due_at <= GRACE


def _silent(chat: Chat, push: Push, now: datetime, defaults: Defaults) -> bool:
    """Without a sound between 22:00 and 8:00, unless that is the hour the chat has chosen."""
    zone = zone_for(chat, defaults)
    chosen = quiet(local_minute(push.due_at, zone)) and now - push.due_at < _LATE
    return quiet(local_minute(now, zone)) and not chosen


def _drop(tx: Tx, push: Push, state: Settled, now: datetime) -> None:
    if push.round_id is not None:
        opening.abandon(tx, push.round_id, now)
    _settle(tx, push, state, now, push.round_id)


def _settle(tx: Tx, push: Push, state: Settled, now: datetime, round_id: int | None) -> None:
    pushes.settle(tx, push.chat_id, push.minute, push.study_day, state, now, round_id=round_id, retry_at=None)
