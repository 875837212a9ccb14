"""A group's rounds on demand: a poll or a card, its votes, its close and its result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from bot.core.bank import Language, Library, Question
from bot.core.people import Chat, Defaults, Person, language_for, zone_for
from bot.core.topics import Unknown, find, title_about
from bot.flows import opening, schedule, voting
from bot.flows.opening import Opening
from bot.flows.voting import Unsure, Verdict
from bot.store import moving, parked, people, rounds
from bot.store.database import Tx
from bot.store.rounds import Round

_ON_DEMAND = "m"  # an origin's first letter: asked for by a message


class Counted(Enum):
    """What became of a vote."""

    COUNTED = "counted"
    PARKED = "parked"  # until its poll is known
    OUTSIDER = "outsider"  # not a member's


@dataclass(frozen=True, slots=True)
class Busy:
    """A poll is open there already, until `closes_at`; `message_id` is None while it is still on its way."""

    message_id: int | None
    closes_at: datetime
    zone: ZoneInfo
    language: Language


@dataclass(frozen=True, slots=True)
class NoQuestion:
    """There is nothing to ask: the bank is empty, or nothing is called `unknown.wanted`."""

    language: Language
    unknown: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """That message had its round, which stands in the chat; `forbidden` if it could not be posted there."""

    language: Language
    forbidden: bool


@dataclass(frozen=True, slots=True)
class Unseen:
    """That message's round was sent several times and no answer came: say so, and then `give_up`."""

    language: Language


@dataclass(frozen=True, slots=True)
class Flipped:
    """A card's answer to unfold; `told` if it has been unfolded before."""

    question: Question
    topic: str
    language: Language
    told: bool
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Lapsed:
    """There is no such round here, or its question is not what it was."""

    language: Language


def ask(
    tx: Tx,
    library: Library,
    person: Person | None,
    chat: Chat,
    *,
    message_id: int,
    thread_id: int | None,
    wanted: str,
    now: datetime,
    defaults: Defaults,
) -> Opening | Busy | NoQuestion | Done | Unseen:
    """`/quiz [topic]` in a group: the round of that message; one open poll a thread. Pushes that paused go on."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    schedule.wake(tx, stored.id, now, defaults)
    language = language_for(stored, None, defaults)
    origin = _origin(chat.id, message_id, stored)
    known = rounds.by_origin(tx, stored.id, origin)
    if known is not None:
        return _again(tx, library, known, language, now)
    busy = _open_poll(tx, stored.id, thread_id, now)
    if busy is not None and busy.closes_at is not None:
        return Busy(busy.message_id, busy.closes_at, zone_for(stored, defaults), language)
    return _begin(tx, library, stored, origin, thread_id, wanted, now, language)


def give_up(tx: Tx, chat_id: int, message_id: int, now: datetime) -> None:
    """That message's round will not be sent any more, so it stands in nobody's way."""
    home = people.find_home(tx, chat_id)
    begun = rounds.by_origin(tx, home.id, _origin(chat_id, message_id, home)) if home else None
    if begun is not None:
        opening.abandon(tx, begun.id, now)


def vote(
    tx: Tx,
    person: Person,
    poll_id: str,
    choice: int,
    now: datetime,
    defaults: Defaults,
    verdict: Verdict | None = None,
) -> Unsure | Counted:
    """One person chose one choice (original index). A poll whose id is not known yet keeps the vote waiting.

    Unsure: come again with Telegram's `verdict` on whether the person is in the group.
    """
    voted = rounds.by_poll(tx, poll_id)
    if voted is None:
        parked.park(tx, poll_id, person, choice, now)
        return Counted.PARKED
    admitted = voting.admit(tx, voted, person.id, verdict, now)
    if isinstance(admitted, Unsure):
        return admitted
    if admitted:
        voting.count(tx, voted, person, choice, now, defaults)
    return Counted.COUNTED if admitted else Counted.OUTSIDER


def flip(
    tx: Tx,
    library: Library,
    person: Person | None,
    chat: Chat,
    round_id: int,
    message_id: int,
    now: datetime,
    defaults: Defaults,
) -> Flipped | Lapsed:
    """A card's answer is wanted, and so the round is over."""
    stored = schedule.arrive(tx, person, chat, now, defaults)
    language = language_for(stored, None, defaults)
    card = rounds.by_id(tx, round_id)
    question = opening.question_of(library, card) if card else None
    if card is None or question is None or card.kind != "card" or card.chat_id != chat.id:
        return Lapsed(language)
    rounds.close_if_open(tx, round_id, now)
    title = title_about(library, question.topic, language)
    return Flipped(question, title, language, card.result_id == message_id, card.pinned)


def _origin(chat_id: int, message_id: int, home: Chat) -> str:
    """Of the round that a message asks for; `home` is what the chat it was written in is by now."""
    origin = f"{_ON_DEMAND}{message_id}"
    return origin if home.id == chat_id else moving.origin_before(origin, chat_id)


def _again(
    tx: Tx, library: Library, known: Round, language: Language, now: datetime
) -> Opening | NoQuestion | Done | Unseen:
    if known.unseen:
        return Unseen(language)
    if known.state == "sending":
        return opening.resume(tx, library, known, language, now) or NoQuestion(language)
    return Done(language, forbidden=known.state == "closed" and known.sends == 0)


def _open_poll(tx: Tx, chat_id: int, thread_id: int | None, now: datetime) -> Round | None:
    """The poll somebody asked for that is still open in this thread; one that is pushed stands in nobody's way."""
    here = (poll for poll in rounds.open_in(tx, chat_id, ("poll",)) if poll.thread_id == thread_id)
    asked_for = (poll for poll in here if poll.origin.startswith(_ON_DEMAND))
    return next((poll for poll in asked_for if poll.closes_at is not None and poll.closes_at > now), None)


def _begin(
    tx: Tx,
    library: Library,
    chat: Chat,
    origin: str,
    thread_id: int | None,
    wanted: str,
    now: datetime,
    language: Language,
) -> Opening | NoQuestion:
    found = find(library, wanted) if wanted else None
    if isinstance(found, Unknown):
        return NoQuestion(language, found)
    begun = opening.open_round(
        tx,
        library,
        chat,
        thread_id=thread_id,
        about=found.about if found else None,
        origin=origin,
        language=language,
        now=now,
        closes_at=now + opening.OPEN_FOR,
    )
    return begun or NoQuestion(language)
