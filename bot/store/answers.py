"""Answers: one person's to one round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Row,
    Select,
    TextClause,
    bindparam,
    delete,
    exists,
    func,
    literal,
    select,
    text,
    update,
)

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.store.database import Tx
from bot.store.instants import instant, seconds
from bot.store.prepared import Prepared
from bot.store.questions import MINE, ref_of
from bot.store.tables import answers, people, questions, reviews, rounds
from bot.store.tables_group import scores
from bot.store.upsert import put_new

DAY_S, EPOCH = 86_400, date(1970, 1, 1).toordinal()
DAY: ColumnElement[int] = (answers.c.answered_at // DAY_S + EPOCH + answers.c.day_shift).label("day")
_NAMED = answers.outerjoin(people, people.c.id == answers.c.person_id)
_ALONE = 8
# A person's answers: by their reviews, which are in the order of people.
REVIEWED = reviews.join(
    answers, (answers.c.round_id == reviews.c.round_id) & (answers.c.person_id == reviews.c.person_id)
)
_REVIEWED_ASKED = REVIEWED.join(questions, questions.c.id == reviews.c.question_id).join(
    rounds, rounds.c.id == answers.c.round_id
)
_ASKED = _NAMED.join(rounds, rounds.c.id == answers.c.round_id)


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer: `choice` an original index, None for a recall round; `right` None: not gradable.

    `points` were earned on the chat's study day `day`; while `held` they do not count. `hidden` people are not named.
    """

    person_id: int
    name: str
    choice: int | None
    right: bool | None
    points: int
    answered_at: datetime
    day: date
    held: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """An answer seen from its person: to which question, and whether an admin has voided the round."""

    ref: Ref
    answer: Answer
    voided: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a question was answered in one way."""

    ref: Ref
    choice: int | None
    right: bool
    times: int


def save(
    tx: Tx,
    round_id: int,
    person_id: int,
    *,
    choice: int | None,
    right: bool | None,
    points: int,
    at: datetime,
    day: date,
    held: bool = False,
) -> bool:
    """Keep the person's answer; False: there was one already, and nothing has changed."""
    key = {"round_id": round_id, "person_id": person_id}
    given = {"choice": choice, "right": right, "points": points, "answered_at": seconds(at)}
    shift = day.toordinal() - EPOCH - seconds(at) // DAY_S
    return put_new(tx, answers, key | given | {"day_shift": shift, "held": held})


def erase(tx: Tx, round_id: int, person_id: int) -> None:
    """The person has not answered the round after all."""
    tx.execute(delete(answers).where(answers.c.round_id == round_id, answers.c.person_id == person_id))


def by(tx: Tx, round_id: int, person_id: int) -> Answer | None:
    """The person's answer to the round."""
    row = _BY.first(tx, {"round_id": round_id, "person_id": person_id})
    return _answer(row) if row else None


def to(tx: Tx, round_id: int) -> tuple[Answer, ...]:
    """All answers to the round, the first one first."""
    here = _answers().where(answers.c.round_id == round_id)
    return tuple(map(_answer, tx.execute(here.order_by(answers.c.answered_at, answers.c.person_id))))


def right_since(tx: Tx, chat_id: int, person_id: int, ref: Ref, since: datetime) -> bool:
    """Whether the person has answered the question right in this chat after `since`, in a round that counts."""
    mine = {"person_id": person_id, "chat_id": chat_id, "bank": ref.bank, "key": ref.id, "since": seconds(since)}
    return _RIGHT.first(tx, mine) is not None


def any_held(tx: Tx, chat_id: int, first: date, last: date) -> bool:
    """Whether answers are held back in the chat in the week from the first to the last day."""
    week = {"chat": chat_id, "week": Period.week(first).key, "first": first.toordinal(), "last": last.toordinal()}
    return _ANY_HELD.first(tx, week) is not None


def release(tx: Tx, chat_id: int, first: date, last: date) -> tuple[Answer, ...]:
    """The answers held back in the chat in the week from the first to the last day, which are held no longer.

    Those to a voided round are released too, but not given: they count for nothing.
    """
    if not any_held(tx, chat_id, first, last):
        return ()
    counting = _answers(_ASKED).where(*_held(chat_id, first, last), rounds.c.voided_at.is_(None))
    found = tuple(map(_answer, tx.execute(counting)))
    tx.execute(update(answers).where(*_held(chat_id, first, last)).values(held=False))
    return found


def by_others(tx: Tx, round_id: int, person_id: int) -> bool:
    """Whether anybody else has answered the round."""
    return _OTHERS.first(tx, {"round_id": round_id, "person_id": person_id}) is not None


def release_round(tx: Tx, round_id: int) -> tuple[Answer, ...]:
    """The answers to the round that were held back, which are held no longer."""
    found = tuple(map(_answer, _HELD.all(tx, {"round_id": round_id})))
    if found:
        tx.execute(update(answers).where(answers.c.round_id == round_id, answers.c.held.is_(True)).values(held=False))
    return found


def _held(chat_id: int, first: date, last: date) -> tuple[ColumnElement[bool] | TextClause, ...]:
    return _held_in(literal(chat_id), literal(Period.week(first).key), _between(first, last))


def _held_in(
    chat_id: ColumnElement[int], week: ColumnElement[int], within: ColumnElement[bool]
) -> tuple[ColumnElement[bool] | TextClause, ...]:
    """Said as the partial index on held answers says it, and without a list of rounds, or no database uses it.

    Only who is alone in a week has answers held back, or where a move has made one group of several each of them: so a
    few of those who answered are enough to look at.
    """
    asked = rounds.alias("asked")
    here = exists().where(asked.c.id == answers.c.round_id, asked.c.chat_id == chat_id)
    few = select(scores.c.person_id).where(scores.c.chat_id == chat_id, scores.c.period == week).limit(_ALONE)
    return (text("answers.held"), answers.c.person_id.in_(few), within, here)


def tally(tx: Tx, chat_id: int, first: date, last: date) -> tuple[Tally, ...]:
    """Everybody's graded answers in the chat from the first to the last day, in rounds that count."""
    way = (rounds.c.question_id, answers.c.choice, answers.c.right)
    here = (rounds.c.chat_id == chat_id, rounds.c.voided_at.is_(None), answers.c.right.is_not(None))
    counted = select(*way, func.count().label("times")).select_from(answers.join(rounds)).where(*here)
    each = counted.where(_between(first, last)).group_by(*way).subquery()  # by numbers: there may be a million answers
    named = select(each, questions.c.bank, questions.c.key).join(questions, questions.c.id == each.c.question_id)
    return tuple(Tally(ref_of(row), row.choice, row.right, row.times) for row in tx.execute(named))


def given(
    tx: Tx, chat_id: int, person_id: int, days: tuple[date, date] | None, *, limit: int, offset: int = 0
) -> tuple[Given, ...]:
    """The person's graded answers in the chat, newest first; only those of these days (both included) if given."""
    named_too = _REVIEWED_ASKED.outerjoin(people, people.c.id == answers.c.person_id)
    mine = _answers(named_too, questions.c.bank, questions.c.key, rounds.c.voided_at)
    wanted = mine.where(rounds.c.chat_id == chat_id, reviews.c.person_id == person_id, answers.c.right.is_not(None))
    if days:
        wanted = wanted.where(_between(*days))
    newest = wanted.order_by(answers.c.answered_at.desc(), answers.c.round_id.desc())
    rows = tx.execute(newest.limit(limit).offset(offset))
    return tuple(Given(ref_of(row), _answer(row), voided=row.voided_at is not None) for row in rows)


def _between(first: date, last: date) -> ColumnElement[bool]:
    return DAY.between(first.toordinal(), last.toordinal())


def _answers(source: FromClause = _NAMED, *more: ColumnElement[Any]) -> Select[Any]:
    name, hidden = func.coalesce(people.c.name, "?"), func.coalesce(people.c.hidden, False)
    return select(answers, DAY, name.label("name"), hidden.label("hidden"), *more).select_from(source)


def _answer(row: Row[Any]) -> Answer:
    return Answer(
        row.person_id,
        row.name,
        row.choice,
        row.right,
        row.points,
        instant(row.answered_at),
        date.fromordinal(row.day),
        held=bool(row.held),
        hidden=bool(row.hidden),
    )


_ROUND, _PERSON = answers.c.round_id == bindparam("round_id"), answers.c.person_id == bindparam("person_id")
_BY = Prepared(_answers().where(_ROUND, _PERSON))
_WEEK_DAYS = DAY.between(bindparam("first", type_=Integer), bindparam("last", type_=Integer))
_ANY_HELD = Prepared(
    select(answers.c.round_id)
    .where(*_held_in(bindparam("chat", type_=BigInteger), bindparam("week", type_=Integer), _WEEK_DAYS))
    .limit(1)
)
_HELD = Prepared(_answers().where(_ROUND, answers.c.held.is_(True)))
_OTHERS = Prepared(select(answers.c.person_id).where(_ROUND, answers.c.person_id != bindparam("person_id")).limit(1))
_RIGHT = Prepared(
    select(answers.c.round_id)
    .select_from(_REVIEWED_ASKED)
    .where(
        reviews.c.person_id == bindparam("person_id"),
        *MINE,
        rounds.c.chat_id == bindparam("chat_id"),
        rounds.c.voided_at.is_(None),
    )
    .where(answers.c.right.is_(True), answers.c.answered_at > bindparam("since"))
    .limit(1)
)
