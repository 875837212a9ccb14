"""`/cram`: the use cases of extra study (see runs)."""

from __future__ import annotations

from bot.core.bank import Language
from bot.core.grading import shown
from bot.core.topics import Unknown, find
from bot.flows import asking, runs
from bot.flows.asking import Asked, Lapsed
from bot.flows.callers import Caller, NoTopic, TooOld, arrive
from bot.flows.runs import Extra, Next, Outcome, Run, Step, step_of
from bot.store import answers as stored
from bot.store import rounds
from bot.store.database import Tx
from bot.store.rounds import Round

# Places of a topic that mean all of them, and whatever went wrong when it was last asked.
EVERYTHING, MISSED = 9999, 9998


def arrived(tx: Tx, caller: Caller) -> Language:
    """Note who came; what to speak with them."""
    return arrive(tx, caller).language


def begin(tx: Tx, caller: Caller, wanted: str, message_id: int, thread_id: int | None) -> Next | NoTopic:
    """`/cram topic`: the first question of a run, one run for each such message."""
    caller = arrive(tx, caller)
    meant = find(caller.library, wanted)
    if isinstance(meant, Unknown):
        return NoTopic(caller.language, meant)
    return Run(tx, caller).at(Step(str(message_id), 0, 0, meant.about), thread_id)


def begin_topic(
    tx: Tx, caller: Caller, position: int, message_id: int, press_id: str, thread_id: int | None
) -> Next | TooOld:
    """A topic's button: a run through it; while one that this button began waits for an answer, that one's question."""
    caller = arrive(tx, caller)
    topics = caller.library.topics
    abouts = {EVERYTHING: None, MISSED: runs.MISSED} | {at: topic.id for at, topic in enumerate(topics)}
    if position not in abouts:
        return TooOld(caller.language)
    return _pressed(tx, caller, abouts[position], message_id, press_id, thread_id)


def following(tx: Tx, caller: Caller, round_id: int, thread_id: int | None) -> Next | TooOld:
    """What comes after that round: pressed twice, it is the same one."""
    caller = arrive(tx, caller)
    before = _round_in(tx, caller.chat.id, round_id)
    return Run(tx, caller).at(step_of(before).then(), thread_id) if before else TooOld(caller.language)


def once_more(tx: Tx, caller: Caller, round_id: int, thread_id: int | None) -> Next | TooOld:
    """Those that were missed on the lap of that round: pressed twice, it is one lap."""
    caller = arrive(tx, caller)
    before = _round_in(tx, caller.chat.id, round_id)
    return Run(tx, caller).at(step_of(before).once_more(), thread_id) if before else TooOld(caller.language)


def answer(tx: Tx, caller: Caller, round_id: int, position: int, message_id: int) -> Outcome:
    """The choice shown at `position` (0 is A) was pressed. An answered round gives its stored result again."""
    caller = arrive(tx, caller)
    here = _shown(tx, caller, round_id)
    if not isinstance(here, Extra):
        return here
    order = shown(here.asked.round.choices)
    if not 0 <= position < len(order):
        return TooOld(caller.language)
    right = order[position] == here.asked.round.right
    return Run(tx, caller).record(here, order[position], message_id, right=right)


def own_up(tx: Tx, caller: Caller, round_id: int, message_id: int, *, knew: bool) -> Outcome:
    """Whether the person had known what a question without choices asks; what was said first stays."""
    caller = arrive(tx, caller)
    here = _shown(tx, caller, round_id)
    if not isinstance(here, Extra):
        return here
    if here.asked.question.choices:
        return TooOld(caller.language)
    return Run(tx, caller).record(here, None, message_id, right=knew)


def standing(tx: Tx, caller: Caller, round_id: int) -> Outcome:
    """The round as it is: its result, or the question while there is none."""
    caller = arrive(tx, caller)
    here = _shown(tx, caller, round_id)
    return (Run(tx, caller).result(here) or here) if isinstance(here, Extra) else here


def _pressed(
    tx: Tx, caller: Caller, about: str | None, message_id: int, press_id: str, thread_id: int | None
) -> Next | TooOld:
    """The run of a press: its own if it had one (the press has come twice), else the one of this button that waits for
    an answer, else its own to be."""
    own = Step(f"{message_id}-{press_id}", 0, 0, about)
    waiting = rounds.open_in(tx, caller.chat.id, ("cram",))
    if rounds.by_origin(tx, caller.chat.id, own.origin) is None:
        of_it = (step_of(one) for one in waiting if one.origin.startswith(f"x{message_id}-"))
        own = next((step for step in of_it if step.about == about), own)
    return Run(tx, caller).at(own, thread_id)


def _round_in(tx: Tx, chat_id: int, round_id: int) -> Round | None:
    found = rounds.by_id(tx, round_id)
    return found if found and found.chat_id == chat_id and found.kind == "cram" else None


def _shown(tx: Tx, caller: Caller, round_id: int) -> Extra | Lapsed | TooOld:
    """The round whose button was pressed, if it is of this chat and still as it was asked."""
    pressed = _round_in(tx, caller.chat.id, round_id)
    if pressed is None:
        return TooOld(caller.language)
    asked = asking.show(tx, caller.library, pressed, caller.language, caller.now)
    if isinstance(asked, Asked):
        return Run(tx, caller).placed(asked)
    answered = stored.by(tx, round_id, caller.person.id) is not None
    return TooOld(caller.language) if answered else asked  # a result that stands there is worth more than the news
