"""Everything that is a person's, table by table: what /export gives away, and what erasing.py erases.

A row is theirs that has their `person_id`, or as its `chat_id` that of their private chat; so a table added later is in
the export by itself. The few tables that name their owner otherwise are written out below.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, Table, cast, false, select, union

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.store.answers import DAY
from bot.store.database import Tx
from bot.store.instants import instant
from bot.store.tables import answers, chats, failed_updates, people, questions, reviews, rounds, slots
from bot.store.tables_group import metadata

Tables = dict[str, list[dict[str, Any]]]
_NOBODYS = frozenset({"questions"})  # named in the rows of others by bank and id
_INSTANTS = frozenset({"quiet_since", "until"})  # and whatever ends in _at
_DAYS = frozenset({"day", "study_day", "first_day", "last_day", "exam_day"})


def of_person(tx: Tx, person_id: int) -> Tables:
    """The person's rows of every table that holds any people's, in the order of their keys.

    Instants are aware UTC datetimes, study days dates, periods `Period`s; a question is `question`, a Ref.
    """
    tables = (table for table in metadata.sorted_tables if table.name not in _NOBODYS)
    return {table.name: _rows(tx, table, person_id) for table in tables}


def _rows(tx: Tx, table: Table, person_id: int) -> list[dict[str, Any]]:
    if table is failed_updates:
        return _failed(tx, person_id)
    found = tx.execute(_whole(table).where(_is_of(table, person_id)).order_by(*table.primary_key))
    return [_readable(row) for row in found]


def _is_of(table: Table, person_id: int) -> ColumnElement[bool]:
    """What picks the person's rows. A group's hour that they have set is theirs, too."""
    if table in {people, chats}:
        return table.c.id == person_id
    if table is slots:
        return (slots.c.chat_id == person_id) | (slots.c.set_by == person_id)
    if table is answers:  # by their reviews, as there is no index by person; those of extra study by their rounds
        reviewed = select(reviews.c.round_id).where(reviews.c.person_id == person_id)
        here = union(reviewed, select(rounds.c.id).where(rounds.c.chat_id == person_id))
        return (answers.c.person_id == person_id) & answers.c.round_id.in_(here)
    owner = next((table.c[name] for name in ("person_id", "chat_id") if name in table.c), None)
    return false() if owner is None else owner == person_id


def _whole(table: Table) -> Select[Any]:
    """A row's columns, with the question in the place of its number; an answer's with where it was given, and its
    study day in the place of the shift that the table keeps."""
    if table is answers:
        own = [column for column in answers.c if column is not answers.c.day_shift]
        where = answers.join(rounds).join(questions, questions.c.id == rounds.c.question_id)
        found = select(*own, DAY.label("study_day"), rounds.c.chat_id, rounds.c.voided_at)
        return found.add_columns(questions.c.bank, questions.c.key).select_from(where)
    if "question_id" not in table.c:
        return select(table)
    asked = table.join(questions, questions.c.id == table.c.question_id)
    own = [column for column in table.c if column.name != "question_id"]
    return select(*own, questions.c.bank, questions.c.key).select_from(asked)


def _readable(row: Row[Any]) -> dict[str, Any]:
    plain = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row's columns
    asked = {"question": Ref(plain.pop("bank"), plain.pop("key"))} if {"bank", "key"} <= plain.keys() else {}
    return asked | {name: _value(name, value) for name, value in plain.items()}


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever the table keeps
    if value is None:
        return None
    if name.endswith("_at") or name in _INSTANTS:
        return instant(value)
    if name in _DAYS:
        return date.fromordinal(value)
    return Period(value) if name == "period" else value


def _failed(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    """The kept updates that came from the person. One from a group may quote others, so what it says stays here."""
    likely = failed_updates.c.payload.contains(cast(person_id, String))
    found = tx.execute(select(failed_updates).where(likely).order_by(failed_updates.c.update_id))
    mine = ((row, _origin(row.payload)) for row in found)
    return [
        _readable(row) | ({} if chat_id == person_id else {"payload": None})
        for row, (sender_id, chat_id) in mine
        if sender_id == person_id
    ]


def _origin(payload: str) -> tuple[Any, Any]:
    """Who sent an update and in which chat, by their ids; None for what it does not tell."""
    try:
        update = json.loads(payload)
    except ValueError:  # cut off, as it was too long
        return None, None
    event = next((part for part in _values(update) if isinstance(part, dict)), {})
    place = event.get("message", event)
    return _id(event.get("from", event.get("user"))), _id(place.get("chat") if isinstance(place, dict) else None)


def _values(update: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any JSON
    return tuple(update.values()) if isinstance(update, Mapping) else ()


def _id(thing: Any) -> Any:  # noqa: ANN401 - any JSON
    return thing.get("id") if isinstance(thing, Mapping) else None
