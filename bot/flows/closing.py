"""The end of a group's rounds: whose time is over, who tells the result, and that it has been told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.flows.leases import LEASE
from bot.store import closing, parked, rounds
from bot.store.database import Tx
from bot.store.rounds import Kind, Round

_ORPHANED = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Closing:
    """A round whose time is over; `message_id` is None where it cannot be reached any more."""

    round_id: int
    chat_id: int
    message_id: int | None
    closes_at: datetime
    kind: Kind = "poll"
    pinned: bool = False


def tidy(tx: Tx, now: datetime) -> None:
    """Votes parked for two days belong to orphans of a crash, and are dropped; so are rounds that never got through."""
    parked.forget(tx, now - _ORPHANED)
    closing.abandon(tx, now - _ORPHANED)


def due(tx: Tx, now: datetime, after: Closing | None = None) -> tuple[Closing, ...]:
    """The rounds whose time is over, and those that were left half closed, some at once; `after` is the last one
    seen."""
    ended = closing.due(tx, now, after=(after.closes_at, after.round_id) if after else None)
    return tuple(_closing(one, now) for one in ended)


def claim(tx: Tx, round_id: int, now: datetime) -> Closing | None:
    """Take a round to tell its result; None if another process has taken it or told it. Whoever dies over it leaves it
    to the next one, once the lease is over."""
    claimed = rounds.by_id(tx, round_id) if closing.claim(tx, round_id, now, now + LEASE) else None
    return _closing(claimed, now) if claimed else None


def closed(tx: Tx, round_id: int, result_id: int | None, now: datetime) -> None:
    """The result has been told by that message (None: it could not be): the round is over for good."""
    rounds.close(tx, round_id, now, result_id)


def untold(tx: Tx, round_id: int, now: datetime) -> None:
    """Nobody can be told its result, or nobody knows whether it was told: it is over for good, unless it was before."""
    ended = rounds.by_id(tx, round_id)
    if ended is not None and ended.state != "closed":
        rounds.close(tx, round_id, now, None)


def _closing(ended: Round, now: datetime) -> Closing:
    return Closing(ended.id, ended.chat_id, ended.message_id, ended.closes_at or now, ended.kind, ended.pinned)
