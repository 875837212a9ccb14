"""What boards are read with, compiled once where that pays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, case, delete, exists, func, insert, select, update

from bot.core.calendar import Period
from bot.store.prepared import Prepared
from bot.store.tables import people
from bot.store.tables_group import members, scores, turnouts

NAME = func.coalesce(people.c.name, "?")
KEYS = (-scores.c.points, NAME, scores.c.person_id)  # the order of a board


def board(chat_id: int, period: Period) -> tuple[ColumnElement[bool], ...]:
    """What picks the lines of one board, listed or not."""
    return (scores.c.chat_id == chat_id, scores.c.period == period.key)


def lines(chat_id: int, period: Period) -> Select[Any]:
    """The lines of those who are to be seen: neither hidden nor gone from the group, and with an answer that counts."""
    return KNOWN.where(*board(chat_id, period), scores.c.listed.is_(True))


AT = (
    scores.c.chat_id == bindparam("chat"),
    scores.c.period == bindparam("period"),
    scores.c.listed.is_(True),
)
COUNT = bindparam("count", type_=Integer)
_HAVE = bindparam("points", type_=Integer)
KNOWN = select(scores, NAME.label("name")).select_from(scores.outerjoin(people, people.c.id == scores.c.person_id))
BEST = Prepared(select(scores.c.points).where(*AT).order_by(scores.c.points.desc()).limit(COUNT))
FROM = Prepared(KNOWN.where(*AT, scores.c.points >= _HAVE).order_by(*KEYS).limit(COUNT))
ABOVE = Prepared(KNOWN.where(*AT, scores.c.points > _HAVE).order_by(*KEYS))
EQUAL = (*AT, scores.c.points == _HAVE)
TIED_LINES = Prepared(KNOWN.where(*EQUAL).order_by(scores.c.person_id).limit(COUNT))
MORE = Prepared(select(scores.c.person_id).where(*EQUAL).limit(1).offset(bindparam("tied", type_=Integer)))
OWN = Prepared(KNOWN.where(*AT, scores.c.person_id == bindparam("person")))
_LINE = exists().where(
    scores.c.chat_id == bindparam("chat"),
    scores.c.period == bindparam("period"),
    scores.c.person_id == bindparam("person"),
)
OTHERS = Prepared(
    select((turnouts.c.people - case((_LINE, 1), else_=0)).label("others")).where(
        turnouts.c.chat_id == bindparam("chat"), turnouts.c.period == bindparam("period")
    )
)
_HIDDEN = exists().where(people.c.id == scores.c.person_id, people.c.hidden)
_LEFT = exists().where(
    members.c.chat_id == scores.c.chat_id, members.c.person_id == scores.c.person_id, ~members.c.here
)
SEEN = ~_HIDDEN & ~_LEFT
NEW = Prepared(insert(scores), "chat_id", "period", "person_id", "points", "right", "answered", "listed")
_MINE = (scores.c.person_id == bindparam("whose"), scores.c.chat_id == bindparam("there"))
LIST = Prepared(
    update(scores).where(*_MINE, scores.c.period == bindparam("of")).values(listed=SEEN & (scores.c.answered > 0))
)
_KEPT = (scores.c.period, scores.c.points, scores.c.right, scores.c.answered, scores.c.listed)
_LONG_AGO = scores.c.period.between(bindparam("first"), bindparam("last"))
FORGET = Prepared(delete(scores).where(*_MINE, _LONG_AGO).returning(*_KEPT))
