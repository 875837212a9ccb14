"""Everybody's board: the lines of chat GLOBAL, of those who want to be on it."""

from __future__ import annotations

from sqlalchemy import delete, exists, false, func, insert, literal, select

from bot.core.calendar import Period
from bot.store import crowds
from bot.store.database import Tx
from bot.store.scores import GLOBAL, list_lines
from bot.store.tables_group import scores


def enter(tx: Tx, person_id: int) -> None:
    """Put the person on everybody's boards with all they have earned; doing it twice changes nothing."""
    leave(tx, person_id)
    sums = [func.sum(scores.c[name]) for name in ("points", "right", "answered")]
    mine = select(scores.c.person_id, literal(GLOBAL), scores.c.period, *sums, false())
    mine = mine.where(scores.c.person_id == person_id).group_by(scores.c.person_id, scores.c.period)
    names = ["person_id", "chat_id", "period", "points", "right", "answered", "listed"]
    tx.execute(insert(scores).from_select(names, mine))
    here = (scores.c.person_id == person_id, scores.c.chat_id == GLOBAL)
    list_lines(tx, *here)
    crowds.enrol(tx, person_id, GLOBAL, tx.scalars(select(scores.c.period).where(*here)).all())


def leave(tx: Tx, person_id: int) -> None:
    """Take the person off everybody's boards; their groups' stay as they are."""
    crowds.leave_global(tx, person_id)
    tx.execute(delete(scores).where(scores.c.chat_id == GLOBAL, scores.c.person_id == person_id))


def inside(tx: Tx, chat_id: int) -> tuple[int, ...]:
    """Who has answered in this chat and is on everybody's boards."""
    there = scores.alias("there")
    everywhere = exists().where(there.c.person_id == scores.c.person_id, there.c.chat_id == GLOBAL)
    here = select(scores.c.person_id).where(scores.c.chat_id == chat_id, scores.c.period == Period.ALL.key)
    return tuple(tx.scalars(here.where(everywhere)))
