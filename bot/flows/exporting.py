"""What a person takes away: every row that is theirs, their review log, and when each question comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.bank import Ref
from bot.core.learners import Preset
from bot.core.review import Review
from bot.store import belongings, learners, logs
from bot.store.belongings import Tables
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Belongings:
    """Everything of one person as it was at one moment; instants are aware UTC.

    `preset` is how their cards are planned; `suspended` questions are those that the person does not want to be asked.
    """

    tables: Tables
    log: Mapping[Ref, tuple[Review, ...]]
    plans: Mapping[Ref, datetime]
    preset: Preset
    suspended: frozenset[Ref]


def everything(tx: Tx, person_id: int) -> Belongings:
    """Read it all, on one snapshot."""
    tables, log = belongings.of_person(tx, person_id), logs.of_person(tx, person_id)
    suspended = frozenset(row["question"] for row in tables["withheld"] if row["until"] is None)
    return Belongings(tables, log, logs.plans(tx, person_id), learners.of(tx, person_id).preset, suspended)
