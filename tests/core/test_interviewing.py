"""Which questions an interview asks, and when it asks on."""

from __future__ import annotations

import pytest

from bot.core.bank import Bank, Library, Question, Ref, Topic
from bot.core.grades import Grade
from bot.core.interviewing import FOLLOW_UPS, MOST, USUAL, Wish, follow_up, minutes, questions, readings, wish
from bot.core.judging import grade
from bot.core.review import Rating
from tests.core.rubric_bench import rubrics

SOURCE = """\
q:
  full_at: 6
  points:
  - {id: light, w: 1, say: x, need: [甲], ask: {zh: 轻？, en: light?}}
  - {id: core, w: 3, say: x, need: [乙], ask: {zh: 核心？, en: core?}}
  - {id: second, w: 2, say: x, need: [丙], ask: {zh: 其次？, en: second?}}
  - {id: silent, w: 4, say: x, need: [丁]}
"""
RUBRIC = rubrics(SOURCE)["q"]


def library(each: int = 4) -> Library:
    """Three topics, so many questions each, from easy to hard."""
    made = tuple(
        Question(Ref("b", f"{topic}{number}"), "zh", topic, "问", "答", difficulty=number % 3 + 1)
        for topic in "xyz"
        for number in range(each)
    )
    return Library((Bank("b", {}, tuple(Topic(one, {}) for one in "xyz"), made),))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("注意力", Wish("注意力")),
        ("注意力 3", Wish("注意力", 3)),
        ("3 layer norm", Wish("layer norm", 3)),
        ("3", Wish("", 3)),
        ("3题", Wish("", 3)),
        ("attention 4 questions", Wish("attention", 4)),
        ("0", Wish("", 0)),
        ("注意力 -1", Wish("注意力", -1)),
        ("999", Wish("", 999)),
        ("gpt2", Wish("gpt2")),
        ("1.5", Wish("1.5")),
        ("", Wish("")),
        ("注意力 ３", Wish("注意力", 3)),
        ("注意力3", Wish("注意力", 3)),
        ("注意力 五", Wish("注意力", 5)),
        ("注意力十二道题", Wish("注意力", 12)),
        ("关于 第一章 三题", Wish("第一章", 3)),
        ("两個問題", Wish("", 2)),
        ("five", Wish("", 5)),
        ("Two questions on layer norm", Wish("layer norm", 2)),
    ],
)
def test_what_was_asked_for(typed: str, wanted: Wish) -> None:
    """A topic and a number, in any order, in digits of any width or in words."""
    assert wish(typed) == wanted


@pytest.mark.parametrize(("typed", "size"), [("0", 1), ("-1", 1), ("3", 3), ("999", MOST), ("attention", USUAL)])
def test_the_size_is_brought_within_bounds(typed: str, size: int) -> None:
    """However many were wished."""
    assert wish(typed).size == size


def test_questions_of_every_topic() -> None:
    """In turn, the easier ones first, the same for the same seed."""
    bank = library()
    drawn = questions(bank, bank.refs, 6, "a")
    assert sorted(ref.id[0] for ref in drawn) == ["x", "x", "y", "y", "z", "z"]
    assert len(set(drawn)) == 6
    levels = [question.difficulty for ref in drawn if (question := bank.question(ref, "zh"))]
    assert levels == sorted(levels)
    assert drawn == questions(bank, bank.refs, 6, "a")
    assert any(drawn != questions(bank, bank.refs, 6, seed) for seed in "bcd")


def test_what_was_asked_lately_comes_last() -> None:
    """Only when nothing else is left; there are never more than there are."""
    bank = library(2)
    lately = set(bank.refs[::2])
    assert lately.isdisjoint(questions(bank, bank.refs, 3, "a", lately))
    assert set(questions(bank, bank.refs, 99, "a", lately)) == set(bank.refs)
    assert questions(bank, (), 3, "a") == []


def test_the_weightiest_missing_point_is_asked_for() -> None:
    """One that somebody has written how to ask for; then the next; then no more."""
    thin = grade(RUBRIC, "说不上来，大概是这样")
    first = follow_up(RUBRIC, thin, ())
    second = follow_up(RUBRIC, thin, ("core",))
    assert first is not None
    assert second is not None
    assert (first.id, second.id) == ("core", "second")
    assert follow_up(RUBRIC, thin, ("core", "second")[:FOLLOW_UPS]) is None


def test_a_solid_answer_is_asked_only_for_the_core() -> None:
    """What is left out otherwise is told at the end."""
    without_core = grade(RUBRIC, "丁和丙都是")
    assert without_core.band == "solid"
    asked = follow_up(RUBRIC, without_core, ())
    assert asked is not None
    assert asked.id == "core"
    assert follow_up(RUBRIC, grade(RUBRIC, "丁和乙都是"), ()) is None


def test_who_does_not_know_is_asked_no_further() -> None:
    """An interviewer goes on."""
    assert follow_up(RUBRIC, grade(RUBRIC, "不知道"), ()) is None
    assert follow_up(RUBRIC, Grade(0, "not-yet", Rating.AGAIN, sure=True), ()) is None


def test_how_long_it_takes() -> None:
    """By difficulty."""
    assert minutes([question for bank in library(3).banks for question in bank.questions if question.topic == "x"]) == 9


def test_what_to_read() -> None:
    """The first entries of the references."""
    assert readings("- 一，2017\n- 二\n  续\n- 三") == ("一，2017", "二")
    assert readings("书") == ()
