"""What is a person's, held against every table there is, those added later included."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import BigInteger, Integer

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.core.people import Chat, Person
from bot.core.review import Rating
from bot.store import answers, belongings, cards, failures, people, pushes
from bot.store.database import Tx
from bot.store.tables_group import metadata
from tests.store.asking import NOON, round_of
from tests.store.rows import fill

ADA, BOB = 1, 2
_NUMBERS = {Integer, BigInteger}
_COUNTS = {"answered", "closed_after", "day_shift", "files", "people", "points", "right", "step_to_next"}
_COUNTS |= {"new", "optimized", "suspended"}
_NOT_OF_PEOPLE = {"questions"}  # what is asked


def _fill_for(tx: Tx, person_id: int, number: int) -> None:
    """One row in every table, all of this person or of their private chat."""
    ids = {"chat_id": person_id, "chats.id": person_id, "person_id": person_id, "people.id": person_id}
    sent = f'{{"update_id": 1, "message": {{"from": {{"id": {person_id}}}, "chat": {{"id": {person_id}}}}}}}'
    words = {"payload": sent, "period": Period.ALL.key, "study_day": 739_000 + number, "set_by": person_id}
    fill(tx, metadata, ids | words | {"state": "open", "rounds.kind": "choice", "rounds.language": "zh"}, number)


def test_every_table_that_holds_a_persons_rows_is_given(tx: Tx) -> None:
    """Of each table the person's row and nobody else's. A table added later that names its owner otherwise fails."""
    for person_id in (ADA, BOB):
        _fill_for(tx, person_id, person_id)

    found = belongings.of_person(tx, ADA)

    assert {name for name, rows in found.items() if len(rows) == 1} == metadata.tables.keys() - _NOT_OF_PEOPLE
    ids = {row.get("person_id", row.get("chat_id", row.get("id"))) for rows in found.values() for row in rows}
    assert ids - {None} == {ADA}


def test_a_stranger_owns_nothing(tx: Tx) -> None:
    """The tables are there, and empty."""
    _fill_for(tx, BOB, 2)
    assert not any(belongings.of_person(tx, ADA).values())


def test_values_are_what_they_mean(tx: Tx) -> None:
    """Instants, study days and questions instead of the numbers that the tables keep; an answer says where it was."""
    asked = round_of(tx, -200, Ref("bert", "mask"), "m1")
    at, day = datetime(2026, 11, 23, 18, 0, tzinfo=UTC), date(2026, 11, 23)
    answers.save(tx, asked.id, ADA, choice=2, right=False, points=0, at=at, day=day)
    cards.log_review(tx, ADA, asked.ref, asked.id, Rating.AGAIN, at)
    people.see_chat(tx, Chat(ADA, "private"), NOON)

    found = belongings.of_person(tx, ADA)

    (answer,) = found["answers"]
    assert (answer["question"], answer["answered_at"], answer["study_day"]) == (asked.ref, at, day)
    assert (answer["chat_id"], answer["choice"], answer["right"]) == (-200, 2, False)
    assert found["reviews"] == [
        {"question": asked.ref, "person_id": ADA, "round_id": asked.id, "rating": 1, "reviewed_at": at}
    ]
    assert found["rounds"] == []  # it is the group's
    assert found["chats"][0]["first_seen_at"] == NOON


def test_every_instant_and_day_is_known_as_one() -> None:
    """A column added later whose name says neither what it is nor that it is an id would go out as a bare number."""
    numbers = [column for table in metadata.sorted_tables for column in table.c if type(column.type) in _NUMBERS]
    told = {column.name: belongings._value(column.name, 739_000) for column in numbers}
    ids = {name for name in told if name == "id" or name.endswith("_id") or name == "set_by"}
    assert {name for name, value in told.items() if value == 739_000} - ids == _COUNTS


def test_the_hour_that_an_admin_has_set_is_theirs(tx: Tx) -> None:
    """It names them, so they get to see it; other hours of the group are not theirs."""
    pushes.set_slot(tx, pushes.Slot(-200, 540, None, NOON, set_by=ADA))
    pushes.set_slot(tx, pushes.Slot(-200, 600, None, NOON, set_by=BOB))
    assert [slot["minute"] for slot in belongings.of_person(tx, ADA)["slots"]] == [540]


def test_a_private_round_is_theirs_and_what_was_answered_there(tx: Tx) -> None:
    """With and without an answer; an answer of extra study has no review, and is found all the same."""
    open_one, answered = (round_of(tx, ADA, Ref("bert", name), name, kind="choice") for name in ("mask", "scale"))
    answers.save(tx, answered.id, ADA, choice=0, right=True, points=0, at=NOON, day=NOON.date())

    found = belongings.of_person(tx, ADA)

    assert [row["id"] for row in found["rounds"]] == [open_one.id, answered.id]
    assert [row["round_id"] for row in found["answers"]] == [answered.id]


def test_a_kept_update_is_its_senders(tx: Tx) -> None:
    """In private with what it says; from a group, where it may quote others, without; and not who is only named."""
    people.see_person(tx, Person(ADA, "Ada"), NOON)
    private = '{"message": {"from": {"id": 1}, "chat": {"id": 1}, "text": "hello"}}'
    pressed = '{"callback_query": {"from": {"id": 1}, "message": {"chat": {"id": -200}, "text": "Bob: 3"}}}'
    others = '{"message": {"from": {"id": 2}, "chat": {"id": -200}, "reply_to_message": {"from": {"id": 1}}}}'
    for number, payload in enumerate((private, pressed, others, '{"message": {"from": {"id": 1', "[1]")):
        failures.keep(tx, number, payload, "KeyError", 3, NOON)

    found = belongings.of_person(tx, ADA)["failed_updates"]

    assert [(row["update_id"], row["payload"]) for row in found] == [(0, private), (1, None)]


def test_two_reviews_of_a_question_are_both_there(tx: Tx) -> None:
    """A person's log is given whole."""
    for number in (1, 2):
        cards.log_review(tx, ADA, Ref("bert", "mask"), number, Rating.GOOD, NOON)
    assert len(belongings.of_person(tx, ADA)["reviews"]) == 2
    assert {row["round_id"] for row in belongings.of_person(tx, ADA)["reviews"]} == {1, 2}
