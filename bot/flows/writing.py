"""What is written to a typed round, and what it comes to: read, graded, noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.core.bank import Library
from bot.core.crediting import credited
from bot.core.grades import Grade
from bot.core.opinions import Paper
from bot.core.rubrics import Point
from bot.flows import answers, asking, grading
from bot.flows.answers import Result
from bot.flows.asking import Asked, Lapsed
from bot.flows.callers import Caller
from bot.store import marks, rounds
from bot.store import typed as store
from bot.store.database import Tx
from bot.store.rounds import Round


@dataclass(frozen=True, slots=True)
class Written:
    """What is written to a typed round, and the messages about it. `last` is the newest piece's; `overridden` are the
    points the person says they made. `result` is set once they have rated it: then nothing changes any more.

    While `only` has points, these are asked for and graded, as they were left out last time; then the whole is. `late`:
    a piece was edited after the rating, which changes nothing and is to be said.
    """

    asked: Asked
    text: str
    last: int
    done: bool
    note_id: int | None
    result_id: int | None
    rest_id: int | None
    overridden: frozenset[str]
    result: Result | None
    only: tuple[Point, ...] = ()
    late: bool = False


def stands_at(tx: Tx, caller: Caller, round: Round | None) -> Written | Lapsed | None:  # noqa: A002
    """The answer to a round as it is; None if it has none in words."""
    if round is None or round.kind != "typed" or store.find(tx, round.id) is None:
        return None
    asked = asking.show(tx, caller.library, round, caller.language, caller.now)
    return written_to(tx, caller, asked) if isinstance(asked, Asked) else asked


def written_to(tx: Tx, caller: Caller, asked: Asked) -> Written:
    """What is written to a round that something is written to."""
    number = asked.round.id
    stands, pieces = store.find(tx, number), store.pieces_of(tx, number)
    if stands is None:
        raise LookupError("an answer just written is not there")
    return Written(
        asked,
        store.words_of(tx, number),
        pieces[-1].message_id,
        stands.done,
        stands.note_id,
        stands.result_id,
        stands.rest_id,
        marks.overridden(tx, caller.person.id, number),
        answers.result_of(tx, caller, asked),
        () if stands.stage == "whole" else asked.missing,
    )


def keep(tx: Tx, written: Written, graded: Grade) -> None:
    """Note which points were made; nothing, if the answer is another by now, or rated."""
    asked = written.asked.round
    text = store.words_of(tx, asked.id)
    now = rounds.by_id(tx, asked.id)
    if text == written.text and now is not None and now.state != "closed" and not written.only:
        grading.keep(tx, asked.chat_id, asked.ref, asked.id, graded)


def paper(written: Written) -> Paper | None:
    """What an opinion on the answer is asked for with; None without a rubric."""
    asked = written.asked
    return grading.paper(asked.rubric, asked.question, asked.language, written.text) if asked.rubric else None


def still(tx: Tx, written: Written) -> Written | None:
    """The same answer, with its messages as they are by now; None if it was changed or rated meanwhile, or the whole is
    asked for: whoever did that tells of it."""
    number = written.asked.round.id
    stands, asked = store.find(tx, number), rounds.by_id(tx, number)
    text = store.words_of(tx, number)
    if stands is None or asked is None or asked.state == "closed" or text != written.text:
        return None
    if written.only and stands.stage == "whole":
        return None
    own = marks.overridden(tx, stands.person_id, number)
    now = replace(written, note_id=stands.note_id, result_id=stands.result_id, rest_id=stands.rest_id)
    return replace(now, overridden=own)


def judged(library: Library, written: Written, quotes: Mapping[str, str] | None = None) -> Grade | None:
    """What the answer comes to, with what its person says they said, and a language model's opinion, if there is one;
    None without a rubric. Some milliseconds of work that needs no transaction."""
    rubric = written.asked.rubric
    graded = grading.assess(library, written.asked.round.ref, written.text, quotes, written.only)
    return credited(graded, rubric, written.text, written.overridden) if graded and rubric else None
