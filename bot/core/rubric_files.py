"""A bank's rubrics as files: read when first asked for, as the start of a bot does not need them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bot.core.problems import Problem

if TYPE_CHECKING:
    from bot.core.rubrics import Rubric


class RubricFile(NamedTuple):
    """A file of rubrics and what stands in it."""

    path: str
    source: str


class RubricFiles(Mapping[str, "Rubric"]):
    """The rubrics of one bank by the questions' ids."""

    def __init__(self, files: tuple[RubricFile, ...]) -> None:
        self._files = files

    @cached_property
    def _read(self) -> tuple[dict[str, Rubric], list[Problem]]:
        from bot.core.rubric_reading import read_rubrics  # noqa: PLC0415 - no start waits for it

        rubrics: dict[str, Rubric] = {}
        problems: list[Problem] = []
        for file in self._files:
            found, wrong = read_rubrics(file.source, file.path)
            problems += wrong
            problems += [_again(rubric, rubrics[rubric.key]) for rubric in found if rubric.key in rubrics]
            rubrics |= {rubric.key: rubric for rubric in found}
        return rubrics, problems

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with the files themselves."""
        return tuple(self._read[1])

    def __getitem__(self, key: str) -> Rubric:
        """The rubric of the question with that id. Raises KeyError."""
        return self._read[0][key]

    def __iter__(self) -> Iterator[str]:
        """The ids, in the files' order."""
        return iter(self._read[0])

    def __len__(self) -> int:
        """How many there are."""
        return len(self._read[0])


def _again(rubric: Rubric, first: Rubric) -> Problem:
    sentence = f"Keep one rubric of {rubric.key}: {first.path}:{first.line} is another."
    return Problem(rubric.path, rubric.line, sentence)
