"""Being forgotten: a person everywhere, or a group with all it has done. Doing it twice changes nothing.

Whoever asks was shown a button then, at `asked_at` (Unix seconds). A press may be delivered again long after: it erases
nobody who has come back since.
"""

from __future__ import annotations

from datetime import datetime

from bot.store import people, rounds
from bot.store.database import Tx


def forget_person(tx: Tx, person_id: int, asked_at: int) -> None:
    """Erase everything about a person."""
    if _meant(people.person_since(tx, person_id), asked_at):
        people.erase_person(tx, person_id)


def open_polls(tx: Tx, chat_id: int, asked_at: int) -> tuple[int, ...]:
    """The messages of the polls that are open there: once the group is erased, nobody closes them any more."""
    polls = rounds.open_in(tx, chat_id, ("poll",)) if _meant(people.chat_since(tx, chat_id), asked_at) else ()
    return tuple(poll.message_id for poll in polls if poll.message_id is not None)


def forget_group(tx: Tx, chat_id: int, asked_at: int) -> None:
    """Erase everything about a group. What its people remember (cards, reviews, study days) stays theirs."""
    if _meant(people.chat_since(tx, chat_id), asked_at):
        people.erase_chat(tx, chat_id)


def _meant(since: datetime | None, asked_at: int) -> bool:
    return since is not None and since.timestamp() <= asked_at
