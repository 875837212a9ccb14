"""What a person's exam makes of their days: what its plan starts from, and how many new questions today has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.bank import Library, Ref
from bot.core.calendar import day_end, day_start, moment, study_day
from bot.core.exams import Exam
from bot.core.learners import Ration
from bot.core.people import Chat
from bot.core.planning import Situation, first_answers, share
from bot.core.review import Review
from bot.core.topics import refs_about
from bot.core.vacations import Absence
from bot.store import cards, exams, learners, vacations, withheld
from bot.store.database import Tx

_NOON = 12 * 60
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """A person in their private chat, which lies in `zone`, at `now` (aware UTC)."""

    person_id: int
    chat: Chat
    zone: ZoneInfo
    now: datetime

    @property
    def today(self) -> date:
        """Their study day."""
        return study_day(self.now, self.zone, self.chat.day_start)

    @property
    def began(self) -> datetime:
        """When it began."""
        return day_start(self.now, self.zone, self.chat.day_start)

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return day_end(self.now, self.zone, self.chat.day_start)


def running(tx: Tx, at: Day) -> Exam | None:
    """The exam that the person prepares for; None without one, and on its day and after."""
    exam = exams.of(tx, at.person_id)
    return exam if exam and exam.day > at.today else None


def has_come(tx: Tx, person_id: int, today: date) -> Exam | None:
    """The person's exam if it is on that day, or was before it and they have not been told yet that its plan has
    ended."""
    exam = exams.of(tx, person_id)
    return exam if exam and exam.day <= today else None


def told(tx: Tx, person_id: int, today: date) -> None:
    """They know that an exam before that day is over: there is none any more."""
    exams.end(tx, person_id, today - _DAY)


def studied(tx: Tx, at: Day, exam: Exam) -> tuple[int, ...]:
    """The numbers of the days before that exam, 0 being today, on which the person is not away."""
    return _absence(tx, at).studied((exam.day - at.today).days)


def situation(tx: Tx, library: Library, at: Day, exam: Exam, today: Ration) -> Situation:
    """What the plan for that exam starts from; `today` is what the person's limits still leave of this day."""
    every, refs = cards.logs(tx, at.person_id), _wanted(tx, library, at, exam)
    asked = {ref: every[ref] for ref in refs if ref in every}
    return Situation(
        logs=asked,
        fresh=tuple(ref for ref in refs if ref not in every),
        learner=learners.of(tx, at.person_id),
        today=today,
        days=max(0, (exam.day - at.today).days),
        now=at.now,
        ends=at.ends,
        at=moment(exam.day, _NOON, at.zone),
        begun=_begun(asked, at.began),
        first=first_answers(every),
        absence=_absence(tx, at),
        buried=withheld.now(tx, at.person_id, at.now) & set(refs),
    )


def new_today(tx: Tx, library: Library, at: Day, exam: Exam) -> int:
    """How many new questions the plan still has for today; the person's own limits aside."""
    every, refs, days = cards.logs(tx, at.person_id), _wanted(tx, library, at, exam), studied(tx, at, exam)
    asked = {ref: every[ref] for ref in refs if ref in every}
    return share(len(refs) - len(asked), len(days), _begun(asked, at.began)) if 0 in days else 0


def _absence(tx: Tx, at: Day) -> Absence:
    return Absence(vacations.of(tx, at.person_id), at.today)


def _wanted(tx: Tx, library: Library, at: Day, exam: Exam) -> tuple[Ref, ...]:
    """What the exam is about, without what the person has suspended."""
    unwanted = withheld.suspended_refs(tx, at.person_id)
    return tuple(ref for ref in refs_about(library, exam.about) if ref not in unwanted)


def _begun(logs: dict[Ref, tuple[Review, ...]], began: datetime) -> int:
    """How many of them were asked for the first time since the day began."""
    return sum(log[0].at >= began for log in logs.values())
