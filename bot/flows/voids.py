"""An admin takes a round off the boards, because its question was bad, or puts it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.bank import Language, Library, Question
from bot.core.people import Chat, Defaults, Person, language_for
from bot.flows import opening, schedule, scoring
from bot.store import answers, rounds
from bot.store.database import Tx
from bot.store.rounds import Round


@dataclass(frozen=True, slots=True)
class Voided:
    """The round as it is now: off the boards (`off`), or back on them. `points` were earned in it altogether."""

    round: Round
    question: Question | None
    points: int
    off: bool
    language: Language


@dataclass(frozen=True, slots=True)
class NoRound:
    """There is no such poll in this chat."""

    language: Language


def void(
    tx: Tx,
    library: Library,
    person: Person | None,
    chat: Chat,
    message_id: int,
    replied_to: int | None,
    now: datetime,
    defaults: Defaults,
) -> Voided | NoRound:
    """Void the poll that `replied_to` asked or told the result of; without one, the last one told above `message_id`.

    So the same command voids the same round, however late it is handled again.
    """
    stored = schedule.arrive(tx, person, chat, now, defaults)
    meant = rounds.by_message(tx, chat.id, replied_to) if replied_to else rounds.last_told(tx, chat.id, message_id)
    return _set(tx, library, stored, meant, now, defaults, off=True)


def switch(
    tx: Tx,
    library: Library,
    person: Person | None,
    chat: Chat,
    round_id: int,
    now: datetime,
    defaults: Defaults,
    *,
    off: bool,
) -> Voided | NoRound:
    """Void that round, or put it back. The same again changes nothing."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    return _set(tx, library, stored, rounds.by_id(tx, round_id), now, defaults, off=off)


def _set(
    tx: Tx, library: Library, chat: Chat, meant: Round | None, now: datetime, defaults: Defaults, *, off: bool
) -> Voided | NoRound:
    language = language_for(chat, None, defaults)
    if meant is None or meant.kind != "poll" or meant.chat_id != chat.id:
        return NoRound(language)
    if off:
        scoring.void(tx, meant, now)
    else:
        scoring.restore(tx, meant)
    points = sum(answer.points for answer in answers.to(tx, meant.id) if not answer.held)
    return Voided(meant, opening.question_of(library, meant), points, off, language)
