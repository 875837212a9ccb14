"""A file that a person sends, whatever it is: the ZIP or the JSON of an export, or an .apkg."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.archive import anki_read, wishes
from bot.archive.brought import Brought, Gathered, Owner, check_times
from bot.archive.errors import Trouble, UnreadableError
from bot.archive.tables import FORMAT, VERSION
from bot.archive.zipped import MAGIC, Opened
from bot.core.bank import Ref

JSON_NAME, BRIEF_NAME = "export.json", "import.json"  # the second has what is read of the first
_NO_ID = 2**52  # Telegram's ids are smaller
_LARGEST = 48 * 1024 * 1024  # bytes of JSON
_MOST_VALUES = 3_000_000  # what stands between commas; each takes some tens of bytes once it is read
_MOST_PARTS = 500_000  # objects and lists; each some two hundred


def read(content: bytes, now: datetime) -> Brought:
    """What a file brings; `now` is aware UTC. Raises UnreadableError, or OSError when there is no room for it."""
    brought = _in_zip(Opened(content)) if content.startswith(MAGIC) else _in_json(content)
    check_times(brought, now)
    return brought


def _in_zip(archive: Opened) -> Brought:
    ours = archive.called(BRIEF_NAME) or archive.called(JSON_NAME)
    if ours is not None:
        return _in_json(archive.read(ours, _LARGEST))
    if archive.names.isdisjoint({*anki_read.COLLECTIONS, anki_read.NEWER}):
        raise UnreadableError(Trouble.FOREIGN)
    return anki_read.cards(archive)


def _in_json(content: bytes) -> Brought:
    if len(content) > _LARGEST or content.count(b",") > _MOST_VALUES or _parts(content) > _MOST_PARTS:
        raise UnreadableError(Trouble.LARGE)
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        raise UnreadableError(Trouble.FOREIGN)
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(Trouble.BROKEN) from error
    return replace(_logged(_tables(document)), owner=_owner(document))


def _parts(content: bytes) -> int:
    return content.count(b"{") + content.count(b"[")


def _tables(document: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """What an export says its tables are. Raises UnreadableError for another format, or a version to come."""
    version = document.get("version")
    if document.get("format") != FORMAT or type(version) is not int:
        raise UnreadableError(Trouble.FOREIGN)
    if version > VERSION:
        raise UnreadableError(Trouble.NEWER)
    return document.get("tables")


def _logged(tables: Any) -> Brought:  # noqa: ANN401 - any JSON
    gathered = Gathered()
    if not isinstance(tables, dict):
        raise UnreadableError(Trouble.BROKEN)
    try:
        for row in _listed(tables.get("reviews")):
            gathered.add(Ref(_text(row["bank"]), _text(row["question"])), _number(row["rating"]), _instant(row))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise UnreadableError(Trouble.BROKEN) from error
    return gathered.brought(wishes.of_tables(tables))


def _owner(document: dict[str, Any]) -> Owner | None:
    """Whose export it says it is, which every one of ours does. Raises UnreadableError where that is no id."""
    owner_id = document.get("person_id")
    if owner_id is None:
        return None
    if type(owner_id) is not int or not 0 < owner_id < _NO_ID:
        raise UnreadableError(Trouble.BROKEN)
    people = document["tables"].get("people")
    named = people[0].get("name") if isinstance(people, list) and people and isinstance(people[0], dict) else ""
    return Owner(owner_id, named if isinstance(named, str) else "")


def _listed(rows: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    if not isinstance(rows, list):
        raise TypeError("not a list")
    return rows


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON
    if not isinstance(value, str) or "\0" in value or not value.isprintable():
        raise TypeError("not a name")
    return value


def _number(value: Any) -> int:  # noqa: ANN401 - any JSON
    if type(value) is not int:
        raise TypeError("not a number")
    return value


def _instant(row: dict[str, Any]) -> datetime:
    """An instant with its zone, in UTC."""
    at = datetime.fromisoformat(_text(row["reviewed_at"]))
    if at.tzinfo is None:
        raise ValueError("no zone")
    return at.astimezone(UTC)
