"""python -m bench.optimizing [--people N]: what fitting FSRS to one person wins, on people who forget as told here.

Each answers for 240 days what their bot plans by the usual parameters, now and then some days late. What a fit is worth
is the log loss on the answers of others who forget in the same way, which it has not seen: that of the usual parameters
less that of what core.optimizing gives, in thousandths. `won` is the mean over all, with the usual parameters where
none are adopted; `most` is what there was to win, with the true ones; `worst` the worst of those adopted.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import fmean

from bot.core.learners import USUAL, Parameters, Preset
from bot.core.optimizing import ENOUGH, Log, fitted, losses
from bot.core.review import Card, Rating, Review, recall_chance, review

_DAYS = 240
_START = datetime(2026, 1, 1, 4, tzinfo=UTC)
_RATINGS = (Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY)
_QUESTIONS = (19, 60, 90, 150, 300)
_OTHERS = 300  # questions of those who forget in the same way
_STABILITIES, _GROWTH = 4, 8  # where in the parameters the first stabilities end, and where their growth stands


def forgetting(stability: float, growth: float = 1.0) -> Preset:
    """Somebody whose memories last `stability` times as long at first, and grow `growth` times as fast."""
    from fsrs.scheduler import DEFAULT_PARAMETERS  # noqa: PLC0415

    own = [one * stability for one in DEFAULT_PARAMETERS[:_STABILITIES]] + list(DEFAULT_PARAMETERS[_STABILITIES:])
    own[_GROWTH] *= growth
    return Preset(parameters=tuple(own))


@dataclass(frozen=True, slots=True)
class Habits:
    """How first answers come out (weights of the four ratings), and how often what is forgotten is guessed."""

    first: tuple[float, float, float, float] = (0.25, 0.1, 0.6, 0.05)
    guessed: float = 0.0


_USUAL = Habits()
_KINDS = {
    "forgets at once": ((0.3, 0.9), _USUAL),
    "like everybody": ((1.0, 1.0), _USUAL),
    "remembers for long": ((2.0, 1.1), _USUAL),
    "guesses a quarter": ((1.0, 1.0), Habits(guessed=0.25)),
    "knows nothing at first": ((1.0, 1.0), Habits(first=(1.0, 0.0, 0.0, 0.0))),
}


def studied(true: Preset, questions: int, seed: int, habits: Habits = _USUAL) -> list[Log]:
    """Their log: each question's reviews, oldest first."""
    chance = random.Random(seed)
    return [_studied(true, chance, habits) for _question in range(questions)]


def _studied(true: Preset, chance: random.Random, habits: Habits) -> Log:
    at, log = _START + timedelta(days=chance.randrange(_DAYS // 3)), list[Review]()
    memory: Card | None = None
    plan: Card | None = None
    while at < _START + timedelta(days=_DAYS):
        rating = _rating(memory, at, true, chance, habits)
        memory, plan = review(memory, rating, at, true), review(plan, rating, at)
        log.append(Review(rating, at))
        late = timedelta(days=chance.randrange(5)) if chance.random() < 0.1 else timedelta()
        at = max(plan.due, at + timedelta(days=1)) + timedelta(hours=10 * chance.random()) + late
    return log


def _rating(memory: Card | None, at: datetime, true: Preset, chance: random.Random, habits: Habits) -> Rating:
    if memory is None:
        return chance.choices(_RATINGS, habits.first)[0]
    known = chance.random() <= recall_chance(memory, at, true)
    if not known and not (habits.guessed and chance.random() < habits.guessed):
        return Rating.AGAIN
    return chance.choices(_RATINGS[1:], (0.1, 0.8, 0.1))[0]


def loss(logs: Sequence[Log], preset: Preset) -> float:
    """The mean of what each outcome costs whoever foretells by that preset."""
    return fmean(one for log in logs for one in losses(log, preset))


@dataclass(frozen=True, slots=True)
class Fit:
    """Of one person: reviews, what was adopted, and the seconds that took."""

    reviews: int
    own: Parameters | None
    seconds: float


def _fit(true: Preset, questions: int, seed: int, habits: Habits) -> Fit:
    logs, began = studied(true, questions, seed, habits), time.perf_counter()
    return Fit(sum(map(len, logs)), fitted(logs), time.perf_counter() - began)


def _row(name: str, questions: int, others: Sequence[Log], people: int) -> str:
    true, habits = forgetting(*_KINDS[name][0]), _KINDS[name][1]
    fits = [_fit(true, questions, seed, habits) for seed in range(people)]
    usual = loss(others, USUAL)
    wins = [1000 * (usual - loss(others, Preset(parameters=fit.own))) for fit in fits if fit.own]
    most = 1000 * (usual - loss(others, true))
    reviews, seconds = fmean(fit.reviews for fit in fits), fmean(fit.seconds for fit in fits)
    early = "" if reviews >= ENOUGH else f"   not looked at: fewer than {ENOUGH}"
    return (
        f"{name:<22}{questions:>9}{reviews:>9.0f}{len(wins):>6} of {people}{sum(wins) / people:>7.1f}{most:>7.1f}"
        f"{min(wins, default=0):>8.1f}{seconds:>7.2f}{early}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.optimizing")
    parser.add_argument("--people", type=int, default=8, help="people of each kind")
    people = parser.parse_args().people
    print(f"{'':<22}questions  reviews   adopted    won   most   worst      s")
    for name, (memory, habits) in _KINDS.items():
        others = studied(forgetting(*memory), _OTHERS, -1, habits)
        for questions in _QUESTIONS:
            print(_row(name, questions, others, people), flush=True)


if __name__ == "__main__":
    main()
