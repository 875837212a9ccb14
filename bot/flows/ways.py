"""In which way a question is put to a person: with its choices, in words, or to be recalled."""

from __future__ import annotations

from bot.core.bank import Question
from bot.core.rubrics import Rubric
from bot.store import learners, private_rounds
from bot.store.database import Tx
from bot.store.rounds import Kind, Round

_KNOWN = 2  # times a choice was right, until words are asked for


def kind_for(tx: Tx, person_id: int, question: Question, rubric: Rubric | None) -> Kind:
    """As the person wants it, as far as the question has it."""
    mode = learners.of(tx, person_id).mode
    if mode == "typed":
        return "typed"
    if mode == "mixed" and rubric is not None:
        known = not question.choices or private_rounds.times_right(tx, person_id, question.ref) >= _KNOWN
        return "typed" if known else "choice"
    return "choice" if question.choices and mode != "recall" else "recall"


def same(round: Round, question: Question) -> bool:  # noqa: A002 - the house word
    """Whether the choices still are those that were asked, where they are what is asked for."""
    if round.kind in {"recall", "typed", "interview"}:
        return True
    if not question.choices:
        return not round.choices
    return len(round.choices) == len(question.choices) and round.right == question.right
