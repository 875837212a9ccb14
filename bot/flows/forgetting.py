"""Being forgotten: a person everywhere, or a group with all it has done.

A button says when it was shown (`asked_at`, Unix seconds): a press that Telegram delivers twice erases nothing of what
has come since.
"""

from __future__ import annotations

from datetime import datetime

from bot.store import people, rounds
from bot.store.database import Tx


def forget_person(tx: Tx, person_id: int, asked_at: int) -> bool:
    """Erase everything about a person who was there when it was asked; whether nothing is known of them now."""
    came = people.first_seen(tx, person_id)
    if _was_there(came, asked_at):
        people.erase_person(tx, person_id)
    return came is None or _was_there(came, asked_at)


def open_polls(tx: Tx, chat_id: int, asked_at: int) -> tuple[int, ...]:
    """The messages of the polls that are open there: once the group is erased, nobody closes them any more."""
    there = _was_there(people.chat_first_seen(tx, chat_id), asked_at)
    polls = rounds.open_in(tx, chat_id, ("poll",)) if there else ()
    return tuple(poll.message_id for poll in polls if poll.message_id is not None)


def forget_group(tx: Tx, chat_id: int, asked_at: int) -> bool:
    """The same of a group. What its people remember (cards, reviews, study days) stays theirs."""
    came = people.chat_first_seen(tx, chat_id)
    if _was_there(came, asked_at):
        people.erase_chat(tx, chat_id)
    return came is None or _was_there(came, asked_at)


def _was_there(came: datetime | None, asked_at: int) -> bool:
    return came is not None and came.timestamp() <= asked_at
