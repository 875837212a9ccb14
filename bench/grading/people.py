"""The grader beside a person, on honest answers to the bank's questions in both languages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from statistics import fmean

from bench.grading.material import Honest, Material
from bench.grading.measures import Tally, agreed
from bench.report import Figure, Goal
from bot.core.bank import LANGUAGES, Language
from bot.core.finding import Reading
from bot.core.folding import fold
from bot.core.grades import Grade
from bot.core.judging import grade
from bot.core.markdown import render
from bot.core.rubrics import Point
from bot.flows.grading import assess

PASS = 60  # of 100: what the bench calls passed
Graded = list[tuple[Honest, Grade]]
_MARKS = re.compile(r"""[，。；：？！、“”「」（）,;:?!()"]|\.(?!\d)""")


def graded(material: Material, answers: Iterable[Honest] | None = None) -> Graded:
    """These answers, or all of the material, graded as the bot does it; none to a question without a rubric."""
    told = material.answers if answers is None else answers
    found = [(one, assess(material.library, one.ref, one.answer)) for one in told]
    return [(one, result) for one, result in found if result is not None]


def points(answers: Graded, which: str = "") -> Iterator[Figure]:
    """Precision, recall and F1 of the points hit, in each language; `which` answers these are, as figures are named."""
    for language in LANGUAGES:
        strict, decided = Tally(), Tally()
        for one, result in answers:
            if one.language == language:
                hits = [hit.point for hit in result.hits]
                strict.add(hits, one.made)
                decided.add(hits, one.made, one.partly)
        count = sum(one.language == language for one, _result in answers)
        note = f"{count} answers; points a person is undecided about left out"
        yield _figure(f"{which}{language}: precision of points hit", decided.precision, note=note)
        yield _figure(f"{which}{language}: recall of points hit", decided.recall, note=note)
        yield _figure(f"{which}{language}: F1 of points hit", decided.f1, Goal(">=", 0.9), note)
        yield _figure(f"{which}{language}: F1, undecided counted as not made", strict.f1, note=f"{count} answers")


def passing(answers: Graded, which: str = "honest") -> Iterator[Figure]:
    """How often both would let it pass; `which` answers these are, as figures are named."""
    pairs = [(float(result.score), float(one.passes)) for one, result in answers]
    yield _figure(f"{which}: pass agreement", agreed(pairs, PASS, 1), note=f"score >= {PASS} and an examiner's yes")


def told_to_check(answers: Graded) -> Iterator[Figure]:
    """The same of those who are asked to check the grade themselves, and of the others."""
    for sure in (True, False):
        pairs = [(float(result.score), float(one.passes)) for one, result in answers if result.sure is sure]
        which = "sure of the grade" if sure else "asked to check it"
        yield _figure(f"all answers, {which}: pass agreement", agreed(pairs, PASS, 1), note=f"{len(pairs)} answers")


def unmarked(material: Material) -> Iterator[Figure]:
    """The same answers without a punctuation mark, as phones write down what is said; none is a list for that."""
    answers = graded(material, [replace(one, answer=said(one)) for one in material.answers])
    yield from points(answers, "without punctuation, ")
    lists = sum("list" in result.flags for one, result in answers if one.passes)
    yield _figure("without punctuation: good answers taken for lists", lists, Goal("<=", 0))


def said(one: Honest) -> str:
    """An answer without its punctuation; between Latin words a blank is left of it."""
    return _MARKS.sub("" if one.language == "zh" else " ", one.answer)


def languages(material: Material) -> Iterator[Figure]:
    """What English answers to questions asked in Chinese lose against Chinese answers that make the same points.

    With both languages' model answers at hand, as in the bank; and with the Chinese ones alone, as in a bank without
    an English side.
    """
    for what, versions in (("both model answers", LANGUAGES), ("the Chinese one alone", LANGUAGES[:1])):
        scores = _scores(material, versions)
        lost = [pair["zh"] - pair["en"] for pair in scores]
        note = f"{len(lost)} pairs of one kind and the same points; {what} at hand"
        yield _figure("English answers to Chinese questions lose", fmean(lost), Goal("<=", 5), note, "points")
        told = [abs(one) for one in lost]
        yield _figure("the same, either way, a pair", fmean(told), note="mean of the differences' sizes", unit="points")


def _scores(material: Material, versions: tuple[Language, ...]) -> list[Mapping[str, float]]:
    pairs: dict[object, dict[str, float]] = defaultdict(dict)
    for one in material.answers:
        pairs[one.ref, one.kind, one.made, one.partly][one.language] = _score(material, one, versions)
    return [pair for pair in pairs.values() if len(pair) == len(LANGUAGES)]


def _score(material: Material, one: Honest, versions: tuple[Language, ...]) -> float:
    """The score where the question is asked in Chinese."""
    told = [question for question in material.library.versions(one.ref) if question.language in versions]
    prompt = next(render(question.prompt).text for question in told if question.language == "zh")
    references = [render(question.answer).text for question in told]
    return grade(material.rubric(one.ref), one.answer, prompt=prompt, references=references).score


def by_point(answers: Graded) -> dict[str, dict[str, Tally]]:
    """For authors: each question's points with what was found and overlooked, undecided ones left out."""
    found: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for one, result in answers:
        hits = {hit.point for hit in result.hits}
        for point in (hits | one.made) - one.partly:
            found[one.ref.id][point].add(hits & {point}, one.made & {point})
    return found


def lacking(material: Material, answers: Graded) -> dict[tuple[str, str], Counter[str]]:
    """For authors: what stood in the way of each point that was made and not found, by question and point.

    Of the way that came nearest, the concepts without any word; or that they stood too far apart, of something else, or
    the point was void. No answer is told.
    """
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one, result in answers:
        missed = one.made - {hit.point for hit in result.hits}
        for point in (point for point in material.rubric(one.ref).points if point.id in missed):
            found[one.ref.id, point.id].update(_absent(point, Reading(fold(one.answer))))
    return found


def _absent(point: Point, reading: Reading) -> list[str]:
    ways = [[concept.words for concept in way.need if not reading.spans(concept)] for way in point.ways]
    return min(ways, key=len) or ["(all there, but apart, of another subject, or void)"]


def _figure(what: str, value: float, goal: Goal | None = None, note: str = "", unit: str = "") -> Figure:
    return Figure("grading", what, (value,), unit, goal, note)
