"""A person's study settings: how they stand, and choosing others."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.bank import Language
from bot.core.learners import Done, Learner, ration
from bot.flows import portions, schedule
from bot.flows.callers import Caller, arrive
from bot.store import cards, learners, pushes
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Study:
    """How the person studies, and today: what was `done`, and how many reviews the limit leaves for tomorrow.
    `reminder` is the minute of the day at which they are reminded, if ever."""

    language: Language
    learner: Learner
    done: Done
    postponed: int
    reminder: int | None


def study(tx: Tx, caller: Caller) -> Study:
    """How things stand."""
    return _study(tx, arrive(tx, caller))


def change(tx: Tx, caller: Caller, name: str, value: int | str | None) -> Study:
    """Choose one setting by its name in Learner. What is planned already stays so: see rebuilding.replan."""
    caller = arrive(tx, caller)
    learners.change(tx, caller.person.id, name, value)
    return _study(tx, caller)


def remind(tx: Tx, caller: Caller, minute: int | None) -> Study:
    """Remind at that minute of the local day of what the daily push has begun, if it is not done; or never."""
    caller = arrive(tx, caller)
    schedule.remind(tx, caller.chat, minute, caller.now, caller.defaults)
    return _study(tx, caller)


def _study(tx: Tx, caller: Caller) -> Study:
    person_id, learner = caller.person.id, learners.of(tx, caller.person.id)
    done = cards.done_since(tx, person_id, caller.day_start())
    due = len(portions.due_today(tx, caller.library, person_id, caller.day_end()))
    room, reminder = ration(learner, done).reviews, pushes.reminder_of(tx, caller.chat.id)
    return Study(caller.language, learner, done, 0 if room is None else max(0, due - room), reminder)
