"""Interviews as they go on: what is said in one, asked on about where an answer is thin, and ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.bank import Library
from bot.core.grades import Grade
from bot.core.interviewing import follow_up
from bot.core.people import Defaults
from bot.flows import conducting, grading, listening
from bot.flows.callers import Caller, TooOld, arrive
from bot.flows.conducting import Asking, Judging, Next, Waiting
from bot.flows.leases import LEASE
from bot.flows.listening import Said
from bot.store import interviews, people, rounds, typed
from bot.store.database import Tx
from bot.store.interviews import Interview, Turn
from bot.store.typed import Piece

_SILENCE = timedelta(hours=1)  # after which plain messages are no answers any more, until /interview goes on


def hear(tx: Tx, caller: Caller, said: Said) -> Next | None:
    """A plain message in private; None if no interview waits for it."""
    caller = arrive(tx, caller)
    known = typed.round_of(tx, caller.person.id, said.message_id)
    there = interviews.of_round(tx, caller.person.id, known) if known else interviews.newest(tx, caller.person.id)
    if there is None or (known is None and not _listens(tx, caller, there, said)):
        return None
    if known is not None:
        return conducting.look(tx, caller, there)
    if listening.wordless(said.text) and not said.aloud:
        return Waiting(caller.language)
    turn = interviews.turns_of(tx, there)[there.step]
    text, over = listening.last_word(said.text)
    if turn.round_id is not None:  # without a text, too: come again, it must not be about the next question
        typed.add(tx, turn.round_id, caller.person.id, Piece(said.message_id, text))
    if said.aloud:
        interviews.change(tx, there, turn.step, aloud=True)
        return conducting.judge(tx, caller, there)
    full = len(typed.pieces_of(tx, turn.round_id or 0)) >= listening.MOST
    if over or full:
        return conducting.judge(tx, caller, there) if text else _all_said(tx, caller, there, turn)
    conducting.seen(tx, there)
    interviews.move(tx, there.id, "hearing", caller.now + listening.TOGETHER, last_at=caller.now)
    return Waiting(caller.language)


def finish(tx: Tx, caller: Caller, round_id: int, on: int) -> Next | TooOld:
    """That is all the person says to a question, or to what was asked `on` about it, so many times: pressed twice it is
    said once."""
    there = _at(tx, caller, round_id)
    if not isinstance(there, Interview):
        return there
    caller = arrive(tx, caller)
    if not _open(tx, there, round_id):
        return TooOld(caller.language)
    turn = interviews.turns_of(tx, there)[there.step]
    return _all_said(tx, caller, there, turn) if len(turn.asked) == on else conducting.look(tx, caller, there)


def _all_said(tx: Tx, caller: Caller, there: Interview, turn: Turn) -> Next:
    """What was said is judged; who has said nothing to what was asked on about does not know it and is asked the next
    question: all before was judged already."""
    if turn.asked and there.phase == "waiting":
        return conducting.go_on(tx, caller, there)
    return conducting.judge(tx, caller, there)


def stop(tx: Tx, caller: Caller, round_id: int) -> Next | TooOld:
    """No more questions: the verdict is on what has been answered."""
    there = _at(tx, caller, round_id)
    if not isinstance(there, Interview) or there.phase in {"ending", "over"}:
        return conducting.look(tx, arrive(tx, caller), there) if isinstance(there, Interview) else there
    return conducting.end(tx, arrive(tx, caller), _without_unsaid(tx, there))


def onward(tx: Tx, caller: Caller, judged: Judging, grade: Grade | None) -> Next:
    """After an answer was graded: on about a point that is missing, to the next question, or to the end. Nothing, if
    more has been said meanwhile, or it has gone on already."""
    there = interviews.find(tx, judged.interview.id)
    if there is None:  # forgotten meanwhile: nothing is noted of who is gone
        return Waiting(caller.language)
    caller = arrive(tx, caller)
    turn = interviews.turns_of(tx, there)[there.step]
    if there.phase != "judging" or turn != judged.turn or conducting.said(tx, turn) != judged.text:
        return conducting.look(tx, caller, there)
    rubric = caller.library.rubric(turn.ref)
    over = turn.aloud or listening.gave_up(judged.text)
    point = follow_up(rubric, grade, turn.asked) if grade and rubric and not over else None
    if grade is not None and turn.round_id is not None:
        grading.keep(tx, there.person_id, turn.ref, turn.round_id, grade)
    if point is None:
        return conducting.go_on(tx, caller, there)
    interviews.ask_on(tx, there, turn, point.id)
    interviews.move(tx, there.id, "asking", caller.now + LEASE)
    return conducting.look(tx, caller, conducting.again(tx, there))


def judged(library: Library, judging: Judging) -> Grade | None:
    """What the answer comes to; None where that cannot be said. Some milliseconds, and no transaction needed."""
    turn = judging.turn
    return grading.assess(library, turn.ref, judging.text, asked=turn.asked) if judging.text else None


def said(tx: Tx, asked: Asking, message_id: int | None, now: datetime) -> None:
    """What was about to be said stands in the chat; None: nobody can be told, and it is over."""
    there = interviews.find(tx, asked.interview.id)
    if there is None or there.phase != "asking":
        return
    if message_id is None:
        if asked.point is None:
            rounds.withdraw(tx, asked.round.id, now)
        interviews.move(tx, there.id, "over", None)
        return
    if asked.point is None:
        rounds.posted(tx, asked.round.id, message_id)
    interviews.move(tx, there.id, "waiting", None, last_at=now)


def overdue(tx: Tx, now: datetime, limit: int) -> tuple[int, ...]:
    """The interviews in which the bot goes on by itself."""
    return interviews.overdue(tx, now, limit)


def wake(tx: Tx, library: Library, interview_id: int, now: datetime, defaults: Defaults) -> Next | None:
    """Go on by itself: the person has fallen silent, or nobody noted that the last message stands. None: no more."""
    there = interviews.find(tx, interview_id)
    if there is None or there.act_at is None or there.act_at > now:
        return None
    caller = caller_of(tx, library, interview_id, now, defaults)
    if caller is None or caller.chat.quiet_since is not None:
        interviews.move(tx, there.id, there.phase, None)
        return None
    if there.phase == "hearing":
        return conducting.judge(tx, caller, there)
    interviews.move(tx, there.id, there.phase, now + LEASE)
    return conducting.look(tx, caller, conducting.again(tx, there))


def caller_of(tx: Tx, library: Library, interview_id: int, now: datetime, defaults: Defaults) -> Caller | None:
    """The interview's person in their private chat, as known; None if they are not (any more)."""
    there = interviews.find(tx, interview_id)
    person = people.find_person(tx, there.person_id) if there else None
    chat = people.find_chat(tx, there.person_id) if there else None
    return Caller(library, person, chat, now, defaults) if person and chat else None


def _listens(tx: Tx, caller: Caller, there: Interview, said: Said) -> bool:
    """Whether a new message belongs to it: who replies says to what; else the newest question takes the words, for an
    hour."""
    if there.phase not in {"asking", "waiting", "hearing", "judging"} or caller.now - there.last_at > _SILENCE:
        return False
    if listening.replies_to_another(tx, caller, said):
        return False
    if said.reply_to is not None:
        return said.reply_to >= _put_in(tx, there)
    return not listening.asked_since(tx, caller, said, there.last_at)


def _put_in(tx: Tx, there: Interview) -> int:
    """The message of its question; 0 before it is known."""
    put = rounds.by_id(tx, interviews.turns_of(tx, there)[there.step].round_id or 0)
    return (put.message_id if put else None) or 0


def _without_unsaid(tx: Tx, there: Interview) -> Interview:
    """The interview without the question on the table, if nothing was said to it: whoever stops there is not judged
    on it."""
    turn = interviews.turns_of(tx, there)[there.step]
    if turn.aloud or conducting.said(tx, turn):
        return there
    interviews.move(tx, there.id, there.phase, None, step=there.step - 1)
    return conducting.again(tx, there)


def _at(tx: Tx, caller: Caller, round_id: int) -> Interview | TooOld:
    return interviews.of_round(tx, caller.person.id, round_id) or TooOld(caller.language)


def _open(tx: Tx, there: Interview, round_id: int) -> bool:
    """Whether that round is the question on the table, and the person has the word."""
    on_table = interviews.turns_of(tx, there)[there.step].round_id
    return on_table == round_id and there.phase in {"asking", "waiting", "hearing", "judging"}
