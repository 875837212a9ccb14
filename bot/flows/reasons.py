"""Why a person has the points they have: the rounds behind them, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.bank import Language, Library, Question
from bot.core.people import Chat, Defaults, Person, day_in, language_for, zone_for
from bot.flows import schedule
from bot.flows.boards import Span
from bot.store import answers, people, scores
from bot.store.answers import Given
from bot.store.database import Tx

PER_PAGE = 8


@dataclass(frozen=True, slots=True)
class Reason:
    """One graded answer and, if the bank still has it, the question."""

    given: Given
    question: Question | None


@dataclass(frozen=True, slots=True)
class Reasons:
    """A page of the rounds behind one's points in a group, newest first; `more` follow on the next page.

    `points` is the sum on the board, `zone` the IANA name that the days are told in.
    """

    chat_id: int
    title: str
    person_id: int
    span: Span
    page: int
    points: int
    rows: tuple[Reason, ...]
    more: bool
    zone: str
    language: Language
    today: date


def reasons(
    tx: Tx,
    library: Library,
    person: Person,
    chat: Chat,
    shown_id: int,
    span: Span,
    page: int,
    now: datetime,
    defaults: Defaults,
) -> Reasons | None:
    """The person's rounds in the group `shown_id`, asked for there or in private; None for one that is not theirs."""
    here = schedule.arrive(tx, person, chat, now, defaults)
    group = people.find_chat(tx, shown_id)
    if group is None or group.private or (chat.private and shown_id not in scores.chats_of(tx, person.id)):
        return None
    language = language_for(here, person.language_code, defaults)
    today = day_in(group, now, defaults)
    period = span.period(today)
    found = answers.given(tx, shown_id, person.id, period.days, limit=PER_PAGE + 1, offset=page * PER_PAGE)
    rows = tuple(Reason(one, library.question(one.ref, language)) for one in found[:PER_PAGE])
    points = scores.points_of(tx, shown_id, period, person.id)
    zone = zone_for(group, defaults).key
    more = len(found) > PER_PAGE
    return Reasons(shown_id, group.title, person.id, span, page, points, rows, more, zone, language, today)
