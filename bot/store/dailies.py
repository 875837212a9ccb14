"""The rounds of a group that were pushed: which were silent, which was told before, which are pinned."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, or_, select, update

from bot.store.database import Tx
from bot.store.instants import instant, seconds
from bot.store.rounds import Round
from bot.store.statements import OF_GROUPS
from bot.store.tables import answers
from bot.store.tables import rounds as table

PUSHED = "p"  # an origin's first letter: asked because the hour had come
_DAILY_POLL = (
    table.c.kind == "poll",
    table.c.origin.startswith(PUSHED),
    table.c.poll_id.isnot(None),  # it has stood in the chat
)


def silent_since(tx: Tx, chat_id: int, count: int, now: datetime) -> datetime | None:
    """When the first of the chat's last `count` daily polls was opened, if all are over and nobody answered any.

    Over is what its time has run out for: the next push may come while its result is still being told.
    """
    answered = exists().where(answers.c.round_id == table.c.id).label("answered")
    over = or_(table.c.state == "closed", table.c.closes_at <= seconds(now))
    newest = select(table.c.opened_at, answered).where(table.c.chat_id == chat_id, OF_GROUPS, *_DAILY_POLL, over)
    found = tx.execute(newest.order_by(table.c.opened_at.desc(), table.c.id.desc()).limit(count)).all()
    silent = len(found) == count and not any(row.answered for row in found)
    return instant(found[-1].opened_at) if silent else None


def told_before(tx: Tx, told: Round) -> int | None:
    """The chat's daily poll before that one, if both are daily and its result stands in the chat."""
    before = (table.c.chat_id == told.chat_id, OF_GROUPS, table.c.id < told.id)
    earlier = (*before, table.c.state == "closed", *_DAILY_POLL)
    newest = select(table.c.id, table.c.result_id).where(*earlier).order_by(table.c.opened_at.desc(), table.c.id.desc())
    found = tx.execute(newest.limit(1)).one_or_none() if told.origin.startswith(PUSHED) else None
    return int(found.id) if found and found.result_id else None


def pin(tx: Tx, round_id: int) -> None:
    """It is about to be pinned, and to be unpinned when it closes."""
    tx.execute(update(table).where(table.c.id == round_id).values(pinned=True))
