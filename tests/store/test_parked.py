"""Votes that outran the news of their poll."""

from datetime import UTC, datetime, timedelta

from bot.core.people import Person
from bot.store import parked
from bot.store.database import Tx

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_parked_votes_are_taken_once(tx: Tx) -> None:
    """In the order of their coming, each person's first one, of that poll only."""
    ada, bob = Person(1, "Ada", "ada", "en"), Person(2, "Bob")
    parked.park(tx, "p1", bob, 3, NOON + MINUTE)
    parked.park(tx, "p1", ada, 0, NOON)
    parked.park(tx, "p1", ada, 1, NOON + MINUTE)
    parked.park(tx, "p2", ada, 2, NOON)

    assert parked.take(tx, "p1") == ((ada, 0, NOON), (bob, 3, NOON + MINUTE))
    assert parked.take(tx, "p1") == ()
    assert len(parked.take(tx, "p2")) == 1


def test_an_orphan_s_votes_are_forgotten(tx: Tx) -> None:
    """What was parked before the given instant goes, the rest stays."""
    ada = Person(1, "Ada")
    parked.park(tx, "old", ada, 0, NOON - MINUTE)
    parked.park(tx, "new", ada, 0, NOON)

    parked.forget(tx, NOON)

    assert parked.take(tx, "old") == ()
    assert len(parked.take(tx, "new")) == 1
