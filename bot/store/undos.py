"""What takes a private answer back: which were undone, and what the first of a day had begun.

What an ordinary answer does is undone by sums. The first of a study day makes new lines on boards, takes away those of
days long past and joins runs of study days; it alone leaves a note, and a person has one such note at a time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from bot.store import crowds
from bot.store.database import Tx
from bot.store.instants import instant_or_none, seconds
from bot.store.prepared import Prepared
from bot.store.scores import Begun, list_lines
from bot.store.tables import rounds
from bot.store.tables_group import scores
from bot.store.tables_own import firsts, undone
from bot.store.upsert import put, put_new

Runs = tuple[tuple[int, int], ...]
_UNDONE = Prepared(
    select(undone).where(
        undone.c.person_id == bindparam("person_id"),
        undone.c.round_id == bindparam("round_id"),
    )
)


@dataclass(frozen=True, slots=True)
class First:
    """What a first answer has begun: on each chat's boards, and the runs of study days that it joined (None: the day
    had been studied on already)."""

    boards: Mapping[int, Begun] = field(default_factory=dict)
    joined: Runs | None = None

    @property
    def nothing(self) -> bool:
        """Whether it was the first of nothing."""
        return self.joined is None and not any(begun.new for begun in self.boards.values())


def keep_first(tx: Tx, person_id: int, round_id: int, first: First) -> None:
    """Note what the answer to that round has begun, in the place of the note before."""
    begun = {"boards": {str(chat): [one.new, one.gone] for chat, one in first.boards.items()}, "joined": first.joined}
    put(tx, firsts, {"person_id": person_id, "round_id": round_id, "begun": json.dumps(begun, separators=(",", ":"))})


def first_of(tx: Tx, person_id: int, round_id: int) -> First:
    """What the answer to that round has begun; nothing, if no note says otherwise."""
    noted = select(firsts.c.begun).where(firsts.c.person_id == person_id, firsts.c.round_id == round_id)
    text = tx.scalar(noted)
    if text is None:
        return First()
    begun: dict[str, Any] = json.loads(text)
    boards = {int(chat): Begun(tuple(new), tuple(map(tuple, gone))) for chat, (new, gone) in begun["boards"].items()}
    return First(boards, None if begun["joined"] is None else tuple((first, last) for first, last in begun["joined"]))


def drop_first(tx: Tx, person_id: int) -> None:
    """The note is of no use any more."""
    tx.execute(delete(firsts).where(firsts.c.person_id == person_id))


def unbegin(tx: Tx, chat_id: int, person_id: int, begun: Begun) -> None:
    """The lines that an answer had begun go, and those that made room are there again."""
    mine = (scores.c.person_id == person_id, scores.c.chat_id == chat_id)
    tx.execute(delete(scores).where(*mine, scores.c.period.in_(begun.new)))
    if chat_id <= 0:
        crowds.resign(tx, chat_id, begun.new)
    for period, points, right, answered, listed in begun.gone:
        line = {"period": period, "points": points, "right": right, "answered": answered, "listed": listed}
        put_new(tx, scores, line | {"person_id": person_id, "chat_id": chat_id})
    list_lines(tx, *mine, scores.c.period.in_([line[0] for line in begun.gone]))


def reopen(tx: Tx, round_id: int) -> None:
    """The round waits for its answer again."""
    tx.execute(update(rounds).where(rounds.c.id == round_id).values(state="open", closed_after=None))


def note(tx: Tx, person_id: int, round_id: int, answered_at: datetime, message_id: int | None) -> None:
    """The person's answer of that instant was undone, by that message if it was a command."""
    row = {"person_id": person_id, "round_id": round_id, "answered_at": seconds(answered_at), "message_id": message_id}
    put(tx, undone, row)


def undone_at(tx: Tx, person_id: int, round_id: int) -> datetime | None:
    """When the answer to the round was given that has been undone; None if none was."""
    row = _UNDONE.first(tx, {"person_id": person_id, "round_id": round_id})
    return instant_or_none(row.answered_at) if row else None


def last_undone(tx: Tx, person_id: int) -> datetime | None:
    """When the latest answer was given of those that were undone."""
    return instant_or_none(tx.scalar(select(func.max(undone.c.answered_at)).where(undone.c.person_id == person_id)))


def undone_by(tx: Tx, person_id: int, message_id: int) -> int | None:
    """The round whose answer that very message has undone."""
    mine = (undone.c.person_id == person_id, undone.c.message_id == message_id)
    return tx.scalar(select(undone.c.round_id).where(*mine))
