"""What rounds are read and written with at every question and answer, compiled once."""

from __future__ import annotations

from sqlalchemy import BigInteger, String, bindparam, case, func, insert, literal, or_, select, text, update

from bot.store.prepared import Prepared
from bot.store.tables import questions, rounds

OF_GROUPS = text("rounds.chat_id < 0")  # as the partial index says it, or it is not used
WHOLE = select(rounds, questions.c.bank, questions.c.key).join(questions)
BY_ID = Prepared(WHOLE.where(rounds.c.id == bindparam("id")))
BY_NO_NEXT = text("substr(rounds.origin, 1, 1) <> 'n'")  # as the partial index says it
BY_ORIGIN = Prepared(
    WHOLE.where(rounds.c.chat_id == bindparam("chat_id"), rounds.c.origin == bindparam("origin"), BY_NO_NEXT)
)
_before = rounds.alias("before")
_next_of = select(_before.c.id + _before.c.step_to_next).where(_before.c.id == bindparam("before")).scalar_subquery()
BY_NEXT = Prepared(WHOLE.where(rounds.c.id == _next_of, rounds.c.chat_id == bindparam("chat_id")))
BY_POLL = Prepared(WHOLE.where(rounds.c.poll_id == bindparam("poll_id"), rounds.c.poll_id.is_not(None)))
_NUMBERED = update(rounds).where(rounds.c.id == bindparam("number"))
FOLLOW = Prepared(
    _NUMBERED.where(rounds.c.step_to_next.is_(None))
    .values(step_to_next=bindparam("next", type_=BigInteger) - rounds.c.id)
    .returning(rounds.c.id)
)
COUNT_SEND = Prepared(_NUMBERED.values(sends=rounds.c.sends + 1))
POSTED = Prepared(
    _NUMBERED.values(
        state=case((rounds.c.state == "sending", literal("open", rounds.c.state.type)), else_=rounds.c.state),
        message_id=bindparam("its_message"),
        poll_id=func.coalesce(bindparam("its_poll", type_=String), rounds.c.poll_id),
        closes_at=func.coalesce(bindparam("its_end", type_=BigInteger), rounds.c.closes_at),
    )
)
CLOSE = Prepared(
    _NUMBERED.where(or_(rounds.c.state == "sending", rounds.c.state == "open"))
    .values(state="closed", closed_after=bindparam("at", type_=BigInteger) - rounds.c.opened_at)
    .returning(rounds.c.id)
)
_GIVEN = ("chat_id", "thread_id", "question_id", "kind", "origin", "language", "choices", "right", "points")
START = Prepared(insert(rounds).returning(rounds.c.id), *_GIVEN, "state", "sends", "opened_at", "closes_at")
