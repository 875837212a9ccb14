"""A group's round from the choice of its question to the moment it stands in the chat.

Shared by what people ask for and what is pushed. A round is committed as `sending` before it is sent, because a
poll can be voted on before Telegram has told us its id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.bank import Language, Library, Question, Ref, Topic
from bot.core.people import Chat, Defaults
from bot.core.points import points
from bot.core.slots import Kind
from bot.core.topics import refs_about
from bot.flows import members, voting
from bot.store import history, parked, rounds, wanted
from bot.store.database import Tx
from bot.store.rounds import Round

OPEN_FOR = timedelta(minutes=10)  # at the least, however slow the way to Telegram was


@dataclass(frozen=True, slots=True)
class Opening:
    """A round to be sent now, with its question; `language` is the chat's, the question may exist in another only."""

    round: Round
    question: Question
    topic: Topic | None
    language: Language


def open_round(
    tx: Tx,
    library: Library,
    chat: Chat,
    *,
    thread_id: int | None,
    about: str | None,
    origin: str,
    language: Language,
    now: datetime,
    closes_at: datetime,
    pushed: Kind | None = None,
) -> Opening | None:
    """Begin a round on the question whose turn it is; None if there is none (about that). Its send is counted.

    A question without choices is a card. One that is `pushed` may be a card all the same, and it closes; a card that
    somebody asked for waits until its answer is wanted.
    """
    ref = next_ref(tx, chat.id, refs_about(library, about))
    question = library.question(ref, language) if ref else None
    if question is None:
        return None
    wanted.asked(tx, chat.id, question.ref)
    poll = bool(question.choices) and pushed != "card"
    begun = rounds.start(
        tx,
        chat_id=chat.id,
        thread_id=thread_id,
        ref=question.ref,
        kind="poll" if poll else "card",
        origin=origin,
        language=question.language,
        choices="",  # Telegram shuffles a poll's choices for each person; votes name the original index
        right=question.right if question.choices else None,
        points=points(question.difficulty) if poll else 0,
        opened_at=now,
        closes_at=closes_at if poll or pushed else None,
    )
    rounds.count_send(tx, begun.id)
    return Opening(begun, question, library.topic(question.topic), language)


def resume(tx: Tx, library: Library, round: Round, language: Language, now: datetime) -> Opening | None:  # noqa: A002
    """Send a round again whose send was cut short; None, and it is closed, if its question is not as it was."""
    question = question_of(library, round)
    if question is None:
        abandon(tx, round.id, now)
        return None
    rounds.count_send(tx, round.id)
    return Opening(round, question, library.topic(question.topic), language)


def question_of(library: Library, round: Round) -> Question | None:  # noqa: A002 - the house word
    """The question as it was asked; None if it has left the bank or its right choice is another one now."""
    question = library.question(round.ref, "en" if round.language == "en" else "zh")
    if question is None or (question.right if question.choices else None) != round.right:
        return None
    return question


def topic_title(library: Library, question: Question, language: Language) -> str:
    """What the question's topic is called in `language`."""
    topic = library.topic(question.topic)
    return topic.named(language) if topic else question.topic


def posted(
    tx: Tx,
    round_id: int,
    message_id: int,
    poll_id: str,
    now: datetime,
    defaults: Defaults,
    *,
    chat_id: int | None = None,
) -> None:
    """The round stands in the chat, open for ten minutes at least. Votes faster than this news are counted now.

    `chat_id` is where the message arrived: if the group has moved since, its number means another one there.
    """
    begun = rounds.by_id(tx, round_id)
    if begun is None or begun.poll_id not in {None, poll_id}:  # another process has sent it, too: this is the orphan
        return
    closes_at = max(begun.closes_at, now + OPEN_FOR) if begun.closes_at else None
    known_as = message_id if chat_id in {None, begun.chat_id} else None
    rounds.posted(tx, round_id, known_as, poll_id or None, closes_at)
    for person, choice, at in parked.take(tx, poll_id) if poll_id else ():
        if members.known_away(tx, begun.chat_id, person.id):
            continue
        voting.count(tx, begun, person, choice, at, defaults)


def astray(tx: Tx, round_id: int) -> None:
    """Its thread is closed or gone, and it stands in the chat itself: what follows it goes there as well."""
    rounds.leave_thread(tx, round_id)


def unsent(tx: Tx, round_id: int) -> None:
    """The send that was counted last surely did not arrive. Private rounds are counted alike."""
    rounds.uncount_send(tx, round_id)


def withdraw(tx: Tx, round_id: int, now: datetime) -> None:
    """The round's send was refused: it is over, and was never asked."""
    rounds.withdraw(tx, round_id, now)


def abandon(tx: Tx, round_id: int, now: datetime) -> None:
    """The round will not be sent again, and nobody knows whether it was: its sends stay counted, as orphans."""
    begun = rounds.by_id(tx, round_id)
    if begun is not None and begun.state == "sending":
        rounds.lose(tx, round_id, now)


def next_ref(tx: Tx, chat_id: int, refs: Sequence[Ref]) -> Ref | None:
    """What the group wants again; else the question never asked there, in the banks' order; else the oldest one."""
    again = next((ref for ref in wanted.refs(tx, chat_id) if ref in refs), None)
    if again is not None:
        return again
    asked = history.counts(tx, chat_id)
    fresh = next((ref for ref in refs if ref not in asked), None)
    if fresh is not None or not refs:
        return fresh
    newest_first = history.recent(tx, chat_id, limit=2 * len(asked) + 100)
    age = {ref: at for at, ref in reversed(list(enumerate(newest_first)))}
    return max(refs, key=lambda ref: age.get(ref, len(newest_first)))
