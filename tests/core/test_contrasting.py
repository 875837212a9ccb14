"""Answers to a question near the one asked."""

from __future__ import annotations

from functools import partial

from bot.core.contrasting import contrasted
from bot.core.grades import Grade
from bot.core.judging import grade
from bot.core.review import Rating
from bot.core.rubrics import Rubric
from tests.core.rubric_bench import rubrics

# Why there is a queue, and how a search goes: the second one's answers make much of the first one's points.
SOURCE = """\
why:
  near: [how]
  full_at: 6
  points:
  - {id: order, w: 2, say: order, any_of: [{need: ['顺序|order', '队列|queue']}]}
  - {id: fair, w: 2, say: fair, any_of: [{need: ['公平|fair']}]}
  - {id: layers, w: 4, say: layers, any_of: [{need: ['逐层|layer*']}]}
  - {id: name, w: 2, say: name, any_of: [{need: ['广度|breadth']}]}
how:
  points:
  - {id: out, w: 3, say: out, any_of: [{need: ['逐层|layer*', '向外|outwards']}]}
  - {id: marks, w: 2, say: marks, any_of: [{need: ['标记|mark*']}]}
"""
WHY, HOW = rubrics(SOURCE)["why"], rubrics(SOURCE)["how"]
TO_HOW = "搜索逐层向外走，走过的点都标记一下。"


def held(answer: str, rubric: Rubric = WHY, other: Rubric = HOW) -> Grade:
    """The grade at `rubric`, beside that at `other`."""
    return contrasted(grade(rubric, answer), answer, partial(grade, rubric), (grade(one, answer) for one in [other]))


def test_an_answer_to_the_other_question_is_told() -> None:
    """Its points stand there, but it is not solid, nor even partial, and nobody is sure."""
    assert grade(WHY, TO_HOW).score == 52
    found = held(TO_HOW)
    assert (found.score, found.band, found.rating, found.sure) == (39, "not-yet", Rating.AGAIN, False)
    assert found.flags == ("elsewhere",)
    assert [hit.point for hit in found.hits] == ["layers"]


def test_who_answers_both_is_not_accused() -> None:
    """What is left without the other question's sentences answers this one."""
    own = "用队列，顺序就不会乱，也公平。"
    both = f"{own}搜索向外走，走过的点都标记一下，一圈是一层，逐层向外。"
    assert (grade(WHY, own).score, grade(WHY, both).score, grade(HOW, both).score) == (52, 89, 100)
    assert held(both) == grade(WHY, both)


def test_a_word_on_this_question_is_not_enough() -> None:
    """Half of what would be a partial answer, and then the other question's."""
    little = f"也公平。{TO_HOW}"
    assert grade(WHY, little).score == 77
    assert held(little).flags == ("elsewhere",)


def test_what_does_not_answer_the_other_one_better_stays() -> None:
    """Half of this one's points and half of the other's, too little for either to be told apart, or less than asked."""
    for answer in ("一圈一圈逐层来", "逐层向外", "不知道", "顺序随便"):
        assert held(answer) == grade(WHY, answer)


def test_the_other_questions_are_only_graded_where_it_matters() -> None:
    """No answer costs two gradings that is poor, or whole, as it is."""
    answers = ("标记", "广度优先用队列，顺序不乱，公平，逐层。")
    for answer in answers:
        found = grade(WHY, answer)
        nearby = (not_asked_for() for _ in [0])
        assert contrasted(found, answer, partial(grade, WHY), nearby) == found


def not_asked_for() -> Grade:
    """A grade that nobody may ask for."""
    raise AssertionError("graded for nothing")
