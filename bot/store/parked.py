"""Votes that arrived before sendPoll's reply told the poll's id."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from bot.core.people import Person
from bot.store.database import Tx
from bot.store.instants import instant, seconds
from bot.store.tables import parked_votes
from bot.store.upsert import put_new


def park(tx: Tx, poll_id: str, person: Person, choice: int, now: datetime) -> None:
    """Keep a vote for a poll not known yet; a person's first one stays."""
    who = {"person_id": person.id} | {name: getattr(person, name) for name in ("name", "username", "language_code")}
    put_new(tx, parked_votes, who | {"poll_id": poll_id, "choice": choice, "parked_at": seconds(now)})


def take(tx: Tx, poll_id: str) -> tuple[tuple[Person, int, datetime], ...]:
    """The votes kept for that poll, the first one first; they are kept no longer."""
    here = parked_votes.c.poll_id == poll_id
    rows = tx.execute(select(parked_votes).where(here).order_by(parked_votes.c.parked_at, parked_votes.c.person_id))
    votes = tuple(
        (Person(row.person_id, row.name, row.username, row.language_code), row.choice, instant(row.parked_at))
        for row in rows
    )
    tx.execute(delete(parked_votes).where(here))
    return votes


def forget(tx: Tx, before: datetime) -> None:
    """Drop the votes parked before then: their poll is an orphan that nobody will ever score."""
    tx.execute(delete(parked_votes).where(parked_votes.c.parked_at < seconds(before)))
