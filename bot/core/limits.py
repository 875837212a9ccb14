"""Telegram's limits on a question, counted as rendered."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.markdown import plain, render
from bot.core.problems import Problem
from bot.core.reading import Draft
from bot.core.reading_sections import Passage
from bot.core.text import ENTITY_LIMIT, units

PROMPT_LIMIT = 300
CHOICE_LIMIT = 100
EXPLANATION_LIMIT = 200
EXPLANATION_BREAKS = 2
ANSWER_LIMIT = 12_000  # a result message takes about 3,000 of it folded; the rest follows in at most three more
ENTITY_ROOM = ENTITY_LIMIT - 10  # the message around the answer has formatting of its own


def too_long(draft: Draft, path: str, *, exact: bool) -> Iterator[Problem]:
    """What is longer than Telegram lets it be.

    `exact` renders every text; otherwise only those whose Markdown is over the limit already, which suffices but for
    some formulas and takes no time.
    """
    yield from _long_line(draft.prompt, PROMPT_LIMIT, "prompt", path, exact=exact)
    for option in draft.sections.choices:
        yield from _long_line(Passage(option.text, option.line), CHOICE_LIMIT, "choice", path, exact=exact)
    explanation = draft.sections.explanation
    if exact or len(explanation.text) > EXPLANATION_LIMIT or explanation.text.count("\n") > EXPLANATION_BREAKS:
        yield from _long_explanation(explanation, path)
    if exact or len(draft.answer.text) > ANSWER_LIMIT:
        yield from _long_answer(draft, path)


def _long_line(passage: Passage, limit: int, what: str, path: str, *, exact: bool) -> Iterator[Problem]:
    if not exact and len(passage.text) <= limit:
        return
    length = units(plain(passage.text))
    if length > limit:
        sentence = f"Shorten the {what} to {limit} characters: it has {length}."
        yield Problem(path, passage.line, sentence)


def _long_explanation(passage: Passage, path: str) -> Iterator[Problem]:
    text = render(passage.text)
    if text.units > EXPLANATION_LIMIT:
        sentence = f"Shorten the explanation to {EXPLANATION_LIMIT} characters: it has {text.units}."
        yield Problem(path, passage.line, sentence)
    breaks = text.text.count("\n")
    if breaks > EXPLANATION_BREAKS:
        sentence = f"Write the explanation with at most {EXPLANATION_BREAKS} line breaks: it has {breaks}."
        yield Problem(path, passage.line, sentence)


def _long_answer(draft: Draft, path: str) -> Iterator[Problem]:
    answer, references = render(draft.answer.text), render(draft.sections.references.text)
    length = answer.units + references.units
    if length > ANSWER_LIMIT:
        sentence = f"Shorten the answer to {ANSWER_LIMIT} characters with its references: it has {length}."
        yield Problem(path, draft.answer.line, sentence)
    explanation = render(draft.sections.explanation.text)
    stretches = len(answer.entities) + len(references.entities) + len(explanation.entities)
    if stretches > ENTITY_ROOM:
        sentence = (
            f"Format less: {stretches} stretches are bold, code, links and so on, and a message takes {ENTITY_ROOM}."
        )
        yield Problem(path, draft.answer.line, sentence)
