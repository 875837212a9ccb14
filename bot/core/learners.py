"""How a person wants to study: what holds for whoever has chosen nothing, and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["mixed", "choice", "typed", "recall"]
MODES: tuple[Mode, ...] = ("mixed", "choice", "typed", "recall")
RETENTION = 90  # percent
RETENTIONS = (80, 85, 90, 95)
NEW_A_DAY = (0, 5, 10, 20, None)
REVIEWS_A_DAY = (20, 60, 150, None)
PORTIONS = (1, 3, 5, 10, 20)
REMINDERS = (12 * 60 + 30, 18 * 60, 20 * 60, 21 * 60 + 30)  # minutes of the day
Held = Literal["asked", "buried", "suspended"]
"""Whether a question is asked when it is due, not before tomorrow, or not until it is wanted again."""
Parameters = tuple[float, ...]
"""The 21 numbers by which FSRS-6 tells how somebody forgets, in its order."""


@dataclass(frozen=True, slots=True)
class Preset:
    """What a person's cards are planned by, in Anki's word: the `retention` they want, in percent, and the `parameters`
    of their memory; None are FSRS's own, which were fitted to many people's."""

    retention: int = RETENTION
    parameters: Parameters | None = None


USUAL = Preset()


@dataclass(frozen=True, slots=True)
class Learner:
    """A person's study settings.

    `retention` is how likely an answer shall be remembered when it is asked for again, in percent. `new_a_day` and
    `reviews_a_day` bound what comes by itself on one study day, in questions; None is no bound. `mode` is how questions
    are asked: `mixed` is with choices while new, then in words; or always with choices, in words, or to be recalled.
    With `opinions` typed answers go to the operator's language model as well.
    `portion` is how many questions the daily push begins. `parameters` are what their own log says of their memory.
    """

    retention: int = RETENTION
    new_a_day: int | None = 10
    reviews_a_day: int | None = 60
    mode: Mode = "mixed"
    opinions: bool = False
    portion: int = 5
    parameters: Parameters | None = None

    @property
    def preset(self) -> Preset:
        """How their cards are planned."""
        return Preset(self.retention, self.parameters)


@dataclass(frozen=True, slots=True)
class Done:
    """How many questions a person was asked on a study day: for the first time ever, and those known before."""

    new: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Ration:
    """How many more questions may come by themselves today; None is any number."""

    new: int | None
    reviews: int | None


def ration(learner: Learner, done: Done) -> Ration:
    """What is left of a day's limits. What was asked on demand counts like all else: it was work, too."""
    return Ration(_left(learner.new_a_day, done.new), _left(learner.reviews_a_day, done.reviews))


def _left(most: int | None, done: int) -> int | None:
    return None if most is None else max(0, most - done)
