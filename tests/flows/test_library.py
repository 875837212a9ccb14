"""Banks found in files, checked, and kept on a shelf."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.core.bank import Ref
from bot.core.errors import BankError
from bot.core.markdown import plain, render
from bot.flows.library import Shelf, check, load

BANKS = Path(__file__).parents[1] / "banks"
MANIFEST = "title: {zh: 题}\ntopics: [{id: t, title: {zh: 题}}]"
QUESTION = "## 问？ {#q}\n答\n### 选项\n- [x] 一\n- [ ] 二\n"


def written(folder: Path, files: dict[str, str]) -> Path:
    """Those files, in that folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def told(path: Path) -> list[str]:
    """The problems of a check, with paths as seen from there."""
    return [str(problem).replace(f"{path}/", "") for problem in check(path).problems]


def test_a_plain_bank_is_valid() -> None:
    """Numbered headings, `&nbsp;`, backslashes, both question marks, no empty lines: six questions, no problem."""
    report = check(BANKS / "plain.txt")
    assert report.summary == "6 questions in 1 topic of 1 bank (0 with choices, 6 to recall; zh 6): no problem."


def test_a_plain_bank_reads_naturally() -> None:
    """Wrapped lines are joined, paragraphs begin on lines of their own, no quirk is left."""
    bank = load(BANKS / "plain.txt").banks[0]
    answers = [render(question.answer).text for question in bank.questions]
    assert not any("nbsp" in answer or "\\" in answer or "**" in answer or "\u00a0" in answer for answer in answers)
    assert answers[1].split("\n")[1] == "1. 散列均匀，键分散在各个桶里，即: key -> hash(key) -> bucket。"
    assert "不稳定。" in answers[4]
    assert plain(bank.questions[0].prompt) == "栈和队列有什么区别?"
    assert bank.named("en") == "编程语言小题库"
    assert bank.questions[0].choices == ()


def test_a_good_bank() -> None:
    """Topics stand in the manifest's order, a question in two languages is one, each version at hand."""
    library = load(BANKS / "good")
    assert check(BANKS / "good").summary.startswith("3 questions in 2 topics of 1 bank (2 with choices, 1 to recall")
    assert [topic.named("en") for topic in library.topics] == ["The plane", "Space"]
    assert [ref.id for ref in library.refs] == ["circle-area", "angle-sum", "solids"]
    english = library.question(library.refs[0], "en")
    assert english is not None
    assert english.prompt.startswith("Why")
    assert english.path.endswith("shapes/en/plane.md")
    assert library.banks[0].licence == "MIT"


def test_all_mistakes_are_told_at_once() -> None:
    """Every mistake of every file, each with its line and in their order."""
    path = BANKS / "broken"
    expected = """
        bank.yaml:4: Add the file missing.md
        bank.yaml:5: Remove the key “autor”
        zh/mistakes.md:3: Move this text below a question
        zh/mistakes.md:5: Set difficulty to 1, 2 or 3
        zh/mistakes.md:7: “**” has no effect
        zh/mistakes.md:7: “\\unheard” is no LaTeX command
        zh/mistakes.md:9: Mark exactly one choice with [x] as right: none
        zh/mistakes.md:18: Rename the section “选顶” (did you mean 选项?)
        zh/mistakes.md:22: Mark exactly one choice with [x] as right: 2
        zh/mistakes.md:26: Change this choice
        zh/mistakes.md:28: Change the id #none
        zh/mistakes.md:28: Write the answer below the prompt
        zh/mistakes.md:32: Describe the picture in words
        zh/mistakes.md:32: “<br>” is HTML
        zh/mistakes.md:36: Write the explanation with at most 2 line breaks
        zh/mistakes.md:44: This code fence is never closed
    """
    beginnings = [line.strip() for line in expected.strip().splitlines()]
    sentences = told(path)
    assert len(sentences) == len(beginnings)
    for sentence, beginning in zip(sentences, beginnings, strict=True):
        assert sentence.startswith(beginning)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, "Put a bank here"),
        ({"b/zh/t.md": QUESTION}, "b/bank.yaml:1: Add this file"),
        ({"b/bank.yaml": "title: {zh: 题}", "b/cn/t.md": QUESTION}, "b/cn:1: Name this folder zh or en"),
        (
            {"b/bank.yaml": "title: {zh: 题}\ntopics: [id: t]", "b/t.md": QUESTION},
            "b/t.md:1: Move this file into zh/ or en/",
        ),
        (
            {"b/bank.yaml": "title: {zh: 题}\ntopics: [id: u]", "b/zh/t.md": QUESTION},
            "b/zh/t.md:1: Add “- id: t” to the topics in",
        ),
        ({"b/bank.yaml": "title: {zh: 题}\ntopics: []"}, "b:1: Add a topic"),
        (
            {"a.md": QUESTION, "b.md": QUESTION},
            "b.md:1: Remove this question or ask something else: a.md:1 asks the same",
        ),
        ({"a.md": QUESTION, "b.md": QUESTION.replace("问", "另")}, "b.md:1: Change the id #q: a.md:1 has it already"),
        ({"b/zh/t.md": QUESTION, "b/fr/t.md": QUESTION}, "b/fr:1: Name this folder zh or en, or rubrics"),
        (
            {"b/zh/t.md": QUESTION, "b/rubrics/t.yaml": "qq:\n  points: [{id: a, say: x, need: [一]}]"},
            "b/rubrics/t.yaml:2: Name a question of this bank: “qq” is none (did you mean q?)",
        ),
        (
            {"b/zh/t.md": QUESTION, "b/rubrics/t.yaml": "q:\n  near: [q]\n  points: [{id: a, say: x, need: [一]}]"},
            "b/rubrics/t.yaml:2: Name another question with a rubric under near: “q” is none",
        ),
        ({"b/zh/t.md": QUESTION, "b/rubrics/t.yaml": "q: x"}, "b/rubrics/t.yaml:1: Write keys and values here: id"),
    ],
)
def test_misplaced_files(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    """Folders and files that are not where a bank has them, and what only shows across files."""
    found = [sentence.replace(f"{tmp_path}/", "") for sentence in told(written(tmp_path, files))]
    assert any(expected in sentence for sentence in found), found


@pytest.mark.parametrize(
    "other", [QUESTION + "- [ ] 三\n", QUESTION.replace("[x] 一", "[ ] 一").replace("[ ] 二", "[x] 二")]
)
def test_languages_must_agree(tmp_path: Path, other: str) -> None:
    """Answers are stored by the choice's place, so every language has as many choices and the same one right."""
    manifest = "title: {zh: 题}\ntopics: [id: t]"
    path = written(tmp_path / "b", {"bank.yaml": manifest, "zh/t.md": QUESTION, "en/t.md": other})
    assert told(path) == [
        "zh/t.md:3: Give the choices as en/t.md:1 has them: as many, with the right one in the same place."
    ]
    (path / "en/t.md").write_text(QUESTION.replace("一", "one"), encoding="utf-8")
    assert told(path) == []


def test_titles_must_agree(tmp_path: Path) -> None:
    """A topic is not called one thing in its file and another in bank.yaml."""
    manifest = "title: {zh: 题}\ntopics: [{id: t, title: {zh: 甲}}]"
    path = written(tmp_path / "b", {"bank.yaml": manifest, "zh/t.md": "# 乙\n" + QUESTION})
    assert told(path) == ["zh/t.md:1: Title the topic “甲” as bank.yaml does, or change it there."]


def test_folders_of_loose_files_are_plain_banks(tmp_path: Path) -> None:
    """Beside banks, a loose file is a bank of its own; READMEs and hidden files are none."""
    files = {"README.md": "x", "one.md": "## What?\nThat.", "two/a.md": QUESTION, "two/.b.md": "x", "_drafts/c.md": "x"}
    library = load(written(tmp_path, files))
    assert [bank.name for bank in library.banks] == ["two", "one"]
    assert [question.language for bank in library.banks for question in bank.questions] == ["zh", "en"]


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    """The line with the first foreign byte is told."""
    (tmp_path / "a.md").write_bytes(b"## x\n" + "答".encode("gbk"))
    assert told(tmp_path) == ["a.md:2: Save the file as UTF-8: this line is in another encoding."]


def test_a_path_that_is_nowhere(tmp_path: Path) -> None:
    """No folder, no bank, one sentence."""
    with pytest.raises(BankError, match="Name a folder or a file that exists"):
        load(tmp_path / "nowhere")


def test_loading_refuses_what_a_poll_cannot_carry(tmp_path: Path) -> None:
    """A choice over the limit stops the start, without every text being rendered."""
    path = written(tmp_path, {"a.md": QUESTION.replace("二", "长" * 101)})
    with pytest.raises(BankError, match=r"a\.md:5: Shorten the choice to 100 characters: it has 101\."):
        load(path)


def test_a_reload_swaps_or_keeps(tmp_path: Path) -> None:
    """A good bank takes the old one's place at once; a broken one changes nothing and says why."""
    shelf = Shelf(written(tmp_path, {"a.md": QUESTION}))
    before = shelf.library
    written(tmp_path, {"a.md": QUESTION + "## 新？\n"})
    assert [problem.split(": ")[1].split(" the ")[0] for problem in shelf.reload()] == ["Write"]
    assert shelf.library is before
    written(tmp_path, {"a.md": QUESTION + "## 新？\n答"})
    assert shelf.reload() == ()
    assert len(shelf.library.refs) == 2


def test_what_is_neither_a_folder_nor_a_file_is_a_problem(tmp_path: Path) -> None:
    """A device and a pipe are not read from: that might never end."""
    os.mkfifo(tmp_path / "pipe.md")
    for path in (Path("/dev/null"), tmp_path / "pipe.md"):
        assert [str(problem) for problem in check(path).problems] == [
            f"{path}:1: Name a folder or a file: this is neither."
        ]


def test_a_manifest_stands_for_its_bank() -> None:
    """Naming bank.yaml is naming the bank."""
    assert check(BANKS / "good" / "shapes" / "bank.yaml") == check(BANKS / "good" / "shapes")


def test_a_question_is_counted_once_in_its_language(tmp_path: Path) -> None:
    """Though an id is there twice."""
    bank = written(tmp_path, {"b.md": QUESTION + QUESTION.replace("问", "问什么")})
    assert "1 question in 1 topic of 1 bank (1 with choices, 0 to recall; zh 1): 1 problem." in check(bank).summary


RUBRIC = "q:\n  points: [{id: a, say: x, need: [一]}]\n"


def test_rubrics_come_with_their_bank(tmp_path: Path) -> None:
    """A start does not read them; what is wrong in them is told by the check and by a reload, which keeps the old."""
    files = {"b/bank.yaml": MANIFEST, "b/zh/t.md": QUESTION, "b/rubrics/t.yaml": RUBRIC}
    shelf = Shelf(written(tmp_path, files))
    before = shelf.library
    rubric = before.rubric(Ref("b", "q"))
    assert rubric is not None
    assert rubric.path.endswith("t.yaml")
    assert before.rubric(Ref("b", "r")) is before.rubric(Ref("c", "q")) is None
    assert "1 rubric" in check(tmp_path).summary
    written(tmp_path, {"b/rubrics/u.yaml": RUBRIC})
    assert any("u.yaml:2: Keep one rubric of q" in problem for problem in shelf.reload())
    assert shelf.library is before
    assert load(tmp_path).rubric(Ref("b", "q")) is not None
    broken = Shelf(tmp_path)
    assert [problem.split(": ")[1] for problem in broken.read_rubrics()] == ["Keep one rubric of q"]
    (tmp_path / "b" / "rubrics" / "u.yaml").unlink()
    assert shelf.reload() == Shelf(tmp_path).read_rubrics() == ()


def test_rubrics_are_tried_only_if_wanted(tmp_path: Path) -> None:
    """The plain check stays the fast one."""
    files = {"b/bank.yaml": MANIFEST, "b/zh/t.md": QUESTION, "b/rubrics/t.yaml": RUBRIC}
    path = written(tmp_path, files)
    assert check(path).problems == ()
    found = [problem.sentence for problem in check(path, rubrics=True).problems]
    assert any("add tests" in sentence for sentence in found), found
