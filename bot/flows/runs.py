"""Extra study: all questions of a topic in a row, without a review, a point or a study day.

A *run* goes through them once, the least well remembered first; a further *lap* of it goes through those missed on the
lap before. Which question comes next follows from the rounds there are: nothing else is kept of a run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.core.bank import Language, Question, Ref
from bot.core.review import recall_chance, replay
from bot.core.topics import refs_about
from bot.flows import asking
from bot.flows.asking import Asked, Lapsed
from bot.flows.callers import Caller, TooOld, Unseen
from bot.store import answers as stored
from bot.store import cards, crams, learners, mistakes, rounds, withheld
from bot.store.crams import Put
from bot.store.database import Tx
from bot.store.rounds import Round

MISSED = "*missed"  # what a run is about that goes through whatever went wrong when it was last asked
_ORIGIN = re.compile(r"x(?P<run>[^./]+)\.(?P<lap>\d+)\.(?P<step>\d+)(/.*)?", re.DOTALL)
_remembered = lru_cache(maxsize=8192)(replay)  # a log that has not changed is not replayed for every question


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a run: which lap it is of, and the how manyth of it; counted from 0."""

    run: str
    lap: int
    step: int
    about: str | None

    @property
    def lap_origin(self) -> str:
        """How the origins of this lap's rounds begin."""
        return f"x{self.run}.{self.lap}."

    @property
    def origin(self) -> str:
        """The origin of its round."""
        return asking.scoped(f"{self.lap_origin}{self.step}", self.about)

    def then(self) -> Step:
        """The one after it."""
        return replace(self, step=self.step + 1)

    def once_more(self) -> Step:
        """The first one of the next lap."""
        return replace(self, lap=self.lap + 1, step=0)


@dataclass(frozen=True, slots=True)
class Extra:
    """A question of a run and all it takes to show it: the `at`th of `of`."""

    asked: Asked
    at: int
    of: int


@dataclass(frozen=True, slots=True)
class Practised:
    """An answered one. `choice` is an original index; None where the person said whether they had known it.

    `missed` is None until the lap is over: then the questions that were answered wrong, in their order.
    """

    extra: Extra
    choice: int | None
    right: bool
    first: bool
    missed: tuple[Question, ...] | None


@dataclass(frozen=True, slots=True)
class Over:
    """The lap is over, as nothing more of it is in the bank; `round_id` is one of its rounds, None if there is none."""

    language: Language
    missed: tuple[Question, ...] = ()
    round_id: int | None = None


Next = Extra | Over | Lapsed | Unseen
Outcome = Extra | Practised | Lapsed | TooOld


def step_of(asked: Round) -> Step:
    """Where in its run a round stands. Raises ValueError for one that is of no run."""
    found = _ORIGIN.fullmatch(asked.origin)
    if found is None:
        raise ValueError(f"no round of a run: {asked.origin}")
    return Step(found["run"], int(found["lap"]), int(found["step"]), asking.about_of(asked.origin))


@dataclass(frozen=True, slots=True)
class Run:
    """Somebody at their extra study."""

    tx: Tx
    caller: Caller

    def at(self, step: Step, thread_id: int | None) -> Next:
        """The question of that step, put now or found again."""
        caller = self.caller
        known = rounds.by_origin(self.tx, caller.chat.id, step.origin)
        if known is not None and known.unseen:
            return Unseen(caller.language, known.id)
        if known is not None:
            again = asking.show_again(self.tx, caller.library, known, caller.language, caller.now)
            return self.placed(again) if isinstance(again, Asked) else again
        ref = self._weakest(self.left(step))
        question = caller.library.question(ref, caller.language) if ref else None
        if question is None:
            return self._over(step)
        begun = asking.start(self.tx, question, caller.chat.id, step.origin, thread_id, caller.now, extra=True)
        return self.placed(Asked(begun, question, caller.library.topic(question.topic), caller.language))

    def placed(self, asked: Asked) -> Extra:
        """The question with its place in its lap."""
        step = step_of(asked.round)
        before = [one for one in self.put(step) if one.round_id < asked.round.id]
        of = len(self.put(step)) + len(self.left(step))
        return Extra(asked, len(before) + 1, of)

    def put(self, step: Step) -> tuple[Put, ...]:
        """What has been put on the step's lap."""
        return crams.put(self.tx, self.caller.chat.id, step.lap_origin)

    def left(self, step: Step) -> list[Ref]:
        """What is still to be put on it."""
        put = {one.ref for one in self.put(step)}
        return [ref for ref in self._all(step) if ref not in put]

    def record(self, here: Extra, choice: int | None, message_id: int, *, right: bool) -> Outcome:
        """Keep the answer, which is no review, and close the round; one that was there stays."""
        asked, caller = here.asked.round, self.caller
        if asked.message_id is None:  # the reply to the send was lost
            rounds.posted(self.tx, asked.id, message_id)
        given = {"choice": choice, "right": right, "points": 0}
        day = caller.study_day()
        first = stored.save(self.tx, asked.id, caller.person.id, **given, at=caller.now, day=day)  # type: ignore[arg-type]
        rounds.close_if_open(self.tx, asked.id, caller.now)
        return self.result(here, first=first) or TooOld(caller.language)

    def result(self, here: Extra, *, first: bool = False) -> Practised | None:
        """What the answer came to; None if there is none yet."""
        given = stored.by(self.tx, here.asked.round.id, self.caller.person.id)
        if given is None:
            return None
        step = step_of(here.asked.round)
        missed = None if self.left(step) else self._missed(step)
        return Practised(here, given.choice, bool(given.right), first, missed)

    def _all(self, step: Step) -> tuple[Ref, ...]:
        """What the step's lap goes through, as the bank is now."""
        if step.lap == 0 and step.about == MISSED:
            wrong = mistakes.of(self.tx, self.caller.person.id)
            return tuple(one.ref for one in wrong if self._question(one.ref))
        if step.lap == 0:
            unwanted = withheld.now(self.tx, self.caller.person.id, self.caller.now)
            return tuple(ref for ref in refs_about(self.caller.library, step.about) if ref not in unwanted)
        before = self.put(replace(step, lap=step.lap - 1))
        return tuple(one.ref for one in before if one.right is False and self._question(one.ref))

    def _missed(self, step: Step) -> tuple[Question, ...]:
        wrong = (self._question(one.ref) for one in self.put(step) if one.right is False)
        return tuple(question for question in wrong if question)

    def _over(self, step: Step) -> Over:
        put = self.put(step)
        return Over(self.caller.language, self._missed(step), put[-1].round_id if put else None)

    def _question(self, ref: Ref) -> Question | None:
        return self.caller.library.question(ref, self.caller.language)

    def _chances(self) -> dict[Ref, float]:
        """That the person would know each question now; one they were never asked is not among them."""
        logs, preset = cards.logs(self.tx, self.caller.person.id), learners.of(self.tx, self.caller.person.id).preset
        known = {ref: _remembered(log, preset) for ref, log in logs.items()}
        return {ref: recall_chance(card, self.caller.now, preset) for ref, card in known.items() if card}

    def _weakest(self, refs: list[Ref]) -> Ref | None:
        """The one that the person most likely does not know; the first of equals."""
        chances = self._chances()
        return min(refs, key=lambda ref: chances.get(ref, 0.0), default=None)
