"""The grader beside people's scores of Chinese students' answers, which are no part of this repository."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

from bench.grading.material import HERE, Scored, read_ads, read_before, rubrics_of
from bench.grading.measures import agreed, pearson
from bench.grading.people import PASS
from bench.report import Figure, Goal
from bot.core.judging import grade
from bot.core.rubrics import Rubric

_PASS_OF_TEN = 6
_AGREED = Goal(">=", 0.81)
Pairs = dict[str, list[tuple[float, float]]]


def figures(folder: Path) -> Iterator[Figure]:
    """Rubrics from before any answer was read, on all answers; rubrics improved once, on answers that were not read."""
    answers = read_ads(folder)
    rest = {key: _unread(every) for key, every in answers.items()}
    blind, authored = rubrics_of(HERE / "ads-blind.yaml"), rubrics_of(HERE / "ads-authored.yaml")
    yield from told("ADS, blind rubrics", pairs(blind, answers), Goal(">=", 0.74), _AGREED)
    yield from told("ADS, blind rubrics, unread answers", pairs(blind, rest))
    yield from told("ADS, authored rubrics, unread answers", pairs(authored, rest), Goal(">=", 0.78), _AGREED)


def pairs(rubrics: dict[str, Rubric], answers: dict[str, list[Scored]]) -> Pairs:
    """Our score and people's for each answer, by question."""
    return {key: [(float(_graded(rubrics[key], one)), one.score) for one in every] for key, every in answers.items()}


def told(what: str, found: Pairs, least: Goal | None = None, agreement: Goal | None = None) -> Iterator[Figure]:
    """Correlation within questions and over all of them, and how often both pass."""
    every = [pair for some in found.values() for pair in some]
    within = {key: pearson(some) for key, some in found.items()}
    note = ", ".join(f"{key} {r:.2f}" for key, r in within.items())
    yield Figure("grading", f"{what}: r, mean of questions", (fmean(within.values()),), "", least, note)
    yield Figure("grading", f"{what}: r over all", (pearson(every),), "", least, f"{len(every)} answers")
    passed = f"ours >= {PASS} of 100, people's >= {_PASS_OF_TEN} of 10"
    yield Figure("grading", f"{what}: pass agreement", (agreed(every, PASS, _PASS_OF_TEN),), "", agreement, passed)


def _graded(rubric: Rubric, one: Scored) -> int:
    return grade(rubric, one.answer, prompt=one.prompt, references=one.references).score


def _unread(answers: list[Scored]) -> list[Scored]:
    read = {one.number for one in read_before(answers)}
    return [one for one in answers if one.number not in read]
