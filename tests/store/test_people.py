"""Persons and chats as last seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.core.people import Chat, Person
from bot.store import people, pushes
from bot.store.database import Tx
from bot.store.tables import chats
from bot.store.tables import people as people_table

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
ADA = Person(7_000_000_001, "Ada", "ada", "en")


def test_a_person_comes_back_as_last_seen(tx: Tx) -> None:
    """A rename keeps one row, under the new name; a user name given up is gone."""
    people.see_person(tx, ADA, NOON)
    renamed = Person(ADA.id, "Ада 👩‍🔬", None, "ru")
    people.see_person(tx, renamed, LATER)

    assert people.find_person(tx, ADA.id) == renamed
    assert tx.scalars(select(people_table.c.first_seen_at)).all() == [int(NOON.timestamp())]


def test_a_language_left_out_stays(tx: Tx) -> None:
    """Telegram does not always tell the language; then what it told before holds."""
    people.see_person(tx, ADA, NOON)
    people.see_person(tx, Person(ADA.id, "Ada L.", "ada", None), LATER)

    assert people.find_person(tx, ADA.id) == Person(ADA.id, "Ada L.", "ada", "en")


def test_a_person_seen_without_a_language_gets_one_later(tx: Tx) -> None:
    """A person first met through a vote, where Telegram tells no language, is completed by the first message."""
    people.see_person(tx, Person(1, "Ada"), NOON)
    people.see_person(tx, Person(1, "Ada", None, "zh-hans"), NOON)

    assert people.find_person(tx, 1) == Person(1, "Ada", None, "zh-hans")


def test_nobody_is_found_before_being_seen(tx: Tx) -> None:
    """An unknown id is nobody, and no chat."""
    assert people.find_person(tx, 1) is None
    assert people.find_chat(tx, 1) is None


def test_a_chat_keeps_its_settings_under_a_new_title(tx: Tx) -> None:
    """Seeing a chat again changes kind and title only, and tells the stored settings."""
    people.see_chat(tx, Chat(-100, "group", "Readers"), NOON)
    people.change_chat(tx, -100, language="en", timezone="Europe/Berlin", asking="timezone")

    seen = people.see_chat(tx, Chat(-100, "group", "读书小组"), LATER)

    settings = {"language": "en", "timezone": "Europe/Berlin", "asking": "timezone"}
    assert seen == Chat(-100, "group", "读书小组", **settings)  # type: ignore[arg-type]
    assert people.find_chat(tx, -100) == seen
    assert tx.scalars(select(chats.c.first_seen_at)).all() == [int(NOON.timestamp())]


def test_a_setting_can_be_taken_back(tx: Tx) -> None:
    """None is a value like any other: the chat follows the defaults again."""
    people.see_chat(tx, Chat(1, "private"), NOON)
    people.change_chat(tx, 1, timezone="Asia/Tokyo", asking="timezone")
    people.change_chat(tx, 1, timezone=None, asking=None)

    assert people.find_chat(tx, 1) == Chat(1, "private")


def test_a_quiet_chat_is_not_planned_and_wakes_when_seen(tx: Tx) -> None:
    """Going quiet keeps the hours without a plan and tells since when; being seen ends it."""
    people.see_chat(tx, Chat(1, "private"), NOON)
    pushes.set_slot(tx, pushes.Slot(1, 540, None, LATER))
    pushes.set_slot(tx, pushes.Slot(2, 540, None, LATER))

    people.quiet_chat(tx, 1, NOON)
    people.quiet_chat(tx, 1, LATER)

    quiet = people.find_chat(tx, 1)
    assert quiet is not None
    assert quiet.quiet_since == int(NOON.timestamp())
    assert pushes.slots_of(tx, 1) == (pushes.Slot(1, 540, None, None),)
    assert pushes.slots_of(tx, 2) == (pushes.Slot(2, 540, None, LATER),)

    assert people.see_chat(tx, Chat(1, "private"), LATER).quiet_since is None
    assert people.find_chat(tx, 1) == Chat(1, "private")
