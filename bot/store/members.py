"""Who is in a group, as far as Telegram has told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from bot.store import scores
from bot.store.database import Tx
from bot.store.instants import instant, seconds
from bot.store.prepared import Prepared
from bot.store.tables_group import members
from bot.store.upsert import put

_MINE = (members.c.chat_id == bindparam("chat_id"), members.c.person_id == bindparam("person_id"))
_MEMBER = Prepared(select(members).where(*_MINE))


@dataclass(frozen=True, slots=True)
class Member:
    """Whether the person was in the group when that was last heard (aware UTC)."""

    here: bool
    checked_at: datetime


def note(tx: Tx, chat_id: int, person_id: int, now: datetime, *, here: bool) -> None:
    """The person is in the group now, or is not."""
    known = find(tx, chat_id, person_id)
    put(tx, members, {"chat_id": chat_id, "person_id": person_id, "here": here, "checked_at": seconds(now)})
    if here != (known is None or known.here):
        scores.relist(tx, person_id, chat_id)


def find(tx: Tx, chat_id: int, person_id: int) -> Member | None:
    """What was last heard of the person's place in the group; None if nothing ever."""
    row = _MEMBER.first(tx, {"chat_id": chat_id, "person_id": person_id})
    return Member(bool(row.here), instant(row.checked_at)) if row else None
