"""The banks: found in files, read, checked, kept on a shelf.

A content folder holds banks (`<bank>/bank.yaml`, `<bank>/<language>/<topic>.md`, `<bank>/rubrics/<topic>.yaml`). A
single .md or .txt file is a bank of its own, and so is a folder of loose ones. Everything here reads files and blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from bot.core.assembly import Folder, Page, bank_of, clashes, rubric_problems
from bot.core.bank import LANGUAGES, Bank, Language, Library
from bot.core.errors import BankError
from bot.core.limits import too_long
from bot.core.manifest import read_manifest
from bot.core.problems import Problem
from bot.core.reading import Draft, Sheet, read
from bot.core.rubric_files import RubricFile, RubricFiles

_MANIFEST = "bank.yaml"
_RUBRICS = "rubrics"
_ENDINGS = frozenset({".md", ".txt"})
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. A question counts once, however many languages it is written in."""

    banks: int
    topics: int
    questions: int
    with_choices: int
    with_rubrics: int
    languages: Mapping[Language, int]
    problems: tuple[Problem, ...]

    @property
    def summary(self) -> str:
        """The counts and the verdict in one line."""
        written = ", ".join(f"{language} {count}" for language, count in self.languages.items())
        written += f"; {_count(self.with_rubrics, 'rubric')}" if self.with_rubrics else ""
        kinds = f"{self.with_choices} with choices, {self.questions - self.with_choices} to recall"
        where = f"{_count(self.topics, 'topic')} of {_count(self.banks, 'bank')}"
        verdict = _count(len(self.problems), "problem") if self.problems else "no problem"
        return f"{_count(self.questions, 'question')} in {where} ({kinds}; {written or 'in no language'}): {verdict}."


class Shelf:
    """The library that is in use now."""

    def __init__(self, path: Path) -> None:
        """Load the banks under `path`. Raises BankError."""
        self._path = path
        self.library = load(path)

    def reload(self) -> tuple[str, ...]:
        """Swap in the banks as they are now; with problems, keep the old ones and return the problems."""
        try:
            self.library = load(self._path, rubrics=True)
        except BankError as error:
            return error.problems
        return self.read_rubrics()

    def read_rubrics(self) -> tuple[str, ...]:
        """Read the rubrics now, as whoever answers first would wait for that; what is wrong in them is left out."""
        files = (bank.rubrics for bank in self.library.banks if isinstance(bank.rubrics, RubricFiles))
        return tuple(str(problem) for rubrics in files for problem in rubrics.problems)


def load(path: Path, *, rubrics: bool = False) -> Library:
    """All banks under `path`, no text rendered. Raises BankError with every mistake of structure; with those of
    `rubrics` only where they are to be read at once, which a start does not wait for."""
    folders = _folders(path)
    problems = _problems(folders, lambda draft, file: list(too_long(draft, file, exact=False)), rubrics=rubrics)
    if problems:
        raise BankError(tuple(map(str, problems)))
    return Library(tuple(map(bank_of, folders)))


def check(path: Path, *, rubrics: bool = False) -> Report:
    """Read all banks under `path` and render every text of them; `rubrics`: grade with every rubric, too."""
    from bot.core.lint import lint  # noqa: PLC0415 - renders, which no start does

    folders = _folders(path)
    strict = lambda draft, file: [*too_long(draft, file, exact=True), *lint(draft, file)]  # noqa: E731
    problems = _problems(folders, strict, rubrics=True)
    banks = [bank for folder in folders if (bank := bank_of(folder)).questions]
    if rubrics and not problems:
        from bot.core.rubric_lint import lint_rubrics  # noqa: PLC0415

        problems = tuple(sorted(problem for bank in banks for problem in lint_rubrics(bank)))
    return _report(banks, problems)


def _report(banks: list[Bank], problems: tuple[Problem, ...]) -> Report:
    questions = [question for bank in banks for question in bank.questions]
    counts = {lang: len({question.ref for question in questions if question.language == lang}) for lang in LANGUAGES}
    return Report(
        len(banks),
        sum(len(bank.topics) for bank in banks),
        len({question.ref for question in questions}),
        len({question.ref for question in questions if question.choices}),
        sum(len(bank.rubrics) for bank in banks),
        {language: count for language, count in counts.items() if count},
        problems,
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _problems(
    folders: list[Folder], of_draft: Callable[[Draft, str], list[Problem]], *, rubrics: bool
) -> tuple[Problem, ...]:
    """Everything wrong with these banks, in the order of files and lines, each said once."""
    found: set[Problem] = set()
    for folder in folders:
        found.update(folder.problems, clashes(folder), rubric_problems(folder) if rubrics else ())
        for sheet in (page.sheet for page in folder.pages):
            found.update(sheet.problems)
            for draft in sheet.drafts:
                found.update(of_draft(draft, sheet.path))
    return tuple(sorted(found))


def _folders(path: Path) -> list[Folder]:
    """Every bank under `path`."""
    if not path.exists():
        return [_trouble(path, "Name a folder or a file that exists: this one does not.")]
    if path.name == _MANIFEST:
        return [_bank(path.parent)]
    if not path.is_file() and not path.is_dir():
        return [_trouble(path, "Name a folder or a file: this is neither.")]
    if path.is_file():
        return [_plain(path, [path])]
    inside, files = _subfolders(path), _texts(path)
    if _is_bank(path):
        return [_bank(path)]
    if not inside and not files:
        return [
            _trouble(path, "Put a bank here: a folder with bank.yaml and zh/ or en/, or a .md file with questions.")
        ]
    if not inside:
        return [_plain(path, files)]
    banks = [_bank(sub) if _is_bank(sub) or _subfolders(sub) else _plain(sub, _texts(sub)) for sub in inside]
    return [*banks, *(_plain(file, [file]) for file in files)]


def _trouble(path: Path, sentence: str) -> Folder:
    return Folder(path.name, str(path), problems=[Problem(str(path), 1, sentence)])


def _is_bank(path: Path) -> bool:
    """Whether the folder has a manifest or a language's folder."""
    return (path / _MANIFEST).exists() or any(_is_language(sub.name) for sub in _subfolders(path))


def _is_language(name: str) -> TypeGuard[Language]:
    return name in LANGUAGES


def _subfolders(path: Path) -> list[Path]:
    return sorted(sub for sub in path.iterdir() if sub.is_dir() and sub.name[0] not in "._")


def _texts(path: Path) -> list[Path]:
    """The files that may hold questions: a README does not."""
    files = (file for file in path.iterdir() if file.is_file() and file.suffix.lower() in _ENDINGS)
    return sorted(file for file in files if not file.name.lower().startswith(("readme", ".", "_")))


def _bank(path: Path) -> Folder:
    """A bank with a manifest and a folder for each language."""
    folder = Folder(path.name, str(path / _MANIFEST))
    _add_manifest(folder, path / _MANIFEST)
    for file in _texts(path):
        folder.problems.append(Problem(str(file), 1, "Move this file into zh/ or en/: a bank's topics stand there."))
    for sub in _subfolders(path):
        _add_folder(folder, sub)
    if not folder.pages and not folder.problems:
        folder.problems.append(Problem(str(path), 1, "Add a topic: a file like zh/topic.md with questions."))
    return folder


def _add_folder(folder: Folder, sub: Path) -> None:
    """A language's pages, or the rubrics."""
    if sub.name == _RUBRICS:
        for file in sorted(sub.glob("*.yaml")):
            source = _source(file, folder.problems)
            folder.rubrics += [RubricFile(str(file), source)] if source is not None else []
    elif _is_language(sub.name):
        for file in _texts(sub):
            _add_page(folder, file, sub.name)
    else:
        sentence = f"Name this folder {' or '.join(LANGUAGES)}, or {_RUBRICS}: no other one is read."
        folder.problems.append(Problem(str(sub), 1, sentence))


def _add_manifest(folder: Folder, path: Path) -> None:
    if not path.exists():
        sentence = "Add this file: it gives the bank's title {zh: …, en: …} and lists its topics."
        folder.problems.append(Problem(str(path), 1, sentence))
        return
    source = _source(path, folder.problems)
    if source is not None:
        folder.manifest, problems = read_manifest(source, str(path))
        folder.problems += problems


def _plain(path: Path, files: list[Path]) -> Folder:
    """A bank of loose files, each a topic."""
    if not files:
        return _trouble(path, "Put questions here: a .md file, or bank.yaml with zh/ or en/.")
    folder = Folder(path.stem if path.is_file() else path.name, str(path))
    for file in files:
        _add_page(folder, file, None)
    return folder


def _add_page(folder: Folder, file: Path, language: Language | None) -> None:
    """Read one file into the bank; without a given language, it is in Chinese if it holds any."""
    source = _source(file, folder.problems)
    if source is None:
        return
    sheet: Sheet = read(source, str(file))
    spoken: Language = language or ("zh" if _CHINESE.search(source) else "en")
    folder.pages.append(Page(file.stem, spoken, sheet))


def _source(path: Path, problems: list[Problem]) -> str | None:
    """The file's text; None, with a problem, where it cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        problems.append(Problem(str(path), 1, f"Make this file readable: {error.strerror}."))
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.append(Problem(str(path), line, "Save the file as UTF-8: this line is in another encoding."))
        return None
