"""One person's vote in a group's poll: graded, scored for the group, and reviewed for the person.

Telegram takes no vote after a poll has been stopped, so every vote it delivers was cast while the poll was open,
however late it arrives. Each therefore counts, once; the result that was told may be older than the last of them.
"""

from __future__ import annotations

from datetime import datetime

from bot.core.grading import rating_of
from bot.core.people import Defaults, Person, zone_for
from bot.flows.recording import Recorded, record
from bot.store import people
from bot.store.database import Tx
from bot.store.rounds import Round


def count(tx: Tx, round: Round, person: Person, choice: int, at: datetime, defaults: Defaults) -> Recorded | None:  # noqa: A002
    """Count a first vote for the original choice index `choice`; None if this person has voted there before.

    Their review follows the zone of their own chat with the bot where they have chosen one, else the group's.
    """
    people.see_person(tx, person, at)
    group, own = people.find_chat(tx, round.chat_id), people.find_chat(tx, person.id)
    home = own if own is not None and own.timezone else group
    right = choice == round.right
    return record(
        tx,
        round,
        person_id=person.id,
        choice=choice,
        right=right,
        rating=rating_of(right),
        points=round.points if right else 0,
        zone=zone_for(home, defaults),
        day_start=home.day_start if home else 4,
        chat_zone=zone_for(group, defaults),
        now=at,
    )
