"""What an answer earns on a group's boards, and what becomes of it: held back, released, voided, put back.

Competitive points come from a first right answer. Two things earn nothing at first: a question that this person got
right here within a week, and a week in which nobody else has answered (its points count once somebody does, or once
somebody else answers the same round, which may be open across Sunday night).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.core.calendar import Period, week_of
from bot.store import answers, people, rounds, scores, undos, worldwide
from bot.store.answers import Answer
from bot.store.database import Tx
from bot.store.rounds import Round
from bot.store.scores import GLOBAL, Begun

LATELY = timedelta(days=7)


def periods_of(day: date) -> tuple[Period, ...]:
    """The periods that an answer on that study day counts for: all time, the day, its week and its month."""
    return (Period.ALL, Period.day(day), Period.week(day), Period.month(day))


def worth(tx: Tx, round: Round, person_id: int, points: int, now: datetime) -> int:  # noqa: A002 - the house word
    """The points that a right answer earns now: none for a question got right here lately."""
    lately = points and answers.right_since(tx, round.chat_id, person_id, round.ref, now - LATELY)
    return 0 if lately else points


def alone(tx: Tx, round: Round, person_id: int, day: date) -> bool:  # noqa: A002 - the house word
    """Whether nobody else has answered in the group in that week, nor this round; in private nobody else should."""
    if round.kind != "poll" or scores.somebody_else(tx, round.chat_id, Period.week(day), person_id):
        return False
    return not answers.by_others(tx, round.id, person_id)


def count(tx: Tx, round: Round, answer: Answer) -> dict[int, Begun]:  # noqa: A002 - the house word
    """Put a new answer on the boards; what it has begun on each chat's. What was held back counts once it is not alone:
    in its week, or in its round."""
    if round.kind == "poll" and not answer.held:
        together = scores.somebody_else(tx, round.chat_id, Period.week(answer.day), answer.person_id)
        released = answers.release(tx, round.chat_id, *week_of(answer.day)) if together else ()
        same_round = answers.release_round(tx, round.id)
        for held in (*released, *(() if round.voided_at else same_round)):
            _correct(tx, round.chat_id, held, held.points)
    counts = round.voided_at is None  # who answered was there, even where it counts for nothing
    points = answer.points if counts and not answer.held else 0
    right, periods, boards = counts and bool(answer.right), periods_of(answer.day), _boards(tx, round.chat_id, answer)
    earned = {"points": points, "right": int(right), "answered": int(counts)}
    return {board: scores.add(tx, board, periods, answer.person_id, **earned) for board in boards}


def uncount(tx: Tx, round: Round, answer: Answer, begun: Mapping[int, Begun]) -> None:  # noqa: A002
    """Take an answer to a private round off the boards again, with what it has begun. Who has joined everybody's boards
    since has entered them with what that answer earned."""
    _correct(tx, round.chat_id, answer, -answer.points, right=-bool(answer.right), answered=-1)
    boards = _boards(tx, round.chat_id, answer)
    for board in boards:
        if board in begun:
            undos.unbegin(tx, board, answer.person_id, begun[board])
    if begun and not begun.keys() >= set(boards):
        worldwide.enter(tx, answer.person_id)


def void(tx: Tx, round: Round, now: datetime) -> bool:  # noqa: A002 - the house word
    """Take a round off the boards; False if it is off already."""
    if round.voided_at is not None:
        return False
    rounds.set_voided(tx, round.id, now)
    _correct_all(tx, round, -1)
    return True


def restore(tx: Tx, round: Round) -> bool:  # noqa: A002 - the house word
    """Put a voided round back on the boards; False if it is on them."""
    if round.voided_at is None:
        return False
    rounds.set_voided(tx, round.id, None)
    _correct_all(tx, round, 1)
    return True


def _correct_all(tx: Tx, round: Round, sign: int) -> None:  # noqa: A002 - the house word
    for one in answers.to(tx, round.id):
        points = 0 if one.held else one.points
        _correct(tx, round.chat_id, one, sign * points, right=sign * bool(one.right), answered=sign)


def _correct(tx: Tx, chat_id: int, answer: Answer, points: int, right: int = 0, answered: int = 0) -> None:
    """Change the lines that the answer has made; that of a day long over may be gone."""
    keys = [period.key for period in periods_of(answer.day)]
    for board in _boards(tx, chat_id, answer):
        scores.change(tx, board, keys, answer.person_id, points=points, right=right, answered=answered)


def _boards(tx: Tx, chat_id: int, answer: Answer) -> tuple[int, ...]:
    """The chat's, and everybody's where the person wants to be on it."""
    return (chat_id, GLOBAL) if people.is_worldwide(tx, answer.person_id) else (chat_id,)
