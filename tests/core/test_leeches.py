"""When a question is a leech, and what may lead up to it."""

from dataclasses import replace

from bot.core.leeches import easier, is_leech
from tests.practice_bench import LIBRARY, QUESTIONS, choice_question, library


def test_the_eighth_lapse_and_each_fourth_after_it() -> None:
    """As in Anki."""
    assert [lapses for lapses in range(25) if is_leech(lapses)] == [8, 12, 16, 20, 24]


def test_the_hardest_of_the_easier_ones_of_the_topic() -> None:
    """What the person does not want is left out; an easiest question has none."""
    a1, a2, a3 = (question.ref for question in QUESTIONS[:3])
    assert easier(LIBRARY, a3, ()) == a2
    assert easier(LIBRARY, a3, {a2}) == a1
    assert easier(LIBRARY, a1, ()) is None
    assert easier(library(QUESTIONS[0]), a3, ()) is None


def test_else_one_with_one_of_its_tags() -> None:
    """Where its topic has none."""
    hard = replace(choice_question("h", "bert", 3), tags=("maths",))
    other, tagged = choice_question("o", "attention", 1), replace(choice_question("t", "attention", 1), tags=("maths",))
    assert easier(library(hard, other, tagged), hard.ref, ()) == tagged.ref
    assert easier(library(hard, other), hard.ref, ()) is None
