"""Two authors' labels of the same answers, neither having seen the other's; the grader beside each and beside both.

Labels of one author are that author's opinion. How far another's differ bounds what a grader's F1 can mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from bench.grading.material import HERE, Honest, Material
from bench.grading.measures import Tally, kappa
from bench.grading.people import Graded
from bench.report import Figure
from bot.core.bank import LANGUAGES

SECOND = HERE / "second.jsonl"
Verdict = Literal["made", "undecided", "not made"]


def figures(material: Material, graded: Graded, which: str, path: Path = SECOND) -> Iterator[Figure]:
    """How the two authors agree in each language, and the grader with them. Raises ValueError as `second` does."""
    relabelled = second(material, path)
    for language in LANGUAGES:
        rows = [(one, two, grade) for (one, grade), two in zip(graded, relabelled, strict=True)]
        rows = [row for row in rows if row[0].language == language]
        yield from _authors(material, [(one, two) for one, two, _grade in rows], f"{which}{language}: two authors, ")
        yield from _second([(two, grade) for _one, two, grade in rows], f"{which}{language}: ")
        yield from _both([(common(material, one, two), grade) for one, two, grade in rows], f"{which}{language}: ")


def second(material: Material, path: Path = SECOND) -> tuple[Honest, ...]:
    """The material's answers in its order, labelled by the second author; `kind` and `passes` stay the first's.

    Raises ValueError for an answer without a label (also one that was changed since), or a label that names no point.
    """
    labels = {}
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        labels[row["id"], row["language"], row["hash"]] = frozenset(row["made"]), frozenset(row["partly"])
    return tuple(
        _relabel(material, one, labels.get((one.ref.id, one.language, digest(one.answer)))) for one in material.answers
    )


def differing(material: Material, path: Path = SECOND) -> Iterator[tuple[Honest, str, Verdict, Verdict]]:
    """For authors: each point of an answer on which the verdicts differ, with both, the first author's first."""
    for one, two in zip(material.answers, second(material, path), strict=True):
        for point in material.rubric(one.ref).points:
            if (first := verdict(one, point.id)) != (other := verdict(two, point.id)):
                yield one, point.id, first, other


def digest(answer: str) -> str:
    """What a label knows its answer by: the first twelve hexadecimal digits of its SHA-256."""
    return sha256(answer.encode()).hexdigest()[:12]


def verdict(one: Honest, point: str) -> Verdict:
    """What the answer's labels say of a point."""
    return "made" if point in one.made else "undecided" if point in one.partly else "not made"


def common(material: Material, one: Honest, two: Honest) -> Honest:
    """What both say: undecided is all that either is undecided about or they differ on."""
    ids = {point.id for point in material.rubric(one.ref).points}
    decided = {point for point in ids if verdict(one, point) == verdict(two, point) != "undecided"}
    return replace(one, made=one.made & two.made, partly=frozenset(ids - decided))


def _relabel(material: Material, one: Honest, label: tuple[frozenset[str], frozenset[str]] | None) -> Honest:
    if label is None:
        raise ValueError(f"{one.ref.id} has no second label for {digest(one.answer)}: {one.answer[:40]}")
    if stray := (label[0] | label[1]) - {point.id for point in material.rubric(one.ref).points}:
        raise ValueError(f"{one.ref.id} has no points {', '.join(sorted(stray))}")
    return replace(one, made=label[0], partly=label[1])


def _authors(material: Material, pairs: Sequence[tuple[Honest, Honest]], what: str) -> Iterator[Figure]:
    told, tally = [], Tally()
    for one, two in pairs:
        told += [(verdict(one, point.id), verdict(two, point.id)) for point in material.rubric(one.ref).points]
        tally.add(two.made, one.made)
    note = f"{len(told)} verdicts on {len(pairs)} answers: made, undecided, not made"
    yield _figure(f"{what}same verdict", sum(one == two for one, two in told) / len(told) if told else 0.0, note)
    yield _figure(f"{what}Cohen's kappa", kappa(told), note)
    yield _figure(f"{what}F1, undecided counted as not made", tally.f1, note)
    apart = sum({one, two} == {"made", "not made"} for one, two in told)
    yield _figure(f"{what}made to one, not made to the other", apart, note)


def _second(answers: Graded, what: str) -> Iterator[Figure]:
    strict, decided = Tally(), Tally()
    for two, grade in answers:
        hits = [hit.point for hit in grade.hits]
        strict.add(hits, two.made)
        decided.add(hits, two.made, two.partly)
    yield _figure(
        f"{what}F1 of points hit, second author", decided.f1, "points that author is undecided about left out"
    )
    yield _figure(f"{what}F1, second author, undecided counted as not made", strict.f1, f"{len(answers)} answers")


def _both(answers: Graded, what: str) -> Iterator[Figure]:
    tally = Tally()
    for agreed, grade in answers:
        tally.add([hit.point for hit in grade.hits], agreed.made, agreed.partly)
    for name, value in (("precision", tally.precision), ("recall", tally.recall), ("F1", tally.f1)):
        yield _figure(f"{what}{name} where both authors agree", value, "points either is undecided about left out")


def _figure(what: str, value: float, note: str) -> Figure:
    return Figure("grading", what, (value,), "", note=note)
