"""Rounds: one question put to a chat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, TextClause, case, func, or_, select, update

from bot.core.bank import Ref
from bot.core.errors import KaoguanError
from bot.store import origins
from bot.store import statements as of_rounds
from bot.store.database import Tx
from bot.store.instants import instant_or_none, seconds, seconds_or_none
from bot.store.questions import question_id, ref_of
from bot.store.tables import rounds

MOST_SENDS = 3  # without an answer from Telegram
Kind = Literal["choice", "recall", "poll", "card", "cram", "typed", "interview"]
State = Literal["sending", "open", "closing", "closed"]


class FollowedError(KaoguanError):
    """Somebody else has asked for the next round meanwhile."""


@dataclass(frozen=True, slots=True)
class Round:
    """One question put to a chat. Instants are aware UTC, to the second.

    `choices` are original indexes in the order shown ("2031"), `right` the original index of the right one;
    `points` is what a right first answer earns; of `sends` all but one may have left an orphan. `origin` is what asked,
    without the number of the round whose Next it was (see origins).
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
    sends: int = 0,
) -> Round:
    """A new round, about to be sent. Raises IntegrityError (SQLAlchemy's or the driver's) or FollowedError if the chat
    has one of that origin. `sends` is 1 where whoever asks for it sends it at once; what is given back tells of those
    before."""
    short, before = origins.split(origin)
    told: dict[str, Any] = {
        "chat_id": chat_id,
        "thread_id": thread_id,
        "kind": kind,
        "origin": short,
        "language": language,
        "choices": choices,
        "right": right,
        "points": points,
        "state": "sending",
        "sends": sends,
    }
    times = {"opened_at": seconds(opened_at), "closes_at": seconds_or_none(closes_at)}
    number = of_rounds.START.scalar(tx, told | times | {"question_id": question_id(tx, ref)})
    if before is not None and of_rounds.FOLLOW.first(tx, {"number": before, "next": number}) is None:
        raise FollowedError(f"Round {before} is followed by another already.")
    kept: dict[str, Any] = {name: instant_or_none(at) for name, at in times.items()}
    none: dict[str, Any] = dict.fromkeys(("closed_at", "message_id", "poll_id", "result_id"))
    return Round(id=number, ref=ref, **(told | {"sends": 0}), **kept, **none)


def by_id(tx: Tx, round_id: int) -> Round | None:
    """The round of that number."""
    return _found(of_rounds.BY_ID.first(tx, {"id": round_id}))


def by_origin(tx: Tx, chat_id: int, origin: str) -> Round | None:
    """The round that this has asked for in this chat already."""
    _short, before = origins.split(origin)
    if before is not None:
        return _found(of_rounds.BY_NEXT.first(tx, {"chat_id": chat_id, "before": before}))
    return _found(of_rounds.BY_ORIGIN.first(tx, {"chat_id": chat_id, "origin": origin}))


def by_poll(tx: Tx, poll_id: str) -> Round | None:
    """The round whose poll that is."""
    return _found(of_rounds.BY_POLL.first(tx, {"poll_id": poll_id}))


def open_in(tx: Tx, chat_id: int, kinds: Iterable[Kind]) -> tuple[Round, ...]:
    """The chat's rounds of these kinds that are not closed, newest first."""
    here = (rounds.c.chat_id == chat_id, rounds.c.closed_after.is_(None), rounds.c.state != "closed")
    return many(tx, *here, rounds.c.kind.in_(list(kinds)))


def count_send(tx: Tx, round_id: int) -> None:
    """One more send of it is about to be tried."""
    of_rounds.COUNT_SEND.run(tx, {"number": round_id})


def uncount_send(tx: Tx, round_id: int) -> None:
    """The last send of it surely did not arrive."""
    sending = update(rounds).where(rounds.c.id == round_id, rounds.c.state == "sending", rounds.c.sends > 0)
    tx.execute(sending.values(sends=rounds.c.sends - 1))


def posted(
    tx: Tx, round_id: int, message_id: int | None, poll_id: str | None = None, closes_at: datetime | None = None
) -> None:
    """It stands in the chat as that message (None: its number is lost), open until `closes_at` unless closed since."""
    told = {"its_poll": poll_id, "its_end": seconds_or_none(closes_at)}
    of_rounds.POSTED.run(tx, {"number": round_id, "its_message": message_id} | told)


def leave_thread(tx: Tx, round_id: int) -> None:
    """It stands in the chat itself, outside the thread it was meant for."""
    tx.execute(update(rounds).where(rounds.c.id == round_id).values(thread_id=None))


def close_if_open(tx: Tx, round_id: int, now: datetime) -> bool:
    """Close a round that nobody else has closed or begun to; True if this did it."""
    return of_rounds.CLOSE.first(tx, {"number": round_id, "at": seconds(now)}) is not None


def lose(tx: Tx, round_id: int, now: datetime) -> None:
    """Close a round that will not be sent again, wherever its sends have gone. A private one still counts as asked and
    not answered."""
    when = case((rounds.c.chat_id < 0, _after(now)))
    waiting = (rounds.c.id == round_id) & rounds.c.state.in_(["sending", "open"])
    tx.execute(update(rounds).where(waiting).values(state="closed", closed_after=when))


def void(tx: Tx, round_id: int, now: datetime) -> None:
    """Close a round whose question is not what it was: it does not count as asked. An answered one stays as it is."""
    unanswered = update(rounds).where(rounds.c.id == round_id, rounds.c.state.in_(["sending", "open"]))
    tx.execute(unanswered.values(state="closed", closed_after=_after(now), sends=0))


def withdraw(tx: Tx, round_id: int, now: datetime) -> None:
    """Close a round whose last send was refused. Without an earlier one, which left an orphan, it was never asked."""
    unsent = update(rounds).where(rounds.c.id == round_id, rounds.c.state == "sending")
    tx.execute(unsent.values(state="closed", closed_after=_after(now), sends=rounds.c.sends - 1))


def begin_again(tx: Tx, round_id: int) -> None:
    """A round that was withdrawn is about to be sent after all."""
    tx.execute(update(rounds).where(rounds.c.id == round_id).values(state="sending", closed_after=None))


def close(tx: Tx, round_id: int, now: datetime, result_id: int | None) -> None:
    """It is over, and `result_id` is the message that told how it went. A poll without a message, left behind when its
    group moved, could not be stopped: it is forgotten, so that who votes now that the answer is told earns nothing."""
    after = func.coalesce(rounds.c.closed_after, _after(now))
    poll_id = case((rounds.c.message_id.isnot(None), rounds.c.poll_id))
    over = update(rounds).where(rounds.c.id == round_id)
    tx.execute(over.values(state="closed", closed_after=after, result_id=result_id, poll_id=poll_id, retry_at=None))


def told(tx: Tx, round_id: int, result_id: int) -> None:
    """The message `result_id` told of its result; whether it is open stays as it is."""
    tx.execute(update(rounds).where(rounds.c.id == round_id).values(result_id=result_id))


def set_voided(tx: Tx, round_id: int, at: datetime | None) -> None:
    """An admin took the round off the boards at that instant, or (None) put it back."""
    tx.execute(update(rounds).where(rounds.c.id == round_id).values(voided_at=seconds_or_none(at)))


def by_message(tx: Tx, chat_id: int, message_id: int) -> Round | None:
    """The round that this message of the chat asked, or told the result of."""
    asked_or_told = or_(rounds.c.message_id == message_id, rounds.c.result_id == message_id)
    return _one(tx, rounds.c.chat_id == chat_id, of_rounds.OF_GROUPS, asked_or_told)


def last_told(tx: Tx, chat_id: int, before: int) -> Round | None:
    """The last poll whose result stands in the chat above the message `before`."""
    above = (rounds.c.chat_id == chat_id, of_rounds.OF_GROUPS, rounds.c.kind == "poll", rounds.c.result_id < before)
    newest = select(rounds.c.id).where(*above).order_by(rounds.c.result_id.desc()).limit(1)
    return _one(tx, rounds.c.id == newest.scalar_subquery())


def _found(row: Any) -> Round | None:  # noqa: ANN401 - a row of of_rounds.WHOLE
    return None if row is None else _round(row)


def _one(tx: Tx, *where: ColumnElement[bool] | TextClause) -> Round | None:
    return next(iter(many(tx, *where)), None)


def many(tx: Tx, *where: ColumnElement[bool] | TextClause) -> tuple[Round, ...]:
    """Those of which all this is true, newest first."""
    whole = of_rounds.WHOLE.where(*where).order_by(rounds.c.opened_at.desc(), rounds.c.id.desc())
    return tuple(map(_round, tx.execute(whole)))


def _round(row: Row[Any]) -> Round:
    times: dict[str, Any] = {name: instant_or_none(getattr(row, name)) for name in _TIMES}
    closed_at = None if row.closed_after is None else times["opened_at"] + timedelta(seconds=row.closed_after)
    return Round(ref=ref_of(row), closed_at=closed_at, **times, **{name: getattr(row, name) for name in _PLAIN})


def _after(now: datetime) -> ColumnElement[int]:
    """Seconds from a round's beginning to now."""
    return seconds(now) - rounds.c.opened_at


_TIMES = ("opened_at", "closes_at", "voided_at")
_PLAIN = tuple(field.name for field in fields(Round) if field.name not in {"ref", "closed_at", *_TIMES})
