"""Whose log is long enough to have FSRS fitted to it, and what comes of that."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.learners import Parameters
from bot.core.optimizing import Log, worth_it
from bot.store import cards, learners
from bot.store.database import Tx

_PEOPLE = 200  # looked at in one unit of work: their logs are counted


@dataclass(frozen=True, slots=True)
class Candidates:
    """People whose logs are to be looked at, with the reviews in each; `last` is where to go on, None at the end."""

    people: tuple[tuple[int, int], ...]
    last: int | None


def candidates(tx: Tx, after: int) -> Candidates:
    """Among the next people after that one, in the order of their numbers."""
    counted = learners.counted(tx, after, _PEOPLE)
    people = tuple((one.person_id, one.reviews) for one in counted if worth_it(one.reviews, one.optimized))
    return Candidates(people, counted[-1].person_id if len(counted) == _PEOPLE else None)


def logs(tx: Tx, person_id: int) -> tuple[Log, ...]:
    """The person's reviews of each question, oldest first."""
    return tuple(cards.logs(tx, person_id).values())


def adopt(tx: Tx, person_id: int, parameters: Parameters | None, reviews: int) -> bool:
    """Plan by these from now on, None being the usual ones; whether they are others than before. They were found from
    so many reviews: see done. What is planned already stays so: see rebuilding.replan."""
    if not _there(tx, person_id, reviews) or learners.of(tx, person_id).parameters == parameters:
        return False
    learners.change(tx, person_id, "parameters", parameters)
    return True


def done(tx: Tx, person_id: int, reviews: int) -> None:
    """So long a log has been looked at, and all that follows from it is planned. Where it is shorter by now the person
    has had everything erased meanwhile, and nothing is written of them; or undone an answer, and has another turn."""
    if _there(tx, person_id, reviews):
        learners.optimized(tx, person_id, reviews)


def _there(tx: Tx, person_id: int, reviews: int) -> bool:
    return learners.count(tx, person_id).reviews >= reviews
