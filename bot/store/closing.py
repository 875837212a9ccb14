"""The end of rounds: whose time is over, and who is telling their results."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, true, tuple_, union_all, update

from bot.store.database import Tx
from bot.store.instants import seconds
from bot.store.rounds import Round, many
from bot.store.tables import rounds

_TIMED = rounds.c.closed_after.is_(None) & rounds.c.closes_at.is_not(None)  # as the partial index says it


def abandon(tx: Tx, before: datetime) -> None:
    """Close the rounds whose time was over before then and that never got through: nobody sends them any more."""
    unsent = (rounds.c.state == "sending") & (rounds.c.closes_at < seconds(before))
    tx.execute(
        update(rounds)
        .where(_TIMED, unsent)
        .values(state="closed", closed_after=rounds.c.closes_at - rounds.c.opened_at)
    )


def due(tx: Tx, now: datetime, limit: int = 50, after: tuple[datetime, int] | None = None) -> tuple[Round, ...]:
    """The rounds whose time is up, and those claimed before that were never closed, once their lease is over.

    In the order of their ends, from the one `after` (its end and number) on.
    """
    over = (rounds.c.state == "open") & (rounds.c.closes_at <= seconds(now))
    place = (rounds.c.closes_at, rounds.c.id)
    further = tuple_(*place) > tuple_(seconds(after[0]), after[1]) if after else true()
    each = (select(*place).where(_TIMED, ready, further) for ready in (over, _left(now)))
    both = union_all(*each).subquery()  # each a range of the index, where an OR would read all that is open
    ids = list(tx.scalars(select(both.c.id).order_by(both.c.closes_at, both.c.id).limit(limit)))
    return tuple(sorted(many(tx, rounds.c.id.in_(ids)), key=lambda round_: ids.index(round_.id)))


def claim(tx: Tx, round_id: int, now: datetime, until: datetime) -> bool:
    """Begin to close a round that nobody else closes, or has begun to and left; nobody else can until then."""
    free = or_(rounds.c.state == "open", _left(now))
    claimed = update(rounds).where(rounds.c.id == round_id, free).values(state="closing", retry_at=seconds(until))
    return tx.scalar(claimed.returning(rounds.c.id)) is not None


def _left(now: datetime) -> ColumnElement[bool]:
    """Claimed, and the lease is over."""
    over = or_(rounds.c.retry_at.is_(None), rounds.c.retry_at <= seconds(now))
    return (rounds.c.state == "closing") & over
