"""Who is in a group: what is known, when it is to be asked again, and what is heard.

Telegram tells the bot little of it: an administrator hears of everybody, any bot sees who writes and the messages
that tell of coming and going. The rest is asked when somebody votes, and kept for a while.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.people import Person
from bot.store import members, people
from bot.store.database import Tx

_KEPT = timedelta(days=1)


def unsure(tx: Tx, chat_id: int, person_id: int, now: datetime) -> bool:
    """Whether Telegram should be asked if the person is in the group; who was away may be back at any moment."""
    known = members.find(tx, chat_id, person_id)
    return known is None or not known.here or now - known.checked_at >= _KEPT


def seen(tx: Tx, chat_id: int, person_id: int, now: datetime) -> None:
    """The person has just written or pressed there; one known to be there need not be written down each time."""
    if unsure(tx, chat_id, person_id, now):
        members.note(tx, chat_id, person_id, now, here=True)


def believe(tx: Tx, chat_id: int, person_id: int, now: datetime, *, told: bool | None) -> bool:
    """What to hold of it after asking; where Telegram would not tell (None), what was last known, else: in."""
    known = members.find(tx, chat_id, person_id)
    here = told if told is not None else known is None or known.here
    members.note(tx, chat_id, person_id, now, here=here)
    return here


def heard(tx: Tx, chat_id: int, person: Person, now: datetime, *, here: bool) -> None:
    """Telegram says that the person came or went."""
    if here or people.find_person(tx, person.id) is not None:  # nobody is kept only for having left
        people.see_person(tx, person, now)
        members.note(tx, chat_id, person.id, now, here=here)


def known_away(tx: Tx, chat_id: int, person_id: int) -> bool:
    """Whether the person is known not to be in the group, where there is no time to ask."""
    known = members.find(tx, chat_id, person_id)
    return known is not None and not known.here
