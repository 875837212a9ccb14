"""Burying and suspending questions, and bringing them back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from bot.core.bank import Language, Question
from bot.core.learners import Held
from bot.flows import answers
from bot.flows.answers import Result
from bot.flows.asking import Asked, Lapsed
from bot.flows.callers import Caller, TooOld, arrive
from bot.store import withheld
from bot.store.database import Tx

PAGE = 6  # suspended questions shown at a time


class Wish(IntEnum):
    """What is wanted of a question; its number is what buttons say."""

    ASK = 0
    BURY = 1
    SUSPEND = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """A round as it stands, answered or not, and whether its question is withheld."""

    stands: Asked | Result
    state: Held


@dataclass(frozen=True, slots=True)
class Line:
    """A suspended question, by its number; None: it has left the bank."""

    number: int
    question: Question | None


@dataclass(frozen=True, slots=True)
class Suspended:
    """One page of a person's suspended questions, and how many there are in all."""

    language: Language
    lines: tuple[Line, ...]
    page: int
    count: int


def standing(tx: Tx, caller: Caller, round_id: int) -> Standing | Lapsed | TooOld:
    """The round and what holds of its question."""
    stands = answers.standing(tx, caller, round_id)
    if not isinstance(stands, Asked | Result):
        return stands
    asked = stands.asked if isinstance(stands, Result) else stands
    return Standing(stands, withheld.state(tx, caller.person.id, asked.round.ref, caller.now))


def wish(tx: Tx, caller: Caller, round_id: int, wanted: Wish) -> Standing | Lapsed | TooOld:
    """Bury the round's question until tomorrow, suspend it, or ask it as ever. The same wish again changes nothing."""
    stands = answers.standing(tx, caller, round_id)
    if not isinstance(stands, Asked | Result):
        return stands
    ref = (stands.asked if isinstance(stands, Result) else stands).round.ref
    if wanted is Wish.ASK:
        withheld.ask(tx, caller.person.id, ref)
    else:
        until = arrive(tx, caller).day_end() if wanted is Wish.BURY else None
        withheld.withhold(tx, caller.person.id, ref, until)
    return standing(tx, caller, round_id)


def suspended(tx: Tx, caller: Caller, page: int) -> Suspended:
    """That page of the person's suspended questions, or the last one before it that has any."""
    caller = arrive(tx, caller)
    count = withheld.count_suspended(tx, caller.person.id)
    page = min(page, max(0, count - 1) // PAGE)
    found = withheld.suspended(tx, caller.person.id, PAGE, page * PAGE)
    lines = tuple(Line(one.number, caller.library.question(one.ref, caller.language)) for one in found)
    return Suspended(caller.language, lines, page, count)


def bring_back(tx: Tx, caller: Caller, number: int, page: int) -> Suspended:
    """Ask the question of that number again, when it is due; the page as it is then."""
    caller = arrive(tx, caller)
    withheld.bring_back(tx, caller.person.id, number)
    return suspended(tx, caller, page)
