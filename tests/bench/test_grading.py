"""The bench of the grader: what it counts, what it makes up, and a small run of all of it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bench.grading.hostile import KINDS, answers
from bench.grading.keywords import keyword_lists
from bench.grading.material import HERE, READ, Material, Scored, read_ads, read_before, read_honest, rubrics_of
from bench.grading.measures import Tally, agreed, pearson, quantile
from bench.grading.people import said

QUESTIONS = ("001", "003", "004", "006", "008", "011", "013")


@pytest.fixture(scope="module")
def material() -> Material:
    return Material(most=3)


def test_a_tally_counts_what_both_say_and_leaves_out_the_undecided() -> None:
    """Found a, b, d; made a, c, d; d undecided: one of two right, one of two found."""
    tally = Tally()
    tally.add(["a", "b", "d"], ["a", "c", "d"], ["d"])
    assert (tally.precision, tally.recall, tally.f1) == (0.5, 0.5, 0.5)
    assert (Tally().precision, Tally().recall, Tally().f1) == (0, 0, 0)


def test_agreement_is_measured_as_it_is_told() -> None:
    """A straight line is 1, one that never moves 0; two bounds tell passing; a quantile is one of the values."""
    assert pearson([(1, 10), (2, 20), (3, 30)]) == pytest.approx(1)
    assert pearson([(1, 10), (1, 20)]) == 0
    assert agreed([(60, 6), (59, 6), (59, 5)], 60, 6) == pytest.approx(2 / 3)
    assert (quantile(range(1, 101), 0.99), quantile([5], 0.5)) == (99, 5)


def test_the_same_answers_were_read_whenever_it_is_asked() -> None:
    """The shuffle does not move: the figures on the rest stay comparable."""
    rows = [Scored("001", "?", str(number), 5, (), number) for number in range(30)]
    read = [one.number for one in read_before(rows)]
    assert len(set(read)) == READ
    assert read == [15, 28, 12, 11, 18, 7, 2, 6, 19, 4, 24, 9]


@pytest.mark.parametrize("name", ["ads-blind", "ads-authored"])
def test_the_rubrics_of_ads_can_be_read(name: str) -> None:
    """One a question, each point shown in both languages."""
    rubrics = rubrics_of(HERE / f"{name}.yaml")
    assert tuple(rubrics) == QUESTIONS
    assert all(set(point.say) == {"zh", "en"} for rubric in rubrics.values() for point in rubric.points)


def test_keyword_lists_are_the_rubrics_own_words(material: Material) -> None:
    """Twelve a round, in two languages, the same each time; each holds words of several concepts."""
    rubric = material.rubric(material.refs[0])
    lists = list(keyword_lists(rubric, random.Random(1), 2))
    assert len(lists) == 24
    assert lists == list(keyword_lists(rubric, random.Random(1), 2))
    assert all(len(one.replace("\n", "、").split("、")) > 4 for one in (lists[0], lists[4]))
    assert not any(char >= "\u3400" for char in lists[6])


def test_hostile_answers_are_the_same_each_time_and_fit_a_message(material: Material) -> None:
    """Every kind once in so many, and none is empty or longer than Telegram lets through."""
    made = list(answers(material, len(KINDS)))
    assert [kind for _ref, kind, _answer in made] == list(KINDS)
    assert made == list(answers(material, len(KINDS)))
    assert all(1 <= len(answer) <= 4096 for _ref, _kind, answer in made)


def test_what_is_said_has_no_marks(material: Material) -> None:
    """Numbers keep theirs, and Latin words stay apart."""
    one = material.answers[0]
    assert said(replace(one, language="zh", answer="先升维，再降回（1.5 倍）。")) == "先升维再降回1.5 倍"
    assert said(replace(one, language="en", answer="Up,then down; done.")) == "Up then down  done "


def test_authors_are_told_what_was_wanting_and_no_answer() -> None:
    """Each question's points with the concepts of which no word was found."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.grading", "--points", "--small"],
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    assert "person only" in done.stdout
    assert " without " in done.stdout
    assert not any(one.answer[:12] in done.stdout for one in read_honest(HERE / "honest.jsonl"))


def test_a_label_that_names_no_point_is_refused(tmp_path: Path) -> None:
    """A point renamed in a rubric would silently count as missed."""
    line = json.loads((HERE / "honest.jsonl").read_text(encoding="utf-8").splitlines()[0])
    path = tmp_path / "honest.jsonl"
    path.write_text(json.dumps(line | {"made": ["gone"]}) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="multi-head-attention has no points gone"):
        Material(honest=path)


def test_a_small_run_tells_every_figure(tmp_path: Path) -> None:
    """As `make bench-grading ARGS=--small` runs it, with a few made-up ADS answers."""
    (tmp_path / "ads-dev.jsonl").write_text("\n".join(_rows()), encoding="utf-8")
    assert [len(some) for some in read_ads(tmp_path).values()] == [READ + 2] * len(QUESTIONS)
    told, kept = _run(tmp_path)
    assert "not measured" not in told
    assert {figure["verdict"] for figure in kept} == {"", "met", "MISSED"}
    assert sum("ADS" in figure["what"] for figure in kept) == 9


def test_without_the_ads_answers_it_says_so(tmp_path: Path) -> None:
    """The rest is measured all the same."""
    told, kept = _run(tmp_path)
    assert f"ADS: not measured, there is no {tmp_path / 'ads-dev.jsonl'}" in told.replace("\n", "")
    assert kept
    assert not any("ADS" in figure["what"] for figure in kept)


def _rows() -> list[str]:
    """Fourteen answers to each question, good and bad by turns."""
    rubrics = rubrics_of(HERE / "ads-blind.yaml")
    return [
        json.dumps(
            {
                "q_id": key,
                "question": "?",
                "reference1": rubrics[key].references[0],
                "score": "8" if number % 2 else "1",
            }
            | {"answer": f"{rubrics[key].references[0] if number % 2 else '不清楚，随便说说'} {number}"}
        )
        for key in QUESTIONS
        for number in range(READ + 2)
    ]


def _run(folder: Path) -> tuple[str, list[dict[str, str]]]:
    kept = folder / "figures.json"
    command = [
        sys.executable,
        "-m",
        "bench.grading",
        "--small",
        "--rounds",
        "1",
        "--ads",
        str(folder),
        "--json",
        str(kept),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout, json.loads(kept.read_text(encoding="utf-8"))["figures"]
