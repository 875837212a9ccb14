"""Closing a week or a month: the podium, who got on, how many took part, and what the group does not know."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.core.bank import Language, Library, Question, Ref
from bot.core.calendar import Period, local_minute, moment
from bot.core.hours import quiet
from bot.core.people import Chat, Defaults, Person, language_for, zone_for
from bot.core.streaks import Streak
from bot.flows import schedule, streaks, terms
from bot.flows.leases import LEASE
from bot.flows.results import most_chosen
from bot.flows.streaks import Student
from bot.store import answers, history, people, pushes, scores, seasons, wanted
from bot.store.answers import Tally
from bot.store.database import Tx
from bot.store.scores import Score
from bot.store.seasons import Season

GRACE = timedelta(days=2)  # later than that a season is not told any more
_LATE = timedelta(hours=1)
_UNSURE = timedelta(minutes=5)
_DAY = timedelta(days=1)
_PODIUM, _MISSED, _FEWEST = 3, 3, 2
_FEW = 3  # fewer than one wrong answer in so many is no gap
_PLACES = 10  # named, however many share the ranks
_HALL = 12


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that many got wrong: `wrong` of `answered`; `tempting` is the choice that misled most."""

    question: Question
    wrong: int
    answered: int
    tempting: int | None


@dataclass(frozen=True, slots=True)
class Notable:
    """Somebody and a number: points more than the time before, or days in a row."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Closing:
    """A season as it is told: ranks 1 to 3 (`tied` more share them), who improved most, who studied longest in a row,
    how many took part (and the time before), and what was missed most. `silent` where it would wake somebody."""

    season: Season
    thread_id: int | None
    language: Language
    podium: tuple[Score, ...]
    tied: int
    improved: Notable | None
    longest: Notable | None
    rounds: int
    people: int
    people_before: int
    streak: Streak
    missed: tuple[Missed, ...]
    silent: bool
    slow: bool = False  # known to be in slow mode: not to be sent in the common lane, which it would hold up


@dataclass(frozen=True, slots=True)
class Again:
    """How many questions were put on the list just now, of how many that were missed."""

    new: int
    missed: int
    language: Language


@dataclass(frozen=True, slots=True)
class Hall:
    """The podiums of the last seasons as their boards stand now, newest first; one that nobody stood on is left out."""

    podiums: tuple[tuple[Period, tuple[Score, ...]], ...]
    language: Language


def due(tx: Tx, now: datetime, limit: int) -> tuple[tuple[int, Period], ...]:
    """The seasons whose hour has come, by chat and period."""
    return seasons.due(tx, now, limit)


def claim(tx: Tx, chat_id: int, period: Period, now: datetime, defaults: Defaults) -> Season | None:
    """Take a season to be told, see `closing`; None if it is not to be: the hour has moved, it is too late, or nobody
    listens."""
    season, chat = seasons.find(tx, chat_id, period), people.find_chat(tx, chat_id)
    if season is None or season.state not in {"open", "claimed"} or (season.retry_at and season.retry_at > now):
        return None
    if (closes_at := terms.closes_at(tx, chat_id, chat, period, defaults)) > now:
        seasons.change(tx, season, "open", due_at=closes_at)
        return None
    if chat is None or chat.quiet_since is not None or now - season.due_at > GRACE:
        seasons.change(tx, season, "missed")
        return None
    seasons.change(tx, season, "claimed", retry_at=now + LEASE)
    return season


def unsure(tx: Tx, season: Season, now: datetime) -> None:
    """Nobody knows whether it was told: it is told again later and later, three times in all, then taken as told."""
    late = now - season.due_at
    if late > _UNSURE * 4:
        seasons.change(tx, season, "told")
    else:
        seasons.change(tx, season, "claimed", retry_at=now + max(_UNSURE, 4 * late))


def told(tx: Tx, season: Season, chat_id: int | None) -> None:
    """The season has been told in that chat, which may be the supergroup it has become, or (None) cannot be."""
    seasons.change(tx, replace(season, chat_id=chat_id or season.chat_id), "told" if chat_id else "missed")


def missed(tx: Tx, library: Library, chat: Chat, period: Period, defaults: Defaults) -> tuple[Ref, ...]:
    """What was missed most in that period, for `again`; of a large group that takes a second."""
    language = language_for(people.find_chat(tx, chat.id) or chat, None, defaults)
    return tuple(one.question.ref for one in _missed(tx, library, chat.id, period, language))


def again(tx: Tx, refs: tuple[Ref, ...], person: Person | None, chat: Chat, now: datetime, defaults: Defaults) -> Again:
    """Ask what was `missed` again: the next rounds take these questions first."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    new = [wanted.want(tx, stored.id, ref, now) for ref in refs]
    return Again(sum(new), len(refs), language_for(stored, None, defaults))


def hall(tx: Tx, person: Person | None, chat: Chat, now: datetime, defaults: Defaults) -> Hall:
    """The podiums of the last seasons."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    found = ((period, _podium(scores.top(tx, stored.id, period))) for period in seasons.over(tx, stored.id, _HALL))
    return Hall(tuple(one for one in found if one[1]), language_for(stored, None, defaults))


def closing(
    tx: Tx, library: Library, season: Season, longest: Student | None, now: datetime, defaults: Defaults
) -> Closing | None:
    """What is told of a season that is claimed; `longest` is who of its board has studied longest. None if its group
    has gone. It changes nothing, and holds up nobody who writes."""
    chat = people.find_chat(tx, season.chat_id)
    return _closing(tx, library, season, chat, longest, now, defaults) if chat else None


def _closing(
    tx: Tx, library: Library, season: Season, chat: Chat, longest: Student | None, now: datetime, defaults: Defaults
) -> Closing:
    first, last = _days(season.period)
    zone, language = zone_for(chat, defaults), language_for(chat, None, defaults)
    podium = _podium(scores.top(tx, chat.id, season.period, _PLACES))
    gain = scores.improved(tx, chat.id, season.period)
    since, until = (moment(day, chat.day_start * 60, zone) for day in (first, last + _DAY))
    slots = pushes.slots_of(tx, chat.id)
    return Closing(
        season,
        slots[0].thread_id if slots else None,
        language,
        podium,
        _tied(tx, season, podium),
        Notable(*gain) if gain else None,
        Notable(longest.name, longest.length) if longest and longest.length > 1 else None,
        history.rounds_between(tx, chat.id, since, until),
        _count(tx, chat.id, season.period),
        _count(tx, chat.id, season.period.before),
        streaks.of_group(tx, chat.id, last),
        _missed(tx, library, chat.id, season.period, language),
        silent=quiet(local_minute(now, zone)) and now - season.due_at > _LATE,
        slow=chat.slow,
    )


def _podium(board: tuple[Score, ...]) -> tuple[Score, ...]:
    """Ranks 1 to 3 of those who have points: more than three people where they share a rank."""
    return tuple(line for line in board if line.rank <= _PODIUM and line.points)


def _tied(tx: Tx, season: Season, podium: tuple[Score, ...]) -> int:
    """How many more share the ranks of the podium than are named."""
    last = podium[:_PODIUM][-1:]  # everybody with as many points has one of its ranks
    return sum(scores.at_least(tx, season.chat_id, season.period, line.points) for line in last) - len(podium)


def _missed(tx: Tx, library: Library, chat_id: int, period: Period, language: Language) -> tuple[Missed, ...]:
    """The questions with the greatest share of wrong answers, of two at least; equal ones by how many were wrong."""
    by_question: dict[Ref, list[Tally]] = {}
    for tally in answers.tally(tx, chat_id, *_days(period)):
        by_question.setdefault(tally.ref, []).append(tally)
    found = [_as_missed(library, ref, tallies, language) for ref, tallies in by_question.items()]
    worst = sorted((one for one in found if one and one.answered >= _FEWEST), key=_how_bad)
    return tuple([one for one in worst if _FEW * one.wrong >= one.answered][:_MISSED])


def _as_missed(library: Library, ref: Ref, tallies: list[Tally], language: Language) -> Missed | None:
    question = library.question(ref, language)
    wrong: Counter[int] = Counter()
    for tally in tallies:
        if not tally.right and tally.choice is not None:
            wrong[tally.choice] += tally.times
    answered, missed = (sum(tally.times for tally in tallies if not (tally.right and of)) for of in (False, True))
    return Missed(question, missed, answered, most_chosen(wrong)) if question else None


def _how_bad(missed: Missed) -> tuple[float, int, str, str]:
    ref = missed.question.ref
    return (-missed.wrong / missed.answered, -missed.wrong, ref.bank, ref.id)


def _count(tx: Tx, chat_id: int, period: Period) -> int:
    return scores.people_on(tx, chat_id, period, period).get(period.key, 0)


def _days(period: Period) -> tuple[date, date]:
    """The first and last day of a week or month. Raises ValueError for all time."""
    if period.days is None:
        raise ValueError("all time is no season")
    return period.days
