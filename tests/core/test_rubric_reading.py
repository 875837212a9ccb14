"""Rubrics read from YAML, and every mistake with its line."""

from __future__ import annotations

import pytest

from bot.core.bank import LANGUAGES
from bot.core.rubric_reading import read_rubrics
from bot.core.rubrics import WINDOW
from tests.core.rubric_bench import SCALE, SOURCE

POINT = "points: [{id: a, say: x, need: [甲]}]\n"
IN_A_BANK = "q:\n  points:\n  - {id: a, say: x, need: [甲]}\n"


def test_what_is_read() -> None:
    """Weights, texts, ways, claims, tests, each as written."""
    assert [(point.id, point.weight) for point in SCALE.points] == [("variance", 3), ("saturate", 3), ("gradient", 3)]
    assert SCALE.points[0].say == {"zh": "方差随 d_k 增大", "en": "the variance grows with d_k"}
    assert (SCALE.full_at, SCALE.list_ok, SCALE.path, SCALE.line) == (8, False, "rubrics.yaml", 4)
    (claim,) = SCALE.wrong
    assert (claim.id, claim.minus, claim.cap, set(claim.void)) == ("speed", 30, 60, {"gradient"})
    assert SCALE.samples == (("方差", 1, 2, SOURCE.splitlines().index("  - {answer: 方差, min: 1, max: 2}") + 1),)


def test_how_a_point_is_asked_for() -> None:
    """In both languages, or not at all."""
    asked = "points: [{id: a, say: x, need: [甲], ask: {zh: 为什么？, en: 'Why?'}}, {id: b, say: x, need: [乙]}]"
    ((rubric,), problems) = read_rubrics("id: q\n" + asked, "r.yaml")
    assert problems == []
    assert [point.ask for point in rubric.points] == [{"zh": "为什么？", "en": "Why?"}, {}]


def test_what_makes_a_point_in_reply() -> None:
    """Ways as others are, where there is something to reply to."""
    ask = "ask: {zh: 为什么？, en: 'Why?'}, reply: [[乙], {need: [丙], window: 9}]"
    ((rubric,), problems) = read_rubrics(f"id: q\npoints: [{{id: a, say: x, need: [甲], {ask}}}]", "r.yaml")
    assert problems == []
    reply = rubric.points[0].reply
    assert [(way.need[0].words, way.window) for way in reply] == [("乙", WINDOW), ("丙", 9)]
    _rubrics, (problem,) = read_rubrics("id: q\npoints: [{id: a, say: x, need: [甲], reply: [[乙]]}]", "r.yaml")
    assert problem.line == 2
    assert "Ask for “a” first" in problem.sentence


def test_a_way_may_be_a_mere_list() -> None:
    """Or a single group of words."""
    ((rubric,), problems) = read_rubrics("id: q\npoints: [{id: a, say: x, any_of: [[甲, 乙], 丙]}]", "r.yaml")
    assert problems == []
    assert [[concept.words for concept in way.need] for way in rubric.points[0].ways] == [["甲", "乙"], ["丙"]]


def test_no_type_is_guessed() -> None:
    """`no`, `1.0`, `null` and dates are the words that were written."""
    source = "q:\n  points:\n  - {id: no, say: 1.0, need: [no, 2026-12-20, null]}\n"
    ((rubric,), problems) = read_rubrics(source, "r.yaml")
    assert problems == []
    (point,) = rubric.points
    assert (point.id, point.say) == ("no", dict.fromkeys(LANGUAGES, "1.0"))
    assert [concept.words for concept in point.ways[0].need] == ["no", "2026-12-20", "null"]


def test_outside_of_a_bank() -> None:
    """One rubric may be the file, or several a list, each with its id and a model answer."""
    ((single,), problems) = read_rubrics("id: q\nprompt: 问？\nreference: 甲乙\n" + POINT, "r.yaml")
    assert (problems, single.key, single.references, single.prompt) == ([], "q", ("甲乙",), "问？")
    source = "- id: p\n  points: [{id: a, say: x, need: [甲]}]\n- id: q\n  points: [{id: a, say: x, need: [甲]}]\n"
    several, problems = read_rubrics(source, "r.yaml")
    assert (problems, [rubric.key for rubric in several]) == ([], ["p", "q"])


@pytest.mark.parametrize(
    ("source", "line", "part"),
    [
        ("", 1, "Write question ids here"),
        ("a: [", 2, "Mend the YAML"),
        ("q: x", 1, "Write keys and values here"),
        ("q:\n  points: []", 2, "Give “q” points"),
        ("q:\n  points: x", 2, "Write the points as a list"),
        ("id: q\npionts: []\n" + POINT, 2, "did you mean points?"),
        (IN_A_BANK + "q:\n  points: []", 4, "line 1 has one already"),
        ("id: q\npoints:\n- {say: x, need: [甲]}\n- {id: b, say: x, need: [甲]}", 3, "Add id"),
        ("id: q\npoints:\n- {id: a, say: x}\n- {id: b, say: x, need: [甲]}", 3, "Say how “a” may be put"),
        ("id: q\npoints:\n- {id: a, say: {zh: x}, need: [甲]}", 3, "Say it in en"),
        ("id: q\npoints:\n- {id: a, need: [甲]}", 3, "Say it in zh and en"),
        ("id: q\npoints:\n- {id: a, say: x, ask: {en: Why?}, need: [甲]}", 3, "Say it in zh: ask: {zh: …"),
        ("id: q\npoints:\n- {id: a, say: x, w: heavy, need: [甲]}", 3, "Write the w as a number"),
        ("id: q\npoints:\n- {id: a, say: x, w: -1, need: [甲]}", 3, "Write the w as a number from 0 to 1000"),
        ("id: q\npoints:\n- {id: a, say: x, w: nan, need: [甲]}", 3, "Write the w as a number"),
        ("id: q\npoints:\n- {id: a, say: x, credit: 2, need: [甲]}", 3, "from 0 to 1"),
        ("id: q\npoints:\n- {id: a, say: x, need: ['@none']}\n- {id: b, say: x, need: [甲]}", 3, "Name a macro"),
        ("id: q\npoints:\n- {id: a, say: x, need: [甲], about: ln}", 1, "Add “ln” to the subjects"),
        ("id: q\npoints:\n- {id: a, say: x, need: [甲]}\n- {id: a, say: x, need: [甲]}", 1, "stands there twice"),
        ("id: q\nfull_at: 9\n" + POINT, 2, "Lower full_at: all points together weigh 1"),
        ("id: q\nlist_ok: maybe\n" + POINT, 2, "Write true or false"),
        ("id: q\nwrong:\n- {id: w, say: x, need: [乙], void: [b]}\n" + POINT, 3, "“b” is none"),
        ("id: q\ntests:\n- {answer: x}\n" + POINT, 3, "Give this test an answer"),
        ("id: q\ntests:\n- {answer: x, max: 200}\n" + POINT, 3, "from 0 to 100"),
        ("macros: x\nq:\n  " + POINT, 1, "Write macros as names and words"),
    ],
)
def test_mistakes(source: str, line: int, part: str) -> None:
    """Each is told once, with its line."""
    _rubrics, problems = read_rubrics(source, "r.yaml")
    told = [(problem.line, problem.sentence) for problem in problems if part in problem.sentence]
    assert [at for at, _sentence in told] == [line], problems
