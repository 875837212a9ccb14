"""Taking one answer back: what recording.record has set in motion, the other way round."""

from __future__ import annotations

from datetime import datetime

from bot.flows import scoring
from bot.store import answers, cards, learners, studies, undos
from bot.store.answers import Answer
from bot.store.database import Tx
from bot.store.rounds import Round


def retract(tx: Tx, round: Round, answer: Answer, message_id: int | None) -> None:  # noqa: A002 - the house word
    """Undo the person's last answer, to a private round, which is open again. Everything is as before it was given.

    `message_id` is the command that wanted it.
    """
    person_id = answer.person_id
    first = undos.first_of(tx, person_id, round.id)
    scoring.uncount(tx, round, answer, first.boards)
    if first.joined is not None:
        studies.forget_day(tx, person_id, answer.day, first.joined)
    if not first.nothing:
        undos.drop_first(tx, person_id)
    answers.erase(tx, round.id, person_id)
    cards.unlog_review(tx, person_id, round.ref, round.id)
    card = cards.card_of(tx, person_id, round.ref, learners.of(tx, person_id).preset)
    cards.plan(tx, person_id, round.ref, card.due if card else None)
    undos.reopen(tx, round.id)
    undos.note(tx, person_id, round.id, answer.answered_at, message_id)


def seen_before(tx: Tx, round: Round, person_id: int) -> datetime | None:  # noqa: A002
    """When the person answered the round already, if they have undone that: its right answer was shown to them."""
    return undos.undone_at(tx, person_id, round.id)
