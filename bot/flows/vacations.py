"""Vacations: going away for some days, or until further notice, and coming back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.bank import Language
from bot.core.vacations import Back, NoVacation, Vacation, Wish, catching_up, portion, wish_of
from bot.flows import portions
from bot.flows.callers import Caller, arrive
from bot.store import cards, vacations
from bot.store.database import Tx

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Away:
    """How things stand on a study day: the vacation there is or will be, if any; and if not, how much that piled up
    in the last one is left (`due`), how much of it still comes today (`portion`), and for how many `days`; 0 when all
    has come."""

    language: Language
    today: date
    vacation: Vacation | None
    due: int = 0
    portion: int = 0
    days: int = 0

    @property
    def now(self) -> bool:
        """Whether the person is away today."""
        return self.vacation is not None and self.vacation.covers(self.today)


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was typed is no vacation, and why; `today` is the person's study day."""

    language: Language
    today: date
    why: NoVacation


def away(tx: Tx, caller: Caller) -> Away:
    """How things stand."""
    return _away(tx, arrive(tx, caller))


def say(tx: Tx, caller: Caller, typed: str) -> Away | Unclear:
    """Go away, or come back, as somebody has written it."""
    caller = arrive(tx, caller)
    wish = wish_of(typed, caller.study_day())
    if isinstance(wish, NoVacation):
        return Unclear(caller.language, caller.study_day(), wish)
    return _do(tx, caller, wish)


def choose(tx: Tx, caller: Caller, days: int | None) -> Away:
    """Be away for so many days from today on, 0 for none any more, None until further notice."""
    caller = arrive(tx, caller)
    today = caller.study_day()
    wish = Vacation(today, None if days is None else today + (days - 1) * _DAY)
    return _do(tx, caller, Back() if days == 0 else wish)


def _do(tx: Tx, caller: Caller, wish: Wish) -> Away:
    person_id, today = caller.person.id, caller.study_day()
    if isinstance(wish, Back):
        vacations.end(tx, person_id, today)
    else:
        vacations.begin(tx, person_id, wish, today)
    return _away(tx, caller)


def _away(tx: Tx, caller: Caller) -> Away:
    person_id, today = caller.person.id, caller.study_day()
    there = (one for one in vacations.of(tx, person_id) if one.last is None or one.last >= today)
    vacation, days = next(there, None), catching_up(vacations.ended(tx, person_id, today), today)
    if vacation is not None or not days:
        return Away(caller.language, today, vacation)
    due = len(portions.due_today(tx, caller.library, person_id, caller.day_end()))
    done = cards.done_since(tx, person_id, caller.day_start()).reviews
    return Away(caller.language, today, None, due, portion(due, done, days), days)
