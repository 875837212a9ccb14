"""Cards as Anki has them: what is written, and what comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.archive import opened
from bot.archive.anki_format import PRESET_ID
from bot.archive.anki_notes import guid, notes, ref_of
from bot.archive.anki_schedule import ease
from bot.archive.anki_write import apkg
from bot.core.bank import Library, Ref
from bot.core.learners import Parameters, Preset
from bot.core.review import replay
from tests.archive.making import LIBRARY, MASK, NEW, NOW, SCALE, log, memory, package, rows_of
from tests.practice_bench import OWN

_CARDS = """SELECT guid, c.type AS type, queue, due, ivl, factor, reps, lapses, c.data AS data
FROM cards c JOIN notes n ON n.id = c.nid"""
_OF_MASK = f"JOIN notes n ON n.id = r.cid WHERE guid = '{guid(MASK)}'"


def test_a_note_has_the_prompt_in_front_and_all_else_behind() -> None:
    """The right choice first, then answer, explanation and references; formulas in Unicode; its topic is a tag."""
    ((fields, tags),) = rows_of(package(), f"SELECT flds, tags FROM notes WHERE guid = '{guid(SCALE)}'")
    front, back = fields.split("\x1f")
    assert front == "为什么除以 √dₖ？"
    assert back == "<b>方差为 dₖ</b><br><br>见下<br><br>不除则饱和。<br><br>• 论文"
    assert tags == " attention pre_training "


def test_a_deck_is_a_topic_within_its_bank() -> None:
    """The bank's deck is there, too."""
    ((decks,),) = rows_of(package(), "SELECT decks FROM col")
    assert {deck["name"] for deck in json.loads(decks).values()} == {"Default", "BERT 题库", "BERT 题库::注意力"}


def test_cards_are_due_on_their_study_day() -> None:
    """In days since the collection began, which is at four o'clock of the first study day in Shanghai."""
    found = {name: rest for name, *rest in rows_of(package(), _CARDS)}
    ((began, conf),) = rows_of(package(), "SELECT crt, conf FROM col")
    assert datetime.fromtimestamp(began, UTC) == datetime(2026, 10, 23, 20, tzinfo=UTC)
    assert (json.loads(conf)["rollover"], json.loads(conf)["creationOffset"]) == (4, -480)
    assert found[guid(NEW)] == [0, 0, 3, 0, 0, 0, 0, "{}"]
    for ref, reps, lapses in ((MASK, 3, 1), (SCALE, 1, 0)):
        day = (memory().day(memory().plans[ref]) - memory().first_day).days
        assert found[guid(ref)][:3] == [2, 2, day]
        assert found[guid(ref)][5:7] == [reps, lapses]


def test_what_fsrs_remembers_goes_with_the_card() -> None:
    """As Anki keeps it since 23.10, with the retention that the person has chosen."""
    card = replay(log()[MASK])
    assert card is not None
    made = apkg(notes(LIBRARY, "zh"), replace(memory(), preset=Preset(85)))
    ((data, factor),) = rows_of(made, f"SELECT data, factor FROM ({_CARDS}) WHERE guid = '{guid(MASK)}'")
    kept = {"s": round(card.stability, 4), "d": round(card.difficulty, 3), "dr": 0.85}
    assert json.loads(data) == kept | {"lrt": int(card.reviewed.timestamp())}
    assert factor == ease(card.difficulty)


@pytest.mark.parametrize("parameters", [None, OWN])
def test_decks_are_planned_by_the_persons_own_preset(parameters: Parameters | None) -> None:
    """Where it is taken along; Anki's own default stays as it is."""
    made = apkg(notes(LIBRARY, "zh"), replace(memory(), preset=Preset(85, parameters)))
    ((decks, presets),) = rows_of(made, "SELECT decks, dconf FROM col")
    ours = json.loads(presets)[str(PRESET_ID)]
    assert (ours["id"], ours["name"]) == (PRESET_ID, "Kaoguan")
    assert (ours["desiredRetention"], ours["fsrsParams6"]) == (0.85, list(parameters or ()))
    assert {deck["conf"] for deck in json.loads(decks).values() if deck["id"] != 1} == {PRESET_ID}
    assert "fsrsParams6" not in json.loads(presets)["1"]


def test_cards_remember_by_the_persons_own_parameters() -> None:
    """As Anki reckons them from the log with that preset."""
    card = replay(log()[MASK], Preset(85, OWN))
    assert card is not None
    made = apkg(notes(LIBRARY, "zh"), replace(memory(), preset=Preset(85, OWN)))
    ((data,),) = rows_of(made, f"SELECT data FROM ({_CARDS}) WHERE guid = '{guid(MASK)}'")
    assert (json.loads(data)["s"], json.loads(data)["d"]) == (round(card.stability, 4), round(card.difficulty, 3))
    assert (json.loads(data)["s"], json.loads(data)["d"]) == (2.7002, 8.302)  # what Anki 26.9.3 reckons


def test_a_suspended_question_is_a_suspended_card() -> None:
    """New or not; it keeps what is known of it."""
    made = apkg(notes(LIBRARY, "zh"), replace(memory(), suspended=frozenset({MASK, NEW})))
    found = {name: rest[:2] for name, *rest in rows_of(made, _CARDS)}
    assert found == {guid(MASK): [2, -1], guid(NEW): [0, -1], guid(SCALE): [2, 2]}


def test_an_ease_lies_where_anki_has_them() -> None:
    """The middle is the usual one, the hardest the least there is."""
    assert [ease(difficulty) for difficulty in (1, 5, 10)] == [3460, 2500, 1300]


def test_the_log_is_there_review_by_review() -> None:
    """A number is its instant in milliseconds; the first is learning, the others are reviews."""
    columns = "r.id / 1000, ease, r.type, ivl, lastIvl"
    found = rows_of(package(), f"SELECT {columns} FROM revlog r {_OF_MASK} ORDER BY r.id")
    instants = [int(review.at.timestamp()) for review in log()[MASK]]
    assert [row[:3] for row in found] == list(zip(instants, (3, 1, 2), (0, 1, 1), strict=True))
    assert [row[4] for row in found] == [0, *(row[3] for row in found[:-1])]


def test_names_and_numbers_are_the_same_in_every_export() -> None:
    """So a later import updates notes and doubles neither cards nor reviews; in another order and language, too."""
    turned = Library(tuple(replace(bank, questions=bank.questions[::-1]) for bank in LIBRARY.banks))
    later = apkg(notes(turned, "en"), memory())
    for statement in ("SELECT id, guid FROM notes ORDER BY id", "SELECT id FROM revlog ORDER BY id"):
        assert rows_of(later, statement) == rows_of(package(), statement)


def test_two_reviews_in_one_second_have_two_numbers() -> None:
    """Anki has no number twice; both come back in their second."""
    same = {MASK: log()[SCALE], SCALE: log()[SCALE]}
    made = apkg(notes(LIBRARY, "zh"), memory(same))
    assert len(rows_of(made, "SELECT id FROM revlog")) == 2
    assert opened.read(made, NOW).log == same


def test_what_is_written_is_read_again() -> None:
    """The log comes back as it was."""
    assert opened.read(package(), NOW).log == log()


def test_a_name_is_ours_or_not() -> None:
    """A question's id may have a colon in it, a bank's has none."""
    assert ref_of(guid(Ref("bert", "a:b"))) == Ref("bert", "a:b")
    assert [ref_of(name) for name in ("Ab3$", "kaoguan:", "kaoguan:bert", "kaoguan::x", "kaoguan:x:")] == [None] * 5
