"""Being forgotten: a person everywhere, or a group with all it has done. Doing it twice changes nothing."""

from __future__ import annotations

from bot.store import people, rounds
from bot.store.database import Tx


def forget_person(tx: Tx, person_id: int) -> None:
    """Erase everything about a person."""
    people.erase_person(tx, person_id)


def open_polls(tx: Tx, chat_id: int) -> tuple[int, ...]:
    """The messages of the polls that are open there: once the group is erased, nobody closes them any more."""
    polls = rounds.open_in(tx, chat_id, ("poll",))
    return tuple(poll.message_id for poll in polls if poll.message_id is not None)


def forget_group(tx: Tx, chat_id: int) -> None:
    """Erase everything about a group. What its people remember (cards, reviews, study days) stays theirs."""
    people.erase_chat(tx, chat_id)
