"""Which question a plain message in private answers, if any, and whether it says that the answer is all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Literal

from bot.core.doubts import not_known
from bot.core.folding import fold, folded
from bot.core.zones import zone_named
from bot.flows import schedule
from bot.flows.callers import Caller
from bot.store import rounds, typed
from bot.store.database import Tx
from bot.store.rounds import Round
from bot.store.typed import Typed

TOGETHER = timedelta(minutes=2)  # between two pieces of one answer
_OPEN = timedelta(days=1)  # how long a question takes plain messages; a reply to it is taken at any time
_JUST_RATED = timedelta(minutes=10)  # how long after its last piece more is said about a rated answer
MOST = 10  # pieces
_ALL = frozenset(
    {"说完了", "说完啦", "说完", "答完了", "答完", "完了", "完毕", "好了", "就这些", "就这样", "就这么多", "结束"}
    | {"done", "i'm done", "im done", "all done", "finished", "that's all", "thats all", "that is all"}
    | {
        "that's it",
        "thats it",
        "that is it",
        "ok done",
        "ok, done",
        "ok that's it",
        "ok, that's it",
        "我说完了",
        "我答完了",
    }
)


OnTable = Literal["choice", "words", "rating", "full", "recalled", "rated"]
"""A question waits for its choice, for words, for the rating of its grade (`full`: and takes no more pieces), or of
what was said aloud; or its answer was rated just now."""


@dataclass(frozen=True, slots=True)
class Said:
    """A plain message in private: words, or something said `aloud` (a voice note, a picture), which has none."""

    message_id: int
    text: str
    reply_to: int | None = None
    aloud: bool = False


def meant(tx: Tx, caller: Caller, said: Said) -> Round | None:
    """The question that a message answers: the one it replies to, else the one being answered, else the newest that
    waits for words, unless it replies to what was said before."""
    open_here = _open(tx, caller, said)
    replied = next((one for one in open_here if said.reply_to and said.reply_to in _messages(tx, one)), None)
    if replied is not None or not open_here:
        return replied if replied is None or _room(tx, replied) else None
    if _names_zone(caller, said):
        return None
    newest = _being_answered(tx, caller, open_here)
    if said.reply_to and newest.message_id and said.reply_to < newest.message_id:
        return None
    fresh = newest.opened_at >= caller.now - _OPEN and _room(tx, newest)
    return newest if fresh and _goes_on(typed.find(tx, newest.id), caller.now) else None


def on_table(tx: Tx, chat_id: int, now: datetime) -> tuple[Round, OnTable] | None:
    """What a private chat is about, for somebody whose message answered nothing; None if it is about nothing."""
    newest = next(iter(rounds.open_in(tx, chat_id, ("choice", "typed", "recall"))), None)
    if newest is not None and newest.opened_at >= now - _OPEN:
        return _waits(tx, newest)
    last = typed.last_of(tx, chat_id)
    rated, stands = (rounds.by_id(tx, last[0]), typed.find(tx, last[0])) if last else (None, None)
    if rated is None or stands is None or rated.kind != "typed" or rated.state != "closed":
        return None
    return (rated, "rated") if stands.said_at >= now - _JUST_RATED else None


def _waits(tx: Tx, newest: Round) -> tuple[Round, OnTable] | None:
    if newest.kind == "choice":
        return newest, "choice"
    if newest.kind == "typed" and not typed.is_graded(tx, newest.id):
        return newest, "words"
    if newest.kind == "typed":
        return newest, "rating" if _room(tx, newest) else "full"
    return (newest, "recalled") if typed.pieces_of(tx, newest.id) else None


def asked_since(tx: Tx, caller: Caller, said: Said, then: datetime) -> bool:
    """Whether a message answers something asked after `then` (aware UTC), outside of any interview."""
    newest = meant(tx, caller, said)
    return _names_zone(caller, said) or (newest is not None and newest.opened_at > then)


def replies_to_another(tx: Tx, caller: Caller, said: Said) -> bool:
    """Whether a message replies to a question that waits for words or a rating, outside of any interview."""
    open_here = rounds.open_in(tx, caller.chat.id, ("typed", "recall"))
    return said.reply_to is not None and any(said.reply_to in _messages(tx, one) for one in open_here)


def _open(tx: Tx, caller: Caller, said: Said) -> list[Round]:
    """What may be answered so, newest first. Words are an answer to a question to be recalled, too, until its answer
    has been shown; whatever is said aloud may come after, but where there is a grade that is what is rated."""
    here = rounds.open_in(tx, caller.chat.id, ("typed", "recall"))
    if said.aloud:
        return [one for one in here if one.kind == "recall" or not typed.is_graded(tx, one.id)]
    return [one for one in here if one.kind == "typed" or not _revealed(caller, one)]


def _revealed(caller: Caller, round: Round) -> bool:  # noqa: A002 - the house word
    """Whether the answer to be recalled has been shown: its choices are gone then. Where it never had any, it is not
    known, and taken for not shown."""
    question = caller.library.question(round.ref, caller.language)
    return not round.choices and bool(question and question.choices)


def _being_answered(tx: Tx, caller: Caller, open_here: list[Round]) -> Round:
    """The newest question, or an older one that somebody has answered in part since that was asked, and not long ago:
    what they say next goes on with it, until it is all and the newest waits for words."""
    newest, last = open_here[0], typed.last_of(tx, caller.person.id)
    if last is None or newest.message_id is None or last[1].message_id < newest.message_id:
        return newest
    begun = next((one for one in open_here if one.id == last[0]), newest)
    stands, waits = typed.find(tx, begun.id), not _done(typed.find(tx, newest.id))
    return begun if _goes_on(stands, caller.now) and not (_done(stands) and waits) else newest


def _done(stands: Typed | None) -> bool:
    return stands is not None and stands.done


def _messages(tx: Tx, round: Round) -> frozenset[int | None]:  # noqa: A002 - the house word
    """The messages of a round that may be replied to."""
    stands = typed.find(tx, round.id)
    about = (stands.note_id, stands.result_id) if stands else ()
    return frozenset((round.message_id, *about, *(piece.message_id for piece in typed.pieces_of(tx, round.id))))


def _names_zone(caller: Caller, said: Said) -> bool:
    """Whether a message says where its person lives, who was asked not long ago."""
    return schedule.waits_for_zone(caller.chat, caller.now) and zone_named(said.text) is not None


def _room(tx: Tx, round: Round) -> bool:  # noqa: A002 - the house word
    return len(typed.pieces_of(tx, round.id)) < MOST


def _goes_on(stands: Typed | None, now: datetime) -> bool:
    """Whether a plain message belongs to the answer still; not once its grade has stood there for some time."""
    if stands is None or not stands.done or stands.stage == "said":
        return True
    return stands.retry_at is not None or stands.said_at >= now - TOGETHER


def gave_up(text: str) -> bool:
    """Whether the last that was said is that one does not know."""
    return not_known(fold(text.rsplit("\n", 1)[-1]))


@cache
def _all() -> frozenset[str]:
    """The words for it as they are compared: in Traditional characters and in full width they are the same."""
    return frozenset(map(folded, _ALL))


def wordless(text: str) -> bool:
    """Whether there is neither a letter nor a digit: an emoji, a dot."""
    return not any(char.isalnum() for char in text)


def last_word(text: str) -> tuple[str, bool]:
    """The text without a last line that says it is all, and whether it is: who does not know has said all there is."""
    *lines, last = text.strip().split("\n")
    if folded(last).strip(" 。.!") in _all():
        return "\n".join(lines).strip(), True
    return text.strip(), not_known(fold(text))
