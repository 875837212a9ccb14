"""A bank put together from its files, and the mistakes that only show when files are held side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.bank import LANGUAGES, Bank, Language, Topic
from bot.core.manifest import Manifest
from bot.core.problems import Problem, did_you_mean, quoted
from bot.core.reading import Draft, Sheet
from bot.core.reading_heading import essence
from bot.core.rubric_files import RubricFile, RubricFiles

if TYPE_CHECKING:
    from bot.core.rubrics import Rubric


@dataclass(frozen=True, slots=True)
class Page:
    """One file of a bank: which topic it is, in which language."""

    topic: str
    language: Language
    sheet: Sheet


@dataclass(slots=True)
class Folder:
    """A bank's files as found. A plain bank has no manifest; `path` is where its problems are told."""

    name: str
    path: str
    pages: list[Page] = field(default_factory=list)
    rubrics: list[RubricFile] = field(default_factory=list)
    manifest: Manifest | None = None
    problems: list[Problem] = field(default_factory=list)


def bank_of(folder: Folder) -> Bank:
    """The bank: topics as the manifest orders them, questions by topic, then language, then file order."""
    pages = sorted(folder.pages, key=lambda page: (_place(folder, page.topic), LANGUAGES.index(page.language)))
    questions = (
        draft.question(folder.name, page.language, page.topic, page.sheet.path)
        for page in pages
        for draft in page.sheet.drafts
    )
    manifest = folder.manifest or Manifest(title=_only_title(folder))
    rubrics = RubricFiles(tuple(folder.rubrics))
    return Bank(folder.name, manifest.title, _topics(folder, pages), tuple(questions), manifest.licence, rubrics)


def clashes(folder: Folder) -> Iterator[Problem]:
    """Ids and prompts used twice, languages that disagree, topics without files and files without topics."""
    for language in dict.fromkeys(page.language for page in folder.pages):
        yield from _twice([page for page in folder.pages if page.language == language])
    yield from _disagreements(folder.pages)
    if folder.manifest is not None and folder.manifest.topics:
        yield from _misfiled(folder, folder.manifest)


def rubric_problems(folder: Folder) -> Iterator[Problem]:
    """What is wrong with the bank's rubrics as files: mistakes of writing, rubrics of questions there are not, and
    questions named as near that have none."""
    rubrics = RubricFiles(tuple(folder.rubrics))
    yield from rubrics.problems
    ids = tuple({draft.id for page in folder.pages for draft in page.sheet.drafts})
    for key in rubrics.keys() - set(ids):
        yield _stray(rubrics[key], f"Name a question of this bank: {quoted(key)} is none", key, ids)
    for rubric in rubrics.values():
        for key in set(rubric.near) - (rubrics.keys() - {rubric.key}):
            others = tuple(rubrics.keys() - {rubric.key})
            yield _stray(rubric, f"Name another question with a rubric under near: {quoted(key)} is none", key, others)


def _stray(rubric: Rubric, sentence: str, key: str, known: tuple[str, ...]) -> Problem:
    guess = did_you_mean(key, known)
    return Problem(rubric.path, rubric.line, f"{sentence}{guess and f' ({guess})'}.")


def _place(folder: Folder, topic: str) -> int:
    ids = [entry.id for entry in folder.manifest.topics] if folder.manifest else []
    return ids.index(topic) if topic in ids else len(ids)


def _only_title(folder: Folder) -> dict[Language, str]:
    """A plain bank is called as its one file is titled."""
    if len(folder.pages) != 1 or not folder.pages[0].sheet.title:
        return {}
    return {folder.pages[0].language: folder.pages[0].sheet.title}


def _topics(folder: Folder, pages: list[Page]) -> tuple[Topic, ...]:
    """Each topic once, titled by the manifest or else by its file."""
    titles: dict[str, dict[Language, str]] = {}
    for page in pages:
        title = titles.setdefault(page.topic, {})
        if page.sheet.title:
            title[page.language] = page.sheet.title
    for entry in folder.manifest.topics if folder.manifest else ():
        if entry.id in titles:
            titles[entry.id] |= entry.title
    return tuple(Topic(topic, title) for topic, title in titles.items())


def _twice(pages: list[Page]) -> Iterator[Problem]:
    """Ids and prompts that appear a second time in one language."""
    ids: dict[str, str] = {}
    prompts: dict[str, str] = {}
    for sheet, draft in ((page.sheet, draft) for page in pages for draft in page.sheet.drafts):
        here = f"{sheet.path}:{draft.prompt.line}"
        words = essence(draft.prompt.text)
        if draft.prompt.text and words in prompts:
            sentence = f"Remove this question or ask something else: {prompts[words]} asks the same."
            yield Problem(sheet.path, draft.prompt.line, sentence)
        elif draft.prompt.text and draft.id in ids:
            yield Problem(sheet.path, draft.prompt.line, f"Change the id #{draft.id}: {ids[draft.id]} has it already.")
        if draft.prompt.text:
            prompts.setdefault(words, here)
            ids.setdefault(draft.id, here)


def _disagreements(pages: list[Page]) -> Iterator[Problem]:
    """Versions of a question whose choices do not correspond: answers are stored by the choice's place."""
    first: dict[str, tuple[Language, str, Draft]] = {}
    for page in pages:
        for draft in page.sheet.drafts:
            here = f"{page.sheet.path}:{draft.prompt.line}"
            language, there, other = first.setdefault(draft.id, (page.language, here, draft))
            if language != page.language and _key(other) != _key(draft):
                sentence = f"Give the choices as {there} has them: as many, with the right one in the same place."
                yield Problem(page.sheet.path, draft.sections.line or draft.prompt.line, sentence)


def _key(draft: Draft) -> tuple[bool, ...]:
    return tuple(option.right for option in draft.sections.choices)


def _misfiled(folder: Folder, manifest: Manifest) -> Iterator[Problem]:
    """Where `bank.yaml` and the files disagree."""
    files = {page.topic for page in folder.pages}
    entries = {entry.id: entry for entry in manifest.topics}
    for entry in manifest.topics:
        if entry.id not in files:
            sentence = f"Add the file {entry.id}.md or remove the topic {quoted(entry.id)}: no language has that file."
            yield Problem(folder.path, entry.line, sentence)
    for page in folder.pages:
        listed = entries.get(page.topic)
        if listed is None:
            sentence = f"Add “- id: {page.topic}” to the topics in {folder.path}: this file is none of them."
            yield Problem(page.sheet.path, 1, sentence)
        elif page.sheet.title and listed.title.get(page.language, page.sheet.title) != page.sheet.title:
            sentence = (
                f"Title the topic {quoted(listed.title[page.language])} as {folder.path} does, or change it there."
            )
            yield Problem(page.sheet.path, page.sheet.title_line, sentence)
