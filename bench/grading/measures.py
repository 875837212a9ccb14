"""How two judges agree: correlation, precision and recall, and quantiles of times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import StatisticsError, correlation


@dataclass(slots=True)
class Tally:
    """Points that both say are made, that only the grader says, and that only the person says."""

    both: int = 0
    grader: int = 0
    person: int = 0

    def add(self, found: Iterable[str], made: Iterable[str], left_out: Iterable[str] = ()) -> None:
        """Count one answer's points; those left out count for nothing."""
        undecided = frozenset(left_out)
        said, right = frozenset(found) - undecided, frozenset(made) - undecided
        self.both += len(said & right)
        self.grader += len(said - right)
        self.person += len(right - said)

    @property
    def precision(self) -> float:
        """Of what the grader says, the share the person says too; 0 where it says nothing."""
        return self.both / (self.both + self.grader) if self.both else 0.0

    @property
    def recall(self) -> float:
        """Of what the person says, the share the grader says too; 0 where they agree on nothing."""
        return self.both / (self.both + self.person) if self.both else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.both / (2 * self.both + self.grader + self.person) if self.both else 0.0


def pearson(pairs: Sequence[tuple[float, float]]) -> float:
    """Pearson's r; 0 where one side never varies or there are fewer than two pairs."""
    try:
        return correlation([one for one, _ in pairs], [other for _, other in pairs])
    except StatisticsError:
        return 0.0


def agreed(pairs: Sequence[tuple[float, float]], ours: float, theirs: float) -> float:
    """The share of answers that both sides pass, or both do not: from `ours` and from `theirs` on. 0..1."""
    return sum((one >= ours) == (other >= theirs) for one, other in pairs) / len(pairs) if pairs else 0.0


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two judges' verdicts: agreement beyond chance, -1..1; 1 where only one verdict is ever given.

    J. Cohen, A Coefficient of Agreement for Nominal Scales, 1960.
    """
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(ours[verdict] * theirs[verdict] for verdict in ours) / max(1, len(pairs)) ** 2
    same = sum(one == other for one, other in pairs) / max(1, len(pairs))
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


def quantile(values: Iterable[float], share: float) -> float:
    """The least value that at least that share of all do not exceed. Raises IndexError where there is none."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]
