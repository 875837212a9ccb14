"""Which question comes next in a private chat, and when there is one again.

Shared by practice (a person asks for one) and the daily push (the hour has come).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.core.bank import Language, Library, Question, Ref, Topic
from bot.core.calendar import day_end, moment, next_push, study_day
from bot.core.grading import shuffled
from bot.core.people import Chat, Defaults, Person, language_for, zone_for
from bot.core.points import points
from bot.core.topics import refs_about
from bot.store import cards, history, pushes, rounds, sittings
from bot.store.database import Tx
from bot.store.pushes import Slot
from bot.store.rounds import Kind, Round

KINDS: tuple[Kind, ...] = ("choice", "recall")  # of private rounds that are reviews
_ABOUT = "/"  # in an origin: what follows is the topic or tag the question was asked within
_SECOND = timedelta(seconds=1)
_EVER = timedelta(days=365 * 200)  # further than any card is planned


@dataclass(frozen=True, slots=True)
class Asked:
    """A round of a private chat and all it takes to show it; `language` is the person's.

    `again` is set where this origin had its round already: a redelivered update or a second press.
    """

    round: Round
    question: Question
    topic: Topic | None
    language: Language
    again: bool = False


@dataclass(frozen=True, slots=True)
class NothingDue:
    """All has been asked that may be now.

    `about` is the topic's id, or `#` and a tag, it was limited to. `waiting` counts this sitting's questions within
    that which have no answer yet. `next_at` (aware UTC) is when the next one comes: at the first daily hour of its
    study day, else when that day begins; None if nothing is planned.
    """

    language: Language
    zone: ZoneInfo
    about: str | None = None
    waiting: int = 0
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lapsed:
    """The question has left the bank since it was asked, or its choices have changed; the round is closed."""

    language: Language


def ask(
    tx: Tx,
    library: Library,
    *,
    person: Person,
    chat: Chat,
    topic: str | None,
    origin: str,
    thread_id: int | None,
    now: datetime,
    defaults: Defaults,
) -> Asked | NothingDue | Lapsed:
    """Start the round of `origin` in a private chat (state sending), or find the one it has already.

    `chat` is as stored; `topic` is a topic's id, or `#` and a tag, or None for everything. Reviews that are due
    come first, by due time; then new questions in the bank's order, those asked before without an answer last.
    A round in state sending has been counted as sent by this call: send it, then call `posted`.
    """
    language = language_for(chat, person.language_code, defaults)
    origin = scoped(origin, topic)
    known = rounds.by_origin(tx, chat.id, origin)
    if known is not None:
        return show_again(tx, library, known, language, now)
    here = _Here(tx, library, person.id, chat, topic, now, sittings.began(tx, chat.id, now), zone_for(chat, defaults))
    chosen = here.choose()
    question = library.question(chosen, language) if chosen else None
    if question is None:
        return NothingDue(language, here.zone, topic, here.waiting(), here.next_at())
    started = start(tx, question, chat.id, origin, thread_id, now)
    return Asked(started, question, library.topic(question.topic), language)


def show_again(tx: Tx, library: Library, known: Round, language: Language, now: datetime) -> Asked | Lapsed:
    """The round that its origin has already; one that has not got through is about to be sent again."""
    if known.withdrawn:  # refused when it was first asked for: the person had blocked the bot just then
        rounds.begin_again(tx, known.id)
        known = replace(known, state="sending", closed_at=None)
    if known.state == "sending":
        rounds.count_send(tx, known.id)
    return show(tx, library, known, language, now, again=True)


def posted(tx: Tx, round_id: int, message_id: int) -> None:
    """The round stands in its chat as this message."""
    rounds.posted(tx, round_id, message_id)


def give_up(tx: Tx, round_id: int, now: datetime) -> None:
    """The round is not sent again."""
    rounds.lose(tx, round_id, now)


def round_in(tx: Tx, chat_id: int, round_id: int) -> Round | None:
    """The private round of that id, if it is one of this chat."""
    found = rounds.by_id(tx, round_id)
    return found if found and found.chat_id == chat_id and found.kind in KINDS else None


def show(
    tx: Tx,
    library: Library,
    round: Round,  # noqa: A002 - the house word
    language: Language,
    now: datetime,
    *,
    again: bool = False,
) -> Asked | Lapsed:
    """The round with its question as it was asked; closed for good if the bank no longer has it so."""
    question = library.question(round.ref, "zh" if round.language == "zh" else "en")
    if question is None or not _same(round, question):
        rounds.void(tx, round.id, now)
        return Lapsed(language)
    return Asked(round, question, library.topic(question.topic), language, again)


def scoped(origin: str, about: str | None) -> str:
    """The origin of a round asked within a topic or tag."""
    return origin + _ABOUT + about if about else origin


def about_of(origin: str) -> str | None:
    """The topic or tag that a round was asked within, for the next one to stay in."""
    _asked_by, _slash, about = origin.partition(_ABOUT)
    return about or None


def due_today(tx: Tx, library: Library, person_id: int, day_ends: datetime) -> tuple[Ref, ...]:
    """The questions whose review is due before `day_ends`, by due time; those that left the bank aside."""
    return tuple(ref for ref, _at in cards.due(tx, person_id, day_ends) if library.question(ref, "zh"))


@dataclass(frozen=True, slots=True)
class _Here:
    """One look for a question: who asks where, within what, in the sitting that began then."""

    tx: Tx
    library: Library
    person_id: int
    chat: Chat
    about: str | None
    now: datetime
    began: datetime
    zone: ZoneInfo

    def choose(self) -> Ref | None:
        """The first due review, else the first new question, not asked in this sitting."""
        asked = history.since(self.tx, self.chat.id, self.began)
        open_to = [ref for ref in refs_about(self.library, self.about) if ref not in asked]
        due = due_today(self.tx, self.library, self.person_id, self._day_ends())
        within = set(open_to) if due else set()
        first = next((ref for ref in due if ref in within and not self._reviewed(ref)), None)
        return first or self._new(open_to)

    def _reviewed(self, ref: Ref) -> bool:
        """In this sitting, which may go on past the end of a day."""
        return cards.reviewed_since(self.tx, self.person_id, ref, self.began)

    def _new(self, open_to: list[Ref]) -> Ref | None:
        known = cards.known(self.tx, self.person_id)
        counts = history.counts(self.tx, self.chat.id)
        never = next((ref for ref in open_to if ref not in known and ref not in counts), None)
        fresh = (ref for ref in open_to if ref not in known)
        return never or min(fresh, key=lambda ref: counts.get(ref, 0), default=None)

    def waiting(self) -> int:
        """How many questions of this sitting and within `about` stand there without an answer."""
        open_rounds, within = rounds.open_in(self.tx, self.chat.id, KINDS), set(refs_about(self.library, self.about))
        return sum(one.opened_at >= self.began and one.ref in within for one in open_rounds)

    def next_at(self) -> datetime | None:
        """When the next review comes, as NothingDue tells it."""
        within = set(refs_about(self.library, self.about))
        planned = cards.due(self.tx, self.person_id, self.now + _EVER)
        due = next((at for ref, at in planned if ref in within and at >= self._day_ends()), None)
        if due is None:
            return None
        opens = moment(study_day(due, self.zone, self.chat.day_start), self.chat.day_start * 60, self.zone)
        hours = pushes.slots_of(self.tx, self.chat.id)
        return min(map(partial(self._comes, opens), hours), default=opens)

    def _comes(self, opens: datetime, slot: Slot) -> datetime:
        """The hour's first push at or after `opens`."""
        start = self.chat.day_start
        return next_push(opens - _SECOND, slot.minute, self.zone, weekdays=slot.weekdays, day_start=start)

    def _day_ends(self) -> datetime:
        return day_end(self.now, self.zone, self.chat.day_start)


def start(
    tx: Tx,
    question: Question,
    chat_id: int,
    origin: str,
    thread_id: int | None,
    now: datetime,
    *,
    extra: bool = False,
) -> Round:
    """A round of that origin in a private chat, about to be sent; `extra` study earns nothing."""
    graded = bool(question.choices)
    return rounds.start(
        tx,
        chat_id=chat_id,
        thread_id=thread_id,
        ref=question.ref,
        kind="cram" if extra else "choice" if graded else "recall",
        origin=origin,
        language=question.language,
        choices=shuffled(len(question.choices), f"{chat_id}/{origin}/{question.ref.id}"),
        right=question.right if graded else None,
        points=points(question.difficulty) if graded and not extra else 0,
        opened_at=now,
        closes_at=None,
        sends=1,
    )


def _same(round: Round, question: Question) -> bool:  # noqa: A002 - the house word
    """Whether the choices still are those that were asked."""
    if not question.choices:
        return not round.choices
    return len(round.choices) == len(question.choices) and round.right == question.right
