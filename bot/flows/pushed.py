"""What a push puts to a chat: a question in private, a round in a group."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.bank import Library, Ref
from bot.core.people import Chat, Defaults, Person, language_for, zone_for
from bot.core.topics import refs_about
from bot.flows import asking, opening, portions, preparing
from bot.flows.asking import Asked
from bot.flows.choosing import KINDS
from bot.flows.opening import Opening
from bot.flows.portions import DAILY
from bot.flows.preparing import Day
from bot.store import cards, dailies, people, pushes, rounds, typed, withheld
from bot.store.database import Tx
from bot.store.pushes import Push, Slot
from bot.store.rounds import Round

_DAY = timedelta(days=1)


def ask(
    tx: Tx, library: Library, chat: Chat, slot: Slot, push: Push, now: datetime, defaults: Defaults
) -> Asked | Opening | None:
    """The push's round, begun or found again; None if there is nothing to ask."""
    origin = f"{dailies.PUSHED}{push.minute}.{push.study_day.toordinal()}"
    if not chat.private:
        return _ask_group(tx, library, chat, slot, push, origin, now, defaults)
    if slot.kind == "remind" and pushes.pushed_on(tx, chat.id, push.study_day, but=slot.minute) is None:
        return None  # nothing was begun today
    person = people.find_person(tx, chat.id) or Person(chat.id, chat.title)
    asked = asking.ask(
        tx,
        library,
        person=person,
        chat=chat,
        topic=DAILY + (_asked_within(tx, library, chat, slot, now, defaults) or ""),
        origin=origin,
        thread_id=slot.thread_id,
        now=now,
        defaults=defaults,
        first=_left_open(tx, library, chat, push, now) if slot.kind == "remind" else None,
    )
    return asked if isinstance(asked, Asked) else None


def _left_open(tx: Tx, library: Library, chat: Chat, push: Push, now: datetime) -> Ref | None:
    """The question at which the day's push was left off: the newest one of it that nobody has answered, nor begun to
    in words, if it may be asked."""
    began = pushes.pushed_on(tx, chat.id, push.study_day, but=push.minute)
    unwanted = withheld.now(tx, chat.id, now)
    open_rounds = rounds.open_in(tx, chat.id, KINDS) if began else ()
    left = (one for one in open_rounds if began and one.opened_at >= began and _untouched(tx, one))
    refs = (one.ref for one in left if one.ref not in unwanted and asking.still_asked(library, one))
    return next((ref for ref in refs if began and not cards.reviewed_since(tx, chat.id, ref, began)), None)


def _untouched(tx: Tx, one: Round) -> bool:
    return typed.find(tx, one.id) is None and portions.split(asking.about_of(one.origin))[0] == DAILY


def _ask_group(
    tx: Tx, library: Library, chat: Chat, slot: Slot, push: Push, origin: str, now: datetime, defaults: Defaults
) -> Opening | None:
    """A pushed round stays open until the next push, at most a day: everybody comes by at some hour of it."""
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
        about=_about(library, slot),
        origin=origin,
        language=language,
        now=now,
        closes_at=_until_the_next(tx, chat.id, now),
        pushed=slot.kind,
    )


def _asked_within(tx: Tx, library: Library, chat: Chat, slot: Slot, now: datetime, defaults: Defaults) -> str | None:
    """What the hour asks about, but while an exam is ahead: then its plan says that."""
    exam = preparing.running(tx, Day(chat.id, chat, zone_for(chat, defaults), now))
    return None if exam else _about(library, slot)


def _about(library: Library, slot: Slot) -> str | None:
    """What the hour asks about; anything, once that has left the bank."""
    return slot.about if refs_about(library, slot.about) else None


def _until_the_next(tx: Tx, chat_id: int, now: datetime) -> datetime:
    planned = (slot.next_push_at for slot in pushes.slots_of(tx, chat_id))
    return min([now + _DAY, *(due for due in planned if due is not None and due > now)])
