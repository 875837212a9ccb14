"""A round to hang answers on, for tests that care little what was asked."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.core.bank import Ref
from bot.store import rounds
from bot.store.database import Tx
from bot.store.rounds import Kind, Round

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def round_of(
    tx: Tx,
    chat_id: int,
    ref: Ref,
    origin: str,
    *,
    kind: Kind = "poll",
    choices: str = "",
    right: int = 0,
    points: int = 10,
    at: datetime = NOON,
    closes_at: datetime | None = None,
) -> Round:
    """What a chat has just been asked: a poll without an end, whose choice `right` earns so many points."""
    return rounds.start(
        tx,
        chat_id=chat_id,
        thread_id=None,
        ref=ref,
        kind=kind,
        origin=origin,
        language="zh",
        choices=choices,
        right=right,
        points=points,
        opened_at=at,
        closes_at=closes_at,
    )
