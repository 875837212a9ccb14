"""Typed answers as they are written: pieces, and how far their round has got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, select, update

from bot.store.database import Tx
from bot.store.instants import instant, instant_or_none, seconds, seconds_or_none
from bot.store.prepared import Prepared
from bot.store.tables_typed import pieces, typed
from bot.store.upsert import put, put_new

Stage = Literal["points", "said", "whole"]
"""Where points are asked for that were missed last time: they are being said; they are graded; the whole is said. Where
none are, it does not matter."""
_TYPED = Prepared(select(typed).where(typed.c.round_id == bindparam("round_id")))
_PIECES = Prepared(select(pieces).where(pieces.c.round_id == bindparam("round_id")).order_by(pieces.c.message_id))
_OF_PERSON = pieces.c.person_id == bindparam("person_id")
_LAST = Prepared(select(pieces).where(_OF_PERSON).order_by(pieces.c.message_id.desc()).limit(1))
_PIECE = Prepared(select(pieces.c.round_id).where(_OF_PERSON, pieces.c.message_id == bindparam("message_id")))


@dataclass(frozen=True, slots=True)
class Typed:
    """How far a written answer has got; the numbers of messages are None until they stand there. While its grade is not
    shown, it is graded (again) at `retry_at`."""

    round_id: int
    person_id: int
    said_at: datetime
    done: bool
    note_id: int | None
    result_id: int | None
    rest_id: int | None
    retry_at: datetime | None
    stage: Stage


@dataclass(frozen=True, slots=True)
class Piece:
    """One message of an answer, as last edited. One without a text was said aloud, or said that it was all: it is kept
    so that it is known when it comes again."""

    message_id: int
    text: str


def hear(tx: Tx, round_id: int, person_id: int, piece: Piece, at: datetime, retry_at: datetime) -> bool:
    """Keep one more piece; False if that message is kept already, and then nothing has changed."""
    if not add(tx, round_id, person_id, piece):
        return False
    times = {"said_at": seconds(at), "retry_at": seconds(retry_at)}
    put(tx, typed, {"round_id": round_id, "person_id": person_id} | times)
    return True


def add(tx: Tx, round_id: int, person_id: int, piece: Piece) -> bool:
    """Keep a piece alone, where its round tells otherwise how far the answer has got; False if it is kept already."""
    row = {"person_id": person_id, "message_id": piece.message_id, "round_id": round_id, "text": piece.text}
    return put_new(tx, pieces, row)


def rewrite(tx: Tx, person_id: int, piece: Piece) -> None:
    """The message was edited."""
    mine = (pieces.c.person_id == person_id) & (pieces.c.message_id == piece.message_id)
    tx.execute(update(pieces).where(mine).values(text=piece.text))


def round_of(tx: Tx, person_id: int, message_id: int) -> int | None:
    """The round that the person's message is a piece of an answer to."""
    found = _PIECE.scalar(tx, {"person_id": person_id, "message_id": message_id})
    return None if found is None else int(found)


def last_of(tx: Tx, person_id: int) -> tuple[int, Piece] | None:
    """The person's newest piece, and the round it was written to."""
    row = _LAST.first(tx, {"person_id": person_id})
    return None if row is None else (row.round_id, Piece(row.message_id, row.text))


def pieces_of(tx: Tx, round_id: int) -> tuple[Piece, ...]:
    """What was written to the round, in the order it was."""
    return tuple(Piece(row.message_id, row.text) for row in _PIECES.all(tx, {"round_id": round_id}))


def words_of(tx: Tx, round_id: int) -> str:
    """All that was written to the round, a line and more for each piece."""
    return "\n".join(piece.text for piece in pieces_of(tx, round_id) if piece.text)


def find(tx: Tx, round_id: int) -> Typed | None:
    """How far the round's answer has got; None while nothing is written."""
    row = _TYPED.first(tx, {"round_id": round_id})
    if row is None:
        return None
    numbers, again = (row.note_id, row.result_id, row.rest_id), instant_or_none(row.retry_at)
    return Typed(row.round_id, row.person_id, instant(row.said_at), row.done_at is not None, *numbers, again, row.stage)


def is_graded(tx: Tx, round_id: int) -> bool:
    """Whether the whole of its answer has been said, and so is graded, or about to be."""
    stands = find(tx, round_id)
    return stands is not None and stands.done and stands.stage != "said"


def finish(tx: Tx, round_id: int, now: datetime) -> None:
    """That was all of it."""
    unfinished = update(typed).where(typed.c.round_id == round_id, typed.c.done_at.is_(None))
    tx.execute(unfinished.values(done_at=seconds(now)))


def reach(tx: Tx, round_id: int, stage: Stage, *, done: bool) -> None:
    """The answer is at that stage; where it is not `done`, more is waited for, and its grade is told anew."""
    anew: dict[str, Any] = {} if done else {"done_at": None, "note_id": None, "result_id": None, "rest_id": None}
    tx.execute(update(typed).where(typed.c.round_id == round_id).values(stage=stage, **anew))


def retry(tx: Tx, round_id: int, at: datetime | None) -> None:
    """Grade it (again) at that instant, unless its grade is shown before; never for None."""
    tx.execute(update(typed).where(typed.c.round_id == round_id).values(retry_at=seconds_or_none(at)))


def resume(tx: Tx, round_id: int, at: datetime) -> None:
    """What was written before the question was asked otherwise for a while is graded at that instant after all."""
    waits = (typed.c.round_id == round_id) & typed.c.done_at.is_(None) & typed.c.retry_at.is_(None)
    tx.execute(update(typed).where(waits).values(retry_at=seconds(at)))


def overdue(tx: Tx, now: datetime, limit: int) -> tuple[int, ...]:
    """The rounds whose answers are to be graded without a word from their people, the longest due first."""
    due = select(typed.c.round_id).where(typed.c.retry_at.is_not(None), typed.c.retry_at <= seconds(now))
    return tuple(tx.scalars(due.order_by(typed.c.retry_at, typed.c.round_id).limit(limit)))


def stands(tx: Tx, round_id: int, **messages: int | None) -> None:
    """Note which message is which: note_id, result_id, rest_id."""
    values: dict[str, Any] = dict(messages)
    tx.execute(update(typed).where(typed.c.round_id == round_id).values(**values))
