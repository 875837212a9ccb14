"""Typed answers: what is written to a question, when it is all, what it comes to, and where the person disagrees.

A message is a piece of the answer; said to be all, or after two minutes of silence, the pieces are graded as one. Until
the person has rated it, edits and further pieces are graded anew. Everything is found by the message's or the round's
number, so that whatever comes twice changes nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.bank import Library
from bot.core.people import Defaults
from bot.flows import answers, asking, listening
from bot.flows.answers import Result
from bot.flows.asking import Asked, Lapsed
from bot.flows.callers import Caller, TooOld, arrive
from bot.flows.leases import LEASE
from bot.flows.listening import Said
from bot.flows.writing import Written, stands_at, still, written_to
from bot.store import marks, people, private_rounds, rounds
from bot.store import typed as store
from bot.store.database import Tx
from bot.store.rounds import Round
from bot.store.typed import Piece, Typed


@dataclass(frozen=True, slots=True)
class Aloud:
    """It was said aloud: the answer is to be shown, and the person rates themselves."""

    asked: Asked


def hear(tx: Tx, caller: Caller, said: Said) -> Written | Aloud | Lapsed | None:
    """A plain message in private; None if it is no answer to a question that waits for one."""
    caller = arrive(tx, caller)
    known = store.round_of(tx, caller.person.id, said.message_id)
    if known is not None:
        return _heard(tx, caller, rounds.by_id(tx, known), said)
    meant = listening.meant(tx, caller, said)
    if meant is None:
        return None
    asked = asking.show(tx, caller.library, meant, caller.language, caller.now)
    if isinstance(asked, Lapsed):
        return asked
    if said.aloud:
        if store.pieces_of(tx, meant.id) and meant.kind == "recall":  # the answer stands there: a second page, an album
            return None
        store.add(tx, meant.id, caller.person.id, Piece(said.message_id, ""))
        return Aloud(answers.revealed(tx, asked))
    return _take(tx, caller, asked, said) if meant.kind == "typed" else _take_whole(tx, caller, asked, said)


def _heard(tx: Tx, caller: Caller, round: Round | None, said: Said) -> Written | Aloud | Lapsed | None:  # noqa: A002
    """A message that comes again: it is about the round that it was about."""
    if not said.aloud or round is None or round.state == "closed":
        return stands_at(tx, caller, round)
    asked = asking.show(tx, caller.library, round, caller.language, caller.now)
    return Aloud(answers.revealed(tx, asked)) if isinstance(asked, Asked) else asked


def edit(tx: Tx, caller: Caller, message_id: int, text: str) -> Written | None:
    """A piece was edited. None where that shows nothing: no piece, not yet all, or nothing else in its words. Once the
    answer is rated it stays as it was, and that is shown."""
    caller = arrive(tx, caller)
    known = store.round_of(tx, caller.person.id, message_id)
    if known is not None and text and _in_an_interview(tx, known):
        store.rewrite(tx, caller.person.id, Piece(message_id, text))
    before = stands_at(tx, caller, rounds.by_id(tx, known)) if known is not None else None
    if known is None or not isinstance(before, Written) or not text:
        return None
    if before.result is not None:
        changed = Piece(message_id, text) not in store.pieces_of(tx, known)
        return replace(before, late=True) if changed and before.result_id else None
    store.rewrite(tx, caller.person.id, Piece(message_id, text))
    after = stands_at(tx, caller, rounds.by_id(tx, known))
    return after if isinstance(after, Written) and after.done else None


def finish(tx: Tx, caller: Caller, round_id: int) -> Written | Lapsed | TooOld:
    """That is all of the answer: it is to be graded now."""
    caller = arrive(tx, caller)
    stands = look(tx, caller, round_id)
    if isinstance(stands, Written) and not stands.done:
        _close(tx, stands.asked, caller.now)
        return replace(stands, done=True)
    return stands


def whole(tx: Tx, caller: Caller, round_id: int) -> Written | Lapsed | TooOld:
    """Enough of the points missed last time: what is written is graded as an answer to the whole question, of which
    some may have been written by now."""
    stands = look(tx, caller, round_id)
    if isinstance(stands, Written) and stands.only and stands.done:
        store.reach(tx, round_id, "whole", done=True)
        return replace(stands, only=())
    return finish(tx, caller, round_id) if isinstance(stands, Written) and not stands.only else stands


def look(tx: Tx, caller: Caller, round_id: int) -> Written | Lapsed | TooOld:
    """How far the answer to a round has got; TooOld if nothing is written to it here."""
    caller = arrive(tx, caller)
    return stands_at(tx, caller, asking.round_in(tx, caller.chat.id, round_id)) or TooOld(caller.language)


def rate(tx: Tx, caller: Caller, round_id: int, rating: int, message_id: int) -> Written | Lapsed | TooOld:
    """A graded answer is rated 1 to 4 by its person, or rated otherwise: one answer and one review either way."""
    stands = look(tx, caller, round_id)
    if not isinstance(stands, Written) or not stands.done:
        return TooOld(caller.language) if isinstance(stands, Written) else stands
    outcome = answers.rate(tx, caller, round_id, rating, message_id)
    return replace(stands, result=outcome) if isinstance(outcome, Result) else outcome


def override(tx: Tx, caller: Caller, round_id: int, point: str, sentence: str | None) -> Written | Lapsed | TooOld:
    """The person says that this sentence made the point, or (None) does not say so any more; not once it is rated."""
    stands = look(tx, caller, round_id)
    if not isinstance(stands, Written) or stands.result is not None:
        return stands
    person_id, ref = caller.person.id, stands.asked.round.ref
    if sentence is None:
        marks.take_back(tx, person_id, round_id, point)
    else:
        marks.override(tx, person_id, ref, round_id, point, sentence)
    return replace(stands, overridden=marks.overridden(tx, person_id, round_id))


def overdue(tx: Tx, now: datetime, limit: int) -> tuple[int, ...]:
    """The rounds whose people have fallen silent, or were not told their grade."""
    return store.overdue(tx, now, limit)


def close_overdue(tx: Tx, library: Library, round_id: int, now: datetime, defaults: Defaults) -> Written | None:
    """Take such an answer as said, to be graded; None if there is nothing to tell (any more)."""
    waiting, ended = store.find(tx, round_id), rounds.by_id(tx, round_id)
    if waiting is None or waiting.retry_at is None or waiting.retry_at > now:
        return None
    person, chat = people.find_person(tx, waiting.person_id), people.find_chat(tx, waiting.person_id)
    if person is None or chat is None or ended is None or ended.kind != "typed" or ended.state == "closed":
        store.retry(tx, round_id, None)
        return None
    caller = Caller(library, person, chat, now, defaults)
    stands = stands_at(tx, caller, ended)
    if isinstance(stands, Written):
        _close(tx, stands.asked, now)
        return replace(stands, done=True)
    return None


def noted(tx: Tx, round_id: int, message_id: int | None) -> None:
    """This message asks whether there is more."""
    store.stands(tx, round_id, note_id=message_id)


def shown(tx: Tx, written: Written, message_id: int) -> int | None:
    """This message shows the grade, but not all of it is told yet. Gives another one that another process has made show
    a grade meanwhile, to be made the same."""
    number = written.asked.round.id
    stands = store.find(tx, number)
    store.stands(tx, number, result_id=message_id)
    other = stands.result_id if stands else None
    return None if other in {None, message_id, written.result_id} or _overtaken(tx, written) else other


def told(tx: Tx, written: Written, message_id: int | None, now: datetime) -> int | None:
    """This message shows the grade (None: nobody can be told), and all of it is told. Gives what `shown` gives.

    One that was overtaken by then, as another process was at work on the round too, is graded anew by the next tick;
    where more is waited for, it is none of this answer.
    """
    number = written.asked.round.id
    stands = store.find(tx, number)
    if stands is None or not stands.done:
        return None
    other = None if message_id is None else shown(tx, written, message_id)
    store.retry(tx, number, now if _overtaken(tx, written) else None)
    return other


def rest_told(tx: Tx, round_id: int, message_id: int) -> None:
    """The reference goes on in this message: not to be sent again."""
    store.stands(tx, round_id, rest_id=message_id)


def _overtaken(tx: Tx, written: Written) -> bool:
    """Whether the grade of an answer that waits for its rating is another by now."""
    asked, stands = rounds.by_id(tx, written.asked.round.id), still(tx, written)
    if asked is None or asked.state == "closed":
        return False
    return stands is None or stands.overridden != written.overridden


def _in_an_interview(tx: Tx, round_id: int) -> bool:
    """Whether it is a question of one: its answer may change until reviews are planned, and nothing is shown of it."""
    its = rounds.by_id(tx, round_id)
    return its is not None and its.kind == "interview" and its.state != "closed"


def _take(tx: Tx, caller: Caller, asked: Asked, said: Said) -> Written | None:
    """One more piece, or the word that it was the last, or both."""
    text, over = listening.last_word("" if listening.wordless(said.text) else said.text)
    before = store.find(tx, asked.round.id)
    if not text and before is None:
        return None
    if text:
        _add(tx, caller, asked.round, before, Piece(said.message_id, text))
    if over or len(store.pieces_of(tx, asked.round.id)) >= listening.MOST:
        _close(tx, asked, caller.now)
    return written_to(tx, caller, asked)


def _take_whole(tx: Tx, caller: Caller, asked: Asked, said: Said) -> Written | None:
    """Words where the answer was to be recalled: from now on it is asked in words, and never for single points, as its
    message asks for the whole."""
    in_words = replace(asked, round=replace(asked.round, kind="typed"))
    written = _take(tx, caller, in_words, said)
    if written is None:
        return None
    private_rounds.ask_as(tx, asked.round.id, "typed")
    store.reach(tx, asked.round.id, "whole", done=written.done)
    return replace(written, only=())


def _add(tx: Tx, caller: Caller, round: Round, before: Typed | None, piece: Piece) -> None:  # noqa: A002
    """What comes after the grade stood there is told below it, in a new message."""
    store.hear(tx, round.id, caller.person.id, piece, caller.now, caller.now + listening.TOGETHER)
    if before is not None and before.stage == "said":
        store.reach(tx, round.id, "whole", done=False)
    elif before is not None and before.done:
        store.stands(tx, round.id, note_id=before.result_id or before.note_id, result_id=None, rest_id=None)


def _close(tx: Tx, asked: Asked, now: datetime) -> None:
    round_id, stands = asked.round.id, store.find(tx, asked.round.id)
    private_rounds.reveal(tx, round_id, "typed")  # what is graded shows the answer: no choice earns points after
    if asked.missing and stands is not None and stands.stage == "points":
        store.reach(tx, round_id, "said", done=True)
    store.finish(tx, round_id, now)
    store.retry(tx, round_id, now + LEASE)
