"""A season as the tick reads it, in one unit of work."""

from __future__ import annotations

from datetime import datetime

from bot.core.calendar import Period
from bot.flows import seasons, streaks
from bot.flows.seasons import Closing
from bot.flows.streaks import Student
from bot.store.database import Tx
from bot.store.seasons import Season
from tests.group_bench import DEFAULTS, LIBRARY


def claimed(tx: Tx, chat_id: int, period: Period, now: datetime) -> Closing | None:
    """Claim it, and what is told of it."""
    season = seasons.claim(tx, chat_id, period, now, DEFAULTS)
    return closing(tx, season, now) if season else None


def closing(tx: Tx, season: Season, now: datetime) -> Closing | None:
    """What is told of a season that is claimed."""
    everybody: list[Student] = []
    while some := streaks.on_board(tx, season.chat_id, season.period, everybody[-1] if everybody else None):
        everybody += some
    return seasons.closing(tx, LIBRARY, season, streaks.longest_of(everybody), now, DEFAULTS)
