"""Which question comes next in a private chat, and when there is one again.

Shared by practice (a person asks for one) and the daily push (the hour has come).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.bank import Language, Library, Question, Ref, Topic
from bot.core.grading import shuffled
from bot.core.people import Chat, Defaults, Person, language_for, zone_for
from bot.core.points import points
from bot.core.rubrics import Point, Rubric
from bot.flows import portions, preparing, ways
from bot.flows.choosing import KINDS, Look
from bot.flows.missing import missing
from bot.flows.portions import Portion
from bot.flows.preparing import Day
from bot.store import rounds, sittings
from bot.store.database import Tx
from bot.store.rounds import Kind, Round

_ABOUT = "/"  # in an origin: what follows is the topic or tag the question was asked within


@dataclass(frozen=True, slots=True)
class Asked:
    """A round of a private chat and all it takes to show it; `language` is the person's.

    `again` is set where this origin had its round already: a redelivered update or a second press. Without a `rubric`
    nobody grades what is written. `missing` are the points left out last time, which are asked for first.
    """

    round: Round
    question: Question
    topic: Topic | None
    language: Language
    again: bool = False
    rubric: Rubric | None = None
    portion: Portion | None = None
    missing: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class NothingDue:
    """All has been asked that may be now.

    `about` is the topic's id, or `#` and a tag, it was limited to. `waiting` counts this sitting's questions within
    that which have no answer yet. `next_at` (aware UTC) is when the next one comes: at the first daily hour of its
    study day, else (not `pushed`) when that day begins; None if nothing is planned.
    """

    language: Language
    zone: ZoneInfo
    about: str | None = None
    waiting: int = 0
    next_at: datetime | None = None
    portion: Portion | None = None
    pushed: bool = True


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
    first: Ref | None = None,
) -> Asked | NothingDue | Lapsed:
    """Start the round of `origin` in a private chat (state sending), or find the one it has already.

    `chat` is as stored; `topic` is a topic's id, or `#` and a tag, or None for everything. Reviews that are due
    come first, by due time; then new questions in the bank's order, those asked before without an answer last. Where
    anything is to come, it is the question `first`, if that is given.
    A portion (see portions), whose mark stands before the topic, ends with what the person wants of a day.
    A round in state sending has been counted as sent by this call: send it, then call `posted`.
    """
    language = language_for(chat, person.language_code, defaults)
    origin = scoped(origin, topic)
    known = rounds.by_origin(tx, chat.id, origin)
    zone = zone_for(chat, defaults)
    day, (mark, about) = Day(person.id, chat, zone, now), portions.split(topic)
    left = portions.portion_of(tx, library, day, topic)
    if known is not None:
        shown = show_again(tx, library, known, language, now)
        return replace(shown, portion=left) if isinstance(shown, Asked) else shown
    exam = preparing.running(tx, day) if mark else None
    room = portions.ration_of(tx, library, day, exam) if mark else portions.UNLIMITED
    here = Look(tx, library, person.id, chat, about, now, sittings.began(tx, chat.id, now), zone, room, exam, mark)
    chosen = (first or here.choose()) if left is None or left.left else None
    question = library.question(chosen, language) if chosen else None
    if question is None:
        return NothingDue(language, here.zone, about, here.waiting(), here.next_at(), left, here.pushed)
    rubric = library.rubric(question.ref)
    kind = ways.kind_for(tx, person.id, question, rubric)
    started = start(tx, question, chat.id, origin, thread_id, now, kind)
    left_out = missing(tx, started, rubric)
    topic_of = library.topic(question.topic)
    return Asked(started, question, topic_of, language, rubric=rubric, portion=left, missing=left_out)


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
    question = _question_of(library, round)
    if question is None:
        rounds.void(tx, round.id, now)
        return Lapsed(language)
    rubric = library.rubric(round.ref)
    left_out = missing(tx, round, rubric)
    return Asked(round, question, library.topic(question.topic), language, again, rubric, missing=left_out)


def still_asked(library: Library, round: Round) -> bool:  # noqa: A002 - the house word
    """Whether the bank has the round's question as it was asked."""
    return _question_of(library, round) is not None


def scoped(origin: str, about: str | None) -> str:
    """The origin of a round asked within a topic or tag."""
    return origin + _ABOUT + about if about else origin


def about_of(origin: str) -> str | None:
    """The topic or tag that a round was asked within, for the next one to stay in."""
    _asked_by, _slash, about = origin.partition(_ABOUT)
    return about or None


def start(
    tx: Tx,
    question: Question,
    chat_id: int,
    origin: str,
    thread_id: int | None,
    now: datetime,
    kind: Kind = "choice",
    *,
    extra: bool = False,
) -> Round:
    """A round of that origin in a private chat, about to be sent; `extra` study earns nothing. However it is asked, its
    choices are kept: the person may want them."""
    graded = bool(question.choices)
    return rounds.start(
        tx,
        chat_id=chat_id,
        thread_id=thread_id,
        ref=question.ref,
        kind="cram" if extra else kind,
        origin=origin,
        language=question.language,
        choices=shuffled(len(question.choices), f"{chat_id}/{origin}/{question.ref.id}"),
        right=question.right if graded else None,
        points=points(question.difficulty) if graded and not extra else 0,
        opened_at=now,
        closes_at=None,
        sends=1,
    )


def _question_of(library: Library, round: Round) -> Question | None:  # noqa: A002 - the house word
    question = library.question(round.ref, "zh" if round.language == "zh" else "en")
    return question if question and ways.same(round, question) else None
