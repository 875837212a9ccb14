"""Rounds: one question put to a chat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, case, func, insert, or_, select, true, tuple_, update

from bot.core.bank import Ref
from bot.store.database import Tx
from bot.store.instants import instant_or_none, seconds, seconds_or_none
from bot.store.questions import question_id, ref_of
from bot.store.tables import questions, rounds

MOST_SENDS = 3  # without an answer from Telegram
Kind = Literal["choice", "recall", "poll", "card"]
State = Literal["sending", "open", "closing", "closed"]
_TIMED = rounds.c.closed_at.is_(None) & (rounds.c.closes_at >= 0)  # what the partial index holds


@dataclass(frozen=True, slots=True)
class Round:
    """One question put to a chat. Instants are aware UTC, to the second.

    `choices` are original indexes in the order shown ("2031"), `right` the original index of the right one;
    `points` is what a right first answer earns; of `sends` all but one may have left an orphan.
    """

    id: int
    chat_id: int
    thread_id: int | None
    ref: Ref
    kind: Kind
    origin: str
    language: str
    choices: str
    right: int | None
    points: int
    state: State
    opened_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    message_id: int | None
    poll_id: str | None
    result_id: int | None
    sends: int
    voided_at: datetime | None = None
    pinned: bool = False

    @property
    def unseen(self) -> bool:
        """Sent as often as may be without knowing whether it arrived."""
        return self.state == "sending" and self.sends >= MOST_SENDS

    @property
    def withdrawn(self) -> bool:
        """Closed without ever having stood anywhere."""
        return self.state == "closed" and self.sends == 0 and self.message_id is None


def start(
    tx: Tx,
    *,
    chat_id: int,
    thread_id: int | None,
    ref: Ref,
    kind: Kind,
    origin: str,
    language: str,
    choices: str,
    right: int | None,
    points: int,
    opened_at: datetime,
    closes_at: datetime | None,
) -> Round:
    """A new round, about to be sent. Raises sqlalchemy's IntegrityError if the chat has one of that origin."""
    new = insert(rounds).values(
        chat_id=chat_id,
        thread_id=thread_id,
        question_id=question_id(tx, ref),
        kind=kind,
        origin=origin,
        language=language,
        choices=choices,
        right=right,
        points=points,
        state="sending",
        opened_at=seconds(opened_at),
        closes_at=seconds_or_none(closes_at),
    )
    begun = by_id(tx, tx.execute(new.returning(rounds.c.id)).scalar_one())
    if begun is None:
        raise LookupError("a round just written is not there")
    return begun


def by_id(tx: Tx, round_id: int) -> Round | None:
    """The round of that number."""
    return _one(tx, rounds.c.id == round_id)


def by_origin(tx: Tx, chat_id: int, origin: str) -> Round | None:
    """The round that this has asked for in this chat already."""
    return _one(tx, rounds.c.chat_id == chat_id, rounds.c.origin == origin)


def by_poll(tx: Tx, poll_id: str) -> Round | None:
    """The round whose poll that is."""
    return _one(tx, rounds.c.poll_id == poll_id)


def open_in(tx: Tx, chat_id: int, kinds: Iterable[Kind]) -> tuple[Round, ...]:
    """The chat's rounds of these kinds that are not closed, newest first."""
    return _many(tx, rounds.c.chat_id == chat_id, rounds.c.state != "closed", rounds.c.kind.in_(list(kinds)))


def count_send(tx: Tx, round_id: int) -> None:
    """One more send of it is about to be tried."""
    tx.execute(update(rounds).where(rounds.c.id == round_id).values(sends=rounds.c.sends + 1))


def uncount_send(tx: Tx, round_id: int) -> None:
    """The last send of it surely did not arrive."""
    sending = update(rounds).where(rounds.c.id == round_id, rounds.c.state == "sending", rounds.c.sends > 0)
    tx.execute(sending.values(sends=rounds.c.sends - 1))


def posted(
    tx: Tx, round_id: int, message_id: int | None, poll_id: str | None = None, closes_at: datetime | None = None
) -> None:
    """It stands in the chat as that message (None: its number is lost), open until `closes_at` unless closed since."""
    told = {"poll_id": poll_id, "closes_at": seconds_or_none(closes_at)}
    known = {name: value for name, value in told.items() if value is not None}
    state = case((rounds.c.state == "sending", "open"), else_=rounds.c.state)
    tx.execute(update(rounds).where(rounds.c.id == round_id).values(state=state, message_id=message_id, **known))


def leave_thread(tx: Tx, round_id: int) -> None:
    """It stands in the chat itself, outside the thread it was meant for."""
    tx.execute(update(rounds).where(rounds.c.id == round_id).values(thread_id=None))


def close_if_open(tx: Tx, round_id: int, now: datetime) -> bool:
    """Close a round that nobody else has closed or begun to; True if this did it."""
    waiting = (rounds.c.id == round_id) & rounds.c.state.in_(["sending", "open"])
    closing = update(rounds).where(waiting).values(state="closed", closed_at=seconds(now))
    return tx.execute(closing.returning(rounds.c.id)).first() is not None


def void(tx: Tx, round_id: int, now: datetime) -> None:
    """Close a round whose question is not what it was: it does not count as asked. An answered one stays as it is."""
    unanswered = update(rounds).where(rounds.c.id == round_id, rounds.c.state.in_(["sending", "open"]))
    tx.execute(unanswered.values(state="closed", closed_at=seconds(now), sends=0))


def withdraw(tx: Tx, round_id: int, now: datetime) -> None:
    """Close a round whose last send was refused. Without an earlier one, which left an orphan, it was never asked."""
    unsent = update(rounds).where(rounds.c.id == round_id, rounds.c.state == "sending")
    tx.execute(unsent.values(state="closed", closed_at=seconds(now), sends=rounds.c.sends - 1))


def begin_again(tx: Tx, round_id: int) -> None:
    """A round that was withdrawn is about to be sent after all."""
    tx.execute(update(rounds).where(rounds.c.id == round_id).values(state="sending", closed_at=None))


def abandon(tx: Tx, before: datetime) -> None:
    """Close the rounds whose time was over before then and that never got through: nobody sends them any more."""
    unsent = (rounds.c.state == "sending") & (rounds.c.closes_at < seconds(before))
    tx.execute(update(rounds).where(_TIMED, unsent).values(state="closed", closed_at=rounds.c.closes_at))


def claim_closing(
    tx: Tx, now: datetime, limit: int = 50, after: tuple[datetime, int] | None = None
) -> tuple[Round, ...]:
    """The rounds whose time is up, and those claimed before that never were closed; now all are `closing`.

    In the order of their ends, from the one `after` (its end and number) on.
    """
    over = (rounds.c.state == "open") & (rounds.c.closes_at <= seconds(now))
    ready = or_(over, rounds.c.state == "closing")
    place = (rounds.c.closes_at, rounds.c.id)
    further = tuple_(*place) > tuple_(seconds(after[0]), after[1]) if after else true()
    first = select(rounds.c.id).where(_TIMED, ready, further).order_by(*place).limit(limit)
    ids = list(tx.scalars(first))
    tx.execute(update(rounds).where(rounds.c.id.in_(ids)).values(state="closing"))
    return tuple(sorted(_many(tx, rounds.c.id.in_(ids)), key=lambda round_: ids.index(round_.id)))


def close(tx: Tx, round_id: int, now: datetime, result_id: int | None) -> None:
    """It is over, and `result_id` is the message that told how it went. A poll without a message, left behind when its
    group moved, could not be stopped: it is forgotten, so that who votes now that the answer is told earns nothing."""
    closed_at = func.coalesce(rounds.c.closed_at, seconds(now))
    poll_id = case((rounds.c.message_id.isnot(None), rounds.c.poll_id))
    over = update(rounds).where(rounds.c.id == round_id)
    tx.execute(over.values(state="closed", closed_at=closed_at, result_id=result_id, poll_id=poll_id))


def told(tx: Tx, round_id: int, result_id: int) -> None:
    """The message `result_id` told of its result; whether it is open stays as it is."""
    tx.execute(update(rounds).where(rounds.c.id == round_id).values(result_id=result_id))


def set_voided(tx: Tx, round_id: int, at: datetime | None) -> None:
    """An admin took the round off the boards at that instant, or (None) put it back."""
    tx.execute(update(rounds).where(rounds.c.id == round_id).values(voided_at=seconds_or_none(at)))


def by_message(tx: Tx, chat_id: int, message_id: int) -> Round | None:
    """The round that this message of the chat asked, or told the result of."""
    asked_or_told = or_(rounds.c.message_id == message_id, rounds.c.result_id == message_id)
    return _one(tx, rounds.c.chat_id == chat_id, asked_or_told)


def last_told(tx: Tx, chat_id: int, before: int) -> Round | None:
    """The last poll whose result stands in the chat above the message `before`."""
    above = (rounds.c.chat_id == chat_id, rounds.c.kind == "poll", rounds.c.result_id < before)
    newest = select(rounds.c.id).where(*above).order_by(rounds.c.result_id.desc()).limit(1)
    return _one(tx, rounds.c.id == newest.scalar_subquery())


def _one(tx: Tx, *where: ColumnElement[bool]) -> Round | None:
    return next(iter(_many(tx, *where)), None)


def _many(tx: Tx, *where: ColumnElement[bool]) -> tuple[Round, ...]:
    whole = select(rounds, questions.c.bank, questions.c.key).join(questions).where(*where)
    return tuple(map(_round, tx.execute(whole.order_by(rounds.c.opened_at.desc(), rounds.c.id.desc()))))


def _round(row: Row[Any]) -> Round:
    times = {name: instant_or_none(getattr(row, name)) for name in ("opened_at", "closes_at", "closed_at", "voided_at")}
    known: dict[str, Any] = {"ref": ref_of(row), **times}
    rest = {field.name: getattr(row, field.name) for field in fields(Round) if field.name not in known}
    return Round(**known, **rest)
