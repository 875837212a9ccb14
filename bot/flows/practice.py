"""Private practice: a question asked for by name or button, and the next one."""

from __future__ import annotations

from bot.core.leeches import easier
from bot.core.topics import Unknown, find
from bot.flows import asking, choosing, ways
from bot.flows.asking import Asked, Lapsed, NothingDue
from bot.flows.callers import Caller, NoTopic, TooOld, Unseen, arrive
from bot.flows.portions import REVIEWS
from bot.store import rounds, withheld
from bot.store.database import Tx


def quiz(
    tx: Tx, caller: Caller, wanted: str, message_id: int, thread_id: int | None
) -> Asked | NothingDue | Lapsed | NoTopic | Unseen:
    """`/quiz [topic]`: a question, at most one for each such message."""
    caller = arrive(tx, caller)
    meant = find(caller.library, wanted) if wanted else None
    if isinstance(meant, Unknown):
        return NoTopic(caller.language, meant)
    return _ask(tx, caller, meant.about if meant else None, f"m{message_id}", thread_id)


def quiz_topic(
    tx: Tx, caller: Caller, position: int, message_id: int, press_id: str, thread_id: int | None
) -> Asked | NothingDue | Lapsed | TooOld | Unseen:
    """A topic's button: a question of it; while one that this button asked is open, that one."""
    caller = arrive(tx, caller)
    topics = caller.library.topics
    if not 0 <= position < len(topics):
        return TooOld(caller.language)
    topic = topics[position].id
    return _ask(tx, caller, topic, _pressed(tx, caller.chat.id, f"m{message_id}.", press_id, topic), thread_id)


def review(tx: Tx, caller: Caller, message_id: int, thread_id: int | None) -> Asked | NothingDue | Lapsed | Unseen:
    """`/review`: what is due and nothing new, within the day's limit; at most one question for each such message."""
    caller = arrive(tx, caller)
    return _ask(tx, caller, REVIEWS, f"m{message_id}", thread_id)


def next_question(
    tx: Tx, caller: Caller, round_id: int, thread_id: int | None
) -> Asked | NothingDue | Lapsed | TooOld | Unseen:
    """What follows a round, within the same topic: pressed twice, it is the same one."""
    caller = arrive(tx, caller)
    before = asking.round_in(tx, caller.chat.id, round_id)
    if before is None:
        return TooOld(caller.language)
    return _ask(tx, caller, asking.about_of(before.origin), f"n{round_id}", thread_id)


def easier_question(
    tx: Tx, caller: Caller, round_id: int, thread_id: int | None
) -> Asked | NothingDue | Lapsed | TooOld | Unseen:
    """What may lead up to a question that is forgotten again and again: one question for each such round."""
    caller = arrive(tx, caller)
    hard = asking.round_in(tx, caller.chat.id, round_id)
    if hard is None:
        return TooOld(caller.language)
    origin = f"e{round_id}"
    known = rounds.by_origin(tx, caller.chat.id, origin)
    if known is not None:
        seen = asking.show_again(tx, caller.library, known, caller.language, caller.now)
        return Unseen(caller.language, known.id) if known.unseen else seen
    chosen = easier(caller.library, hard.ref, withheld.now(tx, caller.person.id, caller.now))
    question = caller.library.question(chosen, caller.language) if chosen else None
    if question is None:
        return TooOld(caller.language)
    kind = ways.kind_for(tx, caller.person.id, question, caller.library.rubric(question.ref))
    started = asking.start(tx, question, caller.chat.id, origin, thread_id, caller.now, kind)
    return asking.show(tx, caller.library, started, caller.language, caller.now)


def _ask(
    tx: Tx, caller: Caller, about: str | None, origin: str, thread_id: int | None
) -> Asked | NothingDue | Lapsed | Unseen:
    known = rounds.by_origin(tx, caller.chat.id, asking.scoped(origin, about))
    if known is not None and known.unseen:
        return Unseen(caller.language, known.id)
    return asking.ask(
        tx,
        caller.library,
        person=caller.person,
        chat=caller.chat,
        topic=about,
        origin=origin,
        thread_id=thread_id,
        now=caller.now,
        defaults=caller.defaults,
    )


def _pressed(tx: Tx, chat_id: int, button: str, press_id: str, about: str) -> str:
    """The origin of a press's round: its own if it had one (the press has come twice), else that of the open round
    of its button, else its own to be."""
    own, within = button + press_id, asking.scoped("", about)
    if rounds.by_origin(tx, chat_id, own + within):
        return own
    still_open = (one.origin for one in rounds.open_in(tx, chat_id, choosing.KINDS))
    of_it = (origin for origin in still_open if origin.startswith(button) and origin.endswith(within))
    return next((origin.removesuffix(within) for origin in of_it), own)
