"""A language model's opinion of a typed answer: whether the person wants one, and whether it may be asked for.

One call an answer, counted before it is made: a crash costs the call, never one more, and what comes twice shows the
same twice. An answer whose call was not replied to stays graded offline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.opinions import Heard
from bot.core.people import Defaults, day_in
from bot.store import learners, opinions, people
from bot.store.database import Tx

_KEPT = timedelta(days=7)  # as long as somebody may still look at the answer


@dataclass(frozen=True, slots=True)
class Terms:
    """On which something may be asked for: `limit` is of a person's calls a study day; `paused`: none for now."""

    now: datetime
    defaults: Defaults
    limit: int
    paused: bool = False


def claim(tx: Tx, person_id: int, key: str, terms: Terms | None) -> Heard | None:
    """What is known of the answer with that key; None if it is to be asked for now, and then the call is counted.

    Without terms nothing is asked for.
    """
    if not learners.of(tx, person_id).opinions:
        return Heard()
    asked = opinions.find(tx, person_id, key)
    if asked is not None:
        return Heard(asked.quotes, None if asked.quotes is not None else "failed")
    return Heard() if terms is None else _claim(tx, person_id, key, terms)


def _claim(tx: Tx, person_id: int, key: str, terms: Terms) -> Heard | None:
    if terms.paused:
        return Heard(silence="paused")
    today = day_in(people.find_chat(tx, person_id), terms.now, terms.defaults)
    opinions.drop_before(tx, person_id, today - _KEPT)
    if opinions.calls_on(tx, person_id, today) >= terms.limit:
        return Heard(silence="spent")
    opinions.count(tx, person_id, key, today)
    return None


def keep(tx: Tx, person_id: int, key: str, quotes: Mapping[str, str]) -> None:
    """What the call of that key brought."""
    opinions.keep(tx, person_id, key, quotes)
