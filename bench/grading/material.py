"""What is graded: honest answers with the points a person says they make, the bank they answer, the ADS answers."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.core.bank import Language, Library, Ref
from bot.core.rubric_reading import read_rubrics
from bot.core.rubrics import Rubric
from bot.flows.library import load

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "content"
ADS = HERE.parents[2] / "shared" / "data" / "ads-dev"
LATER = HERE / "later.jsonl"  # honest answers that are younger than the rubrics
CASUAL = HERE / "casual.jsonl"  # younger still, as typed or dictated in a hurry
LATER_CASUAL = HERE / "casual-later.jsonl"  # the same by another author, younger than the reading of short forms
BANK = "bert"
READ = 12  # ADS answers a question that were read before the rubrics were improved
_SEED = "ads, read once"


@dataclass(frozen=True, slots=True)
class Honest:
    """An answer as a candidate would give it.

    `made` are the points it makes, `partly` those a person is undecided about; `passes` is whether an examiner would be
    content. `kind` says what it was written to be: see README.md.
    """

    ref: Ref
    language: Language
    kind: str
    answer: str
    made: frozenset[str]
    partly: frozenset[str]
    passes: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """An answer of the ADS set: `score` is people's, 0..10; `number` its place among those to its question."""

    question: str
    prompt: str
    answer: str
    score: float
    references: tuple[str, ...]
    number: int


class Material:
    """The bank with its rubrics and the honest answers to it."""

    def __init__(self, content: Path = CONTENT, honest: Path = HERE / "honest.jsonl", most: int | None = None) -> None:
        """`most`: so many questions only. Raises BankError, or ValueError where a label names no point."""
        self.library: Library = load(content, rubrics=True)
        refs = [ref for ref in self.library.refs if ref.bank == BANK and self.library.rubric(ref)]
        self.refs: tuple[Ref, ...] = tuple(refs[:most])
        self.answers: tuple[Honest, ...] = tuple(one for one in read_honest(honest) if one.ref in self.refs)
        for one in self.answers:
            if stray := (one.made | one.partly) - {point.id for point in self.rubric(one.ref).points}:
                raise ValueError(f"{one.ref.id} has no points {', '.join(sorted(stray))}")

    def rubric(self, ref: Ref) -> Rubric:
        """The question's rubric. Raises LookupError."""
        rubric = self.library.rubric(ref)
        if rubric is None:
            raise LookupError(ref.id)
        return rubric

    @cached_property
    def good(self) -> tuple[Honest, ...]:
        """Those an examiner would be content with."""
        return tuple(one for one in self.answers if one.passes)


def read_honest(path: Path) -> Iterator[Honest]:
    """The honest answers of a file, a JSON object a line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        made, partly = frozenset(row["made"]), frozenset(row.get("partly", ()))
        ref = Ref(BANK, row["id"])
        yield Honest(ref, row["language"], row["kind"], row["answer"], made, partly, row["pass"])


def read_ads(folder: Path) -> dict[str, list[Scored]]:
    """The ADS answers by question, in the file's order. Raises OSError where there is none."""
    found: dict[str, list[Scored]] = defaultdict(list)
    for line in (folder / "ads-dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        key = row["q_id"]
        references = tuple(row[name] for name in ("reference1", "reference2", "reference3") if row.get(name))
        number = len(found[key])
        found[key].append(Scored(key, row["question"], row["answer"], float(row["score"]), references, number))
    return found


def read_before(answers: list[Scored]) -> list[Scored]:
    """The ones of a question that were read to improve its rubric: the first of a shuffle that is always the same."""
    shuffled = list(answers)
    random.Random(f"{_SEED} {answers[0].question}").shuffle(shuffled)
    return shuffled[:READ]


def rubrics_of(path: Path) -> dict[str, Rubric]:
    """The rubrics of a file outside any bank, by question. Raises ValueError with everything wrong in it."""
    rubrics, problems = read_rubrics(path.read_text(encoding="utf-8"), path.name)
    if problems:
        raise ValueError("\n".join(map(str, problems)))
    return {rubric.key: rubric for rubric in rubrics}
