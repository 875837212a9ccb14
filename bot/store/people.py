"""Persons and chats: seen, changed, moved, erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, bindparam, select, update

from bot.core.bank import Language
from bot.core.people import Chat, ChatKind, Person
from bot.store import erasing, moving, scores
from bot.store.database import Tx
from bot.store.instants import instant_or_none, seconds
from bot.store.prepared import Prepared
from bot.store.tables import chats, people, slots
from bot.store.upsert import put

_PERSON = Prepared(select(people).where(people.c.id == bindparam("id")))
_WORLDWIDE = Prepared(select(people.c.worldwide).where(people.c.id == bindparam("id")))
_CHAT = Prepared(select(chats).where(chats.c.id == bindparam("id")))


def see_person(tx: Tx, person: Person, now: datetime) -> None:
    """Keep the person as last seen. A language that Telegram leaves out this time stays as it was."""
    known = find_person(tx, person.id)
    if known is not None and replace(person, language_code=person.language_code or known.language_code) == known:
        return
    row = {
        "id": person.id,
        "name": person.name,
        "username": person.username,
        "language_code": person.language_code or (known.language_code if known else None),
        "first_seen_at": seconds(now),
    }
    put(tx, people, row, keeping="first_seen_at")


def see_chat(tx: Tx, chat: Chat, now: datetime, known: Chat | None = None) -> Chat:
    """Keep the chat's kind and title as last seen, wake it, and give it with its stored settings: those of `known`, if
    the caller has looked them up."""
    known = known or find_chat(tx, chat.id)
    if known is not None and (known.kind, known.title, known.quiet_since) == (chat.kind, chat.title, None):
        return known
    seen = {"id": chat.id, "kind": chat.kind, "title": chat.title, "quiet_since": None}
    put(tx, chats, seen | {"first_seen_at": seconds(now)}, keeping="first_seen_at")
    blank = Chat(chat.id, chat.kind)
    return replace(known or blank, kind=chat.kind, title=chat.title, quiet_since=None)


def find_person(tx: Tx, person_id: int) -> Person | None:
    """The person of that Telegram id, if ever seen."""
    row = _PERSON.first(tx, {"id": person_id})
    return Person(row.id, row.name, row.username, row.language_code) if row else None


def first_seen(tx: Tx, person_id: int) -> datetime | None:
    """When the person was seen for the first time (since they were last erased); None if they are not known."""
    return instant_or_none(tx.scalar(select(people.c.first_seen_at).where(people.c.id == person_id)))


def chat_first_seen(tx: Tx, chat_id: int) -> datetime | None:
    """The same of a chat."""
    return instant_or_none(tx.scalar(select(chats.c.first_seen_at).where(chats.c.id == chat_id)))


def is_worldwide(tx: Tx, person_id: int) -> bool:
    """Whether the person wants to be on the global board."""
    return bool(_WORLDWIDE.scalar(tx, {"id": person_id}))


def is_hidden(tx: Tx, person_id: int) -> bool:
    """Whether the person is on no board."""
    return bool(tx.scalar(select(people.c.hidden).where(people.c.id == person_id)))


def change_person(tx: Tx, person_id: int, **columns: bool) -> None:
    """Set columns of a person by their names; nothing happens to a person never seen."""
    tx.execute(update(people).where(people.c.id == person_id).values(**columns))
    if "hidden" in columns:
        scores.relist(tx, person_id)


def find_chat(tx: Tx, chat_id: int) -> Chat | None:
    """The chat of that Telegram id with its settings, if ever seen."""
    row = _CHAT.first(tx, {"id": chat_id})
    return _chat(row) if row else None


def find_home(tx: Tx, chat_id: int) -> Chat | None:
    """The same, under whatever id the chat has by now: a group that has become a supergroup is found by both."""
    found = find_chat(tx, chat_id)
    home = moving.home_of(tx, chat_id) if found is None and chat_id < 0 else None
    return found if home is None else find_chat(tx, home)


def groups_called(tx: Tx, title: str) -> tuple[int, ...]:
    """The basic groups of that title in which the bot is, as far as it knows."""
    here = (chats.c.kind == "group") & (chats.c.title == title) & chats.c.quiet_since.is_(None)
    return tuple(tx.scalars(select(chats.c.id).where(here)))


def change_chat(tx: Tx, chat_id: int, **columns: str | int | bool | None) -> None:
    """Set columns of a chat by their names; nothing happens to a chat never seen."""
    tx.execute(update(chats).where(chats.c.id == chat_id).values(**columns))


def quiet_chat(tx: Tx, chat_id: int, now: datetime) -> None:
    """Nothing is sent there from now on: it keeps its hours, but none of them is planned."""
    awake = (chats.c.id == chat_id) & chats.c.quiet_since.is_(None)
    tx.execute(update(chats).where(awake).values(quiet_since=seconds(now)))
    _unplan(tx, chat_id)


def pause_chat(tx: Tx, chat_id: int, now: datetime) -> None:
    """Nothing is pushed there from now on: it keeps its hours, but none of them is planned."""
    change_chat(tx, chat_id, paused_at=seconds(now))
    _unplan(tx, chat_id)


def move_chat(tx: Tx, old_id: int, new_id: int, now: datetime) -> None:
    """A group became a supergroup: everything it had goes there. Doing it twice changes nothing.

    What is under the new id already stays: scores are summed, settings of the old chat win. Messages are numbered
    anew there, so the rounds that come over forget theirs and have the origins that `moving.origin_before` gives.
    """
    moving.move_chat(tx, old_id, new_id, seconds(now))


def erase_person(tx: Tx, person_id: int) -> None:
    """Erase everything about a person, their private chat included; nobody else's rows change."""
    erasing.erase_person(tx, person_id)


def erase_chat(tx: Tx, chat_id: int) -> None:
    """Erase everything about a chat. What its people remember stays theirs."""
    erasing.erase_chat(tx, chat_id)


def _unplan(tx: Tx, chat_id: int) -> None:
    tx.execute(update(slots).where(slots.c.chat_id == chat_id).values(next_push_at=None))


def _chat(row: Row[Any]) -> Chat:
    return Chat(
        id=row.id,
        kind=cast("ChatKind", row.kind),
        title=row.title,
        language=cast("Language | None", row.language),
        timezone=row.timezone,
        day_start=row.day_start,
        asking=row.asking,
        quiet_since=row.quiet_since,
        paused_at=row.paused_at,
        pins=row.pins,
        trouble=row.trouble,
        theme=row.theme,
    )
