"""FSRS fitted to one person: the parameters that tell best what they, of all people, forget.

The fit is fsrs-rs's (the one in Anki), by gradient, held near the usual parameters. How long a memory lasts at first it
takes for each rating from a handful of answers, whatever it finds: that is drawn towards the usual, in logarithms, as
if thirty more first answers had come out as usual. And a fit is believed only where it tells better than the usual of
cards that it has not seen: the cards are dealt into five hands, each foretold by a fit of the other four. What is
compared is the log loss, the mean of -ln p over all reviews at least a day after the one before, p being the
probability that was given to what happened (remembered, or Again). `python -m bench.optimizing` shows what that wins.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.util import find_spec
from itertools import pairwise
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from bot.core.errors import KaoguanError
from bot.core.learners import USUAL, Parameters, Preset
from bot.core.review import Card, Rating, Review, recall_chance, review

if TYPE_CHECKING:
    from fsrs_rs_python import FSRSItem

Log = Sequence[Review]
ENOUGH = 150  # reviews; what a bank of twenty questions comes to in half a year
_GROWTH = 1.25  # a log that has grown by so much is looked at again
_HANDS = 5
# Of fsrs-rs: small steps, and a strong pull to the usual parameters. A person's log is a small one.
_BATCH, _PULL, _EPOCHS = 64, 64.0, 5
_AS_USUAL = 30  # first answers
_LONGEST = 64  # reviews of a card to learn from: each is given with all before it, and a thousand were megabytes
_DIGITS = 4  # of a parameter, as Anki keeps them
_SURE = 0.0001  # no probability is taken to be nearer to 0 or 1


class OptimizerError(KaoguanError):
    """A log could not be fitted, or that took too long."""


def available() -> bool:
    """Whether the library that fits is there: it is an extra."""
    return find_spec("fsrs_rs_python") is not None


def worth_it(reviews: int, before: int | None) -> bool:
    """Whether a log of so many reviews is to be looked at, when it was last done at `before` of them."""
    return reviews >= (ENOUGH if before is None else max(ENOUGH, _GROWTH * before))


def fitted(logs: Sequence[Log]) -> Parameters | None:
    """The person's own parameters, from the reviews of each card, oldest first; None where the usual ones tell as well
    what was forgotten."""
    gains = [gain for hand in range(_HANDS) for gain in _gains(logs, hand)]
    if len(gains) < 2 or fmean(gains) <= pstdev(gains) / math.sqrt(len(gains)):
        return None  # less than a standard error better
    return _fit(logs)


def losses(log: Log, preset: Preset) -> Iterator[float]:
    """-ln of the probability that was given to each outcome; a review on the day of the one before tells nothing."""
    card: Card | None = None
    for done in log:
        if card is not None and _days(card.reviewed, done.at) > 0:
            chance = min(max(recall_chance(card, done.at, preset), _SURE), 1 - _SURE)
            yield -math.log(1 - chance if done.rating is Rating.AGAIN else chance)
        card = review(card, done.rating, done.at, preset)


def _gains(logs: Sequence[Log], hand: int) -> Iterator[float]:
    """By how much each review of that hand is told better by a fit of the others."""
    own = Preset(parameters=_fit([log for at, log in enumerate(logs) if at % _HANDS != hand]))
    for log in logs[hand::_HANDS]:
        yield from (usual - fit for usual, fit in zip(losses(log, USUAL), losses(log, own), strict=True))


def _fit(logs: Sequence[Log]) -> Parameters:
    from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, TrainingConfig  # noqa: PLC0415 - an extra, and seldom wanted

    items = _items(logs)
    if not items:
        return tuple(DEFAULT_PARAMETERS)  # it cannot do with nothing
    config = TrainingConfig(num_epochs=_EPOCHS, batch_size=_BATCH, gamma=_PULL)
    # Its compute_parameters leaves out what it takes for outliers, which of a few hundred reviews is too much.
    found = FSRS(DEFAULT_PARAMETERS).benchmark(items, training_config=config)
    firsts = Counter(log[0].rating for log in logs if len(log) > 1)
    steadied = [_steadied(found[at], DEFAULT_PARAMETERS[at], firsts[rating]) for at, rating in enumerate(Rating)]
    return _within_bounds([*_in_order(steadied), *found[len(steadied) :]])


def _steadied(found: float, usual: float, answers: int) -> tuple[float, int]:
    """The logarithm of a first stability, found from so many answers, and how many it stands for."""
    weight = answers + _AS_USUAL
    return (answers * math.log(found) + _AS_USUAL * math.log(usual)) / weight, weight


def _in_order(steadied: Sequence[tuple[float, int]]) -> Iterator[float]:
    """The first stabilities, the better rating's never the shorter: neighbours that are have their mean (isotonic
    regression, by pooling adjacent violators)."""
    pools: list[tuple[float, int, int]] = []  # mean, weight, how many
    for one, weight in steadied:
        mean, mass, count = one, weight, 1
        while pools and pools[-1][0] > mean:
            before, others, more = pools.pop()
            mean, mass, count = (before * others + mean * mass) / (others + mass), others + mass, count + more
        pools.append((mean, mass, count))
    return (math.exp(mean) for mean, _mass, count in pools for _rating in range(count))


def _items(logs: Sequence[Log]) -> list[FSRSItem]:
    """What there is to learn from: each review with all before it, in the order in which they came."""
    items = [item for log in logs for item in _items_of(log)]
    return [item for _at, item in sorted(items, key=lambda one: one[0])]


def _items_of(log: Log) -> Iterator[tuple[float, FSRSItem]]:
    from fsrs_rs_python import FSRSItem, FSRSReview  # noqa: PLC0415

    log = log[:_LONGEST]
    days = [0, *(_days(before.at, done.at) for before, done in pairwise(log))]
    reviews = [FSRSReview(int(done.rating), gap) for done, gap in zip(log, days, strict=False)]
    for at, gap in enumerate(days):
        if gap > 0:
            yield log[at].at.timestamp(), FSRSItem(reviews[: at + 1])


def _days(before: datetime, at: datetime) -> int:
    """Whole days, as py-fsrs counts them."""
    return (at - before).days


def _within_bounds(parameters: Sequence[float]) -> Parameters:
    """As py-fsrs takes them: its bounds are in doubles, fsrs-rs reckons in singles."""
    from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS  # noqa: PLC0415

    bounds = zip(parameters, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple(min(max(round(one, _DIGITS), least), most) for one, least, most in bounds)
