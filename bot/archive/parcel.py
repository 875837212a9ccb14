"""The two files of an export: everything as a ZIP, and the cards as an .apkg."""

from __future__ import annotations

from dataclasses import dataclass

from bot.archive import anki_notes, anki_write, tables
from bot.archive.anki_schedule import Memory
from bot.archive.opened import BRIEF_NAME, JSON_NAME
from bot.archive.tables import Document
from bot.archive.zipped import packed
from bot.core.bank import Language, Library, Ref
from bot.core.markdown import plain

_NAMES = {"people": "person", "chats": "settings"}  # what a table holds where all of it is one person's


@dataclass(frozen=True, slots=True)
class Parcel:
    """What there is to pack, in the person's language."""

    document: Document
    memory: Memory
    library: Library
    language: Language
    readme: str


def everything(parcel: Parcel) -> bytes:
    """The ZIP: export.json, what /import reads of it, a CSV for each table with anything in it, README.txt."""
    document = tables.plain(parcel.document, lambda ref: _prompt(parcel, ref))
    sheets = {f"{_NAMES.get(name, name)}.csv": tables.as_csv(rows) for name, rows in document.tables.items() if rows}
    readme = parcel.readme.replace("\n", "\r\n").encode("utf-8-sig")
    whole = {JSON_NAME: tables.as_json(document), BRIEF_NAME: tables.as_json(tables.brief(document))}
    files = {"README.txt": readme} | whole | sheets
    return packed(files, parcel.memory.now.astimezone(parcel.memory.zone))


def cards(parcel: Parcel) -> bytes:
    """The .apkg: every question of the banks, those never reviewed as new ones."""
    return anki_write.apkg(anki_notes.notes(parcel.library, parcel.language), parcel.memory)


def _prompt(parcel: Parcel, ref: Ref) -> str:
    """What a question asks; nothing for one that has left the bank."""
    question = parcel.library.question(ref, parcel.language)
    return plain(question.prompt) if question else ""
