"""Who leads: a group's boards, one's own place on them, and everybody's board for those who want to be on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from bot.core.bank import Language, Library
from bot.core.calendar import Period, week_of
from bot.core.people import Chat, Defaults, Person, day_in, language_for
from bot.core.streaks import NO_STREAK, Streak
from bot.core.topics import Unknown, find, refs_about
from bot.flows import schedule, streaks
from bot.store import answers, history, neighbours, people, scores
from bot.store import worldwide as everybody
from bot.store.database import Tx
from bot.store.scores import GLOBAL, Score

TOP = 10
EVERYBODY = GLOBAL
Line = Score


class Span(IntEnum):
    """What a board covers; the numbers stand in buttons."""

    ALL = 0
    DAY = 1
    WEEK = 2
    MONTH = 3

    def period(self, today: date) -> Period:
        """The period that a board of this span covers on that study day."""
        if self is Span.ALL:
            return Period.ALL
        return {Span.DAY: Period.day, Span.WEEK: Period.week, Span.MONTH: Period.month}[self](today)


@dataclass(frozen=True, slots=True)
class Board:
    """A ranking, and where it stands: `chat_id` GLOBAL is everybody's.

    `days` are the first and last (None: all time); `about` what it is limited to, as core.topics has it; `own` the
    caller's line where it is not among the rows. `voided` rounds are off it; `alone`: its points are held back until
    a second person answers this week.
    """

    chat_id: int
    span: Span
    title: str
    days: tuple[date, date] | None
    rows: tuple[Score, ...]
    own: Score | None
    language: Language
    about: str | None = None
    voided: int = 0
    alone: bool = False
    streak: Streak = NO_STREAK


@dataclass(frozen=True, slots=True)
class NoTopic:
    """Nothing is called what was typed."""

    language: Language
    unknown: Unknown


@dataclass(frozen=True, slots=True)
class Place:
    """The person's line and its neighbours, the middle one theirs where it can be; none: no answer, or hidden."""

    lines: tuple[Score, ...]
    person_id: int
    hidden: bool
    language: Language


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the person's, their line there this week (None: none, or they are hidden), and their points."""

    chat_id: int
    title: str
    week: Score | None
    points: int = 0


@dataclass(frozen=True, slots=True)
class Mine:
    """How a person stands: points everywhere, streak, and every group they are in."""

    language: Language
    week: int
    all_time: int
    streak: Streak
    groups: tuple[Group, ...]
    hidden: bool
    worldwide: bool


def board(
    tx: Tx,
    library: Library,
    person: Person | None,
    chat: Chat,
    span: Span,
    now: datetime,
    defaults: Defaults,
    wanted: str = "",
) -> Board | NoTopic:
    """The group's board as it stands; `wanted` names a topic, if it is to be of one."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    language = language_for(stored, None, defaults)
    found = find(library, wanted) if wanted else None
    if isinstance(found, Unknown):
        return NoTopic(language, found)
    about = found.about if found else None
    return _board(tx, library, person, stored, span, day_in(stored, now, defaults), language, about)


def elsewhere(
    tx: Tx, library: Library, person: Person, chat: Chat, shown_id: int, span: Span, now: datetime, defaults: Defaults
) -> Board | None:
    """In private: the board of a group the person is in, or everybody's; None for a group that is not theirs."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    language = language_for(stored, person.language_code, defaults)
    if shown_id == GLOBAL:
        today = day_in(stored, now, defaults)
        place_of_all = Chat(GLOBAL, "supergroup")
        return (
            _board(tx, library, person, place_of_all, span, today, language)
            if people.is_worldwide(tx, person.id)
            else None
        )
    group = people.find_chat(tx, shown_id)
    if group is None or shown_id not in scores.chats_of(tx, person.id):
        return None
    return _board(tx, library, person, group, span, day_in(group, now, defaults), language)


def place(
    tx: Tx,
    library: Library,
    person: Person,
    chat: Chat,
    span: Span,
    about: str | None,
    now: datetime,
    defaults: Defaults,
) -> Place:
    """Where the person stands on the group's board (of that topic), between their neighbours."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    period = span.period(day_in(stored, now, defaults))
    if about is None:
        lines = neighbours.around(tx, stored.id, period, person.id)
    else:
        lines = _around(scores.about(tx, stored.id, refs_about(library, about), period.days), person.id)
    return Place(lines, person.id, people.is_hidden(tx, person.id), language_for(stored, None, defaults))


def _around(board: tuple[Score, ...], person_id: int) -> tuple[Score, ...]:
    """Three lines with the person's among them, in the middle where it can be; none without theirs."""
    at = next((index for index, line in enumerate(board) if line.person_id == person_id), None)
    if at is None:
        return ()
    first = max(0, min(at - 1, len(board) - 3))
    return board[first : first + 3]


def mine(tx: Tx, person: Person, chat: Chat, now: datetime, defaults: Defaults) -> Mine:
    """How the person stands everywhere; weeks are those of their own zone, and of each group's."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    today = day_in(stored, now, defaults)
    return Mine(
        language_for(stored, person.language_code, defaults),
        scores.earned(tx, person.id, Period.week(today)),
        scores.earned(tx, person.id, Period.ALL),
        streaks.of_person(tx, person.id, today),
        tuple(_group(tx, chat_id, person, now, defaults) for chat_id in scores.chats_of(tx, person.id)),
        people.is_hidden(tx, person.id),
        people.is_worldwide(tx, person.id),
    )


def hide(tx: Tx, person: Person, chat: Chat, now: datetime, defaults: Defaults, *, hidden: bool) -> Language:
    """Take the person off every board, or put them back: nothing they earned is lost, and twice is once.

    Gives what to speak there.
    """
    stored = schedule.arrive(tx, person, chat, now, defaults)
    people.change_person(tx, person.id, hidden=hidden)
    return language_for(stored, person.language_code, defaults)


def join(tx: Tx, person: Person, chat: Chat, now: datetime, defaults: Defaults, *, worldwide: bool) -> Mine:
    """Put the person on everybody's board, or take them off it."""
    schedule.arrive(tx, person, chat, now, defaults)
    people.change_person(tx, person.id, worldwide=worldwide)
    (everybody.enter if worldwide else everybody.leave)(tx, person.id)
    return mine(tx, person, chat, now, defaults)


def _board(
    tx: Tx,
    library: Library,
    person: Person | None,
    chat: Chat,
    span: Span,
    today: date,
    language: Language,
    about: str | None = None,
) -> Board:
    period = span.period(today)
    refs = refs_about(library, about) if about else None
    if refs is None:
        rows = scores.top(tx, chat.id, period, TOP)
        own = scores.own(tx, chat.id, period, person.id) if person else None
    else:
        whole = scores.about(tx, chat.id, refs, period.days)
        rows, own = whole[:TOP], next((row for row in whole if person and row.person_id == person.id), None)
    return Board(
        chat.id,
        span,
        chat.title,
        period.days,
        rows,
        own if own not in rows else None,
        language,
        about,
        history.voided(tx, chat.id, period.days, refs),
        answers.any_held(tx, chat.id, *week_of(today)),
        streaks.of_group(tx, chat.id, today) if chat.id != GLOBAL else NO_STREAK,
    )


def _group(tx: Tx, chat_id: int, person: Person, now: datetime, defaults: Defaults) -> Group:
    chat = people.find_chat(tx, chat_id)
    week = Period.week(day_in(chat, now, defaults))
    own, points = scores.own(tx, chat_id, week, person.id), scores.points_of(tx, chat_id, week, person.id)
    return Group(chat_id, chat.title if chat else "", own, points)
