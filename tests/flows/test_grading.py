"""Answers graded with the library: by id, by bank and id, by a rubric from elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.core.bank import Bank, Library, Question, Ref
from bot.core.errors import BankError, GradingError, StartError
from bot.flows import grading
from bot.flows.library import load
from bot.verbs import grader, lines_graded
from tests.core.rubric_bench import SOURCE, rubrics

ANSWER = "维度大时方差变大，softmax 就会饱和，梯度消失。"
MANIFEST = "title: {zh: 题}\ntopics: [{id: t, title: {zh: 题}}]"
QUESTIONS = (
    "## 为什么除以根号 d_k？ {#scale}\n方差随 d_k 增大，softmax 饱和，梯度消失。\n"
    "## LN 与 BN？ {#contrast}\n答\n## 别的？ {#other}\n答\n"
)


def bank(name: str) -> Bank:
    """A bank with one question that has a rubric, and one that has none."""
    questions = (
        Question(Ref(name, "scale"), "zh", "t", "问", "答"),
        Question(Ref(name, "other"), "zh", "t", "问", "答"),
    )
    return Bank(name, {}, (), questions, rubrics=rubrics())


def content(tmp_path: Path) -> Path:
    """A bank in files, with rubrics."""
    for name, text in (("bank.yaml", MANIFEST), ("zh/t.md", QUESTIONS), ("rubrics/t.yaml", SOURCE)):
        path = tmp_path / "content" / "b" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "content"


def test_a_question_by_its_id() -> None:
    """With the bank's name where two have it."""
    library = Library((bank("a"),))
    assert grading.graded(library, "scale", ANSWER)["hit"] == ["variance", "saturate", "gradient"]
    assert grading.graded(library, "a/scale", ANSWER)["band"] == "solid"
    with pytest.raises(GradingError, match="Say which bank: a/scale or b/scale"):
        grading.graded(Library((bank("a"), bank("b"))), "scale", ANSWER)


@pytest.mark.parametrize(
    ("wanted", "part"),
    [("scael", "did you mean scale"), ("c/scale", "is none"), ("", "is none"), ("other", "no rubric")],
)
def test_what_cannot_be_graded(wanted: str, part: str) -> None:
    """Is one sentence; a question without a rubric gets no score."""
    with pytest.raises(GradingError, match=part):
        grading.graded(Library((bank("a"),)), wanted, ANSWER)
    assert grading.assess(Library((bank("a"),)), Ref("a", "other"), ANSWER) is None


def test_a_grade_as_json() -> None:
    """Every key, and quotes for what was found."""
    found = grading.graded(Library((bank("a"),)), "scale", ANSWER + "还能减少计算。")
    assert list(found) == ["id", "score", "band", "rating", "sure", "hit", "missed", "wrong", "flags", "quotes"]
    assert (found["rating"], found["wrong"]) == ("again", ["speed"])
    assert found["quotes"]["speed"] == "还能减少计算"
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("elsewhere", [False, True])
def test_an_answer_to_a_question_near_by(tmp_path: Path, elsewhere: bool) -> None:
    """Is told, by the bank's rubrics and by those from elsewhere; asked for some points alone, nobody is doubted."""
    source = SOURCE.replace("contrast:\n", "contrast:\n  near: [scale]\n") + (
        "  - {id: growth, w: 2, say: 方差, any_of: [{need: ['方差']}]}\n"
        "  - {id: peak, w: 2, say: 饱和, any_of: [{need: ['饱和']}]}\n"
    )
    (tmp_path / "t.yaml").write_text(source, encoding="utf-8")
    root = content(tmp_path)
    (root / "b" / "rubrics" / "t.yaml").write_text(source, encoding="utf-8")
    found = grader(root, tmp_path / "t.yaml" if elsewhere else None)("contrast", ANSWER)
    assert (found["score"], found["flags"], found["hit"]) == (39, ["elsewhere"], ["growth", "peak"])
    library = load(root, rubrics=True)
    ref = Ref("b", "contrast")
    rubric = library.rubric(ref)
    assert rubric
    alone = grading.assess(library, ref, ANSWER, only=rubric.points[2:])
    assert alone
    assert (alone.flags, len(alone.hits)) == ((), 2)


def test_a_file_of_answers(tmp_path: Path) -> None:
    """Line by line; what is no answer is told with its line, and the rest goes on."""
    lines = [{"id": "scale", "answer": ANSWER}, {"id": "nope", "answer": ""}, {"id": "scale"}, [], "x"]
    path = tmp_path / "answers.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n\n{\n" + json.dumps(lines[0]), encoding="utf-8")
    found = list(lines_graded(grader(content(tmp_path), None), path))
    assert [worked for _found, worked in found] == [True, False, False, False, False, False, True]
    assert found[1][0]["line"] == 2
    assert found[5][0] == {"line": 7, "error": "Write one JSON object a line."}
    assert found[0][0] == found[6][0]


def test_a_rubric_from_elsewhere(tmp_path: Path) -> None:
    """With the bank's question if it has it; one rubric alone serves whatever it is asked for."""
    path = tmp_path / "mine.yaml"
    path.write_text(SOURCE, encoding="utf-8")
    grade = grader(content(tmp_path), path)
    assert grade("scale", ANSWER)["hit"] == ["variance", "saturate", "gradient"]
    with pytest.raises(GradingError, match="did you mean scale"):
        grade("scales", ANSWER)
    path.write_text("id: q\npoints: [{id: a, say: x, need: [方差]}]", encoding="utf-8")
    assert grader(content(tmp_path), path)("anything", "方差")["hit"] == ["a"]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """Are one sentence, or each mistake with its line."""
    path = tmp_path / "mine.yaml"
    with pytest.raises(StartError, match="readable"):
        grader(content(tmp_path), path)
    with pytest.raises(StartError, match="readable"):
        list(lines_graded(grader(content(tmp_path), None), path))
    path.write_text("q: [", encoding="utf-8")
    with pytest.raises(BankError, match="Mend the YAML"):
        grader(content(tmp_path), path)
