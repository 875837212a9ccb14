"""One person's vote in a group's poll: graded, scored for the group, and reviewed for the person.

Telegram takes no vote after a poll has been stopped, so every vote it delivers was cast while the poll was open,
however late it arrives. Each therefore counts, once; the result that was told may be older than the last of them.
Votes of outsiders do not count: a poll that was forwarded is the same poll, and who has left may still see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.grading import rating_of
from bot.core.people import Defaults, Person, day_in
from bot.flows import members, terms
from bot.flows.recording import Recorded, record
from bot.store import answers, people
from bot.store.database import Tx
from bot.store.rounds import Round


@dataclass(frozen=True, slots=True)
class Unsure:
    """Before this vote counts, Telegram is to be asked whether who voted is in the chat."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Telegram's answer; None: it would not tell."""

    here: bool | None


def admit(tx: Tx, round: Round, person_id: int, verdict: Verdict | None, now: datetime) -> bool | Unsure:  # noqa: A002
    """Whether a vote is a member's; Unsure while that is not known. Who has answered already needs no asking."""
    if answers.by(tx, round.id, person_id) is not None:
        return True
    if verdict is not None:
        return members.believe(tx, round.chat_id, person_id, now, told=verdict.here)
    return Unsure(round.chat_id) if members.unsure(tx, round.chat_id, person_id, now) else True


def count(tx: Tx, round: Round, person: Person, choice: int, at: datetime, defaults: Defaults) -> Recorded | None:  # noqa: A002
    """Count a first vote for the original choice index `choice`; None if this person has voted there before.

    Their review follows the zone of their own chat with the bot where they have chosen one, else the group's.
    """
    people.see_person(tx, person, at)
    group, own = people.find_chat(tx, round.chat_id), people.find_chat(tx, person.id)
    home = own if own is not None and own.timezone else group
    right, day = choice == round.right, day_in(group, at, defaults)
    terms.begin(tx, round.chat_id, group, day, defaults)
    return record(
        tx,
        round,
        person_id=person.id,
        choice=choice,
        right=right,
        rating=rating_of(right),
        points=round.points if right else 0,
        day=day,
        own_day=day_in(home, at, defaults),
        now=at,
    )
