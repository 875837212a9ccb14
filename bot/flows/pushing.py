"""The daily push: claiming what is due. What comes of it is written down by `settling`.

The table of slots is the schedule and the table of pushes the ledger. A push is claimed in one unit of work, with its
round, before it is sent, and settled after: a crash between the two sends again what was in flight and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.core.bank import Language, Library
from bot.core.calendar import push_day
from bot.core.exams import Exam
from bot.core.people import Chat, Defaults, language_for, zone_for
from bot.flows import preparing, pushed, schedule, settling
from bot.flows.asking import Asked
from bot.flows.leases import LEASE
from bot.flows.opening import Opening
from bot.flows.settling import Settled
from bot.flows.timely import in_time, silent
from bot.store import dailies, people, pushes, rounds, vacations
from bot.store.database import Tx
from bot.store.pushes import Push, Slot

_FORGOTTEN = timedelta(days=7)  # a ledger row for each missed day, but not for a year of them
SILENCE = 7  # daily polls in a row that nobody answers; then a group is left in peace


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


class Pausing(NamedTuple):
    """Nobody has answered for long: instead of a question a group is told that its pushes pause."""

    language: Language


@dataclass(frozen=True, slots=True)
class Due:
    """A claimed push with what to send; `silent` where it would wake somebody. `exam` is one that is today, or whose
    plan has ended, which has not been told yet."""

    push: Push
    chat: Chat
    slot: Slot
    ask: Asked | Opening | Pausing
    silent: bool
    exam: Exam | None = None

    @property
    def round_id(self) -> int | None:
        """The round it puts to the chat."""
        return None if isinstance(self.ask, Pausing) else self.ask.round.id

    @property
    def bulk(self) -> bool:
        """Whether it goes with the other scheduled sends: a group known to be in slow mode would hold them all up."""
        return not self.chat.slow


def ready(tx: Tx, now: datetime, limit: int) -> tuple[Ready, ...]:
    """The hours that have come, earliest first."""
    slots = pushes.due_slots(tx, now, limit)
    return tuple(Ready(slot.chat_id, slot.minute, slot.next_push_at) for slot in slots if slot.next_push_at)


def unfinished(tx: Tx, now: datetime, limit: int) -> tuple[Unfinished, ...]:
    """The pushes claimed but not settled in time, and those to be tried again now."""
    return tuple(Unfinished(push.chat_id, push.minute, push.study_day) for push in pushes.stale(tx, now, limit))


def claim(tx: Tx, library: Library, hour: Ready, now: datetime, defaults: Defaults) -> Due | Settled | None:
    """Take a slot's push and plan the next. What becomes of it where there is nothing to send: it is missed, or nothing
    is due. None: it is none any more, or somebody else has taken it."""
    chat, slot = people.find_chat(tx, hour.chat_id), _slot(tx, hour.chat_id, hour.minute)
    if slot is None or slot.next_push_at != hour.due_at:
        return None
    if chat is None or chat.quiet_since is not None or chat.paused_at is not None:
        pushes.reschedule(tx, hour.chat_id, hour.minute, None)
        return None
    push = _ledger_row(chat, hour.minute, hour.due_at, now, defaults)
    new = pushes.claim(tx, push)
    after = max(hour.due_at, now - _FORGOTTEN)
    pushes.reschedule(tx, slot.chat_id, slot.minute, schedule.next_free(tx, chat, slot, after, defaults))
    return _make(tx, library, chat, slot, push, now, defaults) if new else None


def claim_again(tx: Tx, library: Library, cut: Unfinished, now: datetime, defaults: Defaults) -> Due | Settled | None:
    """Take up a push that was not settled: the same round is sent once more, while it is still wanted and in time; or
    else what becomes of it. None: somebody else has taken it up.

    That pushes pause is told again only if it is known that it did not get through.
    """
    push = pushes.find_push(tx, cut.chat_id, cut.minute, cut.study_day)
    if push is None or push.retry_at is None or push.retry_at > now:
        return None
    chat, slot = people.find_chat(tx, cut.chat_id), _slot(tx, cut.chat_id, cut.minute)
    if chat is None or slot is None or chat.quiet_since is not None or _unseen(tx, push):
        return settling.drop(tx, push, "missed" if push.round_id else "paused", now)
    if push.round_id is None:  # it was to tell of the pause
        return _pausing_again(tx, chat, slot, push, now, defaults)
    if chat.paused_at is not None:
        return settling.drop(tx, push, "nothing", now)
    return _make(tx, library, chat, slot, push, now, defaults)


def _make(
    tx: Tx, library: Library, chat: Chat, slot: Slot, push: Push, now: datetime, defaults: Defaults
) -> Due | Settled:
    """The push's round, begun or found again; a push that is too late or has nothing to ask is settled here."""
    if not in_time(tx, chat, push, now, defaults):
        return settling.drop(tx, push, "missed", now)
    if chat.private and vacations.on(tx, chat.id, push.study_day):
        return settling.drop(tx, push, "paused", now)
    if push.round_id is None and _nobody_answers(tx, chat, now):
        people.pause_chat(tx, chat.id, now)
        return _pausing(tx, chat, slot, push, now, defaults)
    ask = pushed.ask(tx, library, chat, slot, push, now, defaults)
    if ask is None:
        return settling.drop(tx, push, "nothing", now)
    if ask.round.state != "sending":  # it got through before the crash
        settling.settle(tx, push, "sent", now, ask.round.id)
        return "sent"
    pushes.settle(tx, chat.id, push.minute, push.study_day, "claimed", now, round_id=ask.round.id, retry_at=now + LEASE)
    exam = preparing.has_come(tx, chat.id, push.study_day)
    return Due(push, chat, slot, ask, silent(chat, push, now, defaults), exam)


def _nobody_answers(tx: Tx, chat: Chat, now: datetime) -> bool:
    """Whether the last polls were all silent, and all pushed since the chat was last told that they pause."""
    since = None if chat.private else dailies.silent_since(tx, chat.id, SILENCE, now)
    if since is None:
        return False
    told = pushes.last_pause(tx, chat.id)
    return told is None or told < since


def _pausing(tx: Tx, chat: Chat, slot: Slot, push: Push, now: datetime, defaults: Defaults) -> Due:
    pushes.settle(tx, chat.id, push.minute, push.study_day, "claimed", now, retry_at=now + LEASE)
    return Due(push, chat, slot, Pausing(language_for(chat, None, defaults)), silent(chat, push, now, defaults))


def _pausing_again(tx: Tx, chat: Chat, slot: Slot, push: Push, now: datetime, defaults: Defaults) -> Due | Settled:
    """After a crash nobody knows whether it was told, and once is enough; nor is it where the chat has woken."""
    if push.state == "later" and chat.paused_at is not None and in_time(tx, chat, push, now, defaults):
        return _pausing(tx, chat, slot, push, now, defaults)
    return settling.drop(tx, push, "paused", now)


def _slot(tx: Tx, chat_id: int, minute: int) -> Slot | None:
    return next((slot for slot in pushes.slots_of(tx, chat_id, reminders=True) if slot.minute == minute), None)


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
