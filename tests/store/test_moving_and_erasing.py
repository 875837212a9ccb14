"""Moving a chat and erasing a person, held against every table there is, those added later included."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Table, func, select

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.core.people import Chat, Person
from bot.core.review import Rating
from bot.store import answers, cards, failures, people, pushes, rounds, scores
from bot.store.database import Tx
from bot.store.tables import chats
from bot.store.tables import people as people_table
from bot.store.tables_group import metadata
from tests.store.asking import NOON, round_of
from tests.store.rows import counts, fill

OLD, NEW, OTHER = -100, -1000000000100, -200
ADA, BOB = Person(1, "Ada"), Person(2, "Bob")


def _columns(name: str) -> list[Column[Any]]:
    """Every column that holds a chat's or a person's id."""
    own = {"chat_id": chats.c.id, "person_id": people_table.c.id}[name]
    return [own, *(table.c[name] for table in metadata.sorted_tables if name in table.c)]


def _found(tx: Tx, columns: list[Column[Any]], value: int) -> list[str]:
    """The tables in which one of the columns has that value."""
    return [
        column.table.name
        for column in columns
        if tx.scalar(select(func.count()).select_from(column.table).where(column == value))
    ]


def _fill_for(tx: Tx, chat_id: int, person_id: int, number: int) -> None:
    ids = {"chat_id": chat_id, "chats.id": chat_id, "person_id": person_id, "people.id": person_id}
    payload = f'{{"id": {person_id}}}'
    words = {"state": "open", "rounds.kind": "poll", "rounds.language": "zh"}
    fill(tx, metadata, ids | words | {"payload": payload, "study_day": 739_000 + number}, number)


def test_no_table_keeps_the_old_chat(tx: Tx) -> None:
    """Every row of every table that names a chat names the new one after a move, and other chats' rows stay."""
    _fill_for(tx, OLD, ADA.id, 1)
    _fill_for(tx, OTHER, BOB.id, 2)
    before = counts(tx, metadata.sorted_tables)

    people.move_chat(tx, OLD, NEW, NOON)

    chat_columns = _columns("chat_id")
    assert _found(tx, chat_columns, OLD) == []
    assert _found(tx, chat_columns, NEW) == [column.table.name for column in chat_columns]
    assert _found(tx, chat_columns, OTHER) == [column.table.name for column in chat_columns]
    assert counts(tx, metadata.sorted_tables) == before | {"moves": before["moves"] + 1}


def test_moving_twice_changes_nothing(tx: Tx) -> None:
    """The second move, of a chat that has moved, leaves every row as it is."""
    _fill_for(tx, OLD, ADA.id, 1)
    people.move_chat(tx, OLD, NEW, NOON)
    before = _dump(tx)

    people.move_chat(tx, OLD, NEW, NOON)

    assert _dump(tx) == before


def test_nothing_about_an_erased_person_is_left(tx: Tx) -> None:
    """No table names the person or their private chat any more; everybody else's rows are as they were."""
    _fill_for(tx, OTHER, BOB.id, 2)
    before = _dump(tx)
    _fill_for(tx, ADA.id, ADA.id, 1)

    people.erase_person(tx, ADA.id)

    assert _found(tx, _columns("person_id"), ADA.id) == []
    assert _found(tx, _columns("chat_id"), ADA.id) == []
    after = _dump(tx)
    after["questions"] = [row for row in after["questions"] if row[0] != 1]  # questions are nobody's
    assert after == before


def test_nothing_about_an_erased_group_is_left_but_what_its_people_remember(tx: Tx) -> None:
    """No table names the group any more; other groups, people, their cards and reviews are as they were."""
    _fill_for(tx, OTHER, BOB.id, 2)
    before = _dump(tx)
    _fill_for(tx, OLD, ADA.id, 1)
    own = {"people", "learners", "exams", "firsts", "undone", "withheld", "cards", "reviews", "study_days", "pictures"}
    own |= {
        "typed",
        "pieces",
        "marks",
        "overrides",
        "opinions",
        "vacations",
        "files_sent",
        "imports",
        "interviews",
        "turns",
    }
    kept = {name: rows for name, rows in _dump(tx).items() if name in own}

    people.erase_chat(tx, OLD)

    assert _found(tx, _columns("chat_id"), OLD) == []
    after = _dump(tx)
    assert {name: after[name] for name in kept} == kept
    untouched = before.keys() - kept.keys() - {"questions", "parked_votes", "failed_updates"}
    assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}


def test_an_erased_person_leaves_the_group_its_rounds(tx: Tx) -> None:
    """In a group, the person's answers and scores go; the rounds, and what others answered and scored, stay."""
    for person in (ADA, BOB):
        people.see_person(tx, person, NOON)
    asked = round_of(tx, OTHER, Ref("bert", "mask"), "m1")
    for person in (ADA, BOB):
        answers.save(tx, asked.id, person.id, choice=0, right=True, points=10, at=NOON, day=NOON.date())
        cards.log_review(tx, person.id, asked.ref, asked.id, Rating.GOOD, NOON)
        scores.add(tx, OTHER, [Period.ALL], person.id, points=10, right=1, answered=1)

    people.erase_person(tx, ADA.id)

    assert rounds.by_id(tx, asked.id) == asked
    assert [answer.name for answer in answers.to(tx, asked.id)] == ["Bob"]
    assert [score.name for score in scores.top(tx, OTHER, Period.ALL)] == ["Bob"]


def test_erasing_takes_the_private_rounds_and_what_hangs_on_them(tx: Tx) -> None:
    """Rounds of the private chat go with their answers, reviews and cards, though tables refer to them."""
    asked = round_of(tx, ADA.id, Ref("bert", "mask"), "m1")
    answers.save(tx, asked.id, ADA.id, choice=0, right=True, points=10, at=NOON, day=NOON.date())
    cards.log_review(tx, ADA.id, asked.ref, asked.id, Rating.GOOD, NOON)

    people.erase_person(tx, ADA.id)

    assert rounds.by_id(tx, asked.id) is None
    assert cards.reviews_of(tx, ADA.id, asked.ref) == ()


def test_a_kept_update_of_the_person_goes_too(tx: Tx) -> None:
    """Failed updates hold what the person wrote, so they are erased with the person."""
    failures.keep(tx, 1, '{"message":{"from":{"id":1},"text":"hello"}}', "KeyError", 3, NOON)
    failures.keep(tx, 2, '{"message":{"from":{"id":2},"text":"hello"}}', "KeyError", 3, NOON)

    people.erase_person(tx, ADA.id)

    assert [failure.update_id for failure in failures.latest(tx, 9)] == [2]


def test_an_erased_person_has_set_no_hour(tx: Tx) -> None:
    """The group's hour stays, and names nobody."""
    pushes.set_slot(tx, pushes.Slot(OTHER, 540, None, NOON, set_by=ADA.id))

    people.erase_person(tx, ADA.id)

    (slot,) = pushes.slots_of(tx, OTHER)
    assert (slot.minute, slot.set_by) == (540, None)


def test_a_kept_update_of_an_erased_group_goes_too(tx: Tx) -> None:
    """It holds what was written there; another group's stays."""
    failures.keep(tx, 1, '{"message":{"chat":{"id":-100},"text":"hello"}}', "KeyError", 3, NOON)
    failures.keep(tx, 2, '{"message":{"chat":{"id":-200},"text":"hello"}}', "KeyError", 3, NOON)

    people.erase_chat(tx, OLD)

    assert [failure.update_id for failure in failures.latest(tx, 9)] == [2]


def test_scores_of_both_chats_are_summed(tx: Tx) -> None:
    """A person who scored under the new id already has one line with both."""
    scores.add(tx, OLD, [Period.ALL], ADA.id, points=10, right=1, answered=1)
    scores.add(tx, OLD, [Period.ALL], BOB.id, points=15, right=1, answered=1)
    scores.add(tx, NEW, [Period.ALL], ADA.id, points=20, right=0, answered=1)

    people.move_chat(tx, OLD, NEW, NOON)

    lines = [(line.person_id, line.points, line.right, line.answered) for line in scores.top(tx, NEW, Period.ALL)]
    assert lines == [(ADA.id, 30, 1, 2), (BOB.id, 15, 1, 1)]


def test_settings_of_the_old_chat_win(tx: Tx) -> None:
    """A supergroup seen a moment ago takes over language, zone and hours of the group it was, and keeps its title."""
    people.see_chat(tx, Chat(OLD, "group", "Readers"), NOON)
    people.change_chat(tx, OLD, language="en", timezone="Europe/Berlin", day_start=5)
    pushes.set_slot(tx, pushes.Slot(OLD, 540, None, NOON))
    people.see_chat(tx, Chat(NEW, "supergroup", "Readers!"), NOON)
    pushes.set_slot(tx, pushes.Slot(NEW, 600, 7, NOON))

    people.move_chat(tx, OLD, NEW, NOON)

    assert people.find_chat(tx, OLD) is None
    moved = Chat(NEW, "supergroup", "Readers!", language="en", timezone="Europe/Berlin", day_start=5)
    assert people.find_chat(tx, NEW) == moved
    assert [slot.minute for slot in pushes.slots_of(tx, NEW)] == [540, 600]


def test_a_slot_and_a_push_of_the_new_chat_stay(tx: Tx) -> None:
    """Where both chats have the same hour, or the same push, the new chat's is kept and there is one."""
    for chat_id, thread in ((OLD, None), (NEW, 7)):
        pushes.set_slot(tx, pushes.Slot(chat_id, 540, thread, NOON))
        pushes.claim(tx, pushes.Push(chat_id, 540, NOON.date(), "sent", NOON, NOON, round_id=thread))

    people.move_chat(tx, OLD, NEW, NOON)

    assert pushes.slots_of(tx, NEW) == (pushes.Slot(NEW, 540, 7, NOON),)
    push = pushes.find_push(tx, NEW, 540, NOON.date())
    assert push is not None
    assert push.round_id == 7


def test_moved_rounds_forget_their_messages(tx: Tx) -> None:
    """Messages are numbered anew in the supergroup, so the same number there is another round's."""
    moved, stays = round_of(tx, OLD, Ref("bert", "mask"), "m12"), round_of(tx, NEW, Ref("bert", "mask"), "m12")
    rounds.posted(tx, moved.id, 13, "poll")

    people.move_chat(tx, OLD, NEW, NOON)

    found = rounds.by_poll(tx, "poll")
    assert found is not None
    assert (found.id, found.chat_id, found.message_id, found.origin) == (moved.id, NEW, None, f"m12@{OLD}")
    assert rounds.by_origin(tx, NEW, "m12") == stays


def test_a_group_that_moved_is_found_by_both_its_ids(tx: Tx) -> None:
    """However often it has moved; one that has not, and one that has been erased since, by its own or by none."""
    people.see_chat(tx, Chat(OTHER, "group", "Others"), NOON)
    people.see_chat(tx, Chat(OLD, "group", "Readers"), NOON)
    people.move_chat(tx, OLD, -101, NOON)
    people.move_chat(tx, -101, NEW, NOON)

    homes = [people.find_home(tx, chat_id) for chat_id in (OLD, -101, NEW, OTHER)]

    assert [home.id for home in homes if home] == [NEW, NEW, NEW, OTHER]
    people.erase_chat(tx, NEW)
    assert [people.find_home(tx, chat_id) for chat_id in (OLD, -101, NEW)] == [None] * 3


def _dump(tx: Tx) -> dict[str, list[Any]]:
    """Every row of every table."""

    def rows(table: Table) -> list[Any]:
        return list(tx.execute(select(table).order_by(*table.primary_key)))

    return {table.name: rows(table) for table in metadata.sorted_tables}
