"""How an interview begins, or is taken up again where it was left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.bank import Language
from bot.core.interviewing import MOST, questions, wish
from bot.core.topics import Unknown, find, refs_about
from bot.flows import conducting
from bot.flows.callers import Caller, NoTopic, TooOld, arrive
from bot.flows.conducting import Next
from bot.flows.leases import LEASE
from bot.store import interviews, withheld
from bot.store.database import Tx
from bot.store.interviews import Interview

_RESUMED = timedelta(hours=12)  # within which /interview goes on with the last one
_LATELY = 3  # interviews whose questions are asked last


@dataclass(frozen=True, slots=True)
class Nobody:
    """There is nothing to ask."""

    language: Language


def begin(tx: Tx, caller: Caller, typed_in: str, message_id: int, thread_id: int | None) -> Next | NoTopic | Nobody:
    """`/interview [topic] [number]`: a new one; or on with the one that is under way, whatever is typed."""
    caller = arrive(tx, caller)
    known = interviews.begun_by(tx, caller.person.id, message_id) or _under_way(tx, caller)
    if known is not None:
        return conducting.look(tx, caller, _resumed(tx, known, caller.now))
    wanted = wish(typed_in)
    meant = find(caller.library, wanted.topic) if wanted.topic else None
    if isinstance(meant, Unknown):
        return NoTopic(caller.language, meant)
    return _begin(tx, caller, meant.about if meant else None, wanted.size, message_id, thread_id)


def begin_topic(
    tx: Tx, caller: Caller, position: int, size: int, message_id: int, thread_id: int | None
) -> Next | Nobody | TooOld:
    """A topic's button: as `begin`; the message it stands under begins one interview at the most."""
    caller = arrive(tx, caller)
    topics, known = caller.library.topics, interviews.begun_by(tx, caller.person.id, message_id)
    if not (0 <= position < len(topics) and 0 < size <= MOST) or (known is not None and known.phase == "over"):
        return TooOld(caller.language)
    known = known or _under_way(tx, caller)
    if known is not None:
        return conducting.look(tx, caller, _resumed(tx, known, caller.now))
    return _begin(tx, caller, topics[position].id, size, message_id, thread_id)


def _begin(tx: Tx, by: Caller, about: str | None, size: int, message_id: int, thread_id: int | None) -> Next | Nobody:
    person_id = by.person.id
    unwanted, lately = withheld.now(tx, person_id, by.now), interviews.asked_lately(tx, person_id, _LATELY)
    open_to = [ref for ref in refs_about(by.library, about) if ref not in unwanted]
    chosen = questions(by.library, open_to, size, f"{person_id}/{message_id}", lately)
    if not chosen:
        return Nobody(by.language)
    return conducting.ask(tx, by, interviews.begin(tx, person_id, message_id, thread_id, about, chosen, by.now))


def _under_way(tx: Tx, caller: Caller) -> Interview | None:
    """The interview that goes on; an older one that was left is over without a verdict."""
    last = interviews.newest(tx, caller.person.id)
    if last is None or last.phase == "over":
        return None
    if caller.now - last.last_at <= _RESUMED:
        return last
    interviews.move(tx, last.id, "over", None)
    return None


def _resumed(tx: Tx, there: Interview, now: datetime) -> Interview:
    """Asked for again, its question is said again, unless words to it have come."""
    if there.phase != "waiting":
        return there
    interviews.move(tx, there.id, "asking", now + LEASE, last_at=now)
    return conducting.again(tx, there)
