"""A person's study settings: how they stand, and choosing others."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core.bank import Language
from bot.core.learners import REMINDERS, Done, Learner, ration
from bot.flows import portions, schedule
from bot.flows.callers import Caller, arrive
from bot.store import cards, learners, pushes
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Study:
    """How the person studies, and today: what was `done`, and how many reviews the limit leaves for tomorrow.
    `reminder` is the minute of the day at which they are reminded, if ever, `hour` that of the daily push, and
    `reminders` are those that come after it on the same study day. `refused`: one that does not was asked for. Of all
    that was `answered`, so much was there when FSRS was last fitted to it (`optimized`), if ever."""

    language: Language
    learner: Learner
    done: Done
    postponed: int
    reminder: int | None
    hour: int | None = None
    reminders: tuple[int, ...] = ()
    refused: bool = False
    answered: int = 0
    optimized: int | None = None


def study(tx: Tx, caller: Caller) -> Study:
    """How things stand."""
    return _study(tx, arrive(tx, caller))


def change(tx: Tx, caller: Caller, name: str, value: int | str | None) -> Study:
    """Choose one setting by its name in Learner. What is planned already stays so: see rebuilding.replan."""
    caller = arrive(tx, caller)
    learners.change(tx, caller.person.id, name, value)
    return _study(tx, caller)


def remind(tx: Tx, caller: Caller, minute: int | None) -> Study:
    """Remind at that minute of the local day of what the daily push has begun, if it is not done; or never. An hour
    before the push is refused."""
    caller = arrive(tx, caller)
    done = schedule.remind(tx, caller.chat, minute, caller.now, caller.defaults)
    return replace(_study(tx, caller), refused=not done)


def _study(tx: Tx, caller: Caller) -> Study:
    person_id, learner = caller.person.id, learners.of(tx, caller.person.id)
    done = cards.done_since(tx, person_id, caller.day_start())
    due = len(portions.due_today(tx, caller.library, person_id, caller.day_end()))
    room, chat, counted = ration(learner, done).reviews, caller.chat, learners.count(tx, person_id)
    return Study(
        caller.language,
        learner,
        done,
        postponed=0 if room is None else max(0, due - room),
        reminder=pushes.reminder_of(tx, chat.id),
        hour=next((slot.minute for slot in pushes.slots_of(tx, chat.id)), None),
        reminders=tuple(minute for minute in REMINDERS if schedule.may_remind(tx, chat, minute)),
        answered=counted.reviews,
        optimized=counted.optimized,
    )
