"""Typed answers graded with what the library knows of a question: milliseconds, so outside of any transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from bot.core.bank import Language, Library, Question, Ref
from bot.core.contrasting import contrasted
from bot.core.errors import GradingError
from bot.core.grades import Grade
from bot.core.judging import grade
from bot.core.markdown import render
from bot.core.opinions import Paper
from bot.core.problems import did_you_mean, quoted
from bot.core.replying import alone, asked_for
from bot.core.rubrics import Point, Rubric
from bot.store import marks
from bot.store.database import Tx
from bot.store.marks import Verdict


def assess(
    library: Library,
    ref: Ref,
    answer: str,
    quotes: Mapping[str, str] | None = None,
    only: Collection[Point] = (),
    asked: Collection[str] = (),
) -> Grade | None:
    """An answer, in either language, to a question of the library; None without a rubric: no score then. `quotes` is a
    language model's opinion, see judging.grade. With `only` some points, it is graded by these alone, as they were
    asked for; `asked` are those (by their ids) that were asked on for in the course of it."""
    rubric = library.rubric(ref)
    if rubric is None:
        return None
    rubric = alone(rubric, only) if only else asked_for(rubric, asked)
    versions = library.versions(ref)
    found = _graded(rubric, versions, answer, quotes)
    return contrasted(found, answer, partial(_graded, rubric, versions), _nearby(library, ref.bank, rubric, answer))


def keep(tx: Tx, person_id: int, ref: Ref, round_id: int, graded: Grade) -> None:
    """Note which points of the question were made in that round, which were missed, and what was wrong."""
    verdicts: dict[Verdict, list[str]] = {
        "hit": [hit.point for hit in graded.hits],
        "missed": [*graded.missed],
        "wrong": [mistake.claim for mistake in graded.wrong],
    }
    marks.keep(tx, person_id, ref, round_id, verdicts)


def paper(rubric: Rubric, question: Question, language: Language, answer: str) -> Paper:
    """What an opinion on the answer is asked for with; the points are said in that language."""
    return Paper(rubric, language, _plain(question.prompt), _plain(question.answer), answer)


def named(library: Library, wanted: str) -> Ref:
    """The question called so: its id, or bank/id. Raises GradingError."""
    bank, _slash, key = wanted.rpartition("/")
    found = [ref for ref in library.refs if ref.id == key and bank in {"", ref.bank}]
    if len(found) == 1:
        return found[0]
    if found:
        raise GradingError(f"Say which bank: {' or '.join(f'{ref.bank}/{ref.id}' for ref in found)}.")
    guess = did_you_mean(key, tuple(ref.id for ref in library.refs))
    raise GradingError(f"Name a question of the bank: {quoted(wanted)} is none{guess and f' ({guess})'}.")


def graded(library: Library, wanted: str, answer: str) -> dict[str, Any]:
    """An answer to the question called so, as JSON has it. Raises GradingError."""
    ref = named(library, wanted)
    found = assess(library, ref, answer)
    if found is None:
        raise GradingError(f"There is no rubric of {ref.bank}/{ref.id}: without one nothing can be scored.")
    return {"id": ref.id, **as_json(found)}


def graded_by(rubrics: dict[str, Rubric], library: Library, wanted: str, answer: str) -> dict[str, Any]:
    """The same by a rubric from elsewhere: with the bank's prompt and answers if it has that question. Raises
    GradingError."""
    rubric = rubrics.get(wanted) or (next(iter(rubrics.values())) if len(rubrics) == 1 else None)
    if rubric is None:
        guess = did_you_mean(wanted, tuple(rubrics))
        raise GradingError(f"Name a rubric of the file: {quoted(wanted)} is none{guess and f' ({guess})'}.")
    ref = next((ref for ref in library.refs if ref.id == wanted), None)
    versions = library.versions(ref) if ref else ()
    found = _graded(rubric, versions, answer)
    nearby = (_graded(rubrics[key], (), answer) for key in rubric.near if key in rubrics)
    return {"id": wanted, **as_json(contrasted(found, answer, partial(_graded, rubric, versions), nearby))}


def as_json(found: Grade) -> dict[str, Any]:
    """A grade for programs: `quotes` holds the answer's words for each point hit and each wrong claim."""
    quotes = {hit.point: hit.quote for hit in found.hits} | {one.claim: one.quote for one in found.wrong}
    return {
        "score": found.score,
        "band": found.band,
        "rating": found.rating.name.lower(),
        "sure": found.sure,
        "hit": [hit.point for hit in found.hits],
        "missed": list(found.missed),
        "wrong": [one.claim for one in found.wrong],
        "flags": list(found.flags),
        "quotes": quotes,
    }


def _graded(
    rubric: Rubric, versions: Sequence[Question], answer: str, quotes: Mapping[str, str] | None = None
) -> Grade:
    """By a rubric, with the prompts and model answers of a question's versions."""
    prompt = " ".join(_plain(question.prompt) for question in versions)
    return grade(
        rubric, answer, prompt=prompt, references=[_plain(question.answer) for question in versions], quotes=quotes
    )


def _nearby(library: Library, bank: str, rubric: Rubric, answer: str) -> Iterator[Grade]:
    """The same answer at the questions near this one."""
    for ref in (Ref(bank, key) for key in rubric.near):
        if near := library.rubric(ref):
            yield _graded(near, library.versions(ref), answer)


@lru_cache(maxsize=4096)
def _plain(markdown: str) -> str:
    return render(markdown).text
