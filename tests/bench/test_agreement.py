"""Two authors' labels of the same answers: how they are read, and what is told of their agreement."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench.grading import people
from bench.grading.agreement import SECOND, common, differing, digest, figures, second, verdict
from bench.grading.material import CASUAL, LATER, LATER_CASUAL, Honest, Material
from bench.grading.measures import kappa
from bot.core.bank import LANGUAGES

QUESTION = "scaled-dot-product"
FIRST = {"made": ["variance", "saturate"], "partly": ["gradient"]}
OTHER = {"made": ["saturate", "gradient"], "partly": []}


@pytest.fixture(scope="module")
def material() -> Material:
    return Material()


def test_kappa_is_agreement_beyond_chance() -> None:
    """Twenty and fifteen alike of fifty: 0.7 where chance gives 0.5. Judges who know one verdict cannot differ."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("yes", "no"), ("no", "yes")]) == pytest.approx(-1)
    assert kappa([("yes", "yes")]) == 1


def test_every_answer_has_a_second_label(material: Material) -> None:
    """Of both sets, in their order, and none is left over."""
    sets = (material, Material(honest=LATER))
    relabelled = [one for some in sets for one in second(some)]
    assert [one.answer for one in relabelled] == [one.answer for some in sets for one in some.answers]
    assert len(relabelled) == len(SECOND.read_text(encoding="utf-8").splitlines())
    assert not any(one.made & one.partly for one in relabelled)


def test_what_only_one_author_says_is_decided_by_neither(material: Material) -> None:
    """Both say made of one point and not made of another; the other two are left out."""
    one = next(one for one in material.answers if one.ref.id == QUESTION)
    mine, theirs = _labelled(one, FIRST), _labelled(one, OTHER)
    assert [verdict(mine, point) for point in ("variance", "gradient", "restored")] == ["made", "undecided", "not made"]
    both = common(material, mine, theirs)
    assert both.made == {"saturate"}
    assert both.partly == {"variance", "gradient"}


def test_an_answer_that_was_changed_has_lost_its_second_label(tmp_path: Path) -> None:
    """Its digest is another; and a label that names no point is refused as the first author's are."""
    answers = _answers(tmp_path / "answers.jsonl", "除以 √dk")
    labels = tmp_path / "labels.jsonl"
    labels.write_text(_label("除以 √d", OTHER), encoding="utf-8")
    with pytest.raises(ValueError, match=f"{QUESTION} has no second label for {digest('除以 √dk')}"):
        second(Material(honest=answers), labels)
    labels.write_text(_label("除以 √dk", OTHER | {"partly": ["gone"]}), encoding="utf-8")
    with pytest.raises(ValueError, match=f"{QUESTION} has no points gone"):
        second(Material(honest=answers), labels)


def test_agreement_is_told_in_each_language(tmp_path: Path) -> None:
    """One answer of four points: two verdicts are alike, one point is made to one author only; the grader finds one."""
    answer = "softmax 会饱和，接近 one-hot。"
    answers = Material(honest=_answers(tmp_path / "answers.jsonl", answer))
    labels = tmp_path / "labels.jsonl"
    labels.write_text(_label(answer, OTHER), encoding="utf-8")
    told = {one.what: one.value for one in figures(answers, people.graded(answers), "few, ", labels)}
    assert told["few, zh: two authors, same verdict"] == 0.5
    assert told["few, zh: two authors, Cohen's kappa"] == pytest.approx((0.5 - 0.375) / (1 - 0.375))
    assert told["few, zh: two authors, F1, undecided counted as not made"] == 0.5
    assert told["few, zh: two authors, made to one, not made to the other"] == 1
    assert told["few, zh: F1 of points hit, second author"] == pytest.approx(2 / 3)
    assert told["few, zh: F1 where both authors agree"] == 1
    assert len(told) == 9 * len(LANGUAGES)
    assert [(point, first, other) for _one, point, first, other in differing(answers, labels)] == [
        ("variance", "made", "not made"),
        ("gradient", "undecided", "made"),
    ]


def test_casual_answers_are_to_every_question_in_both_languages() -> None:
    """Forty; each label names a point of its question, and nobody is undecided about what they hold made."""
    for path, count in ((CASUAL, 40), (LATER_CASUAL, 64)):
        casual = Material(honest=path)
        asked = {(ref, language) for ref in casual.refs for language in LANGUAGES}
        assert {(one.ref, one.language) for one in casual.answers} == asked
        assert len(casual.answers) == count
        assert not any(one.made & one.partly for one in casual.answers)


def _labelled(one: Honest, label: dict[str, list[str]]) -> Honest:
    return replace(one, made=frozenset(label["made"]), partly=frozenset(label["partly"]))


def _answers(path: Path, answer: str) -> Path:
    """A file of that one answer to the question, in Chinese, as the first author labels it."""
    row = {"id": QUESTION, "language": "zh", "kind": "half", "answer": answer, "pass": False} | FIRST
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def _label(answer: str, label: dict[str, list[str]]) -> str:
    return json.dumps({"id": QUESTION, "language": "zh", "hash": digest(answer)} | label) + "\n"
