"""What the verbs for authors and operators do: they give what is to be printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.core.bank import Library
from bot.core.errors import BankError, GradingError, StartError
from bot.core.rubric_reading import read_rubrics
from bot.flows import grading, overrides, rebuilding
from bot.flows.library import load
from bot.store.cards import Key
from bot.store.database import open_database

Grader = Callable[[str, str], dict[str, Any]]
"""Grades an answer, the second, to the question whose id is the first. Raises GradingError."""


def grader(content: Path, rubric: Path | None) -> Grader:
    """What grades: the bank's rubrics, or those of a file. Raises BankError, StartError."""
    library = load(content)
    if rubric is None:
        return lambda key, answer: grading.graded(library, key, answer)
    return _by_file(rubric, library)


async def suggestions(content: Path, database_url: str, *, as_json: bool) -> list[str]:
    """What people say they said, a line each, for whoever writes rubrics. Raises BankError, StartError."""
    library = load(content)
    async with open_database(database_url) as database:
        sayings = await database.read(overrides.sayings)
    if as_json:
        return [json.dumps(said, ensure_ascii=False) for said in overrides.as_json(library, sayings)]
    return list(overrides.listed(library, sayings))


def _by_file(path: Path, library: Library) -> Grader:
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StartError(f"Make {path} readable, as UTF-8: {error}.") from error
    rubrics, problems = read_rubrics(source, str(path))
    if problems:
        raise BankError(tuple(map(str, sorted(problems))))
    known = {rubric.key: rubric for rubric in rubrics}
    return lambda key, answer: grading.graded_by(known, library, key, answer)


async def rebuilt(database_url: str) -> tuple[int, int]:
    """Plan every card anew from the review log: how many cards there are, and how many were planned otherwise. A bot
    may be at work on the database meanwhile. Raises StartError."""
    looked_at = differed = 0
    async with open_database(database_url) as database:
        after: Key | None = rebuilding.FIRST
        while after is not None:
            done = await database.write(rebuilding.rebuild, after)
            looked_at, differed, after = looked_at + done.cards, differed + done.differed, done.last
    return looked_at, differed


def lines_graded(grade: Grader, path: Path) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each line of a file of `{"id", "answer"}` graded, and whether it could be. Raises StartError."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _line(grade, number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise StartError(f"Make {path} readable, as UTF-8: {error}.") from error


def _line(grade: Grader, number: int, line: str) -> tuple[dict[str, Any], bool]:
    try:
        key, answer = _asked(json.loads(line))
        return grade(key, answer), True
    except json.JSONDecodeError:
        return {"line": number, "error": "Write one JSON object a line."}, False
    except (GradingError, RecursionError) as error:
        return {"line": number, "error": str(error)}, False


def _asked(entry: object) -> tuple[str, str]:
    if isinstance(entry, dict) and isinstance(entry.get("id"), str) and isinstance(entry.get("answer"), str):
        return entry["id"], entry["answer"]
    raise GradingError('Write each line as {"id": "…", "answer": "…"}.')
